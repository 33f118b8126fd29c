import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { instantOf, localOf, readFrom } from '../../activities/shops/prestashop/clock.ts'
import { paymentsOf } from '../../activities/shops/prestashop/payments.ts'
import { openPrestaShop } from '../../activities/shops/prestashop/prestashop.ts'
import type { ReadOrder, Shop } from '../../activities/shops/shop.ts'
import { Refused } from '../../domain/failures.ts'
import { type Row, startShelf } from './prestashop-shelf.ts'

const PARIS = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)

describe('the clock of a shop', () => {
  it('writes and reads local times, in summer and winter', () => {
    assert.equal(localOf(at('2026-07-01T22:30:00Z'), PARIS), '2026-07-02 00:30:00')
    assert.equal(instantOf('2026-07-02 00:30:00', PARIS), '2026-07-01T22:30:00Z')
    assert.equal(localOf(at('2026-11-24T04:27:49Z'), PARIS), '2026-11-24 05:27:49')
    assert.equal(instantOf('2026-11-24 05:27:49', PARIS), '2026-11-24T04:27:49Z')
    assert.equal(instantOf('2026-11-24 05:27:49', 'America/Martinique'), '2026-11-24T09:27:49Z')
  })

  it('takes the earlier instant in the doubled hour, and passes over the missing one', () => {
    assert.equal(localOf(at('2026-10-25T00:30:00Z'), PARIS), '2026-10-25 02:30:00')
    assert.equal(localOf(at('2026-10-25T01:30:00Z'), PARIS), '2026-10-25 02:30:00')
    assert.equal(instantOf('2026-10-25 02:30:00', PARIS), '2026-10-25T00:30:00Z')
    assert.equal(instantOf('2026-10-25 03:00:00', PARIS), '2026-10-25T02:00:00Z')
    assert.equal(instantOf('2026-10-25 01:59:59', PARIS), '2026-10-24T23:59:59Z')
    assert.equal(instantOf('2026-03-29 02:30:00', PARIS), '2026-03-29T01:30:00Z')
  })

  it('reads an hour more where clocks go back, so that no later change is written with an earlier time', () => {
    assert.equal(readFrom(at('2026-10-24T23:59:00Z'), PARIS), '2026-10-25 01:59:00')
    assert.equal(readFrom(at('2026-10-25T00:50:00Z'), PARIS), '2026-10-25 01:50:00')
    assert.equal(readFrom(at('2026-10-25T01:10:00Z'), PARIS), '2026-10-25 02:10:00')
    for (let since = at('2026-10-24T20:00:00Z'); since < at('2026-10-25T05:00:00Z'); since += 420_000)
      for (let later = since; later < since + 4 * 3_600_000; later += 420_000)
        assert.ok(readFrom(since, PARIS) <= localOf(later, PARIS), new Date(since).toISOString())
  })
})

let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop
beforeEach(async () => {
  shelf = await startShelf()
  shop = openPrestaShop({ site: 'boutique-bio', url: shelf.url, key: 'K'.repeat(32), settleMs: 0 })
})
afterEach(() => shelf.close())

async function readAll(since: string, between?: () => void): Promise<ReadOrder[]> {
  const all: ReadOrder[] = []
  let page: string | null = null
  do {
    const read: Awaited<ReturnType<Shop['readChangedOrders']>> = await shop.readChangedOrders({ since, page })
    assert.ok(read.orders.length <= 100)
    all.push(...read.orders)
    page = read.next
    between?.()
  } while (page !== null)
  return all
}
const ids = (orders: ReadOrder[]) => orders.map(({ webId }) => webId)

/** More orders of the recorded shape, each changed in the second that is given. */
function stockOrders(seconds: string[]): void {
  const [model] = shelf.table('orders')
  for (const [i, date_upd] of seconds.entries())
    shelf.table('orders').push({ ...model, id: 100 + i, reference: `REF${100 + i}`, date_upd })
}

