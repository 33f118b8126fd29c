import type { Expression, ExpressionBuilder } from 'kysely'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Light, OperationsTable, Tables } from '../../db/schema.ts'
import { LIGHT_WORDS } from '../words.ts'
import { PAGE_SIZE } from './parts.ts'

/** What the report is narrowed to; empty texts narrow nothing. */
export interface ReportFilter {
  site: string
  type: string
  voyant: string
  /** Days in Paris, such as 2026-11-24, both included. */
  du: string
  au: string
  operateur: string
  agence: string
  erreur: string
  reference: string
  attente: string
}

/** One row of the report, with what the shop's customers see as the order's number. */
export type ReportRow = Selectable<OperationsTable> & { number: string | null }

/** Reads the filter from an address; what makes no sense narrows nothing. */
export function readFilter(query: Record<string, string>): ReportFilter {
  const text = (name: string): string => (query[name] ?? '').trim().slice(0, 100)
  const day = (name: string): string => (isDay(text(name)) ? text(name) : '')
  return {
    site: text('site'),
    type: text('type'),
    voyant: text('voyant') in LIGHT_WORDS ? text('voyant') : '',
    du: day('du'),
    au: day('au'),
    operateur: text('operateur'),
    agence: text('agence'),
    erreur: text('erreur'),
    reference: text('reference'),
    attente: text('attente') === 'oui' ? 'oui' : '',
  }
}

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

type Builder = ExpressionBuilder<Tables & { orders: Tables['orders'] }, 'operations' | 'orders'>

function conditions(eb: Builder, f: ReportFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  if (f.site) all.push(eb('operations.site', '=', f.site))
  if (f.type) all.push(eb('operations.type', '=', f.type))
  if (f.voyant) all.push(eb('operations.light', '=', f.voyant as Light))
  if (f.du) all.push(sql<SqlBool>`operations.started_at >= ${f.du}::date::timestamp at time zone 'Europe/Paris'`)
  if (f.au) all.push(sql<SqlBool>`operations.started_at < (${f.au}::date + 1)::timestamp at time zone 'Europe/Paris'`)
  if (f.operateur) all.push(eb('operations.operator', '=', f.operateur))
  if (f.agence) all.push(eb('operations.branch', '=', f.agence))
  if (f.erreur) all.push(eb('operations.error_code', '=', f.erreur))
  if (f.attente) all.push(eb('operations.parked_at', 'is not', null))
  if (f.reference) {
    const pattern = likePattern(f.reference)
    all.push(
      eb.or(
        (['operations.web_id', 'operations.erp_number', 'orders.number'] as const).map((column) =>
          eb(column, 'ilike', pattern),
        ),
      ),
    )
  }
  return all
}

/** Anything that contains the text, its own wildcards taken literally. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const filtered = (db: Db, f: ReportFilter) =>
  db
    .selectFrom('operations')
    .leftJoin('orders', (join) =>
      join.onRef('orders.site', '=', 'operations.site').onRef('orders.web_id', '=', 'operations.web_id'),
    )
    .where((eb) => eb.and(conditions(eb as unknown as Builder, f)))

/** Rows of the report, newest first. */
export const readReport = (db: Db, f: ReportFilter, o: { offset: number; limit: number }): Promise<ReportRow[]> =>
  filtered(db, f)
    .selectAll('operations')
    .select('orders.number')
    .orderBy('operations.started_at', 'desc')
    .orderBy('operations.id', 'desc')
    .offset(o.offset)
    .limit(o.limit)
    .execute()

/** One page of the report with all that stands around it: how many rows, equal errors together, what can be chosen. */
export async function readReportPage(db: Db, f: ReportFilter, page: number) {
  const [rows, { total }, errors, types, operators, branches] = await Promise.all([
    readReport(db, f, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    filtered(db, f)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    readErrors(db, { ...f, erreur: '' }),
    distinct(db, 'type'),
    distinct(db, 'operator'),
    distinct(db, 'branch'),
  ])
  return { rows, total, errors, types, operators, branches }
}

/** Equal errors of the filtered rows, most frequent first. */
const readErrors = (db: Db, f: ReportFilter) =>
  filtered(db, f)
    .where('operations.error_code', 'is not', null)
    .select('operations.error_code as code')
    .select((eb) => eb.fn.countAll<number>().as('times'))
    .groupBy('operations.error_code')
    .orderBy('times', 'desc')
    .orderBy('code')
    .limit(12)
    .execute()

async function distinct(db: Db, column: 'type' | 'operator' | 'branch'): Promise<string[]> {
  const rows = await db.selectFrom('operations').select(`${column} as value`).distinct().orderBy('value').execute()
  return rows.flatMap(({ value }) => (value ? [value] : []))
}
