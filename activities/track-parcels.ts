import { heartbeat } from '@temporalio/activity'
import type { Db } from '../db/connect.ts'
import { reportOperation } from '../db/operations.ts'
import { dueParcels, noteScan, type ParcelRow } from '../db/shipments.ts'
import { dueVoidedLabels, noteVoidedCheck, type VoidedLabelRow } from '../db/voided-labels.ts'
import { isFinal, replaces, type TrackingEvent, type TrackingStatus } from '../domain/shipment.ts'
import type { Carrier } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'
import { noCounts, type RunCounts, reportRun } from './run-report.ts'

/** Parcels asked for in one run; what is left is due again at the next one. */
const PARCELS_PER_RUN = 1_000
const VOIDED_PER_RUN = 100

type Followed = Pick<ParcelRow, 'tracking_number' | 'piece_number'>

/** The errand that asks carriers where the parcels are. */
export function trackingActivities(deps: Deps) {
  const { db, carrierOf } = deps
  return {
    /** Asks for the due parcels, many per call; only a changed status reaches a life. Labels given up are watched too. */
    async trackDueParcels({ carrier: code, run }: { carrier: string; run: string }): Promise<{ handled: number }> {
      const operation = { id: run, type: `Suivi des colis ${code}`, direction: 'codial-site' as const, site: null }
      return reportRun(db, operation, async () => {
        const [carrier, counts] = [carrierOf(code), noCounts()]
        const due = await dueParcels(db, code, PARCELS_PER_RUN)
        await askInBatches(carrier, due, (parcel, event) => takeScan(deps, parcel, event, counts))
        const voided = await dueVoidedLabels(db, code, VOIDED_PER_RUN)
        await askInBatches(carrier, voided, (label, event) => watchVoided(deps, label, event, counts))
        return counts
      })
    },
  }
}

/** Asks as many at a time as the carrier allows, and hands each its latest event. */
async function askInBatches<F extends Followed>(
  carrier: Carrier,
  all: F[],
  take: (one: F, event: TrackingEvent | undefined) => Promise<void>,
): Promise<void> {
  const { trackingBatch } = carrier.abilities
  for (let i = 0; i < all.length; i += trackingBatch) {
    const batch = all.slice(i, i + trackingBatch)
    const events = await carrier.trackParcels(
      batch.map((one) => ({ trackingNumber: one.tracking_number, pieceNumber: one.piece_number })),
    )
    for (const one of batch) await take(one, eventOf(one, events))
    heartbeat({ asked: i + batch.length })
  }
}

const eventOf = ({ tracking_number, piece_number }: Followed, events: TrackingEvent[]): TrackingEvent | undefined =>
  events.find((e) => e.trackingNumber === tracking_number && (e.pieceNumber === null || e.pieceNumber === piece_number))

/** Tells the life first and writes down after: a crash in between tells again, and a life knows a fact by its id. */
async function takeScan(
  { db, lives, nextCheck }: Deps,
  parcel: ParcelRow,
  event: TrackingEvent | undefined,
  counts: RunCounts,
): Promise<void> {
  const next = (status: TrackingStatus): Date | null => after(nextCheck(ageOf(parcel.labelled_at), status))
  if (!event || !replaces(parcel.status, event.status))
    return noteScan(db, parcel.reference, { nextCheck: next(parcel.status) })
  const { status, at } = event
  const ref = { site: parcel.site, webId: parcel.web_id }
  const fact = { name: 'parcelScanned' as const, id: `${parcel.rank}:${status}:${at}`, rank: parcel.rank, status, at }
  await lives.tellShipment(ref, parcel.delivery_note, fact)
  await noteScan(db, parcel.reference, { status, at, nextCheck: isFinal(status) ? null : next(status) })
  counts.handled += 1
  counts.modified += 1
}

/** A label given up that is scanned all the same was used, and will be billed: a person must know, once. */
async function watchVoided(
  { db, nextCheck }: Deps,
  label: VoidedLabelRow,
  event: TrackingEvent | undefined,
  counts: RunCounts,
): Promise<void> {
  const { reference, carrier, tracking_number, site, web_id } = label
  const isUsed = event !== undefined && event.status !== 'announced' && !(await sharesItsNumber(db, label))
  if (!isUsed)
    return noteVoidedCheck(db, reference, { nextCheck: after(nextCheck(ageOf(label.voided_at), 'announced')) })
  await reportOperation(db, {
    id: `voided-scan:${reference}`,
    type: 'Étiquette annulée scannée',
    direction: 'interne',
    site,
    web_id,
    light: 'violet',
    message: `L'étiquette ${tracking_number}, annulée ici, a été scannée par ${carrier} le ${event.at.slice(0, 10)} : deux colis sont peut-être partis, et elle sera facturée.`,
    remedy: 'Vérifiez quel colis est parti, et réclamez au transporteur si elle ne devait plus servir.',
    trigger: 'planifié',
    ended_at: new Date(),
  })
  await noteVoidedCheck(db, reference, { nextCheck: null, scannedAt: event.at })
  counts.failed += 1
}

/** A piece given up of a shipment whose other pieces went on: what is seen of the number is theirs. */
async function sharesItsNumber(db: Db, { carrier, tracking_number }: VoidedLabelRow): Promise<boolean> {
  const same = db.selectFrom('parcels').select('reference').where('carrier', '=', carrier)
  return (await same.where('tracking_number', '=', tracking_number).executeTakeFirst()) !== undefined
}

const ageOf = (since: Date): number => Date.now() - since.getTime()
const after = (wait: number | null): Date | null => (wait === null ? null : new Date(Date.now() + wait))
