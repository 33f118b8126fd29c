import type { Trouble } from '../../domain/failures.ts'
import type { OrderRef, WebOrder } from '../../domain/order.ts'

/** One order of a page: readable, or refused alone with what is wrong with it. */
export type ReadOrder = { webId: string; modifiedAt: string } & ({ order: WebOrder } | { refusal: Trouble })

/** A page of orders changed since a moment, oldest first; `next` is the number of the next page, if any. */
export interface OrderPage {
  orders: ReadOrder[]
  next: number | null
}

/** One parcel as shown to the customer. */
export interface ShopTracking {
  carrier: string
  trackingNumber: string
  trackingUrl: string
}

/** A web shop of any platform; every method throws `Unavailable` or `Refused` only, and may be repeated. */
export interface Shop {
  /** Reads one page (at most 100) of the orders modified after `since` (ISO moment, strict) on the shop's own clock. */
  readChangedOrders(o: { since: string; page: number }): Promise<OrderPage>
  /** Reads one order; Refused when the shop does not know it. */
  readOrder(webId: string): Promise<WebOrder>
  /** The status that the shop shows now, in its own word. */
  readStatus(webId: string): Promise<string>
  /** Sets the status; the same status again has no effect. */
  pushStatus(o: { webId: string; status: string }): Promise<void>
  /** True when the shop already shows this tracking number on the order. */
  showsTracking(o: { webId: string; trackingNumber: string }): Promise<boolean>
  /** Shows one parcel to the customer, with its link. NOT deduplicated by the shop. */
  pushTracking(o: { webId: string; tracking: ShopTracking }): Promise<void>
  /** True when the customer's account shows this invoice already. */
  showsInvoice(o: { webId: string; number: string }): Promise<boolean>
  /** Puts the invoice in the customer's account, as a link where the platform keeps no file; repeat-safe. */
  publishInvoice(o: { webId: string; number: string; url: string }): Promise<void>
}

/** Gives the shop of a site; throws `Refused` when no such site is set up. */
export type ShopOf = (site: OrderRef['site']) => Shop
