import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { DEFAULT_META } from '../../activities/shops/woocommerce/mapping.ts'
import { readWcOrder } from '../../activities/shops/woocommerce/woocommerce.ts'
import { admit, type ErpOrder } from '../../domain/admission.ts'
import { Refused } from '../../domain/failures.ts'
import type { WebOrder } from '../../domain/order.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/woocommerce/order_${name}.json`, import.meta.url), 'utf8'))
const readOrder = (raw: unknown): WebOrder => readWcOrder(raw, { site: 'boutique-bio', keys: DEFAULT_META })
/** kind, code, quantity, gross, VAT, discount, VAT of the discount (cents), rate; worked out by hand from the recordings. */
const webLines = ({ lines }: WebOrder) =>
  lines.map((l) => [l.kind, l.code, l.quantity, l.gross, l.vat, l.discount, l.discountVat, l.vatRate])
/** kind, reference, quantity, unit price, unit discount, gross, VAT (cents), rate. */
const erpLines = ({ lines }: ErpOrder) =>
  lines.map((l) => [l.kind, l.reference, l.quantity, l.unitPrice, l.discount, l.gross, l.vat, l.vatRate])

const DRILL = ['item', 'ERP-1001', 3, 4445, 741, 0, 0, '20.00']
const BOOK = ['item', 'LIV-0001', 2, 4000, 209, 0, 0, '5.50']
const SHIPPING = ['shipping', 'flat_rate', 1, 840, 140, 0, 0, '20.00']
const WRAPPING = ['fee', 'Emballage cadeau', 1, 420, 70, 0, 0, '20.00']
const CARD = (transactionId: string, amount: number, paidAt: string) => ({
  id: 'payment-1',
  method: 'stripe',
  amount,
  transactionId,
  paidAt,
})

const WEB = {
  paid_card: { total: 9285, lines: [DRILL, BOOK, SHIPPING], payments: [CARD('ch_0001', 9285, '2026-11-24T04:36:21Z')] },
  completed_with_refunds: {
    total: 9285,
    lines: [DRILL, BOOK, SHIPPING],
    payments: [CARD('ch_0001', 9285, '2026-11-24T04:36:21Z')],
  },
  coupons_fee_bank_transfer: {
    total: 8290,
    lines: [
      ['item', 'ERP-1001', 3, 4445, 741, 804, 134, '20.00'],
      ['item', 'LIV-0001', 2, 4000, 209, 611, 32, '5.50'],
      SHIPPING,
      WRAPPING,
    ],
    payments: [],
  },
  prices_include_tax: {
    total: 6488,
    lines: [
      ['item', 'ERP-1001', 3, 4470, 745, 822, 137, '20.00'],
      ['item', 'LIV-0001', 1, 1896, 99, 316, 17, '5.50'],
      SHIPPING,
      WRAPPING,
    ],
    payments: [CARD('ch_0009', 6488, '2026-11-24T04:40:28Z')],
  },
  gift_card_as_fee: {
    total: 1403,
    lines: [
      ['item', 'ERP-1001', 2, 2963, 494, 0, 0, '20.00'],
      SHIPPING,
      ['fee', 'Carte cadeau GIFT-20EUR', 1, -2400, -400, 0, 0, '20.00'],
    ],
    payments: [CARD('ch_0003', 1403, '2026-11-24T04:36:22Z')],
  },
  gift_card_hidden: {
    total: 2576,
    lines: [['item', 'ERP-1001', 2, 3576, 596, 0, 0, '20.00']],
    payments: [CARD('ch_pw', 2576, '2026-11-24T04:49:06Z')],
  },
  guest_no_tax: {
    total: 1935,
    lines: [
      ['item', 'ERP-1001', 1, 1235, 0, 0, 0, '0.00'],
      ['shipping', 'flat_rate', 1, 700, 0, 0, 0, '0.00'],
    ],
    payments: [{ ...CARD('PAYID-XYZ', 1935, '2026-11-24T04:36:22Z'), method: 'paypal' }],
  },
  free_shipping: {
    total: 1482,
    lines: [
      ['item', 'ERP-1001', 1, 1482, 247, 0, 0, '20.00'],
      ['shipping', 'free_shipping', 1, 0, 0, 0, 0, '20.00'],
    ],
    payments: [],
  },
}

