import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { signatureOf } from '../../sandbox/shops/woocommerce/auth.ts'
import type { WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import { jsonOf } from './raw-http.ts'
import { assertLike, basic, openShopOn, recorded, recordedForReading, replay, SECRET } from './recorded-shop.ts'

let shop: WooCommerceSandbox
let clock = new Date('2026-11-24T04:36:30Z')
afterEach(() => shop.close())

const open = async (state: unknown, o: { permissions?: 'read' } = {}) => {
  shop = await openShopOn(state, { now: () => clock, ...o })
}

describe('who is asking, as recorded', () => {
  const order22 = (body: string, headers = {}) => ({
    name: '',
    request: {
      method: 'PUT',
      path: '/wp-json/wc/v3/orders/22',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    },
    response: { status: 0, headers: {}, body: null },
  })
  const sign = (path: string, secret: string, algorithm: string) => {
    const url = new URL(path, 'http://shop.example.test')
    url.searchParams.delete('oauth_signature')
    const percent = (text: string) =>
      encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    const sorted = [...url.searchParams].map(([name, value]) => `${percent(name)}=${percent(value)}`).sort()
    const base = `GET&${percent(url.origin + url.pathname)}&${percent(sorted.join('&'))}`
    return createHmac(algorithm, `${secret}&`).update(base).digest('base64')
  }
  const signed = (name: string, secret = SECRET) => {
    const { path } = recorded('errors_auth', name).request
    const signature = sign(path, secret, path.includes('HMAC-SHA1&') ? 'sha1' : 'sha256')
    return path.replace(/oauth_signature=[^&]*/, `oauth_signature=${encodeURIComponent(signature)}`)
  }

  beforeEach(() => {
    clock = new Date(1_795_495_081_000)
    return open(recordedForReading())
  })

  it('no credentials, unknown key, bad secret, keys in the query, unknown routes', async () => {
    await assertLike(shop, 'errors_auth', 'no credentials')
    await assertLike(shop, 'errors_auth', 'unknown key', { headers: basic(SECRET, 'ck_unknown') })
    await assertLike(shop, 'errors_auth', 'bad secret', { headers: basic('cs_wrong') })
    await assertLike(shop, 'errors_auth', 'keys in the query string')
    await assertLike(shop, 'errors_auth', 'unknown route')
    await assertLike(shop, 'errors_auth', 'method not allowed')
  })

  it('refuses Basic, and keys in the query, over plain HTTP', async () => {
    await assertLike(shop, 'errors_auth', 'basic auth over plain HTTP is not accepted', { isPlain: true })
    assert.equal(
      (await replay(shop, recorded('errors_auth', 'keys in the query string'), { isPlain: true })).status,
      401,
    )
  })

  it('refuses a read-only key that writes', async () => {
    await shop.close()
    await open(recordedForReading(), { permissions: 'read' })
    await assertLike(shop, 'errors_auth', 'read-only key writing')
    assert.deepEqual(shop.counters(), {})
  })

  it('refuses JSON that is none, and does not look at a body of another type', async () => {
    const malformed = await replay(shop, order22('{bad', basic()))
    assert.deepEqual(jsonOf(malformed), recorded('errors_auth', 'malformed JSON').response.body)
    const untyped = await replay(shop, order22('{"status":"cancelled"}', { ...basic(), 'Content-Type': 'text/plain' }))
    assert.deepEqual([untyped.status, shop.order('22').status], [200, 'completed'])
  })

  it('computes the signature that an independent program computes', () => {
    const { path } = recorded('errors_auth', 'OAuth 1.0a in the query over HTTP').request
    const { searchParams: query } = new URL(path, 'http://shop.example.test')
    const url = 'http://shop.example.test/wp-json/wc/v3/orders'
    // Made with Python's hmac over the recorded parameters, key "cs_000...&".
    assert.equal(
      signatureOf({ method: 'GET', url, query, secret: SECRET, algorithm: 'sha256' }),
      'Swmop2FjsLDmvQxKjjcfE3gN/uJlPj2BfL6zliM40eM=',
    )
    const { searchParams: old } = new URL(
      recorded('errors_auth', 'OAuth HMAC-SHA1').request.path,
      'http://shop.example.test',
    )
    assert.equal(
      signatureOf({ method: 'GET', url, query: old, secret: SECRET, algorithm: 'sha1' }),
      'uub5XsLIoNtJ7LCylUqz/vomtlE=',
    )
  })

  it('takes OAuth over plain HTTP, once; not late, not with a wrong secret', async () => {
    const oauth = (name: string, secret?: string) =>
      assertLike(shop, 'errors_auth', name, { isPlain: true, path: signed(name, secret), ignoresLink: true })
    await oauth('OAuth 1.0a in the query over HTTP')
    await oauth('same nonce replayed')
    await oauth('OAuth with old timestamp')
    await oauth('OAuth with wrong secret', `cs_${'1'.repeat(40)}`)
    await oauth('OAuth HMAC-SHA1')
  })
})
