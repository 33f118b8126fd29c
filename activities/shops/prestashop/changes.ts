import { Refused } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { PsClient } from './client.ts'
import { psHistorySign, psOrderSign, psPaymentSign, psSlipSign } from './wire.ts'

/** The streams that tell of a changed order, in the order they are read; all but the first leave `orders.date_upd` alone. */
const STREAMS = ['orders', 'order_slip', 'order_payments', 'order_histories'] as const
type Stream = (typeof STREAMS)[number]

/** Where a reading of changes stands: the stream, its fixed window in shop time, and the last row that was seen. */
export interface Place {
  stream: Stream
  from: string
  to: string
  /** Rows are asked from this time on; those up to `id` of that very second were seen. */
  at: string
  id: number
  /** Rows to pass over when more than a page of them share one second. */
  skip: number
}

/** Where a reading starts. */
export const firstPlace = ({ from, to }: Pick<Place, 'from' | 'to'>): Place => ({
  stream: 'orders',
  from,
  to,
  at: from,
  id: 0,
  skip: 0,
})

/** The place as opaque text for the caller. */
export const tokenOf = ({ stream, from, to, at, id, skip }: Place): string => [stream, from, to, at, id, skip].join('~')

/** Reads a token again; Refused when it is none of ours. */
export function placeOf(token: string): Place {
  const [stream, from = '', to = '', at = '', id, skip] = token.split('~')
  const known = STREAMS.find((each) => each === stream)
  const areTimes = [from, to, at].every((time) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time))
  if (!known || !areTimes || !Number.isSafeInteger(Number(id)) || !Number.isSafeInteger(Number(skip)))
    throw new Refused('refused', 'page de commandes illisible')
  return { stream: known, from, to, at, id: Number(id), skip: Number(skip) }
}

/** A row that says that an order changed: its own id and time, and the order's id or, for payments, its reference. */
export interface Sign {
  id: number
  at: string
  order: string
}

interface Source {
  date: 'date_upd' | 'date_add'
  display: string
  count: number
  sign: (row: Record<string, unknown>, who: string) => Sign
}

/** A payment may stand for several orders, so its pages are smaller. */
const SOURCES: Record<Stream, Source> = {
  orders: {
    date: 'date_upd',
    display: 'full',
    count: 50,
    sign: (row, who) => {
      const { id, date_upd: at } = readAs(psOrderSign, row, who)
      return { id: Number(id), at, order: id }
    },
  },
  order_slip: {
    date: 'date_upd',
    display: '[id,id_order,date_upd]',
    count: 50,
    sign: (row, who) => {
      const { id, id_order: order, date_upd: at } = readAs(psSlipSign, row, who)
      return { id: Number(id), at, order }
    },
  },
  order_payments: {
    date: 'date_add',
    display: '[id,order_reference,date_add]',
    count: 20,
    sign: (row, who) => {
      const { id, order_reference: order, date_add: at } = readAs(psPaymentSign, row, who)
      return { id: Number(id), at, order }
    },
  },
  order_histories: {
    date: 'date_add',
    display: '[id,id_order,date_add]',
    count: 50,
    sign: (row, who) => {
      const { id, id_order: order, date_add: at } = readAs(psHistorySign, row, who)
      return { id: Number(id), at, order }
    },
  },
}

/** One page of a stream. */
export interface StreamPage {
  rows: Record<string, unknown>[]
  signs: Sign[]
  next: Place | null
}

/**
 * Reads the rows of one page. The next page starts at the last row's time instead of an offset: a row that moves away while
 * we read would shift an offset and hide the row behind it.
 */
export async function readPlace(client: PsClient, place: Place): Promise<StreamPage> {
  const { stream, at, to, id, skip } = place
  const { date, display, count, sign } = SOURCES[stream]
  const raw = await client.listRaw(stream, {
    display,
    filter: { [date]: `[${at},${to}]`, ...(stream === 'orders' ? client.ofShop : {}) },
    date: '1',
    sort: `[${date}_ASC,id_ASC]`,
    limit: `${skip},${count}`,
  })
  const fresh = raw
    .map((row) => ({ row, sign: sign(row, client.who) }))
    .filter(({ sign: { at: told, id: rank } }) => told > at || (told === at && rank > id))
  const [rows, signs] = [fresh.map(({ row }) => row), fresh.map((each) => each.sign)]
  return { rows, signs, next: nextPlace(place, { isFull: raw.length >= count, count, last: signs.at(-1) }) }
}

function nextPlace(
  place: Place,
  { isFull, count, last }: { isFull: boolean; count: number; last: Sign | undefined },
): Place | null {
  if (isFull && !last) return { ...place, skip: place.skip + count }
  if (isFull && last) return { ...place, at: last.at, id: last.id, skip: last.at === place.at ? place.skip : 0 }
  const stream = STREAMS[STREAMS.indexOf(place.stream) + 1]
  return stream ? { ...firstPlace(place), stream } : null
}