const PORT = ['shipping', 'PORT', 1, '8.4000', 0, 840, 140, '20.00']
const EMB = ['fee', 'EMB', 1, '4.2000', 0, 420, 70, '20.00']
const PAID_CARD = {
  lines: [
    ['item', 'ERP-1001', 3, '14.8167', 0, 4445, 741, '20.00'],
    ['item', 'LIV-0001', 2, '20.0000', 0, 4000, 209, '5.50'],
    PORT,
  ],
  totals: [8195, 1090, 9285],
  payments: [['payment-1', 'CB', 9285]],
}
const ERP = {
  paid_card: PAID_CARD,
  completed_with_refunds: PAID_CARD,
  coupons_fee_bank_transfer: {
    lines: [
      ['item', 'ERP-1001', 3, '14.8167', 0, 4445, 741, '20.00'],
      ['item', 'LIV-0001', 2, '20.0000', 0, 4000, 209, '5.50'],
      PORT,
      EMB,
      ['discount', 'REMISE', 1, '-8.0400', 0, -804, -134, '20.00'],
      ['discount', 'REMISE', 1, '-6.1100', 0, -611, -32, '5.50'],
    ],
    totals: [7296, 994, 8290],
    payments: [],
  },
  prices_include_tax: {
    lines: [
      ['item', 'ERP-1001', 3, '14.9000', 0, 4470, 745, '20.00'],
      ['item', 'LIV-0001', 1, '18.9600', 0, 1896, 99, '5.50'],
      PORT,
      EMB,
      ['discount', 'REMISE', 1, '-8.2200', 0, -822, -137, '20.00'],
      ['discount', 'REMISE', 1, '-3.1600', 0, -316, -17, '5.50'],
    ],
    totals: [5588, 900, 6488],
    payments: [['payment-1', 'CB', 6488]],
  },
  gift_card_as_fee: {
    lines: [['item', 'ERP-1001', 2, '14.8150', 0, 2963, 494, '20.00'], PORT],
    totals: [3169, 634, 3803],
    payments: [
      ['gift-card-1', 'CHEQUE_CADEAU', 2400],
      ['payment-1', 'CB', 1403],
    ],
  },
  guest_no_tax: {
    lines: [
      ['item', 'ERP-1001', 1, '12.3500', 0, 1235, 0, '0.00'],
      ['shipping', 'PORT', 1, '7.0000', 0, 700, 0, '0.00'],
    ],
    totals: [1935, 0, 1935],
    payments: [['payment-1', 'PAYPAL', 1935]],
  },
  free_shipping: {
    lines: [
      ['item', 'ERP-1001', 1, '14.8200', 0, 1482, 247, '20.00'],
      ['shipping', 'PORT', 1, '0.0000', 0, 0, 0, '20.00'],
    ],
    totals: [1235, 247, 1482],
    payments: [],
  },
}

describe('a recorded WooCommerce order', () => {
  for (const [name, expected] of Object.entries(WEB)) {
    it(`${name} becomes a web order with the shop's own amounts`, () => {
      const order = readOrder(sample(name))
      assert.equal(order.total, expected.total)
      assert.deepEqual(webLines(order), expected.lines)
      assert.deepEqual(order.payments, expected.payments)
    })
  }

  for (const [name, expected] of Object.entries(ERP)) {
    it(`${name} becomes an ERP order that adds up to the cent`, () => {
      const order = admit(readOrder(sample(name)), WOOCOMMERCE_RULES)
      assert.deepEqual(erpLines(order), expected.lines)
      assert.deepEqual([order.net, order.vat, order.gross], expected.totals)
      assert.deepEqual(
        order.payments.map((p) => [p.id, p.method, p.amount]),
        expected.payments,
      )
      assert.deepEqual(order.delivery, { carrier: 'COLISSIMO', service: 'DOM' })
    })
  }

  it('with a gift card that nothing shows is refused until its gap is declared', () => {
    const web = readOrder(sample('gift_card_hidden'))
    assert.throws(
      () => admit(web, WOOCOMMERCE_RULES),
      (e) => e instanceof Refused && e.code === 'totals-mismatch',
    )
    const order = admit(web, { ...WOOCOMMERCE_RULES, gapMethod: 'CHEQUE_CADEAU' })
    assert.deepEqual([order.net, order.vat, order.gross], [2980, 596, 3576])
    assert.deepEqual(
      order.payments.map((p) => [p.id, p.method, p.amount]),
      [
        ['payment-1', 'CB', 2576],
        ['gap', 'CHEQUE_CADEAU', 1000],
      ],
    )
  })

  it('keeps its people, dates, refunds and words', () => {
    const order = readOrder(sample('completed_with_refunds'))
    assert.deepEqual(order.customer, {
      webCode: '2',
      company: 'ACME SARL',
      lastName: "D'Arcy-Éluard",
      firstName: 'Jeanne',
      email: 'jeanne.darcy@example.com',
      phone: '0478000000',
      siren: null,
      vatNumber: 'FR40303265045',
    })
    assert.deepEqual(order.shipping, {
      company: null,
      lastName: "D'Arcy-Éluard",
      firstName: 'Jeanne',
      lines: ['Zone artisanale & commerciale', 'Quai n°2'],
      postalCode: '13009',
      city: 'Marseille',
      country: 'FR',
      phone: '0612345678',
    })
    const { webId, number, webStatus, currency, placedAt, modifiedAt, note } = order
    assert.deepEqual([webId, number, webStatus, currency], ['22', '22', 'completed', 'EUR'])
    assert.deepEqual([placedAt, modifiedAt], ['2026-11-24T04:36:21Z', '2026-11-24T04:36:25Z'])
    assert.equal(note, 'Merci de livrer le matin')
    assert.deepEqual(order.refunds, [
      { id: '28', amount: 500, reason: 'Geste commercial' },
      { id: '29', amount: 1482, reason: 'Retour' },
    ])
    assert.deepEqual(order.shippingMethod, { code: 'flat_rate', name: 'Colissimo' })
    assert.deepEqual(order.paymentMethod, { code: 'stripe', name: 'Carte bancaire' })
    assert.deepEqual(readOrder(sample('coupons_fee_bank_transfer')).coupons, ['dix', 'bon5'])
  })

  it('of a guest without delivery address is delivered to the billing address', () => {
    const order = readOrder(sample('guest_no_tax'))
    assert.equal(order.customer.webCode, null)
    assert.deepEqual(order.shipping, order.billing)
    assert.deepEqual([order.shipping.lines, order.shipping.country], [['5 place du Marché'], 'BE'])
  })
})
