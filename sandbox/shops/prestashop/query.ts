import type { Field, Row, Schema, Version } from './model.ts'
import { textOf } from './model.ts'
import { refuse, refuseQuery } from './replies.ts'
import { closest } from './words.ts'

/** What a list request asks for. */
export interface ListQuery {
  /** null: ids only; otherwise the fields, or 'full'. */
  display: Set<string> | 'full' | null
  filters: ((row: Row) => boolean)[]
  sort: { field: Field; isDescending: boolean }[]
  limit: { offset: number; count: number } | null
}

const ID: Field = { name: 'id', kind: 'int' }
const DATES = ['date_add', 'date_upd']

/** The fields that may be filtered and sorted on; times only with `date=1`. */
function usableFields(schema: Schema, query: URLSearchParams): Field[] {
  const withDates = query.get('date') === '1'
  return [ID, ...schema.fields].filter(({ name }) => withDates || !DATES.includes(name))
}

/** Reads the parameters of a list; the first wrong one is refused as the program does. */
export function readListQuery(query: URLSearchParams, schema: Schema, version: Version): ListQuery {
  return {
    display: readDisplay(query.get('display'), schema, version),
    filters: readFilters(query, schema, version),
    sort: readSort(query, schema, version),
    limit: readLimit(query.get('limit')),
  }
}

/** Reads `display`: full, or a list of fields. */
export function readDisplay(text: string | null, schema: Schema, version: Version): ListQuery['display'] {
  if (text === null) return null
  if (text === 'full') return 'full'
  const names = [ID, ...schema.fields].map(({ name }) => name)
  const inside = /^\[(.*)\]$/.exec(text)?.[1]
  if (inside === undefined) {
    const message = `The 'display' syntax is wrong. You can set 'full' or '[field_1,field_2,field_3,...]'. These are available: ${names.join(', ')}`
    throw refuseQuery(version, 36, message)
  }
  const asked = inside.split(',')
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown === undefined) return new Set(asked)
  const message = `Unable to display this field "${unknown}". However, these are available: ${names.join(', ')}`
  throw refuseQuery(version, 35, message)
}

function readFilters(query: URLSearchParams, schema: Schema, version: Version): ListQuery['filters'] {
  const usable = usableFields(schema, query)
  return [...query].flatMap(([key, value]) => {
    const name = /^filter\[(.+)\]$/.exec(key)?.[1]
    if (name === undefined) return []
    const field = usable.find((candidate) => candidate.name === name)
    if (!field) throw refuseQuery(version, 32, unknownFilter(name, usable))
    if (field.notFilterable) {
      const message = `The field "${name}" is dynamic. It is not possible to filter GET query with this field.`
      throw refuseQuery(version, 34, message)
    }
    return [readFilter(field, value)]
  })
}

function unknownFilter(name: string, usable: Field[]): string {
  const names = usable.map((field) => field.name)
  const list = names.map((known) => `"${known}"`).join(', ')
  return `This filter does not exist. Did you mean: "${closest(name, names)}"? The full list is: ${list}`
}

const NUMBERS = /^([\d.:\s-]+),([\d.:\s-]+)$/

/** One filter: `[v]`, `[a|b]`, `[a,b]`, `>[v]`, `<[v]`, `![v]`, `[v]%`, `%[v]`, `%[v]%`, or a bare value. */
function readFilter(field: Field, text: string): (row: Row) => boolean {
  const lowerOf = (row: Row) => textOf(row, field.name).toLowerCase()
  const order = (row: Row, wanted: string) => compareTexts(lowerOf(row), bound(field, wanted), field)
  const [, operator, than] = /^([<>!])\[([^\]]+)\]$/.exec(text) ?? []
  if (than !== undefined) {
    if (operator === '!') return (row) => order(row, than) !== 0
    return (row) => (operator === '>' ? order(row, than) > 0 : order(row, than) < 0)
  }
  const [, before, inside, after] = /^(%)?\[([^\]]+)\](%)?$/.exec(text) ?? []
  if (inside === undefined) return (row) => order(row, text) === 0
  const part = inside.toLowerCase()
  if (before && after) return (row) => lowerOf(row).includes(part)
  if (before) return (row) => lowerOf(row).endsWith(part)
  if (after) return (row) => lowerOf(row).startsWith(part)
  if (inside.includes('|')) return (row) => inside.split('|').some((one) => order(row, one) === 0)
  const [, low, high] = NUMBERS.exec(inside) ?? []
  if (low === undefined || high === undefined) return (row) => order(row, inside) === 0
  return (row) => order(row, low) >= 0 && order(row, high) <= 0
}

/** A day compared with a time is its midnight. */
const bound = (field: Field, text: string) =>
  field.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 00:00:00` : text.toLowerCase()

function compareTexts(left: string, right: string, field: Field): number {
  const isNumber = field.kind === 'int' || field.kind.startsWith('decimal')
  const [a, b] = [Number(left), Number(right)]
  if (isNumber && left !== '' && Number.isFinite(a) && Number.isFinite(b)) return a - b
  return left === right ? 0 : left < right ? -1 : 1
}

function readSort(query: URLSearchParams, schema: Schema, version: Version): ListQuery['sort'] {
  const text = query.get('sort')
  if (text === null || text === '') return []
  const usable = usableFields(schema, query)
  const items = (/^\[(.*)\]$/.exec(text)?.[1] ?? text).split(',')
  return items.map((item) => {
    const [, name, direction] = /^(.+)_(ASC|DESC)$/i.exec(item) ?? []
    if (name === undefined || direction === undefined) {
      throw refuse(400, 37, `The "sort" value has to be as this example: "field_ASC" ("${item}" given)`)
    }
    const field = usable.find((candidate) => candidate.name === name)
    if (!field) throw refuseQuery(version, 38, unknownSort(usable))
    return { field, isDescending: direction.toUpperCase() === 'DESC' }
  })
}

function unknownSort(usable: Field[]): string {
  const plain = usable.filter(({ kind }) => kind !== 'i18n').map(({ name }) => name)
  const translated = usable.filter(({ kind }) => kind === 'i18n').map(({ name }) => name)
  return `Unable to filter by this field. However, these are available: ${plain.join(', ')}, for i18n fields:${translated.join(', ')}`
}

/** `count`, or `offset,count`; what is no number counts as 0, as PHP reads it. */
function readLimit(text: string | null): ListQuery['limit'] {
  if (text === null) return null
  const read = (part: string | undefined) => Number(/^\s*\d+/.exec(part ?? '')?.[0] ?? 0)
  const [first, second] = text.split(',')
  return second === undefined ? { offset: 0, count: read(first) } : { offset: read(first), count: read(second) }
}

/** The rows that a list request asks for, in its order. */
export function select(rows: Row[], query: ListQuery): Row[] {
  const kept = rows.filter((row) => query.filters.every((isKept) => isKept(row)))
  const sorted = query.sort.length === 0 ? kept : kept.sort((a, b) => compareRows(a, b, query.sort))
  return query.limit ? sorted.slice(query.limit.offset, query.limit.offset + query.limit.count) : sorted
}

function compareRows(a: Row, b: Row, sort: ListQuery['sort']): number {
  for (const { field, isDescending } of sort) {
    const [left, right] = [textOf(a, field.name).toLowerCase(), textOf(b, field.name).toLowerCase()]
    const compared = compareTexts(left, right, field)
    if (compared !== 0) return isDescending ? -compared : compared
  }
  return 0
}
