import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Tables } from '../../db/schema.ts'
import { parisDay } from '../../domain/days.ts'
import { isDay, plain } from './report-filter.ts'

/** What the list of parcels is narrowed to; empty texts narrow nothing. */
export interface ParcelFilter {
  /** The day of the label in Paris, such as 2026-11-24; today unless the address says otherwise. */
  jour: string
  agence: string
  transporteur: string
  /** "sans": only parcels that are on no manifest. */
  bordereau: string
}

/** Reads the filter from an address; what makes no sense narrows nothing. */
export function readParcelFilter(query: Record<string, string>): ParcelFilter {
  const jour = plain(query.jour)
  return {
    jour: query.jour === undefined ? today() : isDay(jour) ? jour : '',
    agence: plain(query.agence),
    transporteur: plain(query.transporteur),
    bordereau: plain(query.bordereau) === 'sans' ? 'sans' : '',
  }
}

/** The ISO day in Paris. */
export const today = (): string => parisDay(new Date())

type Builder = ExpressionBuilder<Tables, 'parcels'>

function conditions(eb: Builder, f: ParcelFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  if (f.jour) all.push(inDay('parcels.labelled_at', f.jour))
  if (f.agence) all.push(eb('parcels.branch', '=', f.agence))
  if (f.transporteur) all.push(eb('parcels.carrier', '=', f.transporteur))
  if (f.bordereau) all.push(eb('parcels.manifest', 'is', null))
  return all
}

/** True of a moment of that day in Paris. */
const inDay = (column: string, day: string) =>
  sql<SqlBool>`${sql.ref(column)} >= ${day}::date::timestamp at time zone 'Europe/Paris'
    and ${sql.ref(column)} < (${day}::date + 1)::timestamp at time zone 'Europe/Paris'`

/** Parcels of delivery notes that still leave. */
const listed = (db: Db, f: ParcelFilter) =>
  db
    .selectFrom('parcels')
    .innerJoin('shipments', 'shipments.delivery_note', 'parcels.delivery_note')
    .leftJoin('manifests', 'manifests.id', 'parcels.manifest')
    .where('shipments.state', '<>', 'cancelled')
    .where((eb) => eb.and(conditions(eb as unknown as Builder, f)))

/** The parcels in picking order (by note, then rank), at most `limit`, with how many there are in all. */
export async function readParcelList(db: Db, f: ParcelFilter, limit: number) {
  const [rows, { total }] = await Promise.all([
    listed(db, f)
      .select(['parcels.reference', 'parcels.delivery_note', 'parcels.rank', 'parcels.site', 'parcels.web_id'])
      .select(['parcels.carrier', 'parcels.branch', 'parcels.service', 'parcels.status', 'parcels.document'])
      .select(['parcels.tracking_number', 'parcels.piece_number', 'parcels.tracking_url'])
      .select(['manifests.number as manifest_number', 'manifests.document as manifest_document'])
      .select('manifests.state as manifest_state')
      .orderBy('parcels.delivery_note')
      .orderBy('parcels.rank')
      .limit(limit)
      .execute(),
    listed(db, f)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total }
}

/** One row of the list. */
export type ParcelListRow = Awaited<ReturnType<typeof readParcelList>>['rows'][number]

/** The labels of the whole list, or of the parcels chosen from it, in picking order. */
export async function readLabels(db: Db, f: ParcelFilter, chosen: string[] | 'all'): Promise<string[]> {
  let query = listed(db, f).select('parcels.document').orderBy('parcels.delivery_note').orderBy('parcels.rank')
  if (chosen !== 'all') query = query.where('parcels.reference', 'in', chosen)
  return (await query.execute()).map(({ document }) => document)
}

/** The branches that have parcels, for the filter. */
export async function readBranches(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('parcels').select('branch').distinct().orderBy('branch').execute()
  return rows.map(({ branch }) => branch).filter(Boolean)
}

/** The manifests of a day and those that are still open, newest first, with what one of them waits for. */
export const readDayManifests = (db: Db, f: ParcelFilter) => {
  let query = db.selectFrom('manifests')
  if (f.agence) query = query.where('branch', '=', f.agence)
  if (f.transporteur) query = query.where('carrier', '=', f.transporteur)
  return query
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('parked_steps')
        .select('code')
        .whereRef('workflow_id', '=', 'manifests.id')
        .limit(1)
        .as('waits_for'),
    )
    .where((eb) => eb.or([eb('day', '=', f.jour || today()), eb('state', '=', 'open')]))
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
}

/** One manifest of the list. */
export type DayManifest = Awaited<ReturnType<typeof readDayManifests>>[number]

/** The batches printed on a day, newest first, with the PDF of those that made one. */
export const readDayPrints = (db: Db, f: ParcelFilter) =>
  db
    .selectFrom('operations')
    .leftJoin('documents', (join) =>
      join.on('documents.kind', '=', 'print').onRef('documents.web_id', '=', 'operations.id'),
    )
    .select(['operations.id', 'operations.light', 'operations.message', 'operations.parked_at', 'operations.remedy'])
    .select(['operations.started_at', 'operations.operator', 'documents.id as document'])
    .where('operations.type', '=', "Impression d'étiquettes")
    .where(inDay('operations.started_at', f.jour || today()))
    .orderBy('operations.started_at', 'desc')
    .limit(5)
    .execute()

/** One batch of the list. */
export type DayPrint = Awaited<ReturnType<typeof readDayPrints>>[number]
