import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { centsFrom, rateFrom, unitsFrom } from '../../activities/shops/magento/amounts.ts'
import { readMagentoOrder } from '../../activities/shops/magento/magento.ts'
import { admit } from '../../domain/admission.ts'
import { Refused } from '../../domain/failures.ts'
import type { WebOrder } from '../../domain/order.ts'
import { MAGENTO_RULES } from '../../domain/site.ts'
import { orderOf, type Row } from './magento-shelf.ts'

type Change = (order: Row & { items: Row[]; extension_attributes: Row; payment: Row }) => void

function changed(id: 6 | 7 | 8, change: Change): WebOrder {
  const raw = orderOf(id)
  change(raw as Parameters<Change>[0])
  return readMagentoOrder(raw, { site: 'boutique-bio' })
}

/** code, gross, VAT, discount, VAT of the discount (cents), rate. */
const lines = (order: WebOrder) =>
  order.lines.map((l) => [l.code, l.gross, l.vat, l.discount, l.discountVat, l.vatRate])
const gapOf = (order: WebOrder) => order.total - order.lines.reduce((sum, line) => sum + line.gross - line.discount, 0)
const refusalOf = (work: () => unknown): Refused => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refused) return error
  }
  return assert.fail('nothing was refused')
}

const SHIPPING = ['flatrate_flatrate', 840, 140, 0, 0, '20.00']
const row = (o: Row): Row => ({ qty_ordered: 1, name: String(o.sku), tax_amount: 0, discount_amount: 0, ...o })

describe('an amount of Magento', () => {
  it('is read by its shortest text form, to 4 decimals', () => {
    const read: [number | string, number][] = [
      [0.1, 10],
      [0.1 + 0.2, 30],
      [33.3333, 3333],
      [33.335, 3334],
      [1e-7, 0],
      [-7.5, -750],
      [1.005, 101],
      [2.675, 268],
      [92.87, 9287],
      [92.870000000000005, 9287],
      ['12.3500', 1235],
      [1e3, 100000],
      ['1.5e+2', 15000],
      [0, 0],
      [-0, 0],
    ]
    for (const [value, cents] of read) assert.equal(centsFrom(unitsFrom(value) ?? -1n), cents, String(value))
    for (const value of ['', '12,50', 'NaN', '1e999', Number.POSITIVE_INFINITY, '1e12'])
      assert.equal(unitsFrom(value), null, String(value))
  })

  it('adds without drift: 33.3333 + 6.6667 is 40.00', () => {
    const order = changed(8, (raw) => {
      Object.assign(raw.items[0] ?? {}, { row_total: 33.3333, row_total_incl_tax: 40, tax_amount: 6.6667 })
    })
    assert.deepEqual(lines(order)[0], ['TS-S', 4000, 667, 0, 0, '20.00'])
  })

  it('gives rates with 2 decimals, or up to 4', () => {
    const rates = [20, 5.5, 8.125, 2.1, 0].map((rate) => rateFrom(unitsFrom(rate) ?? -1n))
    assert.deepEqual(rates, ['20.00', '5.50', '8.125', '2.10', '0.00'])
  })
})

