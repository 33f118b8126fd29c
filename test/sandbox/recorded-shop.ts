import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWooCommerce, type WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import { jsonOf, type RawReply, send } from './raw-http.ts'

type Json = Record<string, unknown>

/** One recorded request and its reply. */
export interface Exchange {
  name: string
  request: { method: string; path: string; auth?: string; headers?: Record<string, string>; body?: unknown }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/** How an exchange is sent again: over TLS (a proxy says so) unless plain. */
export interface Replay {
  path?: string
  headers?: Record<string, string>
  isPlain?: boolean
}

const fixtures = new URL('../fixtures/woocommerce/', import.meta.url)
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'))

/** The exchange of a recorded file that has this name. */
export const recorded = (file: string, name: string): Exchange => {
  const found = (readJson(`exchanges/${file}.json`).exchanges as Exchange[]).find((exchange) => exchange.name === name)
  assert.ok(found, `${file}: ${name}`)
  return found
}

/** The key of the recordings. */
export const KEY = `ck_${'0'.repeat(40)}`
/** The secret of the recordings. */
export const SECRET = `cs_${'0'.repeat(40)}`

/** The header of Basic with these keys. */
export const basic = (secret = SECRET, key = KEY) => ({
  Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
})

/** The recorded shop: its orders, two notes, the next numbers as they were. */
export const recordedShop = (next: { post: number }, change: (orders: Json[]) => void = () => {}) => {
  const names = ['paid_card', 'coupons_fee_bank_transfer', 'gift_card_as_fee', 'guest_no_tax', 'free_shipping']
  const orders: Json[] = names.map((name) => readJson(`order_${name}.json`))
  change(orders)
  const notes = (readJson('order_notes.json') as Json[]).slice(2).map((note) => ({ ...note, order_id: 22 }))
  return { orders, notes, refunds: [], next: { post: next.post, item: 26, meta: 17, note: 11, transfer: 1, seed: 1 } }
}

/** The recorded shop as it stood when reading was recorded. */
export const recordedForReading = () =>
  recordedShop({ post: 28 }, (orders) => {
    const [paid = {}, bank = {}, gift = {}, guest = {}, free = {}] = orders
    Object.assign(paid, { status: 'completed', date_modified_gmt: '2026-11-24T04:36:25' })
    Object.assign(bank, { status: 'processing', date_modified_gmt: '2026-11-24T04:36:23' })
    Object.assign(gift, { date_modified_gmt: '2026-11-24T04:36:22' })
    Object.assign(guest, { status: 'completed', date_modified_gmt: '2026-11-24T04:36:25' })
    Object.assign(free, { status: 'trash' })
    const created = '2026-11-24T04:36:23'
    orders.push({ ...structuredClone(bank), id: 27, number: '27', status: 'checkout-draft', date_created_gmt: created })
  })

/** Starts a shop on a state prepared before. */
export async function openShopOn(
  state: unknown,
  o: { now: () => Date; permissions?: 'read' },
): Promise<WooCommerceSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-woo-'))
  const file = join(folder, 'shop.json')
  writeFileSync(file, JSON.stringify(state))
  const shop = await startWooCommerce({ key: KEY, secret: SECRET, file, ...o })
  const close = async () => {
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...shop, close }
}

/** Sends the request of an exchange again. */
export const replay = (shop: WooCommerceSandbox, { request }: Exchange, o: Replay = {}): Promise<RawReply> => {
  const { body } = request
  const headers = {
    Host: 'shop.example.test',
    ...(o.isPlain ? {} : { 'X-Forwarded-Proto': 'https' }),
    ...(request.auth === 'basic' ? basic() : {}),
    ...request.headers,
    ...o.headers,
  }
  const url = shop.url + (o.path ?? request.path)
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return send({ url, method: request.method, headers, body: text })
}

/** Numbers of meta rows are the shop's own business, and the recorded shop moved stock. */
const comparable = (body: unknown): unknown =>
  JSON.parse(
    JSON.stringify(body, (name, value) => {
      if (name === 'line_items' && Array.isArray(value)) return value.map((line) => ({ ...line, meta_data: [] }))
      if (name !== 'meta_data' || !Array.isArray(value)) return value
      return value.map(({ id: _, ...meta }: Json) => meta).sort((a, b) => String(a.key).localeCompare(String(b.key)))
    }),
  )

/** Sends a recorded request again and expects the recorded status, headers and body. */
export async function assertLike(
  shop: WooCommerceSandbox,
  file: string,
  name: string,
  o: Replay & { ignoresLink?: boolean } = {},
): Promise<RawReply> {
  const exchange = recorded(file, name)
  const reply = await replay(shop, exchange, o)
  assert.deepEqual(comparable(jsonOf(reply)), comparable(exchange.response.body), name)
  assert.equal(reply.status, exchange.response.status, name)
  for (const [header, value] of Object.entries(exchange.response.headers)) {
    if (header === 'Link' && o.ignoresLink) continue
    assert.equal(reply.headers[header.toLowerCase()], value, `${name}: ${header}`)
  }
  return reply
}
