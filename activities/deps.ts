import type { Db } from '../db/connect.ts'
import type { Contact } from '../domain/address.ts'
import type { OrderFact, ShipmentFact } from '../domain/facts.ts'
import type { Letters } from '../domain/letter.ts'
import type { Cents } from '../domain/money.ts'
import type { OrderRef } from '../domain/order.ts'
import type { TrackingStatus } from '../domain/shipment.ts'
import type { SiteRules } from '../domain/site.ts'
import type { CarrierOf } from './carriers/carrier.ts'
import type { Erp } from './erp/erp.ts'
import type { SiteIdentity } from './mail/letters/layout.ts'
import type { Mailer } from './mail/mailer.ts'
import type { PrinterOf } from './print/printer.ts'
import type { ShopOf } from './shops/shop.ts'

/** What an activity may know of a site: its rules by default, how it signs its letters, and where it writes from. */
export interface Site {
  code: string
  rules: SiteRules
  identity: SiteIdentity
  from: { name: string; address: string }
  letters: Letters
  /** ISO moment; nothing that changed before it is imported. */
  importFrom: string
}

/** The running lives, as activities reach them: started once, told facts; a life that is closed says so. */
export interface Lives {
  startOrder(o: { ref: OrderRef; summary: string }): Promise<'started' | 'running' | 'closed'>
  tellOrder(ref: OrderRef, fact: OrderFact): Promise<'told' | 'closed'>
  tellShipment(ref: OrderRef, deliveryNote: string, fact: ShipmentFact): Promise<'told' | 'closed'>
  /** The history of an order's life so far, as JSON. */
  historyOf(ref: OrderRef): Promise<string>
}

/** Everything that activities need, wired once in workers/. */
export interface Deps {
  db: Db
  shopOf: ShopOf
  erp: Erp
  carrierOf: CarrierOf
  mailer: Mailer
  printerOf: PrinterOf
  siteOf: (code: string) => Site
  lives: Lives
  /** A signed, expiring link under which a customer reads a stored document. */
  linkTo: (document: string) => string
  /** Who sends the parcels. */
  sender: Contact
  /** Goods worth as much or more are insured by this carrier for their worth; null: never. */
  insureFrom: (carrier: string) => Cents | null
  /** Milliseconds after a purchase within which the carrier's look-up may still miss it. */
  findsWithin: (ms: number) => number
  /** Milliseconds before a parcel of this age and status is asked for again; null: no more. */
  nextCheck: (ageMs: number, status: TrackingStatus) => number | null
  /** When this carrier's courier is called on the days with parcels, "HH:MM" each; null: he is not called. */
  fetchHours: (carrier: string) => { from: string; until: string } | null
}
