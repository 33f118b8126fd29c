import { Refused } from '../../../domain/failures.ts'
import type { WebOrder } from '../../../domain/order.ts'
import { readAs } from '../../wire/http.ts'
import type { OrderPage, ReadOrder } from '../shop.ts'
import { firstPlace, type Place, placeOf, readPlace, type Sign, tokenOf } from './changes.ts'
import type { PsClient } from './client.ts'
import { instantOf, localOf, readFrom } from './clock.ts'
import type { Gather, Parts } from './gather.ts'
import { lastChange, type OrderWords, webOrderOf } from './mapping.ts'
import { type PsOrder, psHistorySign, psOrder, psOrderName } from './wire.ts'

/** What reading needs of an opened shop. */
export interface Reading {
  client: PsClient
  gather: Gather
  words: OrderWords
  /** How long a change rests before we read it, in milliseconds. */
  settle: number
}

/** Reads one order with its parts; Refused when the shop does not know it. */
export async function readOne({ gather, words }: Reading, raw: Record<string, unknown>): Promise<WebOrder> {
  const order = orderIn(raw)
  return webOrderOf(order, await gather([order]), words)
}

/** Reads one page of what changed, stream after stream; an order that several streams tell of comes once. */
export async function readChanges(
  reading: Reading,
  { since, page }: { since: string; page: string | null },
): Promise<OrderPage> {
  const { client, words, settle } = reading
  const window = () => ({
    from: readFrom(Date.parse(since), words.zone),
    to: localOf(client.now() - settle, words.zone),
  })
  const place = page === null ? firstPlace(window()) : placeOf(page)
  const { rows, signs, next } = await readPlace(client, place)
  const orders =
    place.stream === 'orders' ? await readRows(reading, place, rows) : await readSigned(reading, place, signs)
  return { orders, next: next && tokenOf(next) }
}

/** Reads the orders of a page together; one that cannot be read is refused alone. */
async function readRows(
  { gather, words }: Reading,
  place: Place,
  rows: Record<string, unknown>[],
  isWanted: (order: PsOrder, parts: Parts) => boolean = () => true,
): Promise<ReadOrder[]> {
  const parsed = rows.map((raw) => ({ raw, order: psOrder.safeParse(raw).data }))
  const parts = await gather(parsed.flatMap(({ order }) => (order ? [order] : [])))
  return parsed
    .filter(({ order }) => !order || isWanted(order, parts))
    .map(({ raw, order }) => {
      const name = readAs(psOrderName, raw, words.site)
      const told = order ? lastChange(order, parts) : (name.date_upd ?? place.to)
      const modifiedAt = instantOf([told, place.to].sort()[0] ?? told, words.zone)
      return { webId: name.id, modifiedAt, ...translated(() => webOrderOf(order ?? orderIn(raw), parts, words)) }
    })
}

function translated(read: () => WebOrder): Pick<Extract<ReadOrder, { order: WebOrder }>, 'order'> | Refusal {
  try {
    return { order: read() }
  } catch (error) {
    if (error instanceof Refused) return { refusal: { code: error.code, remedy: error.remedy } }
    throw error
  }
}

type Refusal = Pick<Extract<ReadOrder, { refusal: unknown }>, 'refusal'>

/** Reads one order's own fields; Refused as unreadable, naming the first field that is wrong, never its content. */
function orderIn(raw: unknown): PsOrder {
  const parsed = psOrder.safeParse(raw)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'commande'
  throw new Refused('unreadable-order', `le champ « ${field} » est illisible`)
}

/** The orders that a page of refunds, payments or histories tells of, but for those that another page of the window gives. */
async function readSigned(reading: Reading, place: Place, signs: Sign[]): Promise<ReadOrder[]> {
  const { client } = reading
  const field = place.stream === 'order_payments' ? 'reference' : 'id'
  const told = [...new Set(signs.map((sign) => sign.order).filter(Boolean))]
  if (told.length === 0) return []
  const dated = await client.list('orders', psOrderName, {
    display: '[id,date_upd]',
    filter: { [field]: `[${told.join('|')}]`, ...client.ofShop },
  })
  const quiet = dated.filter(({ date_upd: changed }) => (changed ?? '') < place.from).map(({ id }) => id)
  if (quiet.length === 0) return []
  const query = { display: 'full', filter: { id: `[${quiet.join('|')}]`, ...client.ofShop }, sort: '[id_ASC]' }
  const first = await firstHistories(client, place, quiet)
  const ids = new Set(signs.map((sign) => sign.id))
  return readRows(reading, place, await client.listRaw('orders', query), (order, parts) =>
    isFirstTold({ order, parts, place, ids, first }),
  )
}

/** Histories move the order's date: only those that did not (rows written behind the program's back) are looked at again. */
async function firstHistories(client: PsClient, place: Place, ids: string[]): Promise<Map<string, number>> {
  if (place.stream !== 'order_histories') return new Map()
  const rows = await client.list('order_histories', psHistorySign, {
    display: '[id,id_order,date_add]',
    filter: { id_order: `[${ids.join('|')}]` },
  })
  const marks = Map.groupBy(
    rows.map((row) => ({ id: Number(row.id), at: row.date_add, order: row.id_order })),
    ({ order }) => order,
  )
  return new Map([...marks].map(([order, own]) => [order, firstIn(place, own)]))
}

/** An order is given with the first row of the first stream that tells of it: decided from the window alone, without memory. */
function isFirstTold(o: {
  order: PsOrder
  parts: Parts
  place: Place
  ids: Set<number>
  first: Map<string, number>
}): boolean {
  const { order, parts, place, ids, first } = o
  const slips = (parts.slips.get(order.id) ?? []).map((row) => ({ id: Number(row.id), at: row.date_upd }))
  const payments = (parts.payments.get(order.reference) ?? []).map((row) => ({ id: Number(row.id), at: row.date_add }))
  const told = { order_slip: firstIn(place, slips), order_payments: firstIn(place, payments) }
  if (place.stream === 'order_slip') return ids.has(told.order_slip)
  if (told.order_slip) return false
  if (place.stream === 'order_payments') return ids.has(told.order_payments)
  return told.order_payments === 0 && ids.has(first.get(order.id) ?? 0)
}

/** The id of the first row of the window, 0 when none is in it. */
function firstIn({ from, to }: Place, rows: { id: number; at: string }[]): number {
  const inside = rows.filter(({ at }) => at >= from && at <= to)
  return inside.sort((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))[0]?.id ?? 0
}