describe('a row of Magento', () => {
  it('sold tax included keeps the tax inside its discount', () => {
    const order = changed(8, (raw) => {
      const [item] = raw.items
      const money = {
        row_total: 100,
        row_total_incl_tax: 120,
        discount_amount: 12,
        discount_tax_compensation_amount: 2,
      }
      Object.assign(item ?? {}, { ...money, tax_amount: 18 })
      Object.assign(raw, { subtotal: 100, discount_amount: -12, grand_total: 116.4 })
    })
    assert.deepEqual(lines(order), [['TS-S', 12000, 2000, 1200, 200, '20.00'], SHIPPING])
    assert.equal(gapOf(order), 0)
  })

  it('of a bundle counts once: its children where they are priced, else itself', () => {
    const kit = row({ item_id: 1, sku: 'KIT', product_type: 'bundle', row_total: 50, row_total_incl_tax: 58.55 })
    const book = {
      item_id: 2,
      parent_item_id: 1,
      sku: 'LIV',
      row_total: 10,
      row_total_incl_tax: 10.55,
      tax_amount: 0.55,
    }
    const drill = { item_id: 3, parent_item_id: 1, sku: 'VIS', row_total: 40, row_total_incl_tax: 48, tax_amount: 8 }
    const children = [row({ ...book, tax_percent: 5.5 }), row({ ...drill, tax_percent: 20 })]
    const free = children.map((child) => ({ ...child, row_total: 0, row_total_incl_tax: 0, tax_amount: 0 }))
    const soldAs = (items: Row[]) => lines(changed(8, (raw) => Object.assign(raw, { items }))).slice(0, -1)
    const byChild = [
      ['LIV', 1055, 55, 0, 0, '5.50'],
      ['VIS', 4800, 800, 0, 0, '20.00'],
    ]
    assert.deepEqual(soldAs([{ ...kit, tax_amount: 8.55 }, ...children]), byChild)
    assert.deepEqual(soldAs([{ ...kit, row_total: null }, ...children]), byChild)
    assert.deepEqual(soldAs([{ ...kit, tax_amount: 10, tax_percent: 20 }, ...free]), [
      ['KIT', 6000, 1000, 0, 0, '20.00'],
    ])
  })

  it('bears its ecotax, unless the total says that it is inside', () => {
    const ecotax = (total: number) => (raw: Parameters<Change>[0]) => {
      const applied = JSON.stringify([{ title: 'Ecotaxe', row_amount: 0.5, row_amount_incl_tax: 0.6 }])
      Object.assign(raw.items[0] ?? {}, { weee_tax_applied_row_amount: 0.5, weee_tax_applied: applied })
      raw.grand_total = total
    }
    const apart = changed(8, ecotax(39))
    assert.deepEqual(lines(apart)[0], ['TS-S', 3060, 510, 0, 0, '20.00'])
    assert.equal(gapOf(apart), 0)
    assert.deepEqual(lines(changed(8, ecotax(38.4)))[0], ['TS-S', 3000, 500, 0, 0, '20.00'])
  })
})

describe('a total of Magento', () => {
  it('less shipping discount stays exact', () => {
    const order = changed(6, (raw) => {
      Object.assign(raw, { shipping_discount_amount: 3.5, shipping_tax_amount: 0.7, discount_amount: -3.5 })
      raw.grand_total = 88.67
    })
    assert.deepEqual(lines(order)[2], ['flatrate_flatrate', 840, 140, 420, 70, '20.00'])
    assert.equal(gapOf(order), 0)
  })

  it('less gift cards, store credit and points is paid by them', () => {
    const order = changed(8, (raw) => {
      const credit = { gift_cards_amount: 10, customer_balance_amount: '5.0000', reward_currency_amount: 1 }
      Object.assign(raw.extension_attributes, credit)
      Object.assign(raw, { grand_total: 22.4, total_paid: 22.4 })
    })
    const { gross, payments } = admit(order, MAGENTO_RULES)
    assert.equal(gross, 3840)
    assert.deepEqual(
      payments.map((p) => [p.method, p.amount]),
      [
        ['CHEQUE_CADEAU', 1000],
        ['CHEQUE_CADEAU', 500],
        ['CHEQUE_CADEAU', 100],
        ['PAYPAL', 2240],
      ],
    )
  })

  it('with gift wrapping has it as a fee', () => {
    const order = changed(8, (raw) => {
      Object.assign(raw.extension_attributes, { gw_price: '3.5000', gw_tax_amount: '0.7000', gw_card_price: '' })
      raw.grand_total = 42.6
    })
    assert.deepEqual(lines(order).at(-1), ['Emballage cadeau', 420, 70, 0, 0, '20.00'])
    assert.equal(admit(order, MAGENTO_RULES).lines.at(-1)?.reference, 'EMB')
  })

  it('moved by a module waits for a person, a cent is rounded, and a declared gap is money', () => {
    const off = (total: number) => changed(8, (raw) => Object.assign(raw, { grand_total: total }))
    assert.equal(refusalOf(() => admit(off(28.4), MAGENTO_RULES)).code, 'totals-mismatch')
    assert.equal(refusalOf(() => admit(off(40.4), MAGENTO_RULES)).code, 'totals-mismatch')
    assert.deepEqual(admit(off(38.41), MAGENTO_RULES).lines.at(-1)?.gross, 1)
    const { gross, payments } = admit(off(28.4), { ...MAGENTO_RULES, gapMethod: 'CHEQUE_CADEAU' })
    assert.deepEqual([gross, payments.at(-1)?.amount], [3840, 1000])
  })
})

