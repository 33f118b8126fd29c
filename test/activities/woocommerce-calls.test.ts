import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Shop } from '../../activities/shops/shop.ts'
import { authorised } from '../../activities/shops/woocommerce/login.ts'
import { signedUrl } from '../../activities/shops/woocommerce/oauth.ts'
import { openWooCommerce } from '../../activities/shops/woocommerce/woocommerce.ts'
import { type FailureCode, Refused, Unavailable } from '../../domain/failures.ts'
import { startAnswering } from './answering.ts'

interface Recorded {
  name: string
  request: { method: string; path: string; body?: unknown }
  response: { status: number; headers: Record<string, string>; body: unknown }
}
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/woocommerce/${name}.json`, import.meta.url), 'utf8'))
const recorded = (file: string, name: string): Recorded =>
  fixture(`exchanges/${file}`).exchanges.find((exchange: Recorded) => exchange.name === name)

const [KEY, SECRET] = [`ck_${'0'.repeat(40)}`, `cs_${'0'.repeat(40)}`]
let site: Awaited<ReturnType<typeof startAnswering>>
let shop: Shop

before(async () => {
  site = await startAnswering()
  shop = openWooCommerce({ site: 'boutique-bio', url: site.url, key: KEY, secret: SECRET })
})
after(() => site.close())
beforeEach(() => site.seen.splice(0))

/** Method, path with its own parameters (the signature left out) and body of the only call that was made. */
function calledOnce() {
  const [call] = site.seen
  assert.ok(call && site.seen.length === 1)
  const own = [...call.url.searchParams].filter(([name]) => !name.startsWith('oauth_'))
  return { method: call.method, path: call.url.pathname, query: Object.fromEntries(own), body: call.body }
}
function requestOf({ request: { method, path, body } }: Recorded) {
  const url = new URL(path, 'http://shop')
  return { method, path: url.pathname, query: Object.fromEntries(url.searchParams), body }
}
function replay(exchange: Recorded): Recorded {
  site.answer(exchange.response)
  return exchange
}
const refuses = (work: Promise<unknown>, code: FailureCode, remedy: RegExp) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof Refused, String(error))
    assert.equal(error.code, code)
    assert.match(error.remedy, remedy)
    assert.doesNotMatch(`${error.remedy}${error.message}${error.stack}`, /[cs][ks]_0|jeanne/)
    return true
  })

describe('the calls of the WooCommerce adapter', () => {
  it('asks for changed orders in GMT without suffix, as recorded', async () => {
    const exchange = recorded('read', 'same in GMT')
    site.answer({ status: 200, headers: { 'X-WP-TotalPages': '1' }, body: [] })
    await shop.readChangedOrders({ since: '2026-11-24T05:36:23.900+01:00', page: null })
    const { _fields, ...query } = requestOf(exchange).query
    assert.equal(_fields, 'id,status,date_modified,date_modified_gmt')
    assert.deepEqual(calledOnce(), { ...requestOf(exchange), query: { ...query, per_page: '100', page: '1' } })
  })

  it('reads a page order by order, an unreadable one alone', async () => {
    const [good, bad] = [fixture('order_paid_card'), { ...fixture('order_guest_no_tax'), total: '12,50' }]
    site.answer({ status: 200, headers: { 'X-WP-TotalPages': '3' }, body: [good, bad, { no: 'order' }] })
    const { orders, next } = await shop.readChangedOrders({ since: '2026-11-24T04:00:00Z', page: '2' })
    assert.equal(next, '3')
    assert.deepEqual(
      orders.map((o) => [o.webId, o.modifiedAt, 'order' in o ? o.order.total : o.refusal.code]),
      [
        ['22', '2026-11-24T04:36:21Z', 9285],
        ['25', '2026-11-24T04:36:22Z', 'unreadable-order'],
        ['?', '2026-11-24T04:00:00Z', 'unreadable-order'],
      ],
    )
    assert.match(orders[1] && 'refusal' in orders[1] ? orders[1].refusal.remedy : '', /« total »/)
  })

  it('knows the last page, and a page past the end', async () => {
    site.answer({ status: 200, headers: { 'X-WP-TotalPages': '2' }, body: [] })
    assert.equal((await shop.readChangedOrders({ since: '2026-11-24T04:00:00Z', page: '2' })).next, null)
    replay(recorded('read', 'page past the end: totals fall to 0'))
    assert.equal((await shop.readChangedOrders({ since: '2026-11-24T04:00:00Z', page: '99' })).next, null)
  })

  it('reads one order and its status', async () => {
    site.answer({ status: 200, body: fixture('order_paid_card') })
    assert.equal((await shop.readOrder('22')).number, '22')
    site.answer({ status: 200, body: { status: 'completed' } })
    assert.equal(await shop.readStatus('22'), 'completed')
    assert.deepEqual(site.seen[1]?.url.searchParams.get('_fields'), 'status')
  })

  it('pushes a status as recorded', async () => {
    const exchange = replay(recorded('orders_write', 'completed'))
    await shop.pushStatus({ webId: '22', status: 'completed' })
    assert.deepEqual(calledOnce(), requestOf(exchange))
  })

  it('writes the tracking note as recorded, and finds it again', async () => {
    const written = replay(recorded('orders_write', 'note e-mailed to the customer'))
    const number = '6A12345678901'
    const tracking = {
      carrier: 'COLISSIMO',
      trackingNumber: number,
      trackingUrl: `https://track.example.test/${number}`,
    }
    await shop.pushTracking({ webId: '22', tracking })
    assert.deepEqual(calledOnce(), requestOf(written))
    site.seen.splice(0)
    const listed = replay(recorded('orders_write', 'notes of type customer'))
    assert.equal(await shop.showsTracking({ webId: '22', trackingNumber: number }), true)
    assert.deepEqual(calledOnce(), requestOf(listed))
    assert.equal(await shop.showsTracking({ webId: '22', trackingNumber: '6A123' }), false)
  })

  it('keeps the invoice link in the order', async () => {
    const exchange = replay(recorded('orders_write', 'tracking as order meta'))
    await shop.publishInvoice({ webId: '22', number: 'FA26-1', url: 'https://erp.example.test/f/abc.pdf' })
    const link = { key: '_codial_invoice_url', value: 'https://erp.example.test/f/abc.pdf' }
    const body = { meta_data: [link, { key: '_codial_invoice_number', value: 'FA26-1' }] }
    assert.deepEqual(calledOnce(), { ...requestOf(exchange), body })
  })
})

