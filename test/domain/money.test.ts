import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { centsOf, decimalOf, divideRounded, euros, unitPriceFor, unitsOf, vatInside } from '../../domain/money.ts'

const cents = fc.integer({ min: -100_000_000, max: 100_000_000 })

describe('a decimal text', () => {
  it('comes back from cents as it went', () => {
    fc.assert(fc.property(cents, (amount) => centsOf(decimalOf(amount)) === amount))
  })

  it('comes back from units of any fineness', () => {
    const units = fc.bigInt({ min: -(10n ** 12n) + 1n, max: 10n ** 12n - 1n })
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 8 }), (value, places) => {
        assert.equal(unitsOf(decimalOf(value, places), places), value)
      }),
    )
  })

  it('is written with exactly its decimals', () => {
    const cases: [number | bigint, number, string][] = [
      [0, 2, '0.00'],
      [-5, 2, '-0.05'],
      [1870, 2, '18.70'],
      [79_000, 4, '7.9000'],
      [-20_000n, 4, '-2.0000'],
      [7, 0, '7'],
    ]
    for (const [units, places, text] of cases) assert.equal(decimalOf(units, places), text)
  })

  it('is read exactly or not at all', () => {
    assert.deepEqual(['12.35', '5', ' 0.1 ', '-0.00', '12.3400'].map(centsOf), [1235, 500, 10, 0, 1234])
    for (const text of ['', '12.345', '1,20', '1e3', '.5', '5.', '+1', '1 000', 'NaN', '--1', '1234567890123']) {
      assert.throws(() => centsOf(text), RangeError, text)
    }
    assert.equal(unitsOf('12.345', 2), null)
    assert.equal(unitsOf('12.345', 3), 12_345n)
  })
})

describe('a division', () => {
  it('rounds halves away from zero', () => {
    const cases: [bigint, bigint, bigint][] = [
      [-137_750n, 100n, -1378n], // -13.775 -> -13.78
      [137_750n, 100n, 1378n],
      [137_749n, 100n, 1377n],
      [5n, 2n, 3n],
      [-5n, 2n, -3n],
      [5n, -2n, -3n],
      [-5n, -2n, 3n],
      [0n, 7n, 0n],
    ]
    for (const [dividend, divisor, expected] of cases) assert.equal(divideRounded(dividend, divisor), expected)
  })

  it('is never off by more than half, and mirrors around zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (a, b) => {
          const gap = 2n * (divideRounded(a, b) * b - a)
          assert.ok((a < 0n ? -gap : gap) <= b && (a < 0n ? -gap : gap) > -b)
          assert.equal(divideRounded(-a, b), -divideRounded(a, b))
        },
      ),
    )
  })
})

describe('a unit price', () => {
  it('gives the gross back to the cent, with less than a ten-thousandth too much a piece', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 100_000 }), (gross, quantity) => {
        const { unitPrice, discount } = unitPriceFor(gross, quantity)
        const amount = divideRounded((unitsOf(unitPrice, 4) ?? 0n) * BigInt(quantity), 100n)
        assert.equal(Number(amount) - discount, gross)
        assert.match(unitPrice, /^-?\d+\.\d{4}$/)
        assert.ok(discount === 0 || Math.sign(discount) === Math.sign(gross))
        assert.ok(Math.abs(discount) <= quantity / 100 + 1)
      }),
    )
  })

  it('is the one a person would write', () => {
    assert.deepEqual(unitPriceFor(4445, 3), { unitPrice: '14.8167', discount: 0 })
    assert.deepEqual(unitPriceFor(-200, 1), { unitPrice: '-2.0000', discount: 0 })
    assert.deepEqual(unitPriceFor(0, 5), { unitPrice: '0.0000', discount: 0 })
    // 10.00 / 30000 = 0.00033..: 0.0003 gives only 9.00, so 0.0004 less 2.00
    assert.deepEqual(unitPriceFor(1000, 30_000), { unitPrice: '0.0004', discount: 200 })
  })
})

describe('VAT and words', () => {
  it('is held in the gross at its rate', () => {
    assert.equal(vatInside(1870, '20.00'), 312)
    assert.equal(vatInside(2000, '5.50'), 104)
    assert.equal(vatInside(-2000, '5.5'), -104)
    assert.equal(vatInside(1000, '0.00'), 0)
    assert.equal(vatInside(-1, '20.00'), 0)
  })

  it('never exceeds the gross and never changes its sign', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('0.00', '2.10', '5.50', '10.00', '20.00'), (gross, rate) => {
        const vat = vatInside(gross, rate)
        assert.ok(Math.abs(vat) <= Math.abs(gross) && vat * gross >= 0)
      }),
    )
  })

  it('reads in French', () => {
    assert.equal(euros(123_450), '1\u202f234,50\u00a0€')
    assert.equal(euros(-5), '-0,05\u00a0€')
    assert.equal(euros(100_000_000, 'USD'), '1\u202f000\u202f000,00\u00a0USD')
  })
})
