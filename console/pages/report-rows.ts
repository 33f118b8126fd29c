import type { Expression, ExpressionBuilder } from 'kysely'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Light, OperationsTable, Tables } from '../../db/schema.ts'
import { PAGE_SIZE } from './parts.ts'
import { likePattern, type ReportFilter } from './report-filter.ts'

/** One row of the report, with what the shop's customers see as the order's number. */
export type ReportRow = Selectable<OperationsTable> & { number: string | null }

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

const filtered = (db: Db, f: ReportFilter) =>
  db
    .selectFrom('operations')
    .leftJoin('orders', (join) =>
      join.onRef('orders.site', '=', 'operations.site').onRef('orders.web_id', '=', 'operations.web_id'),
    )
    .where((eb) => eb.and(conditions(eb as unknown as Builder, f)))

/** Rows of the report, newest first: from an offset, or after a row whose id is given (which stays fast however far down). */
export function readReport(
  db: Db,
  f: ReportFilter,
  o: { limit: number } & ({ offset: number } | { after: string }),
): Promise<ReportRow[]> {
  const newestFirst = filtered(db, f)
    .selectAll('operations')
    .select('orders.number')
    .orderBy('operations.started_at', 'desc')
    .orderBy('operations.id', 'desc')
    .limit(o.limit)
  if ('offset' in o) return newestFirst.offset(o.offset).execute()
  const last = sql`(select last.started_at, last.id from operations as last where last.id = ${o.after})`
  return newestFirst.where(sql<SqlBool>`(operations.started_at, operations.id) < ${last}`).execute()
}

/** One page of the report: its rows, how many there are in all, and equal errors together. */
export async function readReportPage(db: Db, f: ReportFilter, page: number) {
  const [rows, { total }, errors] = await Promise.all([
    readReport(db, f, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    filtered(db, f)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    readErrors(db, { ...f, erreur: '' }),
  ])
  return { rows, total, errors }
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
