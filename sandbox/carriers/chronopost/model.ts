import type { Counters } from '../../kit.ts'
import type { Code } from './journeys.ts'

/** Sender, customer or recipient without the prefix of their element: "City", "ZipCode"... */
export type Party = Record<string, string>

/** One scan of a parcel; `at` is an instant in ISO. */
export interface Scan {
  code: Code
  at: string
}

/** A parcel that got its number. */
export interface Parcel {
  skybillNumber: string
  reservationNumber: string
  shipperRef: string
  recipientRef: string
  soldAt: string
  cancelledAt?: string
  shipper: Party
  recipient: Party
  productCode: string
  service: string
  objectType: string
  /** xs:dateTime as it was sent. */
  shipDate: string
  weightKg: number
  rank: number
  outOf: number
  mode: string
  /** Oldest first. */
  scans: Scan[]
  /** Scans still to come, the next first. */
  ahead: Code[]
}

/** Everything the carrier remembers. */
export interface CarrierState {
  counters?: Counters
  parcels: Parcel[]
  /** The eight digits of the next parcel number. */
  nextNumber: number
  nextReservation: number
}

/** A carrier that never took a parcel. */
export const emptyCarrier = (): CarrierState => ({ parcels: [], nextNumber: 69_698_248, nextReservation: 1 })
