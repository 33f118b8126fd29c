import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openPrestaShop } from '../../activities/shops/prestashop/prestashop.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { admit, type ErpOrder } from '../../domain/admission.ts'
import type { WebOrder } from '../../domain/order.ts'
import { PRESTASHOP_RULES } from '../../domain/site.ts'
import { startShelf } from './prestashop-shelf.ts'

const KEY = 'K'.repeat(32)
let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop

before(async () => {
  shelf = await startShelf()
  shop = openPrestaShop({ site: 'boutique-bio', url: shelf.url, key: KEY })
})
after(() => shelf.close())

/** kind, code, quantity, gross, VAT, discount, VAT of the discount (cents), rate; worked out by hand from the recordings. */
const webLines = ({ lines }: WebOrder) =>
  lines.map((l) => [l.kind, l.code, l.quantity, l.gross, l.vat, l.discount, l.discountVat, l.vatRate])
const paid = ({ payments }: ErpOrder) => payments.map((p) => [p.id, p.method, p.amount])
/** kind, reference, quantity, unit price, unit discount, gross, VAT (cents), rate. */
const erpLines = ({ lines }: ErpOrder) =>
  lines.map((l) => [l.kind, l.reference, l.quantity, l.unitPrice, l.discount, l.gross, l.vat, l.vatRate])

const SHIPPING = ['shipping', '2', 1, 840, 140, 0, 0, '20.00']
const PAID = (id: string, amount: number, paidAt: string) => ({
  id,
  method: 'ps_wirepayment',
  amount,
  transactionId: id,
  paidAt,
})

const WEB: Record<string, { total: number; status: string; lines: unknown[]; payments: unknown[]; coupons: string[] }> =
  {
    // 22.94 + 44.74 + 38.00 + 8.40 = 114.08, the shop says 114.09
    '6': {
      total: 11409,
      status: '2',
      lines: [
        ['item', 'demo_1', 1, 2294, 382, 0, 0, '20.00'],
        ['item', 'VIS-A4-M8-40', 3, 4474, 740, 0, 0, '20.00'],
        ['item', 'LIV-0001', 2, 3800, 198, 0, 0, '5.50'],
        SHIPPING,
      ],
      payments: [PAID('TX-0001-ABC', 11409, '2026-11-24T04:27:48Z')],
      coupons: [],
    },
    // 10 %: 10.57 = 2.29 + 4.48 + 3.80; then 5.00 on 20.65, 40.26 and 34.20: 1.08 + 2.12 + 1.80
    '7': {
      total: 10272,
      status: '10',
      lines: [
        ['item', 'demo_1', 1, 2294, 382, 337, 56, '20.00'],
        ['item', 'VIS-A4-M8-40', 3, 4474, 740, 660, 110, '20.00'],
        ['item', 'LIV-0001', 2, 3800, 198, 560, 29, '5.50'],
        SHIPPING,
        ['fee', 'Emballage cadeau', 1, 420, 70, 0, 0, '20.00'],
      ],
      payments: [],
      coupons: ['Remise 10 %', 'Bon de 5 € TTC'],
    },
    // shipping offered: the voucher is the shipping's own
    '8': {
      total: 8384,
      status: '2',
      lines: [
        ['item', 'demo_3', 2, 6893, 1149, 0, 0, '20.00'],
        ['item', 'VIS-A4-M8-40', 1, 1491, 246, 0, 0, '20.00'],
        ['shipping', '2', 1, 840, 140, 840, 140, '20.00'],
      ],
      payments: [PAID('PAYID-XYZ', 8384, '2026-11-24T04:27:52Z')],
      coupons: ['Port offert'],
    },
    // the shop's own VAT of the card: 20.00 - 16.69 = 3.31
    '9': {
      total: 1823,
      status: '2',
      lines: [['item', 'VIS-A4-M8-40', 2, 2983, 494, 2000, 331, '20.00'], SHIPPING],
      payments: [PAID('TX-0002-ABC', 1823, '2026-11-24T04:27:53Z')],
      coupons: ['Carte cadeau 20 €'],
    },
    '10': {
      total: 840,
      status: '2',
      lines: [['item', 'VIS-A4-M8-40', 1, 1491, 246, 1491, 246, '20.00'], SHIPPING],
      payments: [PAID('TX-0003-ABC', 840, '2026-11-24T04:27:55Z')],
      coupons: ['Carte cadeau 20 €'],
    },
  }

