import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { BODY_LIMIT } from '../../starters/webhooks/body.ts'
import { startWebhooks, type Webhooks } from '../../starters/webhooks.ts'
import { openTestDatabase } from '../support/servers.ts'

const SECRET = 'secret-of-the-site-of-32-characters'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let door: Webhooks
let woken: string[]

before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

beforeEach(async () => {
  await database.db.deleteFrom('webhook_deliveries').execute()
  await database.db.deleteFrom('operations').execute()
  woken = []
  door = await startWebhooks({
    port: 0,
    db: database.db,
    sites: [{ code: 'bio', platform: 'woocommerce', secret: SECRET }],
    wake: async (site) => void woken.push(site),
  })
})
afterEach(() => door.close())

const sign = (text: string): string => createHmac('sha256', SECRET).update(text).digest('base64')
const wooHeaders = (body: string, id: string) => ({
  'X-WC-Webhook-Signature': sign(body),
  'X-WC-Webhook-Delivery-ID': id,
})

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(`${door.url}${path}`, { method: 'POST', body, headers })).status
}

/** Sends raw bytes, then ends our side unless told to keep it open; answers all that came back. */
function talk(bytes: string, { end = true } = {}): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      heard += text
    })
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.on('close', () => resolve(heard))
    socket.write(bytes)
    if (end) socket.end()
  })
}

const countRows = async () => (await database.db.selectFrom('webhook_deliveries').selectAll().execute()).length

test('unknown sites, other methods and other paths', async () => {
  assert.equal(await post('/webhooks/nobody', 'x', wooHeaders('x', 'd')), 404)
  assert.equal(
    await post('/webhooks/nobody', 'webhook_id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    404,
  )
  for (const path of ['/', '/webhooks', '/webhooks/', '/webhooks/bio/more', '/webhooks/BIO', '/webhooks/..%2f'])
    assert.equal(await post(path, 'x'), 404, path)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
    const reply = await fetch(`${door.url}/webhooks/bio`, { method })
    assert.deepEqual([reply.status, reply.headers.get('allow')], [405, 'POST'], method)
  }
  assert.equal((await fetch(`${door.url}/health`)).status, 204)
  await door.close()
  assert.deepEqual(await database.db.selectFrom('operations').selectAll().execute(), [])
})

test('a body beyond the limit is refused unread, whether it says its length or comes in chunks', async () => {
  const head = 'POST /webhooks/bio HTTP/1.1\r\nHost: x\r\n'
  const announced = await talk(`${head}Content-Length: ${BODY_LIMIT + 1}\r\n\r\nabc`, { end: false })
  assert.match(announced, /^HTTP\/1\.1 413 /)
  assert.match(announced, /Connection: close/)
  const piece = 'x'.repeat(BODY_LIMIT + 1)
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${piece.length.toString(16)}\r\n${piece}\r\n`
  assert.match(await talk(chunked, { end: false }), /^HTTP\/1\.1 413 /)
  const largest = 'y'.repeat(BODY_LIMIT)
  assert.equal(await post('/webhooks/bio', largest, wooHeaders(largest, 'd')), 200)
})

test('a genuine body in chunks is taken', async () => {
  const [first, second] = ['{"id":4,', '"total":"1"}']
  const headers = { ...wooHeaders(first + second, 'd4'), 'Transfer-Encoding': 'chunked' }
  const status = await new Promise((resolve, reject) => {
    const options = { port: door.port, host: '127.0.0.1', path: '/webhooks/bio', method: 'POST', headers }
    const call = request(options, (reply) => resolve(reply.resume().statusCode))
    call.on('error', reject)
    call.write(first)
    call.end(second)
  })
  assert.equal(status, 200)
  assert.equal(await countRows(), 1)
})

test('truncated bodies and lying lengths get in nowhere', async () => {
  const body = '{"id":5}'
  const head = `POST /webhooks/bio HTTP/1.1\r\nHost: x\r\nX-WC-Webhook-Signature: ${sign(body)}\r\n`
  assert.match(await talk(`${head}Content-Length: 500\r\n\r\n${body}`), /^HTTP\/1\.1 400 /)
  assert.match(await talk(`${head}Transfer-Encoding: chunked\r\n\r\n8\r\n${body}\r\n`), /^HTTP\/1\.1 400 /)
  const both = `${head}Content-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n${body}\r\n0\r\n\r\n`
  assert.match(await talk(both), /^HTTP\/1\.1 400 /)
  assert.match(await talk(`${head}Content-Length: 4\r\n\r\n${body}`), /^HTTP\/1\.1 40[01] /, 'cut short, then rubbish')
  assert.match(await talk(`${head}Content-Length: -1\r\n\r\n${body}`), /^HTTP\/1\.1 400 /)
  await door.close()
  assert.equal(await countRows(), 0)
  assert.deepEqual(woken, [])
})
