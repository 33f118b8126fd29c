import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, describe, it } from 'node:test'
import { type MagentoSandbox, startMagento, type Version } from '../../sandbox/shops/magento/server.ts'
import { jsonOf, send } from './raw-http.ts'

const login = {
  consumerKey: 'ck000000000000000000000000000000',
  consumerSecret: 'cs000000000000000000000000000000',
  accessToken: 'at000000000000000000000000000000',
  accessSecret: 'as000000000000000000000000000000',
}
const NOW = 1_795_514_400
const LIST = '/rest/default/V1/orders?searchCriteria[pageSize]=1&fields=total_count'
const UNAUTHORIZED = {
  message: "The consumer isn't authorized to access %resources.",
  parameters: { resources: 'Magento_Sales::actions_view' },
}

let shop: MagentoSandbox
afterEach(() => shop.close())

const open = async (version: Version, o: { bearerAllowed?: boolean; rights?: string[] } = {}) => {
  shop = await startMagento({ login, version, now: () => new Date(NOW * 1000), ...o })
}

const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

let nonces = 0
interface Signing {
  path?: string
  hash?: 'sha1' | 'sha256'
  secret?: string
  change?: Record<string, string | undefined>
}

/** Signs as RFC 5849 tells, with nothing of the sandbox. */
function header({ path = LIST, hash = 'sha256', secret = login.accessSecret, change = {} }: Signing): string {
  const url = new URL(path, shop.url)
  const oauth: Record<string, string | undefined> = {
    oauth_consumer_key: login.consumerKey,
    oauth_token: login.accessToken,
    oauth_signature_method: `HMAC-${hash.toUpperCase()}`,
    oauth_timestamp: String(NOW),
    oauth_nonce: `nonce-${++nonces}`,
    oauth_version: '1.0',
    ...change,
  }
  const own = Object.entries(oauth).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  const pairs = [...url.searchParams, ...own].map(([name, value]) => `${percent(name)}=${percent(value)}`).sort()
  const base = `GET&${percent(url.origin + url.pathname)}&${percent(pairs.join('&'))}`
  const key = `${percent(login.consumerSecret)}&${percent(secret)}`
  const signature = createHmac(hash, key).update(base).digest('base64')
  const all = [...own, ['oauth_signature', change.oauth_signature ?? signature] as const]
  return `OAuth ${all.map(([name, value]) => `${name}="${percent(value)}"`).join(', ')}`
}

const get = async (authorization: string, path = LIST) => {
  const reply = await send({ url: shop.url + path, headers: { Authorization: authorization } })
  return [reply.status, jsonOf(reply)]
}

describe('Bearer', () => {
  const bearer = `Bearer ${login.accessToken}`
  for (const version of ['2.4.6', '2.4.7', '2.4.8'] as const)
    it(`is refused by default on ${version}, taken when the merchant allows it`, async () => {
      await open(version)
      assert.deepEqual(await get(bearer), [401, UNAUTHORIZED])
      await shop.close()
      await open(version, { bearerAllowed: true })
      assert.deepEqual(await get(bearer), [200, { total_count: 0 }])
    })

  it('is enough on 2.3.7; a wrong token and a missing right read the same', async () => {
    await open('2.3.7')
    assert.deepEqual(await get(bearer), [200, { total_count: 0 }])
    assert.deepEqual(await get('Bearer nobody'), [401, UNAUTHORIZED])
    await shop.close()
    await open('2.3.7', { rights: ['Magento_Sales::ship'] })
    assert.deepEqual(await get(bearer), [401, UNAUTHORIZED])
  })
})

describe('OAuth 1.0a', () => {
  it('takes a signature computed elsewhere, and refuses one computed with another secret', async () => {
    await open('2.4.8')
    assert.deepEqual(await get(header({})), [200, { total_count: 0 }])
    const path = '/rest/default/V1/orders?searchCriteria[filter_groups][0][filters][0][field]=increment_id&fields=items'
    assert.equal((await get(header({ path }), path))[0], 200)
    const bad = [401, { message: 'The signature is invalid. Verify and try again.' }]
    assert.deepEqual(await get(header({ secret: 'wrong' })), bad)
    assert.deepEqual(await get(header({}), `${LIST}&more=1`), bad)
  })

  it('takes SHA1 only before 2.4.4', async () => {
    await open('2.3.7')
    assert.equal((await get(header({ hash: 'sha1' })))[0], 200)
    await shop.close()
    await open('2.4.6')
    const refusal = { message: 'Signature method %1 is not supported', parameters: ['HMAC-SHA1'] }
    assert.deepEqual(await get(header({ hash: 'sha1' })), [400, refusal])
  })

  it('takes a nonce once, even when its signature was wrong', async () => {
    await open('2.4.8')
    const once = header({})
    assert.equal((await get(once))[0], 200)
    assert.equal((await get(once))[0], 401)
    const change = { oauth_nonce: 'spent' }
    assert.equal((await get(header({ change, secret: 'wrong' })))[0], 401)
    assert.equal((await get(header({ change })))[0], 401)
  })

  it('takes moments up to ten minutes ahead', async () => {
    await open('2.4.8')
    const at = async (seconds: number) => (await get(header({ change: { oauth_timestamp: String(NOW + seconds) } })))[0]
    assert.deepEqual([await at(600), await at(601), await at(-3600), await at(-NOW)], [200, 401, 200, 401])
  })

  it('refuses what is missing or unknown', async () => {
    await open('2.4.8')
    const status = async (change: Record<string, string | undefined>) => (await get(header({ change })))[0]
    assert.equal(await status({ oauth_nonce: undefined }), 400)
    assert.equal(await status({ oauth_version: '2.0' }), 400)
    assert.equal(await status({ oauth_consumer_key: 'short' }), 401)
    assert.equal(await status({ oauth_token: 'x'.repeat(32) }), 401)
    assert.equal((await get('Basic abc'))[0], 401)
  })
})

describe('addresses', () => {
  it('knows its store codes only, and looks for the route before it asks who is there', async () => {
    await open('2.4.8', { bearerAllowed: true })
    const status = async (path: string, token = login.accessToken) => (await get(`Bearer ${token}`, path))[0]
    const query = '?searchCriteria[pageSize]=1'
    assert.equal(await status(`/rest/all/V1/orders${query}`), 200)
    assert.equal(await status(`/rest/V1/orders${query}`), 200)
    assert.equal(await status(`/rest/default/V1/orders/${query}`), 200)
    assert.equal(await status(`/rest/french/V1/orders${query}`), 404)
    assert.equal(await status('/rest/default/V1/foobars', 'nobody'), 404)
    assert.equal(await status('/rest/default/V1/orders/abc'), 400)
    assert.equal(await status('/rest/default/V1/store/storeConfigs'), 200)
    assert.equal(await status('/rest/default/V1/store/websites'), 200)
    assert.equal(await status('/rest/default/V1/modules'), 200)
  })
})
