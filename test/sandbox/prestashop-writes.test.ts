import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import {
  ask,
  assertLike,
  exchangesOf,
  KEY,
  oneRow,
  openShopOn,
  RECORDED_AT,
  recorded,
  recordedTables,
  replay,
  rows,
  xml,
} from './prestashop-desk.ts'

const LATER = ['message on the order page: message', 'internal note on the order']

describe('the recorded writes, done again', () => {
  it('answers each one as recorded, and counts what was done', async () => {
    let now = RECORDED_AT
    const shop = await openShopOn(recordedTables(), { now: () => new Date(now) })
    for (const exchange of exchangesOf('orders_write')) {
      if (LATER.includes(exchange.name)) now = '2026-11-24T04:31:15Z'
      assertLike(await replay(shop, exchange), exchange)
    }
    assert.deepEqual(shop.counters(), {
      'order-status': { '7:2': 2, '7:3': 1, '7:4': 1 },
      'order-payment': { '7': 2 },
      'order-tracking': { '7:6A12345678901': 1, '7:6A12345678902': 1 },
      'order-note': { '7:Facture F2026-001 disponible': 1 },
    })
    assert.deepEqual(shop.mails(), [
      { order: 7, template: 'payment' },
      { order: 7, template: 'in_transit' },
    ])
    const crash = recorded('errors', 'order history on unknown order crashes')
    assertLike(await replay(shop, crash), crash)
    await shop.close()
  })
})

describe('what a write of PrestaShop changes', () => {
  let shop: PrestaShopSandbox
  let now: string
  let id: string
  beforeEach(async () => {
    now = '2026-12-01T09:00:00Z'
    shop = await startPrestaShop({ key: KEY, now: () => new Date(now) })
    id = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 }).id
    now = '2026-12-01T09:30:00Z'
  })
  afterEach(() => shop.close())

  const order = () => oneRow(shop, 'orders', `&filter[id]=[${id}]`)
  const post = (resource: string, body: string) => ask(shop, `/api/${resource}`, { method: 'POST', body })
  const history = (state: number) =>
    post('order_histories', xml('order_history', `<id_order>${id}</id_order><id_order_state>${state}</id_order_state>`))
  const payment = async () => {
    const { reference } = await order()
    const inside = `<order_reference>${reference}</order_reference><id_currency>1</id_currency><amount>1.50</amount>`
    return post('order_payments', xml('order_payment', inside))
  }
  const BEFORE = '2026-12-01 10:00:00'
  const NOW = '2026-12-01 10:30:00'

  it('moves date_upd with a status, the same again too', async () => {
    assert.equal((await order()).date_upd, BEFORE)
    assert.equal((await history(10)).status, 201)
    assert.equal((await order()).date_upd, NOW)
    assert.equal((await rows(shop, 'order_histories')).length, 2)
    assert.deepEqual(shop.counters(), { 'order-status': { [`${id}:10`]: 1 } })
  })

  it('does not move date_upd with tracking, payments or slips', async () => {
    const body = xml('order_carrier', '<id>1</id><tracking_number>6A1</tracking_number>')
    assert.equal((await ask(shop, '/api/order_carriers/1', { method: 'PATCH', body })).status, 200)
    assert.equal((await payment()).status, 201)
    shop.refund(id, 100)
    const after = await order()
    assert.deepEqual([after.date_upd, after.shipping_number, after.total_paid_real], [BEFORE, '6A1', '0.000000'])
    assert.equal((await rows(shop, 'order_slip'))[0]?.date_upd, NOW)
  })

  it('writes a second payment when a paid state follows a posted one', async () => {
    await payment()
    await history(2)
    const { total_paid_tax_incl: total, total_paid_real: real, valid, invoice_number: invoice } = await order()
    assert.deepEqual([real, valid, invoice], [total, '1', '1'])
    const amounts = (await rows(shop, 'order_payments')).map((row) => [row.amount, row.payment_method])
    assert.deepEqual(amounts, [
      ['1.500000', ''],
      [total, 'Wire payment'],
    ])
    assert.deepEqual(shop.counters()['order-payment'], { [id]: 2 })
    assert.equal((await rows(shop, 'order_cart_rules'))[0]?.id_order_invoice, '1')
  })

  it('blanks with PUT what is left out', async () => {
    const body = xml('order_carrier', '<id>1</id><id_order>1</id_order><id_carrier>8</id_carrier>')
    const reply = await ask(shop, '/api/order_carriers/1', { method: 'PUT', body })
    assert.match(reply.text, /<weight><!\[CDATA\[]]><\/weight>/)
    const [row] = await rows(shop, 'order_carriers')
    assert.deepEqual([row?.weight, row?.shipping_cost_tax_incl, row?.date_add], ['0.000000', '0.000000', NOW])
    assert.deepEqual(shop.counters(), {})
  })

  it('takes a status through the order, and dies on an unknown one without a trace', async () => {
    const patch = (state: number) => {
      const body = xml('order', `<id>${id}</id><current_state>${state}</current_state>`)
      return ask(shop, `/api/orders/${id}`, { method: 'PATCH', body })
    }
    assert.equal((await patch(3)).status, 200)
    const crash = await patch(77)
    assert.deepEqual([crash.status, crash.text], [500, ''])
    const after = await order()
    assert.deepEqual([after.current_state, after.delivery_number], ['3', '1'])
    assert.deepEqual(shop.counters()['order-status'], { [`${id}:3`]: 1 })
  })

  it('counts private messages and messages to the customer, by order and text', async () => {
    await post('messages', xml('message', `<id_order>${id}</id_order><message>Vu</message><private>1</private>`))
    const thread = `<id_lang>1</id_lang><id_order>${id}</id_order><id_contact>0</id_contact><token>t</token>`
    await post('customer_threads', xml('customer_thread', thread))
    const message =
      '<id_customer_thread>1</id_customer_thread><message>Facture F1 : https://f.example</message><private>0</private>'
    await post('customer_messages', xml('customer_message', message))
    assert.deepEqual(shop.counters()['order-note'], { [`${id}:Vu`]: 1, [`${id}:Facture F1 : https://f.example`]: 1 })
    const { comments, invoice } = shop.order(id)
    assert.deepEqual([comments, invoice], [['Facture F1 : https://f.example'], 'Facture F1 : https://f.example'])
    const [read] = await rows(shop, 'customer_threads')
    assert.deepEqual(read?.associations, { customer_messages: [{ id: '1' }] })
  })

  it('really writes when only the reply is lost', async () => {
    shop.faults.add({ match: '^POST /api/order_histories', drop: 'after' })
    assert.equal((await history(2)).isCut, true)
    assert.equal((await order()).current_state, '2')
  })
})
