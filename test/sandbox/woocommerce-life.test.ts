import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { startWooCommerce, type WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import { jsonOf, send } from './raw-http.ts'

const credentials = { key: 'ck_test', secret: 'cs_test' }
const headers = {
  'X-Forwarded-Proto': 'https',
  'Content-Type': 'application/json',
  Authorization: `Basic ${Buffer.from('ck_test:cs_test').toString('base64')}`,
}
let shop: WooCommerceSandbox
let clock = new Date('2026-11-24T10:00:00Z')
beforeEach(async () => {
  clock = new Date('2026-11-24T10:00:00Z')
  shop = await startWooCommerce({ ...credentials, now: () => clock })
})
afterEach(() => shop.close())

const call = (method: string, path: string, body?: unknown) =>
  send({
    url: `${shop.url}/wp-json/wc/v3${path}`,
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('what WooCommerce does by itself', () => {
  it('set_paid moves an order on hold to processing and dates the payment', async () => {
    const { id } = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    clock = new Date('2026-11-24T10:05:00Z')
    await call('PUT', `/orders/${id}`, { set_paid: true, transaction_id: 'VIR-9' })
    const { status, transaction_id, date_paid_gmt, date_modified_gmt } = shop.apiOrder(id)
    assert.deepEqual(
      [status, transaction_id, date_paid_gmt, date_modified_gmt],
      ['processing', 'VIR-9', '2026-11-24T10:05:00', '2026-11-24T10:05:00'],
    )
  })

  it('a note does not move date_modified; a meta entry does, and null takes it away', async () => {
    const { id } = shop.placeOrder({ template: 'paid-card', seed: 1 })
    clock = new Date('2026-11-24T10:01:00Z')
    await call('POST', `/orders/${id}/notes`, { note: 'Bonjour' })
    assert.equal(shop.apiOrder(id).date_modified_gmt, '2026-11-24T10:00:00')
    await call('PUT', `/orders/${id}`, { meta_data: [{ key: '_codial_x', value: 'y' }] })
    assert.equal(shop.apiOrder(id).date_modified_gmt, '2026-11-24T10:01:00')
    await call('PUT', `/orders/${id}`, { meta_data: [{ key: '_codial_x', value: null }] })
    assert.ok(!shop.apiOrder(id).meta_data.some((meta) => meta.key === '_codial_x'))
  })

  it('a full refund sets refunded; without api_refund false there is no gateway to ask', async () => {
    const { id } = shop.placeOrder({ template: 'guest-no-tax', seed: 0 })
    const body = { amount: '19.35', reason: 'Annulation' }
    assert.equal((await call('POST', `/orders/${id}/refunds`, body)).status, 500)
    assert.equal((await call('POST', `/orders/${id}/refunds`, { ...body, api_refund: false })).status, 201)
    assert.deepEqual([shop.apiOrder(id).status, shop.apiOrder(id).refunds[0]?.total], ['refunded', '-19.35'])
    assert.deepEqual(shop.counters().refund, { [id]: 1 })
  })

  it('refuses a batch above 100 with 413', async () => {
    const update = Array.from({ length: 101 }, (_, id) => ({ id, status: 'completed' }))
    const reply = await call('POST', '/orders/batch', { update })
    assert.equal(reply.status, 413)
    assert.equal((jsonOf(reply) as { code: string }).code, 'woocommerce_rest_request_entity_too_large')
  })

  it('tells its version and its namespaces', async () => {
    const system = jsonOf(await call('GET', '/system_status?_fields=environment')) as {
      environment: { version: string }
    }
    assert.equal(system.environment.version, '10.4.3')
    const index = jsonOf(await send({ url: `${shop.url}/wp-json/` })) as { namespaces: string[] }
    assert.ok(index.namespaces.includes('wc/v3'))
  })
})

describe('the hand', () => {
  it('pays what waits for money at the second beat', (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] })
    const [transfer, cash] = ['coupons-fee-bank-transfer', 'free-shipping'].map(
      (template) => shop.placeOrder({ template }).id,
    )
    assert.ok(transfer && cash)
    shop.startHand(1000)
    test.mock.timers.tick(1000)
    assert.equal(shop.apiOrder(transfer).status, 'on-hold')
    test.mock.timers.tick(1000)
    assert.deepEqual([shop.apiOrder(transfer).status, shop.apiOrder(transfer).transaction_id], ['processing', 'VIR-1'])
    assert.equal(shop.apiOrder(cash).transaction_id, 'VIR-2')
    shop.stopHand()
  })
})

describe('the page', () => {
  const post = (path: string, body: string, more = {}) =>
    send({
      url: shop.url + path,
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...more },
    })

  it('places, pays and cancels orders, and escapes what it shows', async () => {
    assert.equal((await post('/_page/orders', 'modele=coupons-fee-bank-transfer&nombre=2')).status, 303)
    const [first, second] = shop.orders()
    assert.equal((await post(`/_page/orders/${first?.id}/pay`, '')).status, 303)
    assert.equal((await post(`/_page/orders/${second?.id}/cancel`, '')).status, 303)
    assert.deepEqual(
      shop.orders().map((order) => order.status),
      ['processing', 'cancelled'],
    )
    const { text } = await send({ url: `${shop.url}/` })
    assert.match(text, /<html lang="fr">/)
    assert.match(text, /Perceuse 18 V - modèle &quot;Pro&quot; &lt;b&gt;/)
  })

  it('refuses more than 20 orders, unknown templates and forms of other sites', async () => {
    assert.equal((await post('/_page/orders', 'modele=&nombre=21')).status, 400)
    assert.equal((await post('/_page/orders', 'modele=nope&nombre=1')).status, 400)
    assert.equal((await post('/_page/orders', 'modele=&nombre=1', { Origin: 'https://evil.example' })).status, 403)
    assert.equal(shop.orders().length, 0)
  })
})

describe('the state of the shop', () => {
  it('survives a restart: orders, notes, counters, next numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-woo-'))
    const open = () => startWooCommerce({ ...credentials, file: join(folder, 'shop.json') })
    const before = await open()
    const { id } = before.placeOrder({ template: 'paid-card', seed: 2 })
    before.cancel(id)
    await before.close()
    const again = await open()
    assert.equal(again.order(id).status, 'cancelled')
    assert.equal(again.placeOrder({ template: 'paid-card' }).id, String(Number(id) + 1))
    await again.close()
    rmSync(folder, { recursive: true })
  })
})