describe('what the shop refuses', () => {
  it('a login', async () => {
    for (const name of ['no credentials', 'bad secret', 'read-only key writing', 'same nonce replayed']) {
      replay(recorded('errors_auth', name))
      await refuses(shop.pushStatus({ webId: '22', status: 'completed' }), 'login-refused', /woocommerce_rest_/)
    }
    site.answer({ status: 401, body: '<html>nginx</html>' })
    await refuses(shop.readStatus('22'), 'login-refused', /boutique-bio/)
  })

  it('an order it does not know, by its id', async () => {
    replay(recorded('read', 'unknown order'))
    await refuses(shop.readOrder('999999'), 'refused', /ne connaît pas la commande 999999/)
    replay(recorded('orders_write', 'unknown order'))
    await refuses(
      shop.pushStatus({ webId: '999999', status: 'completed' }),
      'refused',
      /ne connaît pas la commande 999999/,
    )
  })

  it('a parameter, by its name and never by the message', async () => {
    replay(recorded('orders_write', 'unknown status'))
    await refuses(shop.pushStatus({ webId: '23', status: 'expedie' }), 'refused', /rest_invalid_param : status/)
    const body = { code: 'woocommerce_rest_x', message: 'jeanne@example.com', data: { status: 400 } }
    site.answer({ status: 400, body })
    await refuses(shop.readOrder('22'), 'refused', /woocommerce_rest_x/)
  })

  it('nothing, when it only cannot answer now', async () => {
    const page = '<html>Maintenance</html>'
    for (const status of [302, 403, 503]) {
      site.answer({ status, headers: { 'Retry-After': '600' }, body: page })
      await assert.rejects(shop.readStatus('22'), (e) => e instanceof Unavailable && !/cs_|oauth/.test(e.message))
    }
    site.answer({ status: 200, body: '[]' })
    await assert.rejects(shop.readOrder('22'), (e) => e instanceof Refused && e.code === 'unreadable-order')
  })
})

describe('the login of the WooCommerce adapter', () => {
  it('is Basic over https, with nothing in the address', () => {
    const access = { site: 's', url: 'https://shop.example.test/fr/wp-json/wc/v3/', key: KEY, secret: SECRET }
    const { url, headers } = authorised(access, { method: 'GET', path: 'orders', query: { page: '2' } })
    assert.equal(url, 'https://shop.example.test/fr/wp-json/wc/v3/orders?page=2')
    assert.equal(headers.authorization, `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`)
  })

  it('signs as the recorded call does, but for the key that was replaced in the recording', () => {
    const path = recorded('errors_auth', 'OAuth 1.0a in the query over HTTP').request.path
    const theirs = new URL(path, 'http://shop.example.test')
    const [nonce, timestamp] = [
      theirs.searchParams.get('oauth_nonce') ?? '',
      Number(theirs.searchParams.get('oauth_timestamp')),
    ]
    const address = 'http://shop.example.test/wp-json/wc/v3/orders'
    const query = { per_page: '1', _fields: 'id' }
    const ours = new URL(signedUrl({ method: 'GET', address, query, key: KEY, secret: SECRET, nonce, timestamp }))
    // openssl dgst -sha256 -hmac "$SECRET&" -binary | base64, over the base string written by hand
    assert.equal(ours.searchParams.get('oauth_signature'), 'Swmop2FjsLDmvQxKjjcfE3gN/uJlPj2BfL6zliM40eM=')
    for (const url of [ours, theirs]) url.searchParams.delete('oauth_signature')
    assert.equal(ours.href, theirs.href)
  })

  it('encodes twice what needs it', () => {
    const query = { search: 'Léa & (Max)*', modified_after: '2026-11-24T04:36:23' }
    const address = 'http://127.0.0.1:8080/wp-json/wc/v3/orders'
    const call = { method: 'GET', address, query, key: 'ck_1', secret: 'cs_1', nonce: 'abc', timestamp: 1795495081 }
    const url = new URL(signedUrl(call))
    assert.equal(url.searchParams.get('oauth_signature'), 'AU9tQWaXy2QWVgNlAAkBlR4yCNWvYMe/oQIGpueFocQ=')
    assert.match(url.search, /search=L%C3%A9a%20%26%20%28Max%29%2A$/)
  })

  it('never uses a nonce twice', async () => {
    site.answer({ status: 200, body: { status: 'completed' } })
    for (let i = 0; i < 3; i++) await shop.readStatus('22')
    assert.equal(new Set(site.seen.map((call) => call.url.searchParams.get('oauth_nonce'))).size, 3)
    assert.ok(site.seen.every((call) => call.headers.authorization === undefined))
  })
})
