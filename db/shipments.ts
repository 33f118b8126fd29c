import type { Selectable } from 'kysely'
import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { DeliveryNote, Parcel, TrackingStatus } from '../domain/shipment.ts'
import type { Db } from './connect.ts'
import type { ParcelsTable, ShipmentsTable } from './schema-shipments.ts'

/** Writes down a delivery note of the ERP with the order it belongs to; the same one again changes nothing. */
export async function addShipment(db: Db, ref: OrderRef, note: DeliveryNote): Promise<void> {
  await db
    .insertInto('shipments')
    .values({
      delivery_note: note.number,
      site: ref.site,
      web_id: ref.webId,
      content: JSON.stringify(note),
      state: 'ready',
    })
    .onConflict((c) => c.column('delivery_note').doNothing())
    .execute()
}

/** Reads a delivery note; Refused when it is not known here. */
export async function readShipment(db: Db, number: string): Promise<DeliveryNote & { ref: OrderRef }> {
  const row = await db.selectFrom('shipments').selectAll().where('delivery_note', '=', number).executeTakeFirst()
  if (!row) throw new Refused('refused', `bon de livraison ${number} absent`)
  return { ...row.content, ref: { site: row.site, webId: row.web_id } }
}

/** Whose delivery note this is; null when it is not known here. */
export async function findShipmentOrder(db: Db, number: string): Promise<OrderRef | null> {
  const row = await db
    .selectFrom('shipments')
    .select(['site', 'web_id'])
    .where('delivery_note', '=', number)
    .executeTakeFirst()
  return row ? { site: row.site, webId: row.web_id } : null
}

/** Moves a shipment; its parcels are not asked for any more once it has ended. */
export async function setShipmentState(
  db: Db,
  number: string,
  state: ShipmentsTable['state'],
  { ended }: { ended: boolean },
): Promise<void> {
  await db.updateTable('shipments').set({ state }).where('delivery_note', '=', number).execute()
  if (ended) await db.updateTable('parcels').set({ next_check_at: null }).where('delivery_note', '=', number).execute()
}

/** One parcel of a note; Refused when the note has no such rank. */
export function parcelOf(note: DeliveryNote, rank: number): Parcel {
  const parcel = note.parcels.find((p) => p.rank === rank)
  if (!parcel) throw new Refused('refused', `le bon ${note.number} n'a pas de colis ${rank}`)
  return parcel
}

/** True once the delivery note has left: its parcels can come back. */
export async function hasLeft(db: Db, number: string): Promise<boolean> {
  const row = await db.selectFrom('shipments').select('state').where('delivery_note', '=', number).executeTakeFirst()
  return row !== undefined && row.state !== 'ready' && row.state !== 'cancelled'
}

/** Changes what was told of a delivery note: a parcel that the branch added here, another carrier or service; one change at a time. */
export async function changeShipment(
  db: Db,
  number: string,
  change: (note: DeliveryNote) => Partial<DeliveryNote>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('shipments').select('state').where('delivery_note', '=', number).forUpdate().execute()
    const { ref: _, ...note } = await readShipment(tx, number)
    const content = JSON.stringify({ ...note, ...change(note) })
    await tx.updateTable('shipments').set({ content }).where('delivery_note', '=', number).execute()
  })
}

/** A labelled parcel to follow. */
export interface NewParcel {
  reference: string
  deliveryNote: string
  ref: OrderRef
  rank: number
  carrier: string
  service: string
  branch: string
  trackingNumber: string
  pieceNumber: string | null
  trackingUrl: string
  document: string
  price: number | null
}

/** Writes down a labelled parcel; a repeat of its reference takes its place, one given up was set aside before. */
export async function addParcel(db: Db, p: NewParcel): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('parcels').where('reference', '=', p.reference).execute()
    await tx
      .insertInto('parcels')
      .values({
        reference: p.reference,
        delivery_note: p.deliveryNote,
        site: p.ref.site,
        web_id: p.ref.webId,
        rank: p.rank,
        carrier: p.carrier,
        service: p.service,
        branch: p.branch,
        piece_number: p.pieceNumber,
        tracking_number: p.trackingNumber,
        tracking_url: p.trackingUrl,
        document: p.document,
        price: p.price,
        status: 'announced',
        status_at: new Date(),
        next_check_at: new Date(),
      })
      .execute()
  })
}

/** The labelled parcels of a note, by rank. */
export const readParcels = (db: Db, deliveryNote: string) =>
  db.selectFrom('parcels').selectAll().where('delivery_note', '=', deliveryNote).orderBy('rank').execute()

/** One labelled parcel; Refused while it has no label. */
export async function readParcel(db: Db, deliveryNote: string, rank: number) {
  const row = await db
    .selectFrom('parcels')
    .selectAll()
    .where('delivery_note', '=', deliveryNote)
    .where('rank', '=', rank)
    .executeTakeFirst()
  if (!row) throw new Refused('refused', `le colis ${rank} du bon ${deliveryNote} n'a pas d'étiquette`)
  return row
}

/** The parcels of a carrier that are due to be asked for, oldest question first. */
export const dueParcels = (db: Db, carrier: string, limit: number) =>
  db
    .selectFrom('parcels')
    .selectAll()
    .where('carrier', '=', carrier)
    .where('next_check_at', '<=', new Date())
    .orderBy('next_check_at')
    .limit(limit)
    .execute()

/** A labelled parcel as the database keeps it. */
export type ParcelRow = Selectable<ParcelsTable>

/** Writes down what a carrier said, and when to ask again; null: never. */
export async function noteScan(
  db: Db,
  reference: string,
  o: { status?: TrackingStatus; at?: string; nextCheck: Date | null },
): Promise<void> {
  await db
    .updateTable('parcels')
    .set({ next_check_at: o.nextCheck, ...(o.status ? { status: o.status, status_at: o.at ?? new Date() } : {}) })
    .where('reference', '=', reference)
    .execute()
}
