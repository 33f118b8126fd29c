import { readFileSync } from 'node:fs'
import { offsetOf, wallClockOf } from './dates.ts'
import type { Scan, Shipment } from './model.ts'
import { areaOf } from './places.ts'

const file = new URL('../../data/dhl/tracking-events.json', import.meta.url)

/** The official codes. */
export const EVENT_CODES: { code: string; description: string; hasServiceArea: boolean; isVisible: boolean }[] =
  JSON.parse(readFileSync(file, 'utf8'))

const descriptions = new Map(EVENT_CODES.map(({ code, description }) => [code, description]))

// As the recorded shipment writes them; other codes show their official description.
const TEXTS: Record<string, (place: string) => string> = {
  PU: () => 'Shipment picked up',
  DF: (place) => `Shipment has departed from a DHL facility - ${place}`,
  WC: () => 'Shipment is out with courier for delivery',
  OK: () => 'Delivered',
}

/** One event as the carrier writes it: wall clock of its place, an offset only when asked for. */
export interface TrackingEvent {
  date: string
  time: string
  GMTOffset?: string
  typeCode: string
  description: string
  serviceArea?: { code: string; description: string }[]
  signedBy?: string
  remarks?: { value: string; details: string }[]
}

/** Writes a scan of a shipment. */
export function eventOf(o: { shipment: Shipment; scan: Scan; hasOffset: boolean }): TrackingEvent {
  const { scan } = o
  const { shipperDetails, receiverDetails } = o.shipment.request.customerDetails
  const party = scan.isAtOrigin ? shipperDetails : receiverDetails
  const { zone, ...area } = areaOf(party.postalAddress.countryCode)
  const text = TEXTS[scan.code]?.(area.description) ?? descriptions.get(scan.code) ?? scan.code
  return {
    ...wallClockOf(scan.at, zone),
    ...(o.hasOffset ? { GMTOffset: offsetOf(scan.at, zone) } : {}),
    typeCode: scan.code,
    description: text,
    ...(scan.code === 'DUMMY_PU' ? {} : { serviceArea: [area] }),
    ...(scan.code === 'OK' ? { signedBy: '' } : {}),
  }
}
