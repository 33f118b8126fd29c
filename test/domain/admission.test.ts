import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { admissionRule, admit, type ErpOrder } from '../../domain/admission.ts'
import { ANY_ORDER } from '../../domain/carrier-choice.ts'
import { type FailureCode, Refused } from '../../domain/failures.ts'
import { divideRounded, unitsOf, vatInside } from '../../domain/money.ts'
import type { WebOrder, WebOrderLine } from '../../domain/order.ts'
import { type SiteRules, WOOCOMMERCE_RULES, withMappings } from '../../domain/site.ts'

const PERSON = { company: null, lastName: 'Durand', firstName: 'Léa', phone: null }
const HOME = { ...PERSON, lines: ['12 rue des Lilas'], postalCode: '69003', city: 'Lyon', country: 'FR' }

function webOrder(lines: WebOrderLine[], change: Partial<WebOrder> = {}): WebOrder {
  return {
    site: 'boutique-bio',
    webId: '1042',
    number: '1042',
    webStatus: 'processing',
    currency: 'EUR',
    placedAt: '2026-11-24T08:12:03Z',
    modifiedAt: '2026-11-24T08:12:40Z',
    customer: { ...PERSON, webCode: '77', email: 'lea@example.org', siren: null, vatNumber: null },
    billing: HOME,
    shipping: HOME,
    pickupPoint: null,
    lines,
    coupons: [],
    shippingMethod: { code: 'flat_rate', name: 'Colissimo' },
    paymentMethod: { code: 'stripe', name: 'Carte bancaire' },
    payments: [],
    refunds: [],
    total: lines.reduce((sum, line) => sum + line.gross - line.discount, 0),
    weight: null,
    note: '',
    ...change,
  }
}

function webLine(change: Partial<WebOrderLine> = {}): WebOrderLine {
  const { gross = 1580, vatRate = '20.00', discount = 0 } = change
  const [vat, discountVat] = [vatInside(gross, vatRate), vatInside(discount, vatRate)]
  const common = { kind: 'item', code: 'SAV-001', name: "Savon d'Alep", quantity: 2 } as const
  return { ...common, gross, vat, discount, discountVat, vatRate, ...change }
}

const refuses = (order: WebOrder, code: FailureCode, rules: SiteRules = WOOCOMMERCE_RULES) =>
  assert.throws(
    () => admit(order, rules),
    (error) => error instanceof Refused && error.code === code,
  )
const sumOf = (lines: ErpOrder['lines'], part: 'gross' | 'vat') => lines.reduce((sum, line) => sum + line[part], 0)

const rates = fc.constantFrom('0.00', '5.50', '10.00', '20.00')
const soldLines = fc
  .record({ gross: fc.nat(500_000), taken: fc.nat(100), quantity: fc.integer({ min: 1, max: 300 }), vatRate: rates })
  .map(({ gross, taken, ...rest }) => webLine({ ...rest, gross, discount: Math.floor((gross * taken) / 100) }))
const shippingLines = fc
  .record({ gross: fc.nat(3000), vatRate: rates })
  .map((o) => webLine({ ...o, kind: 'shipping', code: 'flat_rate', name: 'Colissimo', quantity: 1 }))
const feeLines = fc
  .record({ gross: fc.integer({ min: -2000, max: 2000 }), vatRate: rates })
  .map((o) => webLine({ ...o, kind: 'fee', code: 'Frais', name: 'Frais', quantity: 1 }))
const cardLines = fc
  .integer({ min: 1, max: 20_000 })
  .map((value) =>
    webLine({ kind: 'fee', code: 'c', name: 'Carte cadeau X', quantity: 1, gross: -value, vatRate: '20.00' }),
  )
const orders = fc
  .tuple(
    fc.array(soldLines, { minLength: 1, maxLength: 8 }),
    fc.array(shippingLines, { maxLength: 2 }),
    fc.array(feeLines, { maxLength: 3 }),
    fc.array(cardLines, { maxLength: 2 }),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([items, shipping, fees, cards, off]) => {
    const order = webOrder([...items, ...shipping, ...fees, ...cards], { coupons: ['NOEL'] })
    return { order: { ...order, total: order.total + off }, cards: 0 - sumOfWeb(cards), off }
  })
