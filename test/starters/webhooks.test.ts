import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { COPIES_TAKEN, PURGE_BATCH, purgeDeliveries, recordDelivery } from '../../db/webhooks.ts'
import { isSame } from '../../starters/webhooks/signatures.ts'
import { startWebhooks, type Webhooks } from '../../starters/webhooks.ts'
import { openTestDatabase } from '../support/servers.ts'

interface Recorded {
  secret: string
  deliveries: { headers: Record<string, string>; body: string }[]
}

const file = new URL('../fixtures/woocommerce/exchanges/webhook_deliveries.json', import.meta.url)
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded
const signed = recorded.deliveries.filter(({ headers }) => headers['X-WC-Webhook-Signature'])
const SHARED = 'another-secret-of-32-characters-x'
const NOON = Date.parse('2026-11-24T12:00:00Z')

let database: Awaited<ReturnType<typeof openTestDatabase>>
let door: Webhooks
let woken: string[]
let clock: number
let wake: (site: string) => Promise<void>

before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

beforeEach(async () => {
  await database.db.deleteFrom('webhook_deliveries').execute()
  await database.db.deleteFrom('operations').execute()
  woken = []
  clock = NOON
  wake = async (site) => void woken.push(site)
  door = await startWebhooks({
    port: 0,
    db: database.db,
    sites: [
      { code: 'bio', platform: 'woocommerce', secret: recorded.secret },
      { code: 'presta', platform: 'prestashop', secret: SHARED },
      { code: 'mage', platform: 'magento', secret: SHARED },
    ],
    wake: (site) => wake(site),
    now: () => new Date(clock),
  })
})
afterEach(() => door.close())

const sign = (text: string, secret = recorded.secret): string =>
  createHmac('sha256', secret).update(text).digest('base64')

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const reply = await fetch(`${door.url}${path}`, { method: 'POST', body, headers })
  assert.equal(await reply.text(), '')
  return reply.status
}

const wooHeaders = (body: string, id: string) => ({
  'X-WC-Webhook-Signature': sign(body),
  'X-WC-Webhook-Delivery-ID': id,
})

const codialHeaders = (body: string, at: number) => {
  const timestamp = String(Math.floor(at / 1000))
  return { 'X-Codial-Timestamp': timestamp, 'X-Codial-Signature': sign(`${timestamp}.${body}`, SHARED) }
}

const countRows = async () => (await database.db.selectFrom('webhook_deliveries').selectAll().execute()).length
const countOld = async () =>
  (await database.db.selectFrom('webhook_deliveries').select('site').where('delivery', 'like', 'old-%').execute())
    .length
const reported = () =>
  database.db.selectFrom('operations').selectAll().where('type', '=', 'Webhook refusé').orderBy('id').execute()

test('the recorded WooCommerce deliveries are taken, the creation pings do nothing', async () => {
  assert.equal(recorded.deliveries.length - signed.length, 2)
  for (const { headers, body } of recorded.deliveries) {
    const { Host: _, 'Content-Length': __, ...sent } = headers
    assert.equal(await post('/webhooks/bio', body, sent), 200)
  }
  assert.equal(await countRows(), signed.length, 'two of one second share their id and are two')
  await door.close()
  assert.ok(woken.length >= 1 && woken.length <= signed.length)
  assert.deepEqual(await reported(), [])
})

test('a delivery that comes again wakes nobody', async () => {
  const body = '{"id":1}'
  assert.equal(await post('/webhooks/bio', body, wooHeaders(body, 'd1')), 200)
  for (let i = 0; i < 5; i++) assert.equal(await post('/webhooks/bio', body, wooHeaders(body, 'd1')), 200)
  await door.close()
  assert.deepEqual(woken, ['bio'])
})

test('one content under ever new delivery ids, which are not signed, is taken as often as a shop has hooks', async () => {
  const body = '{"id":2}'
  for (let i = 0; i < 20; i++) assert.equal(await post('/webhooks/bio', body, wooHeaders(body, `id-${i}`)), 200)
  await door.close()
  assert.equal(await countRows(), COPIES_TAKEN)
  assert.ok(woken.length <= COPIES_TAKEN)
})

test('PrestaShop and Magento: signed with the timestamp, refused beyond five minutes, in both directions', async () => {
  const body = '{"order":"12","at":"2026-11-24T12:00:00Z"}'
  assert.equal(await post('/webhooks/presta', body, codialHeaders(body, NOON)), 200)
  assert.equal(await post('/webhooks/presta', body, codialHeaders(body, NOON)), 200)
  assert.equal(await post('/webhooks/mage', body, codialHeaders(body, NOON - 299_000)), 200)
  assert.equal(await post('/webhooks/mage', body, codialHeaders(body, NOON + 299_000)), 200)
  assert.equal(await countRows(), 3)
  for (const at of [NOON - 301_000, NOON + 301_000])
    assert.equal(await post('/webhooks/presta', body, codialHeaders(body, at)), 401)
  const moved = { ...codialHeaders(body, NOON), 'X-Codial-Timestamp': String(NOON / 1000 + 1) }
  assert.equal(await post('/webhooks/presta', body, moved), 401, 'the timestamp is in the signed text')
  assert.equal(await post('/webhooks/presta', body, { 'X-Codial-Signature': sign(`.${body}`, SHARED) }), 401)
  assert.equal(await post('/webhooks/presta', 'webhook_id=1', form), 401, 'only WooCommerce has a ping')
})

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

