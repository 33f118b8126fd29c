import type { Selectable } from 'kysely'
import type { Db } from './connect.ts'
import type { VoidedLabelsTable } from './schema-shipments.ts'

/** A label given up, as the database keeps it. */
export type VoidedLabelRow = Selectable<VoidedLabelsTable>

/** Moves a labelled parcel to the labels given up, by its reference; one that was moved already stays. */
export async function moveToVoided(db: Db, reference: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const parcel = await tx.deleteFrom('parcels').where('reference', '=', reference).returningAll().executeTakeFirst()
    if (parcel) await addVoided(tx, parcel)
  })
}

/** A label to give up: of a labelled parcel, or found only when it was given up. */
export type GivenUp = Pick<
  VoidedLabelRow,
  'reference' | 'carrier' | 'tracking_number' | 'piece_number' | 'site' | 'web_id' | 'delivery_note' | 'rank'
>

/** Writes down a label that is given up: it is watched from now on. */
export async function addVoided(db: Db, given: GivenUp): Promise<void> {
  const { reference, carrier, tracking_number, piece_number, site, web_id, delivery_note, rank } = given
  const where = { site, web_id, delivery_note, rank }
  await db
    .insertInto('voided_labels')
    .values({ reference, carrier, tracking_number, piece_number, ...where, next_check_at: new Date() })
    .onConflict((c) => c.column('reference').doNothing())
    .execute()
}

/** One label given up; undefined when there is none of this reference. */
export const findVoided = (db: Db, reference: string) =>
  db.selectFrom('voided_labels').selectAll().where('reference', '=', reference).executeTakeFirst()

/** The labels given up that are due to be asked for, oldest question first. */
export const dueVoidedLabels = (db: Db, carrier: string, limit: number) =>
  db
    .selectFrom('voided_labels')
    .selectAll()
    .where('carrier', '=', carrier)
    .where('next_check_at', '<=', new Date())
    .orderBy('next_check_at')
    .limit(limit)
    .execute()

/** Writes down when a label given up is asked for again, null: never; `scannedAt` when it turned out to be used. */
export async function noteVoidedCheck(
  db: Db,
  reference: string,
  o: { nextCheck: Date | null; scannedAt?: string },
): Promise<void> {
  await db
    .updateTable('voided_labels')
    .set({ next_check_at: o.nextCheck, ...(o.scannedAt ? { scanned_at: o.scannedAt } : {}) })
    .where('reference', '=', reference)
    .execute()
}