describe('an unusual Magento order', () => {
  it('without delivery goes to the billing address, and free shipping takes the main rate', () => {
    const virtual = changed(6, (raw) => {
      Object.assign(raw, { shipping_amount: 0, shipping_tax_amount: 0, extension_attributes: [], grand_total: 84.47 })
    })
    assert.deepEqual([virtual.shipping, virtual.shippingMethod, virtual.lines.length], [virtual.billing, null, 2])
    const free = changed(6, (raw) => {
      Object.assign(raw, { shipping_amount: 0, shipping_incl_tax: 0, shipping_tax_amount: 0, grand_total: 84.47 })
      raw.extension_attributes.item_applied_taxes = []
    })
    assert.deepEqual(lines(free)[2], ['flatrate_flatrate', 0, 0, 0, 0, '0.00'])
    assert.equal(admit(free, MAGENTO_RULES).lines[2]?.vatRate, '20.00')
  })

  it('has the usual status of its state when a comment emptied its own', () => {
    const of = (state: string, status: string | null) => changed(7, (raw) => Object.assign(raw, { state, status }))
    assert.deepEqual(
      [of('new', null), of('complete', null), of('processing', 'a_facturer')].map((order) => order.webStatus),
      ['pending', 'complete', 'a_facturer'],
    )
  })

  it('is paid by each paid invoice, and by what was captured beyond them', () => {
    const raw = { ...orderOf(6), total_paid: 92.87 }
    const paper = { order_id: 6, increment_id: '1', created_at: '2026-11-24T05:00:00Z', updated_at: '', comments: [] }
    const invoices = [
      { ...paper, entity_id: 5, state: 2, grand_total: 300_000n, transaction_id: 'ch_b' },
      { ...paper, entity_id: 4, state: 1, grand_total: 100_000n, transaction_id: '' },
    ]
    const { payments } = readMagentoOrder(raw, { site: 's', papers: { invoices, memos: [] } })
    assert.deepEqual(
      payments.map((p) => [p.id, p.amount, p.transactionId, p.paidAt]),
      [
        ['payment-2', 3000, 'ch_b', '2026-11-24T05:00:00Z'],
        ['payment-3', 6287, 'ch_0001', '2026-11-24T04:21:41Z'],
      ],
    )
  })

  it('that cannot be read is refused by the name of its field, without its content', () => {
    const remedies = [
      (raw: Parameters<Change>[0]) => Object.assign(raw.items[1] ?? {}, { qty_ordered: 0.5 }),
      (raw: Parameters<Change>[0]) => Object.assign(raw, { grand_total: '12,50' }),
      (raw: Parameters<Change>[0]) => Object.assign(raw, { created_at: '0000-00-00 00:00:00' }),
    ].map((change) => refusalOf(() => changed(6, change)))
    assert.deepEqual(
      remedies.map(({ code, message }) => [code, message]),
      ['items.1.qty_ordered', 'grand_total', 'created_at'].map((field) => [
        'unreadable-order',
        `unreadable-order: le champ « ${field} » est illisible`,
      ]),
    )
  })
})
