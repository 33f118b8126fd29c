import type { ErpOrder } from '../../domain/admission.ts'
import type { Invoice } from '../../domain/invoice.ts'
import type { Cents } from '../../domain/money.ts'
import type { OrderRef, WebOrder } from '../../domain/order.ts'
import type { Payment, PaymentOutcome } from '../../domain/payment.ts'
import type { DeliveryNote, TrackingEvent } from '../../domain/shipment.ts'

/** Who did it in the ERP, and where: both are codes. */
export interface ErpActor {
  operator: string | null
  branch: string | null
}

/** A fact of the ERP's change feed; `id` orders the feed and makes signals recognisable. */
export type ErpEvent = { id: string; at: string } & ErpActor &
  (
    | { type: 'order-status'; order: string; ref: OrderRef; status: string }
    | { type: 'order-cancelled'; order: string; reason: string }
    | { type: 'delivery-note-ready'; order: string; deliveryNote: DeliveryNote }
    | { type: 'delivery-note-cancelled'; deliveryNote: string; reason: string }
    | { type: 'invoice-issued'; invoice: string; orders: string[]; gross: Cents }
    | { type: 'credit-note-issued'; creditNote: string; invoice: string; gross: Cents }
  )

/** The ERP; every method throws `Unavailable` or `Refused` only. Each `key` makes its repeat harmless. */
export interface Erp {
  createOrder(o: { order: ErpOrder; web: WebOrder; key: string }): Promise<{ number: string }>
  /** The look-up that decides a creation in doubt; null: surely absent. */
  findOrder(ref: OrderRef): Promise<{ number: string } | null>
  /** Whose order this is; Refused when the ERP does not know the number. */
  readOrder(number: string): Promise<{ ref: OrderRef; status: string }>
  cancelOrder(o: { number: string; reason: string; key: string }): Promise<void>
  recordPayment(o: { number: string; payment: Payment; key: string }): Promise<PaymentOutcome>
  readDeliveryNote(number: string): Promise<DeliveryNote>
  pushTracking(o: {
    deliveryNote: string
    rank: number
    carrier: string
    trackingNumber: string
    trackingUrl: string
    labelledAt: string
    key: string
  }): Promise<void>
  shipDeliveryNote(o: { deliveryNote: string; key: string }): Promise<void>
  pushTrackingEvent(o: {
    deliveryNote: string
    rank: number
    event: Omit<TrackingEvent, 'pieceNumber'>
    key: string
  }): Promise<void>
  readInvoice(number: string): Promise<Invoice>
  /** Reads the change feed from an opaque cursor (null: from its beginning); the same cursor again gives the same facts or more. */
  readEvents(o: { cursor: string | null }): Promise<{ events: ErpEvent[]; cursor: string | null; done: boolean }>
}
