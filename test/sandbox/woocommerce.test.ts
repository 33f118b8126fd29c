import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import { jsonOf } from './raw-http.ts'
import { assertLike, openShopOn, recorded, recordedForReading, recordedShop, replay } from './recorded-shop.ts'

let shop: WooCommerceSandbox
let clock = new Date('2026-11-24T04:36:30Z')
afterEach(() => shop.close())

const open = async (state: unknown, o: { permissions?: 'read' } = {}) => {
  shop = await openShopOn(state, { now: () => clock, ...o })
}

describe('reading, as recorded', () => {
  beforeEach(() => open(recordedForReading()))

  for (const name of [
    'page of orders by modification date',
    'page 2',
    'modified_after is strict and in shop local time by default',
    'same in GMT',
    'Z suffix without dates_are_gmt is understood',
    'Z suffix AND dates_are_gmt: shifted by the zone offset, misses orders',
    'date only is refused',
    'per_page above 100',
    'unknown orderby',
    'status list',
    'default status any shows checkout-draft, hides trash',
    'include',
    'unknown parameter is silently ignored',
    'unknown order',
    'search',
  ])
    it(name, () => assertLike(shop, 'read', name).then(() => undefined))

  it('page past the end: totals fall to 0', async () => {
    const { headers } = await assertLike(shop, 'read', 'page past the end: totals fall to 0', { ignoresLink: true })
    assert.match(headers.link ?? '', /page=0.*rel="prev"/)
  })

  it('refuses an offset whose plus was not escaped, takes one that was', async () => {
    const list = (after: string) =>
      replay(shop, {
        ...recorded('read', 'include'),
        request: { method: 'GET', auth: 'basic', path: `/wp-json/wc/v3/orders?_fields=id&modified_after=${after}` },
      })
    assert.equal((await list('2026-11-24T05:36:23+01:00')).status, 400)
    assert.deepEqual(jsonOf(await list('2026-11-24T05:36:23%2B01:00')), [{ id: 25 }, { id: 22 }])
  })
})

describe('creating, as recorded', () => {
  it('refuses an unknown coupon and leaves a draft behind', async () => {
    await open(recordedShop({ post: 27 }))
    await assertLike(shop, 'orders_create', 'unknown coupon')
    assert.equal(shop.order('27').status, 'checkout-draft')
  })

  it('shows the recorded order whole', async () => {
    await open(recordedShop({ post: 27 }))
    await assertLike(shop, 'orders_create', 'full order')
  })
})

describe('writing, as recorded', () => {
  const steps = [
    ['status change', '23'],
    ['same status again: nothing happens', '23'],
    ['mark paid afterwards', '23'],
    ['unknown status', '23'],
    ['status with wc- prefix', '23'],
    ['unknown order', '23'],
    ['private note', '24'],
    ['note e-mailed to the customer', '24'],
    ['notes', '24'],
    ['notes of type customer', '24'],
    ['tracking as order meta', '24'],
    ['partial refund by amount', '24'],
    ['partial refund of one line with its tax, restocked', '24'],
    ['refund larger than the remaining amount', '24'],
    ['refunds of an order', '24'],
    ['refunds of the shop since a date', '24'],
    ['order after refunds', '24'],
    ['completed', '25'],
    ['batch', '25'],
    ['order cannot be deleted without force: trash', '25'],
  ] as const

  it('goes through the whole recorded session', async () => {
    await open(
      recordedShop({ post: 28 }, (orders) =>
        Object.assign(orders[4] ?? {}, { date_modified_gmt: '2026-11-24T04:36:23' }),
      ),
    )
    for (const [name, second] of steps) {
      clock = new Date(`2026-11-24T04:36:${second}Z`)
      await assertLike(shop, 'orders_write', name)
    }
    assert.equal(shop.order('26').status, 'trash')
    assert.deepEqual(shop.counters(), {
      'order-status': { '23:processing': 2, '22:completed': 1, '25:completed': 1 },
      'order-note': {
        "22:Importée dans l'ERP sous le n° 1234": 1,
        '22:Colis 6A12345678901 remis à Colissimo : https://track.example.test/6A12345678901': 1,
      },
      'order-meta': {
        '22:_codial_tracking_number:6A12345678901': 1,
        '22:_codial_invoice_url:https://erp.example.test/f/abc.pdf': 1,
      },
      refund: { 22: 2 },
    })
  })
})

describe('webhooks, as recorded', () => {
  it('are created, refused, listed, paused and woken', async () => {
    clock = new Date('2026-11-24T04:38:33Z')
    await open(recordedShop({ post: 28 }))
    for (const name of ['create a webhook', 'order.updated', 'bad topic', 'list', 'pause', 'activate'])
      await assertLike(shop, 'webhooks', name)
  })
})
