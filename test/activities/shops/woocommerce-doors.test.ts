import assert from 'node:assert/strict'
import { afterEach, describe, it, mock } from 'node:test'
import type { Shop } from '../../../activities/shops/shop.ts'
import { openWooCommerce } from '../../../activities/shops/woocommerce/woocommerce.ts'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { startWooCommerce, type WooCommerceSandbox } from '../../../sandbox/shops/woocommerce/server.ts'
import { send } from '../../sandbox/raw-http.ts'

const [KEY, SECRET, WRONG] = [`ck_${'1a'.repeat(20)}`, `cs_${'2b'.repeat(20)}`, `cs_${'3c'.repeat(20)}`]
/** Method and address of every call, without its query. */
const asked: string[] = []
let sandbox: WooCommerceSandbox
afterEach(async () => {
  mock.restoreAll()
  asked.splice(0)
  await sandbox.close()
})

/** Starts a shop on a host of this kind; over https, a proxy ends TLS and may forget to say so. */
async function openOn(
  host: { hasPlainPermalinks?: boolean; dropsAuthorization?: boolean },
  o: { url?: string; forgetsTls?: boolean; secret?: string; key?: string } = {},
): Promise<Shop> {
  sandbox = await startWooCommerce({ key: KEY, secret: SECRET, ...host })
  mock.restoreAll()
  const { fetch } = globalThis
  mock.method(globalThis, 'fetch', async (address: string, init: RequestInit) => {
    const { protocol, host: name, pathname, search } = new URL(address)
    const logins = ['consumer_secret=', 'oauth_signature='].filter((word) => search.includes(word))
    asked.push(`${init.method} ${pathname} ${logins.join()}`.trim())
    if (protocol === 'http:') return fetch(address, init)
    const proxied: Record<string, string> = o.forgetsTls ? {} : { 'x-forwarded-proto': 'https' }
    const headers = { ...(init.headers as Record<string, string>), host: name, ...proxied }
    const body = typeof init.body === 'string' ? init.body : undefined
    const reply = await send({ url: `${sandbox.url}${pathname}${search}`, method: init.method ?? 'GET', headers, body })
    return new Response(reply.text, { status: reply.status, headers: reply.headers })
  })
  const url = o.url ?? sandbox.url
  return openWooCommerce({ site: 'boutique-bio', url, key: o.key ?? KEY, secret: o.secret ?? SECRET })
}

/** Reads, writes and looks, as a running connector does. */
async function works(shop: Shop): Promise<void> {
  const { id: webId } = sandbox.placeOrder({ template: 'paid-card', seed: 0 })
  assert.equal((await shop.readChangedOrders({ since: '2026-01-01T00:00:00Z', page: null })).orders.length, 1)
  await shop.pushComment({ webId, text: 'Léa & (Max)*', forCustomer: true })
  assert.equal(await shop.showsComment({ webId, text: 'Léa & (Max)*' }), true)
  await shop.pushStatus({ webId, status: 'completed' })
  assert.equal(sandbox.order(webId).status, 'completed')
  assert.deepEqual(sandbox.counters()['order-note'], { [`${webId}:Léa & (Max)*`]: 1 })
}

const HTTPS = 'https://shop.example.test'

describe('the doors and logins of a WooCommerce shop', () => {
  it('over http the query is signed', async () => {
    await works(await openOn({}))
    assert.ok(asked.every((call) => / \/wp-json\/wc\/v3\/.* oauth_signature=$/.test(call)))
  })

  it('over https Basic is enough', async () => {
    await works(await openOn({}, { url: HTTPS }))
    assert.ok(asked.every((call) => !call.includes('=')))
  })

  it('plain permalinks are found once, then used, over http', async () => {
    await works(await openOn({ hasPlainPermalinks: true }))
    assert.equal(asked.filter((call) => call.includes('/wp-json/')).length, 1)
    assert.ok(asked.slice(1).every((call) => / \/index\.php oauth_signature=$/.test(call)))
  })

  it('plain permalinks over https, below a folder of the host', async () => {
    await works(await openOn({ hasPlainPermalinks: true }, { url: `${HTTPS}/wp-json/wc/v3` }))
    assert.equal(asked.filter((call) => call.includes('/wp-json/')).length, 1)
  })

  it('a host that drops Authorization gets the keys in the query, after one try', async () => {
    await works(await openOn({ dropsAuthorization: true }, { url: HTTPS }))
    assert.equal(asked.filter((call) => !call.includes('consumer_secret=')).length, 1)
  })

  it('a shop behind a proxy that takes itself for plain http gets a signature', async () => {
    await works(await openOn({}, { url: HTTPS, forgetsTls: true }))
    assert.equal(asked.filter((call) => !call.includes('oauth_signature=')).length, 2)
  })

  it('everything at once: plain addresses and no Authorization', async () => {
    await works(await openOn({ hasPlainPermalinks: true, dropsAuthorization: true }, { url: HTTPS }))
  })

  it('a wrong secret is refused at once, an unknown key after every login, in words without it', async () => {
    const isRefused = (error: unknown) => {
      assert.ok(error instanceof Refused && error.code === 'login-refused', String(error))
      assert.doesNotMatch(`${error.message}${error.remedy}${error.stack}`, /[cs][ks]_[123]|oauth_/)
      return true
    }
    const wrong = await openOn({}, { url: HTTPS, secret: WRONG })
    await assert.rejects(wrong.readOrder('1001'), isRefused)
    assert.equal(asked.length, 1)
    await sandbox.close()
    const unknown = await openOn({}, { url: HTTPS, key: `ck_${'4d'.repeat(20)}` })
    await assert.rejects(unknown.readOrder('1001'), isRefused)
  })

  it('a host without WordPress is not there now, behind either door', async () => {
    const shop = await openOn({})
    for (const status of [404, 404]) {
      sandbox.faults.add({ match: '.', times: 2, status, contentType: 'text/html', body: '<!DOCTYPE html><p>404' })
      await assert.rejects(shop.readStatus('1001'), Unavailable)
    }
    assert.equal(asked.length, 4)
  })
})
