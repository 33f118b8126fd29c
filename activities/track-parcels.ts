import { heartbeat } from '@temporalio/activity'
import { dueParcels, noteScan, type ParcelRow } from '../db/shipments.ts'
import { isFinal, replaces, type TrackingEvent } from '../domain/shipment.ts'
import type { Deps } from './deps.ts'
import { noCounts, type RunCounts, reportRun } from './run-report.ts'

/** Parcels asked for in one run; what is left is due again at the next one. */
const PARCELS_PER_RUN = 1_000

/** The errand that asks carriers where the parcels are. */
export function trackingActivities(deps: Deps) {
  const { db, carrierOf } = deps
  return {
    /** Asks for the due parcels, many per call; only a changed status reaches a life. */
    async trackDueParcels({ carrier: code, run }: { carrier: string; run: string }): Promise<{ handled: number }> {
      const operation = { id: run, type: `Suivi des colis ${code}`, direction: 'codial-site' as const, site: null }
      return reportRun(db, operation, async () => {
        const [carrier, counts] = [carrierOf(code), noCounts()]
        const due = await dueParcels(db, code, PARCELS_PER_RUN)
        for (let i = 0; i < due.length; i += carrier.trackingBatch) {
          const batch = due.slice(i, i + carrier.trackingBatch)
          const events = await carrier.trackParcels(batch.map((parcel) => parcel.tracking_number))
          for (const parcel of batch) await takeScan(deps, parcel, events, counts)
          heartbeat({ asked: i + batch.length })
        }
        return counts
      })
    },
  }
}

/** Tells the life first and writes down after: a crash in between tells again, and a life knows a fact by its id. */
async function takeScan(
  { db, lives, nextCheck }: Deps,
  parcel: ParcelRow,
  events: TrackingEvent[],
  counts: RunCounts,
): Promise<void> {
  const wait = nextCheck(Date.now() - parcel.labelled_at.getTime())
  const next = wait === null ? null : new Date(Date.now() + wait)
  const event = events.find(({ trackingNumber }) => trackingNumber === parcel.tracking_number)
  if (!event || !replaces(parcel.status, event.status)) return noteScan(db, parcel.reference, { nextCheck: next })
  const { status, at } = event
  const ref = { site: parcel.site, webId: parcel.web_id }
  const fact = { name: 'parcelScanned' as const, id: `${parcel.rank}:${status}:${at}`, rank: parcel.rank, status, at }
  await lives.tellShipment(ref, parcel.delivery_note, fact)
  await noteScan(db, parcel.reference, { status, at, nextCheck: isFinal(status) ? null : next })
  counts.handled += 1
  counts.modified += 1
}