describe('the changed orders of a shop', () => {
  it('are asked for in shop time, oldest first, with a fixed end', async () => {
    assert.deepEqual(ids(await readAll('2026-11-24T04:27:51.900Z')), ['7', '8', '9', '10', '6'])
    const lists = shelf.seen.filter(({ query }) => query.limit)
    const { query } = lists[0] ?? assert.fail()
    assert.match(query['filter[date_upd]'] ?? '', /^\[2026-11-24 05:27:51,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]$/)
    assert.deepEqual(
      [query.display, query.date, query.sort, query.limit, query.output_format],
      ['full', '1', '[date_upd_ASC,id_ASC]', '0,50', 'JSON'],
    )
    const ends = lists.map(
      ({ query: { 'filter[date_upd]': one, 'filter[date_add]': other } }) => (one ?? other)?.split(',')[1],
    )
    assert.equal(new Set(ends).size, 1)
    assert.deepEqual(
      lists.map(({ path }) => path),
      ['/api/orders', '/api/order_slip', '/api/order_payments', '/api/order_histories'],
    )
  })

  it('carry the moment of their newest change', async () => {
    const orders = await readAll('2026-11-24T04:27:49Z')
    assert.deepEqual(
      orders.map(({ webId, modifiedAt }) => [webId, modifiedAt]),
      [
        ['6', '2026-11-24T04:27:55Z'], // its refund
        ['7', '2026-11-24T04:27:51Z'],
        ['8', '2026-11-24T04:27:52Z'],
        ['9', '2026-11-24T04:27:53Z'],
        ['10', '2026-11-24T04:27:55Z'],
      ],
    )
  })

  it('include those of a refund, a payment or a history that left the order’s date alone, once each', async () => {
    const since = '2026-11-24T06:00:00Z'
    assert.deepEqual(await readAll(since), [])
    const [slip] = shelf.table('order_slip')
    const [payment] = shelf.table('order_payments')
    const [history] = shelf.table('order_histories')
    shelf.table('order_slip').push({ ...slip, id: 2, id_order: '8', date_upd: '2026-11-24 07:10:00' })
    shelf.table('order_slip').push({ ...slip, id: 3, id_order: '8', date_upd: '2026-11-24 07:20:00' })
    const pay = (id: number, order_reference: string, date_add: string): void =>
      void shelf.table('order_payments').push({ ...payment, id, order_reference, date_add })
    pay(5, 'KUNYHIDFJ', '2026-11-24 07:05:00')
    for (let id = 10; id < 50; id++) pay(id, 'MTIQDCKKV', `2026-11-24 07:06:${id}`)
    const wrote = (id: number, id_order: string): void =>
      void shelf.table('order_histories').push({ ...history, id, id_order, date_add: '2026-11-24 07:30:00' })
    for (const [id, order] of ['8', '9', '10', '10'].entries()) wrote(100 + id, order)
    const read = await readAll(since)
    assert.deepEqual(ids(read), ['8', '9', '10'])
    assert.equal(read[0]?.modifiedAt, '2026-11-24T06:20:00Z')
    assert.equal('order' in (read[0] ?? {}) && (read[0] as { order: { refunds: unknown[] } }).order.refunds.length, 2)
  })

  it('come without gap or double over many pages, also within one second', async () => {
    const seconds = Array.from({ length: 230 }, (_, i) => `2026-11-24 06:00:${i < 160 ? '30' : 30 + (i % 20)}`)
    stockOrders(seconds.toSorted())
    const read = ids(await readAll('2026-11-24T05:00:00Z'))
    assert.equal(read.length, 230)
    assert.equal(new Set(read).size, 230)
  })

  it('lose none when one moves away while they are read', async () => {
    stockOrders(
      Array.from(
        { length: 120 },
        (_, i) => `2026-11-24 06:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
      ),
    )
    let moved = 0
    const read = ids(
      await readAll('2026-11-24T05:00:00Z', () => {
        const row = shelf.table('orders').find(({ id }) => id === 100 + moved)
        if (row) row.date_upd = '2099-01-01 00:00:00'
        moved += 1
      }),
    )
    assert.deepEqual(read.toSorted(), Array.from({ length: 120 }, (_, i) => String(100 + i)).toSorted())
  })

  it('are refused alone when they, or a part of them, cannot be read', async () => {
    const order = (id: number) => shelf.table('orders').find((row) => row.id === id) as Row
    order(7).total_paid_tax_incl = '12,50'
    order(9).id_customer = '99'
    const detail = shelf.table('order_details').find(({ id_order }) => id_order === '10') as Row
    detail.total_price_tax_incl = null
    const read = await readAll('2026-11-24T04:27:51Z')
    assert.deepEqual(
      read.map((one) => [one.webId, 'order' in one ? 'order' : one.refusal.remedy.split(' — ')[0]]),
      [
        ['7', 'le champ « total_paid_tax_incl » est illisible'],
        ['8', 'order'],
        ['9', '« id_customer » 99 est introuvable'],
        ['10', 'le champ « order_details.total_price_tax_incl » est illisible'],
        ['6', 'order'],
      ],
    )
  })

  it('go on from an opaque token, and refuse another', async () => {
    const { next } = await shop.readChangedOrders({ since: '2026-11-24T04:27:51Z', page: null })
    assert.equal(typeof next, 'string')
    await assert.rejects(shop.readChangedOrders({ since: '2026-11-24T04:27:51Z', page: '2' }), Refused)
  })
})

describe('the payments of split orders', () => {
  const due = (id: string, total: number) => ({ id, reference: 'R', total_paid_tax_incl: total })
  const paid = (id: string, amount: number) => {
    const date_add = '2026-11-24 05:00:00'
    return { id, order_reference: 'R', id_currency: '1', amount, transaction_id: '', date_add }
  }
  const parts = (orders: ReturnType<typeof due>[], payments: ReturnType<typeof paid>[]) =>
    orders.map(({ id }) => paymentsOf(id, orders, payments).map(({ payment, amount }) => [payment.id, amount]))

  it('go to the order that they pay exactly', () => {
    assert.deepEqual(parts([due('1', 500), due('2', 300)], [paid('9', 300), paid('10', 500)]), [
      [['10', 500]],
      [['9', 300]],
    ])
  })
  it('fill the orders by age, never twice', () => {
    assert.deepEqual(parts([due('1', 500), due('2', 300)], [paid('9', 800)]), [[['9', 500]], [['9', 300]]])
    assert.deepEqual(parts([due('1', 500), due('2', 300)], [paid('9', 400), paid('10', 450)]), [
      [
        ['9', 400],
        ['10', 100],
      ],
      [['10', 350]],
    ])
  })
  it('stay whole with an order that is alone', () => {
    assert.deepEqual(parts([due('1', 500)], [paid('9', 700), paid('10', -200)]), [
      [
        ['9', 700],
        ['10', -200],
      ],
    ])
  })
  it('are read with both orders', async () => {
    const orders = shelf.table('orders').filter(({ id }) => id === 9 || id === 10)
    for (const row of orders) row.reference = 'MTIQDCKKV'
    const payments = shelf.table('order_payments')
    const row = payments.find(({ order_reference }) => order_reference === 'MTIQDCKKV') as Row
    row.amount = '26.630000'
    const [nine, ten] = [await shop.readOrder('9'), await shop.readOrder('10')]
    assert.deepEqual([nine.payments.map((p) => p.amount), ten.payments.map((p) => p.amount)], [[1823], [840]])
  })
})
