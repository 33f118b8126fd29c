import { z } from 'zod'
import { readAs } from '../../wire/http.ts'
import type { Client } from './client.ts'
import { type Filter, magentoTime } from './criteria.ts'
import type { Papers } from './mapping.ts'
import { mgInvoice, mgMemo, mgName } from './replies.ts'

/** The lists that are followed, in this order; each has moments of its own. */
const STREAMS = ['orders', 'creditmemos', 'invoices'] as const
type Stream = (typeof STREAMS)[number]

/**
 * Where to go on: behind the row `id` of the second `at`. Numbers of pages would skip a row whenever an earlier one changes
 * and moves to the end; so the next page begins at the last moment seen ("from", the second is read again), works through
 * a second that fills a page by id ("same"), and then goes on behind it ("after").
 */
const placeShape = z.object({
  stream: z.enum(STREAMS),
  mode: z.enum(['from', 'same', 'after']),
  at: z.string(),
  id: z.number(),
})
type Place = z.output<typeof placeShape>

/** One order as the shop sent it, with what other lists say of it. */
export interface ChangedOrder {
  raw: unknown
  papers: Papers
}

interface Row {
  raw: unknown
  name: { entity_id: number; updated_at: string; order_id?: number | null | undefined } | null
}

/** One page of the orders that changed: by themselves first, then those whose credit memos or invoices alone did. */
export async function readChanges(
  client: Client,
  { since, page }: { since: string; page: string | null },
): Promise<{ orders: ChangedOrder[]; next: string | null }> {
  const start = magentoTime(since)
  const place = page === null ? firstOf('orders', start) : placeIn(page, client.who)
  const { rows, next } = await readSlice(client, place)
  const orders =
    place.stream === 'orders'
      ? await withPapers(
          client,
          rows.map((row) => row.raw),
        )
      : await ordersBehind(client, { stream: place.stream, rows, start })
  const following = STREAMS[STREAMS.indexOf(place.stream) + 1]
  const then = next ?? (following ? firstOf(following, start) : null)
  return { orders, next: then && Buffer.from(JSON.stringify(then)).toString('base64url') }
}

const firstOf = (stream: Stream, at: string): Place => ({ stream, mode: 'from', at, id: 0 })

function placeIn(page: string, who: string): Place {
  const text = Buffer.from(page, 'base64url').toString()
  return readAs(placeShape, text.startsWith('{') ? JSON.parse(text) : null, who)
}

async function readSlice(client: Client, place: Place): Promise<{ rows: Row[]; next: Place | null }> {
  const { items, total } = await client.list(place.stream, {
    filters: filtersOf(place),
    sort: ['updated_at', 'entity_id'],
  })
  const read = items.map((raw): Row => ({ raw, name: mgName.safeParse(raw).data ?? null }))
  const rows = read.filter(({ name }) => place.mode !== 'from' || !name || isBehind(name, place))
  return { rows, next: nextOf(place, read.findLast(({ name }) => name)?.name ?? null, total > items.length) }
}

function filtersOf({ mode, at, id }: Place): Filter[] {
  if (mode === 'from') return [{ field: 'updated_at', is: 'gteq', value: at }]
  if (mode === 'after') return [{ field: 'updated_at', is: 'gt', value: at }]
  return [
    { field: 'updated_at', is: 'eq', value: at },
    { field: 'entity_id', is: 'gt', value: id },
  ]
}

const isBehind = (name: NonNullable<Row['name']>, { at, id }: Place): boolean =>
  name.updated_at > at || (name.updated_at === at && name.entity_id > id)

function nextOf(place: Place, last: Row['name'], isMore: boolean): Place | null {
  const { stream, mode, at } = place
  if (!isMore || !last) return mode === 'same' ? { stream, mode: 'after', at, id: 0 } : null
  if (mode === 'same') return { ...place, id: last.entity_id }
  const isMoving = last.updated_at > at
  return { stream, mode: isMoving ? 'from' : 'same', at: isMoving ? last.updated_at : at, id: last.entity_id }
}

/** The orders of changed papers that did not change themselves; each with the first of its changed papers only. */
async function ordersBehind(
  client: Client,
  { stream, rows, start }: { stream: Stream; rows: Row[]; start: string },
): Promise<ChangedOrder[]> {
  const ids = [...new Set(rows.flatMap(({ name }) => name?.order_id ?? []))]
  if (ids.length === 0) return []
  const filters: Filter[] = [{ field: 'entity_id', is: 'in', value: ids.join(',') }]
  const found = await client.listAll('orders', { filters, sort: ['updated_at', 'entity_id'] })
  const still = found.filter((raw) => (mgName.safeParse(raw).data?.updated_at ?? start) < start)
  const here = new Set(rows.map(({ name }) => name?.entity_id))
  const changed = await withPapers(client, still)
  return changed.filter(({ papers: { memos, invoices } }) => {
    const [ofStream, earlier] = stream === 'invoices' ? [invoices, memos] : [memos, []]
    const isTold = earlier.some((paper) => magentoTime(paper.updated_at) >= start)
    const first = ofStream
      .filter((paper) => magentoTime(paper.updated_at) >= start)
      .toSorted((a, b) => (a.updated_at < b.updated_at ? -1 : 1) || a.entity_id - b.entity_id)[0]
    return !isTold && first !== undefined && here.has(first.entity_id)
  })
}

/** Adds the invoices and credit memos of some orders: two searches, however many orders they are. */
export async function withPapers(client: Client, raws: unknown[]): Promise<ChangedOrder[]> {
  const ids = raws.flatMap((raw) => mgName.safeParse(raw).data?.entity_id ?? [])
  if (ids.length === 0) return raws.map((raw) => ({ raw, papers: { invoices: [], memos: [] } }))
  const filters: Filter[] = [{ field: 'order_id', is: 'in', value: ids.join(',') }]
  const [memos, invoices] = await Promise.all([
    client.listAll('creditmemos', { filters, sort: ['entity_id'] }),
    client.listAll('invoices', { filters, sort: ['entity_id'] }),
  ])
  const allMemos = memos.map((raw) => readAs(mgMemo, raw, client.who))
  const allInvoices = invoices.map((raw) => readAs(mgInvoice, raw, client.who))
  return raws.map((raw) => {
    const id = mgName.safeParse(raw).data?.entity_id
    const isOurs = (paper: { order_id: number }) => paper.order_id === id
    return { raw, papers: { memos: allMemos.filter(isOurs), invoices: allInvoices.filter(isOurs) } }
  })
}
