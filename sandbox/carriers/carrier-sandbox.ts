import type { Faults } from '../kit.ts'

/** A way that a parcel can be sent: to the door, with an incident first, to wait at a pickup point, or back to the sender. */
export type Journey = 'delivered' | 'incident' | 'pickup' | 'returned'

/** A label that a sandbox carrier sold. */
export interface SoldLabel {
  /** The sender's reference of the parcel. */
  reference: string
  trackingNumber: string
  /** ISO moment. */
  soldAt: string
  voided: boolean
}

/** What a person, a test and the demo can do with any sandbox carrier, whatever its wire format. */
export interface CarrierSandbox {
  /** The ERP's code: "COLISSIMO". */
  code: string
  url: string
  faults: Faults
  /** Effects by kind and key: `label` by the parcel's reference, `manifest`, `void`, `fetch`. */
  counters(): Record<string, Record<string, number>>
  labels(): SoldLabel[]
  /** Moves one parcel to its next scan, or all of them; voided ones stay. */
  advance(trackingNumber?: string): void
  /** Gives one parcel another way to go, which the next `advance` calls follow; an incident is one scan, then on to delivered. */
  send(trackingNumber: string, journey: Journey): void
  /** Parcels move by themselves, one scan each `paceMs`. */
  startHand(paceMs: number): void
  stopHand(): void
  close(): Promise<void>
}
