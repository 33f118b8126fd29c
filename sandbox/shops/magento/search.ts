import type { Criteria, Filter } from './criteria.ts'
import { internalError } from './problems.ts'

/** A row as the database compares it: numbers, texts, times as texts. */
export type Columns = Record<string, string | number | null>

/** A row to search, and what to show of it. */
export interface Found {
  columns: Columns
  show: () => unknown
}

/** Searches, sorts and pages; a column that does not exist is a failure of the database. */
export function search(
  rows: Found[],
  criteria: Criteria,
  o: { repeatsLastPage: boolean; known: readonly string[] },
): { items: unknown[]; search_criteria: Criteria; total_count: number } {
  const fields = [
    ...criteria.filter_groups.flatMap((group) => group.filters.map((filter) => filter.field)),
    ...(criteria.sort_orders ?? []).map((sort) => sort.field),
  ]
  if (fields.some((field) => !o.known.includes(field))) throw internalError()
  const found = rows.filter(({ columns }) =>
    criteria.filter_groups.every(({ filters }) => filters.length === 0 || filters.some((f) => matches(columns, f))),
  )
  const sorted = sortRows(found, criteria)
  const page = pageOf(sorted, criteria, o.repeatsLastPage)
  return { items: page.map((row) => row.show()), search_criteria: criteria, total_count: found.length }
}

function sortRows(rows: Found[], { sort_orders = [] }: Criteria): Found[] {
  return [...rows].sort((a, b) => {
    for (const { field, direction } of sort_orders) {
      const order = compare(a.columns[field] ?? null, b.columns[field] ?? null)
      if (order !== 0) return direction === 'ASC' ? order : -order
    }
    return 0
  })
}

/** Without a page size everything comes; before 2.4 a page past the end is the last one again. */
function pageOf(rows: Found[], { page_size: size, current_page: page }: Criteria, repeatsLastPage: boolean): Found[] {
  if (!size || size < 1) return rows
  const last = Math.max(1, Math.ceil(rows.length / size))
  const wanted = Math.max(1, page ?? 1)
  const number = repeatsLastPage ? Math.min(wanted, last) : wanted
  return rows.slice((number - 1) * size, number * size)
}

type Value = string | number | null

function compare(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()]
  return left < right ? -1 : left > right ? 1 : 0
}

/** A time of a filter as the database reads it: UTC; a zone is nothing it knows. */
function timeOf(text: string): string {
  const [, day, clock = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?$/.exec(text) ?? []
  if (day === undefined) throw internalError()
  return `${day} ${clock}`
}

const asColumn = (field: string, text: string, column: Value): Value => {
  if (field.endsWith('_at')) return timeOf(text)
  return typeof column === 'number' ? Number.parseFloat(text) || 0 : text
}

const likeness = (pattern: string) => {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${source}$`, 'is')
}

type Condition = (column: Value, filter: Filter) => boolean

const against =
  (test: (order: number) => boolean): Condition =>
  (column, { field, value }) =>
    column !== null && test(compare(column, asColumn(field, value, column)))

const among: Condition = (column, { field, value }) =>
  column !== null && value.split(',').some((part) => compare(column, asColumn(field, part, column)) === 0)

const CONDITIONS: Record<string, Condition> = {
  eq: against((order) => order === 0),
  neq: against((order) => order !== 0),
  gt: against((order) => order > 0),
  gteq: against((order) => order >= 0),
  from: against((order) => order >= 0),
  moreq: against((order) => order >= 0),
  lt: against((order) => order < 0),
  lteq: against((order) => order <= 0),
  to: against((order) => order <= 0),
  in: among,
  nin: (column, filter) => column !== null && !among(column, filter),
  like: (column, { value }) => column !== null && likeness(value).test(String(column)),
  nlike: (column, { value }) => column !== null && !likeness(value).test(String(column)),
  null: (column) => column === null,
  notnull: (column) => column !== null,
  finset: (column, { value }) => column !== null && String(column).split(',').includes(value),
}

function matches(columns: Columns, filter: Filter): boolean {
  const condition = Object.hasOwn(CONDITIONS, filter.condition_type) ? CONDITIONS[filter.condition_type] : undefined
  if (!condition) throw internalError()
  return condition(columns[filter.field] ?? null, filter)
}
