import type { Address, PickupPoint } from '../../domain/address.ts'
import type { Cents } from '../../domain/money.ts'
import type { Parcel, TrackingEvent } from '../../domain/shipment.ts'

/** What a label is asked for with; `reference` is ours, unique, searchable at the carrier. */
export interface LabelRequest {
  reference: string
  service: string
  recipient: Address & { email: string }
  pickupPoint: PickupPoint | null
  parcel: Parcel
  /** Worth of the goods, for insurance and customs. */
  value: Cents
  /** ISO day of hand-over, Paris date. */
  shipOn: string
}

/** A bought label: the carrier's number, the page its customer follows, and the bytes to print. */
export interface Label {
  trackingNumber: string
  trackingUrl: string
  mediaType: 'application/pdf' | 'application/zpl'
  bytes: Uint8Array
}

/** A carrier; every method throws `Unavailable` or `Refused` only. */
export interface Carrier {
  /** Checks what can be checked without buying: our own limits, then the carrier's dry run. */
  checkLabel(request: LabelRequest): Promise<void>
  /** Buys one label. NOT deduplicated by the carrier: an `Unavailable` without `nothingHappened` is in doubt. */
  createLabel(request: LabelRequest): Promise<Label>
  /** Finds a bought label by our reference; 'unknown' when the carrier has no such look-up. */
  findLabel(reference: string): Promise<Label | 'absent' | 'unknown'>
  /** Fetches the label of a known number again, without buying. */
  reprintLabel(trackingNumber: string): Promise<Label>
  /** Latest known event of each parcel; a number the carrier does not know yet is left out. */
  trackParcels(trackingNumbers: string[]): Promise<TrackingEvent[]>
  /** How many numbers one call of `trackParcels` may hold. */
  readonly trackingBatch: number
}

/** Gives a carrier by the ERP's code, such as "COLISSIMO"; throws `Refused` when none is set up. */
export type CarrierOf = (code: string) => Carrier
