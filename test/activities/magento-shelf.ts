import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A JSON object as Magento sends it. */
export type Row = Record<string, unknown>

/** One exchange of the contract. */
export interface Recorded {
  name: string
  request: { method: string; path: string; body?: unknown }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/** What an adapter sent. */
export interface Sent {
  method: string
  path: string
  query: Record<string, string>
  authorization: string
  body: unknown
}

/** What a call gets; a text body goes out as it is when `isRaw`. */
export interface Answer {
  status?: number
  headers?: Record<string, string>
  body: unknown
  isRaw?: boolean
}

/** An exchange of the contract by its name. */
export function recorded(file: string, name: string): Recorded {
  const url = new URL(`../fixtures/magento/exchanges/${file}.json`, import.meta.url)
  const found = JSON.parse(readFileSync(url, 'utf8')).exchanges.find((each: Recorded) => each.name === name)
  if (!found) throw new Error(`no exchange "${name}"`)
  return found
}

/** Method, path, query and body of a recorded request. */
export function requestOf({ request: { method, path, body } }: Recorded) {
  const url = new URL(path, 'http://shop')
  return { method, path: url.pathname, query: Object.fromEntries(url.searchParams), body }
}

/** The three orders of the contract: 6 paid, 7 discounted and unpaid, 8 a guest's configurable article. */
export function orderOf(id: 6 | 7 | 8): Row {
  const pages = ['page 1, UTC times, inclusive bound', 'page 2'].map((name) => recorded('orders_read', name))
  const rows = pages.flatMap((page) => (page.response.body as { items: Row[] }).items)
  const order = rows.find((row) => row.entity_id === id)
  if (!order) throw new Error(`no order ${id}`)
  return structuredClone(order)
}

/** A small server that writes down every call and answers by a function, which a test may replace. */
export async function startShelf() {
  const seen: Sent[] = []
  let answer: (call: Sent) => Answer = () => ({ body: {} })
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://shop')
    const call: Sent = {
      method: request.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      authorization: request.headers.authorization ?? '',
      body: body ? JSON.parse(body) : undefined,
    }
    seen.push(call)
    const { status = 200, headers = {}, body: reply, isRaw } = answer(call)
    response.writeHead(status, headers)
    response.end(isRaw ? String(reply) : JSON.stringify(reply))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer(how: typeof answer): void {
      answer = how
    },
    close: () => server.close(),
  }
}

const HOLDS: Record<string, (own: string, asked: string) => boolean> = {
  eq: (own, asked) => own === asked,
  in: (own, asked) => asked.split(',').includes(own),
  gt: (own, asked) => compare(own, asked) > 0,
  gteq: (own, asked) => compare(own, asked) >= 0,
}
const isNumber = (text: string): boolean => /^\d+$/.test(text)
const compare = (a: string, b: string): number =>
  isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0

/** Answers a search over some rows as Magento 2.3 does: beyond the end it gives the last page again. */
export function search(rows: Row[], query: Record<string, string>, largest = 1000): Answer {
  const part = (name: string): string | undefined => query[`searchCriteria${name}`]
  const filters = [0, 1, 2].map((group) => `[filter_groups][${group}][filters][0]`).filter((at) => part(`${at}[field]`))
  const size = Number(part('[pageSize]') ?? 1_000_000)
  if (size > largest) {
    const message = 'Maximum SearchCriteria pageSize is %max'
    return { status: 400, body: { message, parameters: { max: largest } } }
  }
  const sorts = [0, 1].map((i) => part(`[sortOrders][${i}][field]`) ?? 'entity_id')
  const found = rows
    .filter((row) =>
      filters.every((at) =>
        HOLDS[part(`${at}[condition_type]`) ?? 'eq']?.(
          String(row[part(`${at}[field]`) ?? '']),
          part(`${at}[value]`) ?? '',
        ),
      ),
    )
    .sort((a, b) => sorts.reduce((order, name) => order || compare(String(a[name]), String(b[name])), 0))
  const last = Math.max(1, Math.ceil(found.length / size))
  const page = Math.min(Number(part('[currentPage]') ?? 1), last)
  return { body: { items: found.slice((page - 1) * size, page * size), total_count: found.length } }
}
