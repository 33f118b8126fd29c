import type { Counters } from '../../kit.ts'
import type { LabelRequest } from './schema.ts'

/** One scan of a parcel; `at` is an instant in ISO. */
export interface Scan {
  code: ScanCode
  at: string
}

/** The way every parcel of the sandbox goes, in order; the last is final. */
export const JOURNEY = ['DR1', 'PC1', 'ET1', 'MD2', 'DI1'] as const

/** A code of Suivi v2 that the sandbox uses. */
export type ScanCode = (typeof JOURNEY)[number]

/** A parcel that got its label. */
export interface Parcel {
  parcelNumber: string
  /** `service.orderNumber` of the request, the caller's own reference; empty when none was sent. */
  orderNumber: string
  createdAt: string
  request: Pick<LabelRequest, 'letter' | 'outputFormat'>
  /** Oldest first. */
  scans: Scan[]
}

/** Everything the carrier remembers. */
export interface CarrierState {
  counters?: Counters
  parcels: Parcel[]
  /** The 10 digits of the next parcel number. */
  nextNumber: number
  nextSlip: number
}

/** A carrier that never took a parcel. */
export const emptyCarrier = (): CarrierState => ({ parcels: [], nextNumber: 1_598_404_034, nextSlip: 4588 })
