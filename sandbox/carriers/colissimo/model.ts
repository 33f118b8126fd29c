import type { Counters } from '../../kit.ts'
import type { ScanCode } from './journeys.ts'
import type { LabelRequest } from './schema.ts'

/** One scan of a parcel; `at` is an instant in ISO. */
export interface Scan {
  code: ScanCode
  at: string
}

/** A parcel that got its label. */
export interface Parcel {
  parcelNumber: string
  /** `service.orderNumber` of the request, the caller's own reference; empty when none was sent. */
  orderNumber: string
  /** The account or sub-account that bought the label. */
  account: string
  createdAt: string
  request: Pick<LabelRequest, 'letter' | 'outputFormat' | 'fields'>
  /** Its part in an order of several parcels. */
  multi?: string
  /** Oldest first. */
  scans: Scan[]
  /** The scans to come when it goes another way than to the door. */
  ahead?: ScanCode[]
  /** The last slip it stands on. */
  slip?: number
}

/** Everything the carrier remembers. */
export interface CarrierState {
  counters?: Counters
  parcels: Parcel[]
  /** The digits of the next parcel number. */
  nextNumber: number
  nextSlip: number
}

/** A carrier that never took a parcel. */
export const emptyCarrier = (): CarrierState => ({ parcels: [], nextNumber: 1_598_404_034, nextSlip: 4588 })