const sumOfWeb = (lines: WebOrderLine[]) => lines.reduce((sum, line) => sum + line.gross, 0)

describe('any consistent order', () => {
  it('adds up to the shop total plus its gift cards, without losing a cent', () => {
    fc.assert(
      fc.property(orders, ({ order, cards }) => {
        const admitted = admit(order, WOOCOMMERCE_RULES)
        assert.equal(sumOf(admitted.lines, 'gross'), order.total + cards)
        assert.equal(admitted.gross, order.total + cards)
        assert.equal(admitted.vat, sumOf(admitted.lines, 'vat'))
        assert.equal(admitted.net + admitted.vat, admitted.gross)
        const paid = admitted.payments.reduce((sum, payment) => sum + payment.amount, 0)
        assert.equal(paid, cards)
      }),
    )
  })

  it('has unit prices that give every line back to the cent', () => {
    fc.assert(
      fc.property(orders, ({ order }) => {
        for (const line of admit(order, WOOCOMMERCE_RULES).lines) {
          const units = unitsOf(line.unitPrice, 4)
          assert.ok(units !== null)
          const amount = divideRounded(units * BigInt(line.quantity), 100n)
          assert.equal(Number(amount) - line.discount, line.gross)
        }
      }),
    )
  })

  it('has a rounding line exactly when cents are missing, and one discount line a rate', () => {
    fc.assert(
      fc.property(orders, ({ order, off }) => {
        const { lines } = admit(order, WOOCOMMERCE_RULES)
        const rounding = lines.filter((line) => line.name === 'Arrondi')
        assert.deepEqual(
          rounding.map((line) => line.gross),
          off === 0 ? [] : [off],
        )
        const coupons = lines.filter((line) => line.name === 'Code NOEL').map((line) => line.vatRate)
        assert.equal(new Set(coupons).size, coupons.length)
      }),
    )
  })

  it('off by more than the rounding is refused', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 3, max: 10_000 }), fc.boolean(), ({ order, off }, gap, below) => {
        refuses({ ...order, total: order.total - off + (below ? -gap : gap) }, 'totals-mismatch')
      }),
    )
  })
})

