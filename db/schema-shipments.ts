import type { Generated, JSONColumnType } from 'kysely'
import type { ManifestState } from '../domain/manifest.ts'
import type { DeliveryNote, TrackingStatus } from '../domain/shipment.ts'
import type { Moment } from './schema.ts'

/** A delivery note of the ERP and the order it belongs to. */
export interface ShipmentsTable {
  delivery_note: string
  site: string
  web_id: string
  content: JSONColumnType<DeliveryNote>
  state: 'ready' | 'cancelled' | 'shipped' | 'delivered' | 'returned' | 'closed'
  created_at: Generated<Date>
}

/** A labelled parcel, followed until it is delivered, returned or 60 days old. */
export interface ParcelsTable {
  reference: string
  delivery_note: string
  site: string
  web_id: string
  rank: number
  carrier: string
  service: string
  /** Who hands it over. */
  branch: string
  tracking_number: string
  /** The carrier's number of this piece where several share a tracking number. */
  piece_number: string | null
  tracking_url: string
  document: string
  /** Cents that the carrier told for the purchase, on its first parcel; null: not told. */
  price: number | null
  status: TrackingStatus
  status_at: Moment
  next_check_at: Moment | null
  labelled_at: Generated<Date>
  /** The manifest that claimed it for good, and on which part of it. */
  manifest: Generated<string | null>
  manifest_part: Generated<number | null>
}

/** A manifest of one carrier, one branch and one day: see `domain/manifest.ts`. */
export interface ManifestsTable {
  /** The id of the workflow that makes it. */
  id: string
  carrier: string
  branch: string
  /** ISO day in Paris. */
  day: string
  /** The carrier's numbers, or our own where it has none. */
  number: string | null
  document: string | null
  parcels: Generated<number>
  /** Grams. */
  weight: Generated<number>
  /** What cancels the courier who was called. */
  pickup_number: string | null
  operator: string
  state: Generated<ManifestState>
  created_at: Generated<Date>
}

/** A label given up: watched like a parcel, since a scan of it means that it is used and billed. */
export interface VoidedLabelsTable {
  reference: string
  carrier: string
  tracking_number: string
  piece_number: string | null
  site: string
  web_id: string
  delivery_note: string
  rank: number
  voided_at: Generated<Date>
  next_check_at: Moment | null
  scanned_at: Moment | null
}