const PORT = ['shipping', 'PORT', 1, '8.4000', 0, 840, 140, '20.00']
const ROUNDING = ['discount', 'REMISE', 1, '0.0100', 0, 1, 0, '20.00']
const GOODS = [
  ['item', 'demo_1', 1, '22.9400', 0, 2294, 382, '20.00'],
  ['item', 'VIS-A4-M8-40', 3, '14.9133', 0, 4474, 740, '20.00'],
  ['item', 'LIV-0001', 2, '19.0000', 0, 3800, 198, '5.50'],
]
/** Net, VAT and gross; then id, method and amount of each payment. */
const ERP: Record<string, { lines: unknown[]; totals: number[]; payments: unknown[] }> = {
  '6': {
    lines: [...GOODS, PORT, ROUNDING],
    totals: [9949, 1460, 11409],
    payments: [['TX-0001-ABC', 'VIREMENT', 11409]],
  },
  '7': {
    lines: [
      ...GOODS,
      PORT,
      ['fee', 'EMB', 1, '4.2000', 0, 420, 70, '20.00'],
      ['discount', 'REMISE', 1, '-9.9700', 0, -997, -166, '20.00'],
      ['discount', 'REMISE', 1, '-5.6000', 0, -560, -29, '5.50'],
      ROUNDING,
    ],
    totals: [8937, 1335, 10272],
    payments: [],
  },
  '8': {
    lines: [
      ['item', 'demo_3', 2, '34.4650', 0, 6893, 1149, '20.00'],
      ['item', 'VIS-A4-M8-40', 1, '14.9100', 0, 1491, 246, '20.00'],
      PORT,
      ['discount', 'REMISE', 1, '-8.4000', 0, -840, -140, '20.00'],
    ],
    totals: [6989, 1395, 8384],
    payments: [['PAYID-XYZ', 'VIREMENT', 8384]],
  },
  '9': {
    lines: [
      ['item', 'VIS-A4-M8-40', 2, '14.9150', 0, 2983, 494, '20.00'],
      PORT,
      ['discount', 'REMISE', 1, '-20.0000', 0, -2000, -331, '20.00'],
    ],
    totals: [1520, 303, 1823],
    payments: [['TX-0002-ABC', 'VIREMENT', 1823]],
  },
  '10': {
    lines: [
      ['item', 'VIS-A4-M8-40', 1, '14.9100', 0, 1491, 246, '20.00'],
      PORT,
      ['discount', 'REMISE', 1, '-14.9100', 0, -1491, -246, '20.00'],
    ],
    totals: [700, 140, 840],
    payments: [['TX-0003-ABC', 'VIREMENT', 840]],
  },
}

