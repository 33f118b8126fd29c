import type { TrackedParcel, TrackingEvent } from '../../../domain/shipment.ts'
import { momentOf } from './moments.ts'
import { statusOf } from './statuses.ts'
import type { DhlEvent, DhlTracked } from './wire-tracking.ts'

/** The latest event that means something of each parcel asked for; a parcel without one is left out. */
export function latestEvents(parcels: TrackedParcel[], shipments: DhlTracked[]): TrackingEvent[] {
  const known = new Map(shipments.map((shipment) => [shipment.shipmentTrackingNumber, shipment]))
  return parcels.flatMap((parcel) => {
    const shipment = known.get(parcel.trackingNumber)
    return shipment ? (latestOf(parcel, shipment) ?? []) : []
  })
}

/** A piece's own events where it has some: "partial delivery" of the shipment says nothing of one piece. */
function latestOf(parcel: TrackedParcel, { events, pieces }: DhlTracked): TrackingEvent | undefined {
  if (parcel.pieceNumber === null) return latest(parcel, events)
  const piece = pieces.find(({ trackingNumber }) => trackingNumber === parcel.pieceNumber)
  const whole = events.filter(({ typeCode }) => typeCode.trim() !== 'PD')
  return latest(parcel, piece?.events ?? []) ?? latest(parcel, whole)
}

/** By date; of events of one moment the last of the list, which is oldest first (contract, section 0). */
function latest(parcel: TrackedParcel, events: DhlEvent[]): TrackingEvent | undefined {
  return events
    .flatMap((event) => eventOf(parcel, event))
    .reduce<TrackingEvent | undefined>((last, event) => (last && last.at > event.at ? last : event), undefined)
}

function eventOf({ trackingNumber, pieceNumber }: TrackedParcel, event: DhlEvent): TrackingEvent[] {
  const status = statusOf(event.typeCode)
  const at = momentOf({ date: event.date, time: event.time, offset: event.GMTOffset })
  if (!status || !at) return []
  // "Delivered : ALBY H": who signed is nobody's business but the customer's.
  const label = status === 'delivered' ? event.description.replace(/\s*:.*$/s, '') : event.description
  return [{ trackingNumber, pieceNumber, status, label: label.trim(), at }]
}
