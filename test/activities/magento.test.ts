import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readMagentoOrder } from '../../activities/shops/magento/magento.ts'
import { admit, type ErpOrder } from '../../domain/admission.ts'
import type { WebOrder } from '../../domain/order.ts'
import { MAGENTO_RULES } from '../../domain/site.ts'
import { orderOf } from './magento-shelf.ts'

const readOrder = (id: 6 | 7 | 8): WebOrder => readMagentoOrder(orderOf(id), { site: 'boutique-bio' })
/** kind, code, quantity, gross, VAT, discount, VAT of the discount (cents), rate; worked out by hand from the contract. */
const webLines = ({ lines }: WebOrder) =>
  lines.map((l) => [l.kind, l.code, l.quantity, l.gross, l.vat, l.discount, l.discountVat, l.vatRate])
/** kind, reference, quantity, unit price, unit discount, gross, VAT (cents), rate. */
const erpLines = ({ lines }: ErpOrder) =>
  lines.map((l) => [l.kind, l.reference, l.quantity, l.unitPrice, l.discount, l.gross, l.vat, l.vatRate])

const SHIPPING = ['shipping', 'flatrate_flatrate', 1, 840, 140, 0, 0, '20.00']
const PAID = (transactionId: string, method: string, amount: number, paidAt: string) => ({
  id: 'payment-1',
  method,
  amount,
  transactionId,
  paidAt,
})

const WEB = {
  6: {
    total: 9287,
    lines: [
      ['item', 'VIS-A4-M8-40', 3, 4446, 741, 0, 0, '20.00'],
      ['item', 'LIV-0001', 2, 4001, 209, 0, 0, '5.50'],
      SHIPPING,
    ],
    payments: [PAID('ch_0001', 'stripe_payments', 9287, '2026-11-24T04:21:41Z')],
  },
  // 37.05 - 3.71 + 6.67 = 40.01 of 44.46; 37.92 - 3.79 + 1.88 = 36.01 of 40.01
  7: {
    total: 8442,
    lines: [
      ['item', 'VIS-A4-M8-40', 3, 4446, 741, 445, 74, '20.00'],
      ['item', 'LIV-0001', 2, 4001, 209, 400, 21, '5.50'],
      SHIPPING,
    ],
    payments: [],
  },
  8: {
    total: 3840,
    lines: [['item', 'TS-S', 1, 3000, 500, 0, 0, '20.00'], SHIPPING],
    payments: [PAID('9AB12345CD678901E', 'paypal_express', 3840, '2026-11-24T05:00:00Z')],
  },
}

const PORT = ['shipping', 'PORT', 1, '8.4000', 0, 840, 140, '20.00']
const ERP = {
  6: {
    lines: [
      ['item', 'VIS-A4-M8-40', 3, '14.8200', 0, 4446, 741, '20.00'],
      ['item', 'LIV-0001', 2, '20.0050', 0, 4001, 209, '5.50'],
      PORT,
    ],
    totals: [8197, 1090, 9287],
    payments: [['payment-1', 'CB', 9287]],
  },
  7: {
    lines: [
      ['item', 'VIS-A4-M8-40', 3, '14.8200', 0, 4446, 741, '20.00'],
      ['item', 'LIV-0001', 2, '20.0050', 0, 4001, 209, '5.50'],
      PORT,
      ['discount', 'REMISE', 1, '-4.4500', 0, -445, -74, '20.00'],
      ['discount', 'REMISE', 1, '-4.0000', 0, -400, -21, '5.50'],
    ],
    totals: [7447, 995, 8442],
    payments: [],
  },
  8: {
    lines: [['item', 'TS-S', 1, '30.0000', 0, 3000, 500, '20.00'], PORT],
    totals: [3200, 640, 3840],
    payments: [['payment-1', 'PAYPAL', 3840]],
  },
}

describe('an order of the Magento contract', () => {
  for (const id of [6, 7, 8] as const) {
    it(`${id} becomes a web order with the shop's own amounts`, () => {
      const order = readOrder(id)
      assert.equal(order.total, WEB[id].total)
      assert.deepEqual(webLines(order), WEB[id].lines)
      assert.deepEqual(order.payments, WEB[id].payments)
    })

    it(`${id} becomes an ERP order that adds up to the cent`, () => {
      const order = admit(readOrder(id), MAGENTO_RULES)
      assert.deepEqual(erpLines(order), ERP[id].lines)
      assert.deepEqual([order.net, order.vat, order.gross], ERP[id].totals)
      assert.deepEqual(
        order.payments.map((p) => [p.id, p.method, p.amount]),
        ERP[id].payments,
      )
      assert.deepEqual(order.delivery, { carrier: 'COLISSIMO', service: 'DOM' })
    })
  }

  it('keeps its people, dates and words', () => {
    const order = readOrder(6)
    const { webId, number, webStatus, currency, placedAt, modifiedAt, note } = order
    assert.deepEqual([webId, number, webStatus, currency], ['6', '000000006', 'processing', 'EUR'])
    assert.deepEqual([placedAt, modifiedAt], ['2026-11-24T04:21:41Z', '2026-11-24T04:22:10Z'])
    assert.equal(note, 'Merci de livrer le matin')
    assert.deepEqual(order.customer, {
      webCode: '5',
      company: 'ACME SARL',
      lastName: "D'Arcy-Éluard",
      firstName: 'Jeanne',
      email: 'jeanne.darcy@example.com',
      phone: '0478000000',
      siren: null,
      vatNumber: 'FR40303265045',
    })
    assert.deepEqual(order.billing.lines, ['12 rue des Érables', 'Bât. C'])
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
    assert.deepEqual(order.shippingMethod, { code: 'flatrate_flatrate', name: 'Colissimo - Domicile' })
    assert.deepEqual(order.paymentMethod, { code: 'stripe_payments', name: 'Carte bancaire' })
    assert.deepEqual([order.coupons, order.refunds, order.pickupPoint], [[], [], null])
    assert.deepEqual(readOrder(7).coupons, ['DIX'])
  })

  it('of a guest has no web code, and its status is looked up in the rules', () => {
    const order = readOrder(8)
    assert.deepEqual([order.customer.webCode, order.customer.lastName, order.shipping.country], [null, 'Martin', 'BE'])
    assert.deepEqual(
      [readOrder(6), readOrder(7)].map(({ webStatus }) => MAGENTO_RULES.admission[webStatus]),
      ['import', 'wait'],
    )
  })
})