describe('a recorded PrestaShop order', () => {
  for (const [id, expected] of Object.entries(WEB)) {
    it(`${id} becomes a web order with the shop's own amounts`, async () => {
      const order = await shop.readOrder(id)
      const { total, webStatus: status, payments, coupons } = order
      assert.deepEqual({ total, status, lines: webLines(order), payments, coupons }, expected)
    })
  }

  for (const [id, expected] of Object.entries(ERP)) {
    it(`${id} becomes an ERP order that adds up to the cent`, async () => {
      const order = admit(await shop.readOrder(id), PRESTASHOP_RULES)
      assert.deepEqual(erpLines(order), expected.lines)
      assert.deepEqual([order.net, order.vat, order.gross], expected.totals)
      assert.deepEqual(paid(order), expected.payments)
      assert.deepEqual(order.delivery, { carrier: 'COLISSIMO', service: 'DOM' })
    })
  }

  it('with a gift card is paid by it when the site says so', async () => {
    const paying = openPrestaShop({ site: 'boutique-bio', url: shelf.url, key: KEY, giftCards: 'carte cadeau' })
    const web = await paying.readOrder('9')
    assert.deepEqual(web.coupons, [])
    assert.deepEqual(webLines(web).at(-1), ['fee', 'Carte cadeau 20 €', 1, -2000, 0, 0, 0, '0.00'])
    const order = admit(web, PRESTASHOP_RULES)
    assert.deepEqual([order.net, order.vat, order.gross], [3189, 634, 3823])
    assert.deepEqual(paid(order), [
      ['gift-card-1', 'CHEQUE_CADEAU', 2000],
      ['TX-0002-ABC', 'VIREMENT', 1823],
    ])
  })

  it('keeps its people, dates, refunds and words', async () => {
    const order = await shop.readOrder('6')
    assert.deepEqual(order.customer, {
      webCode: '3',
      company: 'ACME SARL',
      lastName: "D'Arcy-Éluard",
      firstName: 'Jeanne',
      email: 'jeanne.darcy@example.com',
      phone: '0612345678',
      siren: '732829320',
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
    assert.deepEqual([order.webId, order.number, order.currency], ['6', 'DVJYRTAUJ', 'EUR'])
    // Paris in November is one hour ahead; the refund of 05:27:55 is the newest change
    assert.deepEqual([order.placedAt, order.modifiedAt], ['2026-11-24T04:27:48Z', '2026-11-24T04:27:55Z'])
    assert.deepEqual(order.refunds, [{ id: '1', amount: 2085, reason: '' }])
    assert.deepEqual(order.shippingMethod, { code: '2', name: 'My carrier' })
    assert.deepEqual(order.paymentMethod, { code: 'ps_wirepayment', name: 'Carte bancaire' })
    assert.equal(order.note, 'Sonner 2 fois')
    assert.equal(order.pickupPoint, null)
    const gift = 'Merci de livrer le matin\nMessage cadeau : Joyeux anniversaire !\nSonner 2 fois'
    assert.equal((await shop.readOrder('7')).note, gift)
  })

  it('delivered to a pickup point names it, and keeps it out of the note', async () => {
    const address = shelf.table('addresses').find(({ id }) => id === 8)
    assert.ok(address)
    const before = { ...address }
    Object.assign(address, { other: 'Colissimo - Point de retrait 031184', company: "L'Épi d'Or" })
    const { pickupPoint, note } = await shop.readOrder('6')
    assert.deepEqual(pickupPoint, { id: '031184', network: 'Colissimo', name: "L'Épi d'Or" })
    assert.equal(note, '')
    const pickup = { fields: ['address2' as const], pattern: 'quai n.(?<id>\\d)' }
    const other = openPrestaShop({ site: 'boutique-bio', url: shelf.url, key: KEY, pickup })
    assert.equal((await other.readOrder('6')).pickupPoint?.id, '2')
    Object.assign(address, before)
    assert.equal((await shop.readOrder('6')).pickupPoint, null)
  })

  it('weighs what the shop itself wrote down for its carrier, in the unit of the shop', async () => {
    const weigh = async (ids: string[]) => {
      const opened = openPrestaShop({ site: 'boutique-bio', url: shelf.url, key: KEY })
      return Promise.all(ids.map(async (id) => (await opened.readOrder(id)).weight))
    }
    const written = new Map(shelf.table('order_carriers').map((row) => [row.id_order, Number(row.weight) * 1000]))
    const ids = ['6', '7', '8', '9', '10']
    assert.deepEqual(
      await weigh(ids),
      ids.map((id) => written.get(id)),
    )
    const settings = shelf.table('configurations')
    const unit = { id: 2, name: 'PS_WEIGHT_UNIT', value: 'lb' }
    settings.push(unit)
    assert.deepEqual(await weigh(['10']), [567]) // 1.25 lb
    unit.value = 'stone'
    assert.deepEqual(await weigh(['10']), [null])
    settings.pop()
    const [detail] = shelf.table('order_details').filter((row) => row.id_order === '10')
    assert.ok(detail)
    Object.assign(detail, { product_weight: '0.000000' })
    assert.deepEqual(await weigh(['10']), [null])
    Object.assign(detail, { product_weight: '1.250000' })
  })

  it('of a guest has no web code', async () => {
    const order = await shop.readOrder('8')
    assert.equal(order.customer.webCode, null)
    assert.deepEqual(order.shipping, order.billing)
    assert.deepEqual([order.shipping.lines, order.shipping.country], [['5 place du Marché'], 'BE'])
  })

  it('is never read as one object, and never with a password', () => {
    for (const { method, path, query } of shelf.seen) {
      assert.equal(method, 'GET')
      assert.match(path, /^\/api\/[a-z_]+$/)
      assert.equal(query.output_format, 'JSON')
      if (path.endsWith('/customers')) assert.doesNotMatch(query.display ?? '', /full|passwd|secure_key/)
    }
  })
})
