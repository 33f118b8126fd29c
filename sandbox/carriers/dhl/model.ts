import type { Counters } from '../../kit.ts'
import type { ShipmentRequest } from './request.ts'

/** One scan of a piece; `at` is an instant in ISO, `isAtOrigin` says in which country it happened. */
export interface Scan {
  code: string
  at: string
  isAtOrigin: boolean
}

/** One piece of a shipment. */
export interface Piece {
  /** From 1, as in the request. */
  number: number
  /** `JD` and 18 digits. */
  trackingNumber: string
  /** Its own CU reference, or the shipment's, or nothing. */
  reference: string
  /** Oldest first. */
  scans: Scan[]
  /** Codes still to come. */
  route: string[]
}

/** A shipment that was sold. */
export interface Shipment {
  /** Ten digits. */
  number: string
  soldAt: string
  /** Without the images that were uploaded. */
  request: ShipmentRequest
  pieces: Piece[]
  dispatchConfirmationNumber?: string
}

/** A courier who was asked to come; a cancelled one is gone. */
export interface Pickup {
  dispatchConfirmationNumber: string
  plannedAt: string
  shipperAccount: string
}

/** Everything the carrier remembers. */
export interface CarrierState {
  counters?: Counters
  /** Oldest first. */
  shipments: Shipment[]
  pickups: Pickup[]
  /** Numbers given out by GET /identifiers and not used yet. */
  reserved: string[]
  nextShipment: number
  nextPiece: number
  nextPickup: number
}

/** A carrier that never took a shipment. */
export const emptyCarrier = (): CarrierState => ({
  shipments: [],
  pickups: [],
  reserved: [],
  nextShipment: 110_373_390,
  nextPiece: 4_617_230_770,
  nextPickup: 62,
})
