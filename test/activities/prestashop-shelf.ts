import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A row as PrestaShop sends it in a list. */
export type Row = Record<string, unknown>

/** One recorded exchange. */
export interface Recorded {
  name: string
  request: { method: string; path: string; body?: string }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/** What an adapter sent to the shelf. */
export interface Sent {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, unknown>
  body: string
}

const file = (name: string) => readFileSync(new URL(`../fixtures/prestashop/${name}`, import.meta.url), 'utf8')

/** A recorded exchange by its name. */
export function recorded(from: string, name: string): Recorded {
  const found = JSON.parse(file(`exchanges/${from}.json`)).exchanges.find((each: Recorded) => each.name === name)
  if (!found) throw new Error(`no exchange "${name}"`)
  return found
}

/** The recorded list of what a key may do. */
export const apiRoot = (): string => file('api_root.xml')

const SAMPLES = [
  'orders',
  'order_details',
  'order_cart_rules',
  'order_slip',
  'order_payments',
  'order_histories',
  'order_carriers',
  'addresses',
  'customers',
]
const REFERENCES = ['carriers', 'currencies', 'taxes', 'countries', 'order_states']

function recordedTables(): Map<string, Row[]> {
  const lists = [
    ...SAMPLES.map((name) => `samples/${name}.list_full.json`),
    ...REFERENCES.map((n) => `reference/${n}.json`),
  ]
  const tables = new Map<string, Row[]>()
  for (const [i, name] of [...SAMPLES, ...REFERENCES].entries())
    tables.set(name, Object.values(JSON.parse(file(lists[i] ?? '')))[0] as Row[])
  tables.set('messages', [
    { id: 1, id_cart: '7', id_order: '7', id_customer: '3', id_employee: '0', message: 'Merci de livrer le matin' },
  ])
  tables.set('configurations', [{ id: 1, name: 'PS_TIMEZONE', value: 'Europe/Paris' }])
  tables.set('customer_threads', [])
  tables.set('customer_messages', [])
  return tables
}

interface Told {
  status: number
  headers?: Record<string, string>
  body: string | Uint8Array
  /** What happens in the shop before it answers. */
  before?: () => void
}

/** A server that lists the recorded tables by PrestaShop's rules (contract, 2.2), writes down every call, and answers writes as told. */
export async function startShelf(version = '8.2.1') {
  const tables = recordedTables()
  const seen: Sent[] = []
  const told: Told[] = []
  const later = new Map<number, Told>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://shop')
    const sent = { method: request.method ?? '', path: url.pathname, query: Object.fromEntries(url.searchParams) }
    seen.push({ ...sent, headers: request.headers, body: await text(request) })
    const resource = sent.path.replace('/api/', '')
    const planned = later.get(seen.length - 1) ?? told.shift()
    planned?.before?.()
    const answer = planned ?? (sent.method === 'GET' ? listOf(tables, resource, sent.query) : undefined)
    const { status, headers = {}, body } = answer ?? { status: 500, body: '' }
    response.writeHead(status, { 'PSWS-Version': version, ...headers })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    /** The rows of a table, to be read and changed. */
    table: (name: string): Row[] => tables.get(name) ?? [],
    drop: (name: string) => tables.delete(name),
    /** What the next calls get instead of a list, in order. */
    tell(...answers: typeof told): void {
      told.push(...answers)
    },
    replay(exchange: Recorded): void {
      told.push(toldIn(exchange))
    },
    /** What one later call gets, when this many more came before it. */
    tellAfter(calls: number, answer: Told | Recorded): void {
      later.set(seen.length + calls, 'response' in answer ? toldIn(answer) : answer)
    },
    close(): void {
      server.close()
      server.closeAllConnections()
    },
  }
}

function toldIn({ response: { status, headers, body } }: Recorded): Told {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

function listOf(tables: Map<string, Row[]>, resource: string, query: Record<string, string>) {
  const rows = tables.get(resource)
  if (!rows || query.output_format !== 'JSON') return { status: 400, body: JSON.stringify({ errors: [{ code: 27 }] }) }
  if (!query.date && /date_/.test(`${Object.keys(query)}${query.sort ?? ''}`))
    return { status: 500, body: JSON.stringify({ errors: [{ code: 32 }] }) }
  const filters = Object.entries(query).flatMap(([name, value]) => {
    const field = /^filter\[(\w+)\]$/.exec(name)?.[1]
    return field ? [{ field, value }] : []
  })
  const kept = rows.filter((row) => filters.every(({ field, value }) => passes(String(row[field]), value)))
  const [offset = 0, count = kept.length] = (query.limit ?? '').split(',').filter(Boolean).map(Number)
  const list = sorted(kept, query.sort).slice(offset, offset + count)
  const shown = list.map((row) => displayed(row, query.display ?? 'full'))
  return { status: 200, body: JSON.stringify(shown.length > 0 ? { [resource.replace(/slip$/, 'slips')]: shown } : []) }
}

function passes(value: string, filter: string): boolean {
  const inside = /^\[(.*)\]$/.exec(filter)?.[1]
  if (inside === undefined) return value === filter
  const [from, to] = inside.split(',')
  if (to !== undefined) return value >= (from ?? '') && value <= to
  return inside.split('|').includes(value)
}

function sorted(rows: Row[], sort: string | undefined): Row[] {
  const fields = (sort ?? '')
    .replace(/[[\]]/g, '')
    .split(',')
    .filter(Boolean)
    .map((each) => each.replace(/_ASC$/, ''))
  const compare = (a: unknown, b: unknown) =>
    typeof a === 'number' ? a - Number(b) : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
  return rows.toSorted((a, b) => fields.map((field) => compare(a[field], b[field])).find(Boolean) ?? 0)
}

const displayed = (row: Row, display: string): Row =>
  display === 'full'
    ? row
    : Object.fromEntries(Object.entries(row).filter(([name]) => display.slice(1, -1).split(',').includes(name)))
