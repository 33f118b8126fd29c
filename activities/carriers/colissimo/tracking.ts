import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { TrackingEvent } from '../../../domain/shipment.ts'
import type { ColissimoClient } from './client.ts'
import { statusOf } from './statuses.ts'
import { WHO } from './wire.ts'
import { readSuivi, type SuiviEntry, type SuiviEvent } from './wire-tracking.ts'

/** Asks for at most ten parcels at once; numbers that nobody knows yet are left out. */
export async function trackNumbers(numbers: string[], client: ColissimoClient): Promise<TrackingEvent[]> {
  if (numbers.length === 0) return []
  const reply = await client.idShips(numbers)
  if (reply.status === 401 || reply.status === 403) throw new Refused('login-refused', `HTTP ${reply.status}`)
  const entries = readSuivi(reply)
  // 400 blames one malformed number without telling which: each is asked for alone, and that one is left out.
  if (reply.status === 400 && numbers.length > 1) {
    return (await Promise.all(numbers.map((number) => trackNumbers([number], client)))).flat()
  }
  if (entries.length > 0 && entries.every(({ returnCode }) => TRANSIENT.includes(returnCode)))
    throw new Unavailable(`${WHO}: tracking ${entries[0]?.returnCode}`, { nothingHappened: true })
  return latestEvents(entries)
}

/** Upstream timeout, quota reached. */
const TRANSIENT = [504, 429]

/** The latest event that means something of each parcel asked for; a parcel without one is left out. */
export function latestEvents(entries: SuiviEntry[]): TrackingEvent[] {
  return entries.flatMap(({ shipment }) => {
    const [latest] = (shipment?.event ?? [])
      .flatMap((event) => eventOf(event, shipment?.idShip ?? ''))
      .sort(newestFirst)
    return latest ? [latest] : []
  })
}

function eventOf({ code, label, date }: SuiviEvent, trackingNumber: string): TrackingEvent[] {
  const status = statusOf(code ?? '')
  const moment = Date.parse(date ?? '')
  if (!status || Number.isNaN(moment)) return []
  return [{ trackingNumber, pieceNumber: null, status, label: label ?? '', at: new Date(moment).toISOString() }]
}

/** By date; events of one moment keep the list's order, which is newest first. */
const newestFirst = (a: TrackingEvent, b: TrackingEvent): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)
