import type { Contact, PickupPoint } from '../../domain/address.ts'
import type { CarrierLogin } from '../../domain/carrier.ts'
import type { CustomsDeclaration } from '../../domain/customs.ts'
import type { Cents } from '../../domain/money.ts'
import type { LabelFormat, Parcel, TrackedParcel, TrackingEvent } from '../../domain/shipment.ts'

/** What every carrier is opened with: how to log in, who sends, and which printer prints. */
export interface CarrierSetup<L extends CarrierLogin = CarrierLogin> {
  login: L
  /** The seller; its `company` is what customers read in the carrier's own notices. */
  sender: Contact
  format: LabelFormat
}

/** One purchase: the labels of one or several parcels that travel together from us to a customer, or back. */
export interface LabelRequest {
  /** Ours, unique, searchable at the carrier: the reference of the first parcel. */
  reference: string
  /** The carrier's product, as Codial names it: "DOM", "01", "U". */
  service: string
  /** 'return': the customer sends it to us; `recipient` stays the customer, the adapter swaps the two. */
  direction: 'outward' | 'return'
  recipient: Contact
  pickupPoint: PickupPoint | null
  /** At least one, at most `abilities.parcelsPerPurchase`. */
  parcels: (Parcel & { reference: string })[]
  /** Worth of the goods, VAT included. */
  value: Cents
  currency: string
  /** What to insure them for; null: nothing beyond what the carrier gives to all. */
  insured: Cents | null
  /** Present whenever `needsCustoms` says so. */
  customs: CustomsDeclaration | null
  /** ISO day of hand-over, Paris date. */
  shipOn: string
}

/** What one printer prints, or what goes with the parcel. */
export interface Paper {
  kind: 'label' | 'customs-form' | 'waybill' | 'invoice'
  mediaType: 'application/pdf' | 'application/zpl' | 'application/dpl'
  bytes: Uint8Array
}

/** A bought label: the carrier's numbers, the page that its customer follows, and what to print. */
export interface Label extends TrackedParcel {
  /** The reference of its parcel. */
  reference: string
  trackingUrl: string
  label: Paper
  /** Forms that go with this parcel. */
  papers: Paper[]
}

/** What a purchase gave: one label a parcel, in their order; `price` where the carrier tells it. */
export interface Purchase {
  labels: Label[]
  price: Cents | null
}

/** What a look-up after a lost reply found; `purchase` is null when the labels were bought but cannot be had again. */
export interface Found {
  trackingNumber: string
  purchase: Purchase | null
}

/** The carrier's own hand-over paper for some parcels. */
export interface Manifest {
  number: string
  pdf: Uint8Array
}

/** A place where parcels wait. */
export interface PickupPlace extends PickupPoint {
  name: string
  lines: string[]
  postalCode: string
  city: string
  country: string
  /** Metres from the address asked about; null when it was not told. */
  distance: number | null
  /** "lundi" -> "09:00-12:00 14:00-19:00"; a closed day is left out. */
  opening: Record<string, string>
}

/** What a carrier offers on a lane. */
export interface ServiceOffer {
  service: string
  name: string
  price: Cents | null
  /** ISO day; null when it was not told. */
  deliveredOn: string | null
}

/** A courier who comes to fetch parcels. */
export interface PickupRequest {
  /** ISO day, and times "HH:MM". */
  day: string
  from: string
  until: string
  parcels: number
  /** Grams. */
  weight: number
}

/** What a carrier can do for us, said before it is asked for; what it cannot, its method refuses as 'not-offered'. */
export interface CarrierAbilities {
  /** How many parcels one purchase may hold. */
  parcelsPerPurchase: number
  /** How many parcels one call of `trackParcels` may hold. */
  trackingBatch: number
  /** How many parcels one manifest of the carrier may hold; null: it has none, we print our own list. */
  manifestBatch: number | null
  /** False: an unused label is only given up on our side. */
  voids: boolean
  /** How long after a purchase the look-up may still miss it, in milliseconds; null: there is no look-up. */
  findsWithin: number | null
  /** True when the pieces of one purchase have one tracking number. */
  sharesNumber: boolean
  /** False: the stored bytes are the only copy of a label. */
  reprints: boolean
  findsPickupPoints: boolean
  returns: boolean
  insures: boolean
  /** True when a courier can be called. */
  fetches: boolean
  formats: readonly LabelFormat[]
}

/** A carrier; every method throws `Unavailable` or `Refused` only. Units are grams, millimetres and cents. */
export interface Carrier {
  readonly abilities: CarrierAbilities
  /** The page where its customer follows a parcel of this number. */
  trackingPage(trackingNumber: string): string
  /** Checks what can be checked without buying: our own limits, then the carrier's dry run where it has one. */
  checkLabels(request: LabelRequest): Promise<void>
  /** Buys the labels. NOT deduplicated by the carrier: an `Unavailable` without `nothingHappened` is in doubt. */
  createLabels(request: LabelRequest): Promise<Purchase>
  /** Finds bought labels by our reference; 'unknown' when the carrier has no such look-up; 'absent' may mean "not yet". */
  findLabels(request: LabelRequest): Promise<Found | 'absent' | 'unknown'>
  /** Fetches the labels of a known number again, without buying; null when the carrier cannot give them. */
  fetchLabels(o: { trackingNumber: string; request: LabelRequest }): Promise<Purchase | null>
  /** Gives up a bought label at the carrier; refused as 'label-taken' once it has the parcel. A repeat is harmless. */
  voidLabel(trackingNumber: string): Promise<void>
  /** Latest known event of each parcel; a number that the carrier does not know yet is left out. */
  trackParcels(parcels: TrackedParcel[]): Promise<TrackingEvent[]>
  /** Makes the hand-over paper. NOT deduplicated by the carrier. */
  makeManifest(trackingNumbers: string[]): Promise<Manifest>
  /** Pickup points near an address that take such a parcel, nearest first. */
  findPickupPoints(o: { near: Contact; weight: number; shipOn: string; service: string }): Promise<PickupPlace[]>
  /** What may be bought for this request, with prices where they are told. */
  offersFor(request: LabelRequest): Promise<ServiceOffer[]>
  /** Calls a courier. NOT deduplicated by the carrier; gives the number that cancels it. */
  requestPickup(o: PickupRequest): Promise<{ number: string }>
}

/** Gives a carrier by the ERP's code, such as "COLISSIMO"; throws `Refused` when none is set up. */
export type CarrierOf = (code: string) => Carrier
