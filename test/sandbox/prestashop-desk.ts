import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import { type RawReply, send } from './raw-http.ts'

/** A row of a table, as JSON lists show it. */
export type Row = Record<string, unknown> & { id: number }

/** One recorded request and its reply. */
export interface Exchange {
  name: string
  request: { method: string; path: string; auth?: string; headers?: Record<string, string>; body?: unknown }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

type StartOptions = Parameters<typeof startPrestaShop>[0]

const fixtures = new URL('../fixtures/prestashop/', import.meta.url)

/** A recorded file as text. */
export const textOfFixture = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8')

/** The exchanges of one recorded file. */
export const exchangesOf = (file: string): Exchange[] => JSON.parse(textOfFixture(`exchanges/${file}.json`)).exchanges

/** The exchange of a recorded file that has this name. */
export function recorded(file: string, name: string): Exchange {
  const found = exchangesOf(file).find((exchange) => exchange.name === name)
  assert.ok(found, `${file}: ${name}`)
  return found
}

/** A key of 32 characters. */
export const KEY = 'WEBSERVICEKEY32CHARSXXXXXXXXXXXX'
/** When the writes were recorded, in the shop's zone 05:31:14. */
export const RECORDED_AT = '2026-11-24T04:31:14Z'

/** The header of Basic with this key. */
export const basic = (key = KEY) => ({ Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })

const sample = (resource: string): Row[] =>
  Object.values(JSON.parse(textOfFixture(`samples/${resource}.list_full.json`)) as Record<string, Row[]>)[0] ?? []

const LISTED = [
  'order_details',
  'order_slip',
  'order_cart_rules',
  'order_payments',
  'order_carriers',
  'order_invoices',
  'order_histories',
  'addresses',
  'customers',
]

/** The recorded shop: its tables, with the five demo orders before its own as copies. */
export function recordedTables(): Record<string, Row[]> {
  const own = sample('orders')
  const [first] = own
  const early = '2026-11-24 05:27:41'
  const demo = [1, 2, 3, 4, 5].map((id) => ({ ...first, id, reference: `DEMO${id}`, date_upd: early }))
  const tables = Object.fromEntries(LISTED.map((name) => [name, sample(name)]))
  const message = { ...JSON.parse(textOfFixture('samples/messages.one.json')).message, id_employee: '0' }
  return { ...tables, orders: [...demo, ...own], messages: [message] }
}

/** Starts a shop on tables prepared before. */
export async function openShopOn(
  tables: Record<string, Row[]>,
  o: Partial<StartOptions> & { next?: Record<string, number> } = {},
): Promise<PrestaShopSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-presta-'))
  const file = join(folder, 'shop.json')
  const { next = {}, ...options } = o
  writeFileSync(file, JSON.stringify({ tables, next, mails: [] }))
  const shop = await startPrestaShop({ key: KEY, file, now: () => new Date(RECORDED_AT), ...options })
  const close = async () => {
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...shop, close }
}

/** Sends one request with the key; the Host is the recorded one. */
export function ask(
  shop: PrestaShopSandbox,
  path: string,
  o: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<RawReply> {
  const headers = { Host: 'shop.example.test', ...basic(), ...o.headers }
  return send({ url: shop.url + path, method: o.method ?? 'GET', headers, body: o.body })
}

/** Reads a list with all fields as JSON. */
export async function rows(shop: PrestaShopSandbox, resource: string, query = ''): Promise<Row[]> {
  const reply = await ask(shop, `/api/${resource}?display=full&output_format=JSON${query}`)
  assert.equal(reply.status, 200, reply.text)
  const [list] = Object.values(JSON.parse(reply.text) as Record<string, Row[]>)
  return list ?? []
}

/** The one row of a list with this query. */
export async function oneRow(shop: PrestaShopSandbox, resource: string, query = ''): Promise<Row> {
  const [row] = await rows(shop, resource, query)
  assert.ok(row, `${resource} ${query}`)
  return row
}

/** Sends a recorded request again; `path` and `body` replace its own. */
export function replay(
  shop: PrestaShopSandbox,
  { request }: Exchange,
  o: { path?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<RawReply> {
  const { body } = request
  const text = o.body ?? (body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  const headers = {
    Host: 'shop.example.test',
    ...(request.auth === 'basic' ? basic() : {}),
    ...request.headers,
    ...o.headers,
  }
  return send({ url: shop.url + (o.path ?? request.path), method: request.method, headers, body: text as string })
}

/** Expects the recorded status, headers and body. */
export function assertLike(reply: RawReply, { name, response }: Exchange): void {
  assert.equal(reply.status, response.status, `${name}: ${reply.text}`)
  const { body } = response
  if (typeof body === 'string') assert.equal(reply.text, body, name)
  else assert.deepEqual(JSON.parse(reply.text), body, name)
  for (const [header, value] of Object.entries(response.headers)) {
    assert.equal(reply.headers[header.toLowerCase()] ?? '', value, `${name}: ${header}`)
  }
}

/** The codes of a refusal, in XML or JSON. */
export const codesOf = (reply: RawReply): number[] =>
  [...reply.text.matchAll(/<code><!\[CDATA\[(\d+)|"code":(\d+)/g)].map((match) => Number(match[1] ?? match[2]))

/** An entity as it is sent. */
export const xml = (one: string, inside: string): string => `<prestashop><${one}>${inside}</${one}></prestashop>`

/** Millionths of an amount with six decimals. */
export const micro = (value: unknown): bigint => BigInt(String(value).replace('.', ''))

/** Cents of an amount with six decimals. */
export const inCents = (value: unknown): number => Number(micro(value) / 10_000n)

/** Adds numbers up. */
export const sum = (numbers: bigint[]): bigint => numbers.reduce((a, b) => a + b, 0n)

const PARTS = ['total_products_wt', 'total_shipping_tax_incl', 'total_wrapping_tax_incl'] as const

/** How many cents the total of an order is above the sum of its parts. */
export function offBy(order: Row): number {
  const parts = sum(PARTS.map((name) => micro(order[name]))) - micro(order.total_discounts_tax_incl)
  return inCents(order.total_paid_tax_incl) - Number(parts / 10_000n)
}
