import { boolean, ids, integer, listOf, moment, oneOf, type Reading, statuses } from './parameters.ts'
import { invalidParameters } from './replies.ts'

/** What a list was asked for, checked. */
export interface ListQuery {
  page: number
  perPage: number
  order: 'asc' | 'desc'
  orderby: string
  statuses: string[]
  include: number[]
  exclude: number[]
  search: string
  /** Instants in milliseconds; the bounds themselves are left out. */
  after?: number | undefined
  before?: number | undefined
  modifiedAfter?: number | undefined
  modifiedBefore?: number | undefined
}

const ORDERBY = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const

/** Checks the query of a list; unknown parameters are ignored without a word, as the shop does. */
export function readListQuery(query: URLSearchParams, zone: string): ListQuery {
  const reading: Reading = { query, bad: [] }
  const bounds = { zone, areGmt: boolean(reading, 'dates_are_gmt') }
  const read: ListQuery = {
    page: integer(reading, 'page', { default: 1 }),
    perPage: integer(reading, 'per_page', { default: 10, max: 100 }),
    order: oneOf(reading, 'order', { allowed: ['asc', 'desc'], default: 'desc' }),
    orderby: oneOf(reading, 'orderby', { allowed: ORDERBY, default: 'date' }),
    statuses: statuses(reading),
    include: ids(reading, 'include'),
    exclude: ids(reading, 'exclude'),
    search: query.get('search') ?? '',
    after: moment(reading, 'after', bounds),
    before: moment(reading, 'before', bounds),
    modifiedAfter: moment(reading, 'modified_after', bounds),
    modifiedBefore: moment(reading, 'modified_before', bounds),
  }
  if (reading.bad.length) throw invalidParameters(reading.bad)
  return read
}

/** Keeps what `_fields` names (`a`, `a.b`); without it, everything. */
export function trimFields<T extends object>(shown: T, query: URLSearchParams): Partial<T> {
  const fields = listOf(query, '_fields').map((field) => field.split('.')[0] ?? '')
  if (fields.length === 0) return shown
  return Object.fromEntries(Object.entries(shown).filter(([name]) => fields.includes(name))) as Partial<T>
}

/** Cuts one page out of a list and writes the headers of paging; past the end the totals are 0. */
export function paginate<T>(
  items: T[],
  o: { read: ListQuery; url: string; query: URLSearchParams },
): { items: T[]; headers: Record<string, string> } {
  const { page, perPage } = o.read
  const slice = items.slice((page - 1) * perPage, page * perPage)
  const isPastEnd = slice.length === 0
  const [total, pages] = isPastEnd ? [0, 0] : [items.length, Math.ceil(items.length / perPage)]
  const links: string[] = []
  if (page > 1) links.push(`<${pageUrl(o, Math.min(page - 1, pages))}>; rel="prev"`)
  if (page < pages) links.push(`<${pageUrl(o, page + 1)}>; rel="next"`)
  const headers: Record<string, string> = { 'X-WP-Total': String(total), 'X-WP-TotalPages': String(pages) }
  if (links.length) headers.Link = links.join(', ')
  return { items: slice, headers }
}

function pageUrl({ read, url, query }: { read: ListQuery; url: string; query: URLSearchParams }, page: number): string {
  const next = new URLSearchParams(query)
  if (!next.has('status')) for (const [index, status] of read.statuses.entries()) next.set(`status[${index}]`, status)
  if (!next.has('dp')) next.set('dp', '2')
  if (!next.has('context')) next.set('context', 'view')
  next.set('page', String(page))
  return `${url}?${next}`
}
