import type { Trouble } from '../../domain/failures.ts'
import type { OrderRef, WebOrder } from '../../domain/order.ts'

/** One order of a page: readable, or refused alone with what is wrong with it. */
export type ReadOrder = { webId: string; modifiedAt: string } & ({ order: WebOrder } | { refusal: Trouble })

/** A page of orders changed since a moment, oldest change first; `next` is what to ask the next page with, null at the end. */
export interface OrderPage {
  orders: ReadOrder[]
  next: string | null
}

/** One parcel as shown to the customer. */
export interface ShopTracking {
  carrier: string
  trackingNumber: string
  trackingUrl: string
}

/** One thing that the connection check found, in one French sentence. */
export interface Finding {
  ok: boolean
  sentence: string
}

/** What a platform can do for us, said before it is asked for. */
export interface ShopAbilities {
  /** How the customer gets the invoice: a file in the account, a link, or not at all. */
  invoice: 'file' | 'link' | 'none'
  /** Whether several parcels of one order each show their number. */
  severalParcels: boolean
}

/** A web shop of any platform; every method throws `Unavailable` or `Refused` only, and may be repeated unless it says so. */
export interface Shop {
  readonly abilities: ShopAbilities
  /** Program version, rights of the key, clock, and what is missing. */
  checkConnection(): Promise<Finding[]>
  /** Reads one page (at most 100) of the orders that changed after `since` (ISO moment), payments and refunds included; `page` is null at first. */
  readChangedOrders(o: { since: string; page: string | null }): Promise<OrderPage>
  /** Reads one order with its payments and refunds; Refused when the shop does not know it. */
  readOrder(webId: string): Promise<WebOrder>
  /** The status that the shop shows now, in its own word. */
  readStatus(webId: string): Promise<string>
  /** Sets the status by whatever act the platform has for it; the same status again has no effect. */
  pushStatus(o: { webId: string; status: string }): Promise<void>
  /** True when the shop already shows this tracking number on the order. */
  showsTracking(o: { webId: string; trackingNumber: string }): Promise<boolean>
  /** Shows one parcel to the customer, with its link, beside those shown before. NOT deduplicated by the shop. */
  pushTracking(o: { webId: string; tracking: ShopTracking }): Promise<void>
  /** True when this comment is on the order already. */
  showsComment(o: { webId: string; text: string }): Promise<boolean>
  /** Writes a comment on the order, for the customer or for the shop's people only. NOT deduplicated by the shop. */
  pushComment(o: { webId: string; text: string; forCustomer: boolean }): Promise<void>
  /** True when the customer's account shows this invoice already. */
  showsInvoice(o: { webId: string; number: string }): Promise<boolean>
  /** Puts the invoice in the customer's account as `abilities.invoice` says; does nothing where the platform cannot. */
  publishInvoice(o: { webId: string; number: string; url: string }): Promise<void>
}

/** Gives the shop of a site; throws `Refused` when no such site is set up. */
export type ShopOf = (site: OrderRef['site']) => Shop
