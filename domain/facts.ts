import type { Cents } from './money.ts'
import type { OrderState } from './order.ts'
import type { TrackingStatus } from './shipment.ts'

/** Every fact carries an id: a fact that comes twice is known by it and dropped. */
interface Told {
  id: string
}

/** What the ERP and the shop tell a running order, by the name of the signal; references, states and amounts only. */
export interface OrderFacts {
  /** `state` is what the label means; null when nobody mapped it yet. */
  erpStatusChanged: Told & { status: string; state: OrderState | null }
  erpOrderCancelled: Told
  shipmentReady: Told & { deliveryNote: string; carrier: string; parcels: number[]; backOrder: boolean }
  shipmentCancelled: Told & { deliveryNote: string }
  invoiceIssued: Told & { invoice: string; gross: Cents }
  creditNoteIssued: Told & { creditNote: string; gross: Cents }
  /** `changed` names what a person must look at; empty when only the status moved. */
  webOrderChanged: Told & { webStatus: string; changed: OrderChange[] }
  webOrderCancelled: Told & { webStatus: string }
  /** `refunded`: all that was given back so far; `isWhole`: nothing is left to give back. */
  refundMade: Told & { amount: Cents; refunded: Cents; isWhole: boolean }
  /** The payment's own id is the fact's id. */
  paymentReceived: Told & { amount: Cents }
  /** From a shipment to its order. */
  shipmentMoved: Told & { deliveryNote: string; state: ShipmentState }
}

/** What changed in an order after its import. */
export type OrderChange = 'address' | 'lines'

/** How far a shipment has come, as its order needs to know it. */
export type ShipmentState = 'started' | 'shipped' | 'delivered' | 'returned' | 'lost-sight' | 'cancelled'

/** What carriers and the ERP tell a running shipment. */
export interface ShipmentFacts {
  parcelScanned: Told & { rank: number; status: TrackingStatus; at: string }
  shipmentCancelled: Told & { deliveryNote: string }
}

/** One fact for an order, named. */
export type OrderFact = { [K in keyof OrderFacts]: { name: K } & OrderFacts[K] }[keyof OrderFacts]

/** One fact for a shipment, named. */
export type ShipmentFact = { [K in keyof ShipmentFacts]: { name: K } & ShipmentFacts[K] }[keyof ShipmentFacts]
