import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nationalPhone, phoneOf } from '../../domain/phone.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
/** A French number; the made-up "0123456789" is none. */
const french = fc
  .tuple(fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9'), digits(8))
  .map(([first, rest]) => `0${first}${rest}`)
  .filter((number) => number !== '0123456789')
const countries = fc.constantFrom('FR', 'RE', 'MC', 'BE', 'DE', 'IT', 'US', 'GB', 'CH', 'NC', 'JP')

describe('a phone number', () => {
  it('is a prefix and 8 to 14 digits, or nothing, whatever people write', () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ().-]{0,20}$/))
    fc.assert(
      fc.property(anything, countries, (written, country) => {
        const phone = phoneOf(written, country)
        assert.ok(phone === null || /^\+\d{8,14}$/.test(phone.international))
      }),
    )
  })

  it('of France comes back as it is written there, however it was punctuated or prefixed', () => {
    fc.assert(
      fc.property(french, fc.constantFrom(' ', '.', '-', ''), (number, mark) => {
        const pairs = number.match(/../g) ?? []
        const forms = [
          pairs.join(mark),
          `+33${mark}${number.slice(1)}`,
          `0033 ${number.slice(1)}`,
          `+33 (0)${number.slice(1)}`,
        ]
        for (const written of forms) {
          const phone = phoneOf(written, 'FR')
          assert.equal(nationalPhone(phone?.international ?? ''), number, written)
          assert.equal(phone?.isMobile, /^0[67]/.test(number))
        }
      }),
    )
  })

  it('once international, stays as it is in any country', () => {
    fc.assert(
      fc.property(french, countries, (number, country) => {
        const international = phoneOf(number, 'FR')?.international ?? ''
        assert.equal(phoneOf(international, country)?.international, international)
      }),
    )
  })

  it('is read as its country writes it', () => {
    const cases: [written: string | null, country: string, international: string | null, isMobile?: boolean][] = [
      ['06 12 34 56 78', 'FR', '+33612345678', true],
      ['04 94 00 00 00', 'FR', '+33494000000', false],
      ['0690 12 34 56', 'GP', '+590690123456', true],
      ['0262 12 34 56', 'RE', '+262262123456', false],
      ['0692 12 34 56', 'FR', '+262692123456', true],
      ['+33 06 12 34 56 78', 'FR', '+33612345678', true],
      ['+32 0470 12 34 56', 'BE', '+32470123456', true],
      ['34612345678', 'ES', '+34612345678', true],
      ['+262 692 12 34 56', 'RE', '+262692123456', true],
      ['0470 12 34 56', 'BE', '+32470123456', true],
      ['02 555 12 12', 'BE', '+3225551212', false],
      ['01512 3456789', 'DE', '+4915123456789', true],
      ['06 1234 5678', 'IT', '+390612345678', true],
      ['07700 900123', 'GB', '+447700900123', true],
      ['0123456789', 'FR', null],
      ['+33123456789', 'FR', null],
      ['12', 'FR', null],
      ['sur demande', 'FR', null],
      ['090 1234 5678', 'JP', null],
      ['+81 90 1234 5678', 'JP', '+819012345678', true],
      [null, 'FR', null],
    ]
    for (const [written, country, international, isMobile] of cases)
      assert.deepEqual(
        phoneOf(written, country),
        international === null ? null : { international, isMobile },
        `${written}`,
      )
  })

  it('of another country is not written as in France', () => {
    assert.equal(nationalPhone('+32470123456'), '+32470123456')
    assert.equal(nationalPhone('+3361234567'), '+3361234567', 'a digit is missing')
  })
})