test('signatures of any length and shape are refused without a stumble', async () => {
  const body = '{"id":3}'
  const good = sign(body)
  const wrong = ['', 'x', good.slice(1), `${good}=`, `${good}${good}`, good.toLowerCase(), 'é', 'A'.repeat(4000)]
  for (const signature of wrong) {
    const headers = { 'X-WC-Webhook-Signature': signature, 'X-WC-Webhook-Delivery-ID': 'd' }
    assert.equal(await post('/webhooks/bio', body, headers), 401, signature.slice(0, 50))
  }
  assert.equal(await post('/webhooks/bio', `${body} `, wooHeaders(body, 'd')), 401)
  assert.equal(await post('/webhooks/bio', body), 401)
  assert.equal(await post('/webhooks/bio', 'webhook_id=1&x=2', form), 401)
  assert.equal(await post('/webhooks/bio', 'webhook_id=1', { ...form, 'X-WC-Webhook-Signature': 'x' }), 401)
  await door.close()
  assert.deepEqual(woken, [])
  assert.equal(await countRows(), 0)
})

test('texts of different lengths compare, and only the same is the same', () => {
  for (const other of ['', 'a', 'abcd', 'abd', 'abc\0', 'ABC', 'é'.repeat(1000)])
    assert.equal(isSame('abc', other), false)
  assert.equal(isSame('abc', 'abc'), true)
  assert.equal(isSame('', ''), true)
})

test('forged calls make one row of the report for each site and hour, with their count', async () => {
  for (let i = 0; i < 30; i++) await post('/webhooks/bio', 'private words', { 'X-WC-Webhook-Signature': 'x' })
  await post('/webhooks/presta', 'private words')
  clock = NOON + 3_600_000
  await post('/webhooks/bio', 'private words')
  await door.close()
  const rows = await reported()
  assert.deepEqual(
    rows.map(({ site, light, failed, started_at }) => [site, light, failed, started_at.toISOString().slice(11, 13)]),
    [
      ['bio', 'rouge', 30, '12'],
      ['bio', 'rouge', 1, '13'],
      ['presta', 'rouge', 1, '12'],
    ],
  )
  assert.ok(!JSON.stringify(rows).includes('private'))
})

test('a count goes on after a restart within the hour', async () => {
  await post('/webhooks/bio', 'x')
  await door.close()
  const sites = [{ code: 'bio', platform: 'woocommerce' as const, secret: 's' }]
  door = await startWebhooks({ port: 0, db: database.db, sites, wake, now: () => new Date(clock) })
  await post('/webhooks/bio', 'x')
  await post('/webhooks/bio', 'x')
  await door.close()
  assert.deepEqual(
    (await reported()).map(({ failed, message }) => [failed, message]),
    [[3, '3 appels refusés en une heure.']],
  )
})

test('the reply does not wait for the waking; rings meanwhile make one more; a failure is left to the next', async () => {
  const release: (() => void)[] = []
  wake = (site) => {
    woken.push(site)
    return new Promise((_, reject) => release.push(() => reject(new Error('Temporal is away'))))
  }
  for (let i = 0; i < 10; i++) {
    const body = `{"id":${i}}`
    assert.equal(await post('/webhooks/bio', body, wooHeaders(body, 'd')), 200)
  }
  const body = '{"order":"1"}'
  assert.equal(await post('/webhooks/presta', body, codialHeaders(body, NOON)), 200)
  assert.deepEqual(woken, ['bio', 'presta'], 'each site on its own, one at a time')
  wake = async (site) => void woken.push(site)
  for (const go of release) go()
  await door.close()
  assert.deepEqual(woken, ['bio', 'presta', 'bio'])
})

test('a wake that throws at once harms nothing', async () => {
  wake = () => {
    throw new Error('at once')
  }
  assert.equal(await post('/webhooks/bio', 'a', wooHeaders('a', 'd')), 200)
  await door.close()
})

test('when the database is away, a genuine call is accepted without being recorded, a forged one still refused', async () => {
  const away = await openTestDatabase()
  await away.close()
  const sites = [{ code: 'bio', platform: 'woocommerce' as const, secret: recorded.secret }]
  await door.close()
  door = await startWebhooks({ port: 0, db: away.db, sites, wake, now: () => new Date(clock) })
  assert.equal(await post('/webhooks/bio', 'a', wooHeaders('a', 'd')), 202)
  assert.equal(await post('/webhooks/bio', 'a'), 401)
  await door.close()
  assert.deepEqual(woken, [])
})

test('deliveries older than two days are forgotten, a bounded batch at a time', async () => {
  const old = Array.from({ length: PURGE_BATCH + 5 }, (_, i) => ({
    delivery: `old-${i}`,
    site: 'bio',
    content: `old-${i}`,
    received_at: new Date(NOON - 49 * 3_600_000),
  }))
  await database.db.insertInto('webhook_deliveries').values(old).execute()
  const recent = { site: 'bio', mark: { delivery: 'r', content: 'r' }, at: new Date(NOON - 47 * 3_600_000) }
  assert.equal(await recordDelivery(database.db, recent), true)
  assert.equal(await recordDelivery(database.db, recent), false)
  const tooOld = new Date(NOON - 48 * 3_600_000)
  assert.equal(await purgeDeliveries(database.db, tooOld), PURGE_BATCH)
  assert.equal(await purgeDeliveries(database.db, tooOld), 5)
  await database.db.insertInto('webhook_deliveries').values(old).execute()
  for (let i = 0; i < 100 && (await countOld()) > 0; i++) await post('/webhooks/bio', `${i}`, wooHeaders(`${i}`, 'd')) // a full batch makes the next delivery purge again
  assert.equal(await countOld(), 0)
  assert.equal(await recordDelivery(database.db, recent), false, 'a recent one is still known')
})

test('a site without a secret is not served', async () => {
  const sites = [{ code: 'open', platform: 'magento' as const, secret: ' ' }]
  await assert.rejects(startWebhooks({ port: 0, db: database.db, sites, wake }), /open: a webhook secret is needed/)
})
