import { Unavailable } from '../../../domain/failures.ts'
import type { TrackedParcel, TrackingEvent } from '../../../domain/shipment.ts'
import type { ChronopostClient } from './client.ts'
import { answerOf, isSystemFailure, spokenOf } from './errors.ts'
import { sideBySide } from './side-by-side.ts'
import { statusOf } from './statuses.ts'
import { type SkybillEvent, Tracked, WHO } from './wire.ts'

/** Asks for each parcel alone, four at a time; a failing one is left out, unless there is nothing but failures. */
export async function trackParcels(parcels: TrackedParcel[], client: ChronopostClient): Promise<TrackingEvent[]> {
  const answers = await sideBySide(parcels, {
    width: 4,
    act: async ({ trackingNumber }) => {
      const reply = answerOf(await client.trackSkybill(trackingNumber), Tracked, { buys: false })
      if (reply.errorCode === 1 || isSystemFailure(reply.errorMessage))
        throw new Unavailable(`${WHO}: ${spokenOf(reply)}`, { nothingHappened: true })
      return latestOf(reply.listEventInfoComp?.events ?? [], trackingNumber)
    },
  })
  const failure = answers.find((answer) => answer.status === 'rejected')
  if (failure && answers.every((answer) => answer.status === 'rejected')) throw failure.reason
  return answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []))
}

/** The latest event that means something: by date, then by place in the list, whose last one is newest. */
export function latestOf(events: SkybillEvent[], trackingNumber: string): TrackingEvent | null {
  return events
    .flatMap((event) => eventOf(event, trackingNumber))
    .reduce<TrackingEvent | null>((latest, event) => (latest && latest.at > event.at ? latest : event), null)
}

function eventOf(
  { code = '', eventDate = '', eventLabel: label = '' }: SkybillEvent,
  trackingNumber: string,
): TrackingEvent[] {
  const status = statusOf({ code, label })
  const moment = Date.parse(eventDate)
  if (!status || Number.isNaN(moment)) return []
  return [{ trackingNumber, pieceNumber: null, status, label, at: new Date(moment).toISOString() }]
}