describe('an order by hand', () => {
  it('one cent below its lines gets a rounding line of -1 cent at the main rate', () => {
    const order = admit(
      webOrder([webLine(), webLine({ code: 'LIV-1', gross: 500, vatRate: '5.50' })], { total: 2079 }),
      WOOCOMMERCE_RULES,
    )
    assert.deepEqual(order.lines.at(-1), {
      kind: 'discount',
      reference: 'REMISE',
      name: 'Arrondi',
      quantity: 1,
      unitPrice: '-0.0100',
      discount: 0,
      gross: -1,
      vatRate: '20.00',
      vat: 0,
    })
    assert.deepEqual([order.net, order.vat, order.gross], [1790, 289, 2079]) // 15.80 holds 2.63, 5.00 at 5.5 % holds 0.26
  })

  it('has one discount line per VAT rate for its coupons, and names a discount without a code', () => {
    const lines = [webLine({ discount: 200 }), webLine({ discount: 100 }), webLine({ discount: 55, vatRate: '5.50' })]
    const discounts = (coupons: string[]) =>
      admit(webOrder(lines, { coupons }), WOOCOMMERCE_RULES).lines.filter((line) => line.kind === 'discount')
    assert.deepEqual(
      discounts(['NOEL', 'VIP']).map((l) => [l.name, l.unitPrice, l.gross, l.vat, l.vatRate]),
      [
        ['Code NOEL, VIP', '-3.0000', -300, -50, '20.00'], // 2.00 holds 0.33, 1.00 holds 0.17
        ['Code NOEL, VIP', '-0.5500', -55, -3, '5.50'],
      ],
    )
    assert.equal(discounts([])[0]?.name, 'Remise')
    const untaxed = admit(webOrder([webLine({ discount: 100, vatRate: '0.00' })]), WOOCOMMERCE_RULES).lines.at(-1)
    assert.ok(Object.is(untaxed?.vat, 0))
  })

  it('takes its gift cards as payments and other negative fees as discounts', () => {
    const fee = { kind: 'fee', quantity: 1, vatRate: '20.00' } as const
    const lines = [
      webLine(),
      webLine({ ...fee, code: 'f', name: 'Chèque cadeau 10', gross: -1000 }),
      webLine({ ...fee, code: 'g', name: 'Geste commercial', gross: -120 }),
    ]
    const paidAt = '2026-11-24T08:12:40Z'
    const payments = [{ id: 'ch_1', method: 'stripe', amount: 460, transactionId: 'ch_1', paidAt }]
    const order = admit(webOrder(lines, { payments }), WOOCOMMERCE_RULES)
    assert.deepEqual(
      order.payments.map((p) => [p.id, p.method, p.amount]),
      [
        ['gift-card-1', 'CHEQUE_CADEAU', 1000],
        ['ch_1', 'CB', 460],
      ],
    )
    assert.deepEqual(order.lines.at(-1)?.kind, 'discount')
    assert.equal(order.gross, 1460)
  })

  it('gives its free lines the main rate, and its pickup point the pickup service', () => {
    const lines = [webLine(), webLine({ code: 'CADEAU', gross: 0, vatRate: '0.00' })]
    const order = admit(
      webOrder(lines, { pickupPoint: { id: '698745', network: 'A2P', name: null } }),
      WOOCOMMERCE_RULES,
    )
    assert.equal(order.lines[1]?.vatRate, '20.00')
    assert.deepEqual(order.delivery, { carrier: 'COLISSIMO', service: 'HD' })
    assert.deepEqual(order.pickupPoint, { id: '698745', network: 'A2P', name: null })
  })

  it('that names what nobody mapped is refused, until it is mapped', () => {
    const paymentMethod = { code: 'alma_3x', name: 'Alma 3x' }
    const unpaid = webOrder([webLine()], { paymentMethod })
    refuses(unpaid, 'unknown-payment-method')
    const rules = withMappings(WOOCOMMERCE_RULES, [{ kind: 'payment-method', source: 'alma_3x', target: 'CB' }])
    assert.equal(admit(unpaid, rules).gross, 1580)
    const byDrone = webOrder([webLine()], {
      shippingMethod: { code: 'drone', name: 'Drone' },
      shipping: { ...HOME, country: 'BE' },
    })
    assert.throws(() => admit(byDrone, WOOCOMMERCE_RULES), {
      code: 'unknown-carrier',
      remedy: /^aucune règle pour « drone » \(Drone\), Belgique — .*« Règles de transport »/,
    })
    const choice = { carrier: 'DHL', service: 'U' }
    const toBelgium = { ...ANY_ORDER, countries: ['BE'], choice }
    const carrierRules = [toBelgium, ...WOOCOMMERCE_RULES.carrierRules]
    assert.deepEqual(admit(byDrone, { ...WOOCOMMERCE_RULES, carrierRules }).delivery, choice)
    const wayless = webOrder([webLine()], { shippingMethod: null })
    assert.deepEqual(admit(wayless, WOOCOMMERCE_RULES).delivery, { carrier: 'COLISSIMO', service: 'DOM' })
    assert.throws(() => admit(wayless, { ...WOOCOMMERCE_RULES, carrierRules: [toBelgium] }), {
      remedy: /^aucune règle pour une commande sans mode de livraison, France/,
    })
    const nameless = webOrder([webLine({ code: '' })])
    refuses(nameless, 'unknown-item')
    const mapped = withMappings(WOOCOMMERCE_RULES, [{ kind: 'item', source: "Savon d'Alep", target: 'SAV-9' }])
    assert.equal(admit(nameless, mapped).lines[0]?.reference, 'SAV-9')
    const free = webOrder([webLine({ gross: 0 })], { paymentMethod: { code: '', name: '' } })
    assert.equal(admit(free, WOOCOMMERCE_RULES).gross, 0)
  })

  it('is imported, awaited or ignored by its web status', () => {
    const ruleOf = (webStatus: string) => admissionRule(webOrder([], { webStatus }), WOOCOMMERCE_RULES)
    assert.deepEqual(['processing', 'on-hold', 'checkout-draft'].map(ruleOf), ['import', 'wait', 'ignore'])
    assert.throws(() => ruleOf('invented'), { code: 'unknown-status' }) // never lost in silence
  })
})
