import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Decision, ParkedStep, PersonRequest } from '../domain/decision.ts'
import type { OrderFacts, ShipmentFacts, ShipmentState } from '../domain/facts.ts'
import type { Letters } from '../domain/letter.ts'
import type { OrderState } from '../domain/order.ts'
import type { PaymentState } from '../domain/payment.ts'
import type { Parcel } from '../domain/shipment.ts'

/** Facts for orders, by name. */
export const orderSignals = {
  erpStatusChanged: defineSignal<[OrderFacts['erpStatusChanged']]>('erpStatusChanged'),
  erpOrderCancelled: defineSignal<[OrderFacts['erpOrderCancelled']]>('erpOrderCancelled'),
  shipmentReady: defineSignal<[OrderFacts['shipmentReady']]>('shipmentReady'),
  shipmentCancelled: defineSignal<[OrderFacts['shipmentCancelled']]>('shipmentCancelled'),
  invoiceIssued: defineSignal<[OrderFacts['invoiceIssued']]>('invoiceIssued'),
  creditNoteIssued: defineSignal<[OrderFacts['creditNoteIssued']]>('creditNoteIssued'),
  webOrderChanged: defineSignal<[OrderFacts['webOrderChanged']]>('webOrderChanged'),
  webOrderCancelled: defineSignal<[OrderFacts['webOrderCancelled']]>('webOrderCancelled'),
  refundMade: defineSignal<[OrderFacts['refundMade']]>('refundMade'),
  paymentReceived: defineSignal<[OrderFacts['paymentReceived']]>('paymentReceived'),
  shipmentMoved: defineSignal<[OrderFacts['shipmentMoved']]>('shipmentMoved'),
}

/** Facts for shipments, by name. */
export const shipmentSignals = {
  parcelScanned: defineSignal<[ShipmentFacts['parcelScanned']]>('parcelScanned'),
  shipmentCancelled: defineSignal<[ShipmentFacts['shipmentCancelled']]>('shipmentCancelled'),
}

/** Retry, skip or cancel a parked step; answers when the decision is taken, not when the step succeeds. */
export const decide = defineUpdate<void, [Decision]>('decide')
/** The same as a signal, for bulk repair from the command line. */
export const decideInBulk = defineSignal<[Decision]>('decide')
/** Cancel a whole order; refused once something has been shipped. */
export const cancelOrder = defineUpdate<void, [PersonRequest]>('cancelOrder')
/** Gives the stored label of a parcel again: the id of its document, no new purchase. */
export const reprintLabel = defineUpdate<{ document: string }, [PersonRequest & { rank: number }]>('reprintLabel')
/** Gives up a label before its number was announced, so that another is made. */
export const voidLabel = defineUpdate<void, [PersonRequest & { rank: number }]>('voidLabel')
/** Adds a parcel to a shipment whose labels are being made; gives its rank. */
export const addParcel = defineUpdate<{ rank: number }, [PersonRequest & { parcel: NewParcel }]>('addParcel')
/** Takes another carrier or service while a label waits for a person; labels made so far are given up. */
export const changeService = defineUpdate<void, [PersonRequest & { choice: ServiceChoice }]>('changeService')

/** Grams and millimetres of a parcel that the branch adds. */
export type NewParcel = Pick<Parcel, 'weight' | 'length' | 'width' | 'height'>

/** The carrier and its product; a pickup point where the product needs one. */
export interface ServiceChoice {
  carrier: string
  service: string
  pickupPoint: string | null
}

/** What an order or shipment is doing now. */
export interface Progress {
  stage: string
  payment?: PaymentState
  erpNumber?: string | null
  shipments?: Record<string, ShipmentState>
  invoices?: string[]
  parked: ParkedStep[]
}

/** Where a life stands, with what waits for a person. */
export const progress = defineQuery<Progress>('progress')

/** How far a batch of labels came: labels sent to a printer, or put into the PDF whose document it is. */
export interface PrintProgress {
  stage: 'printing' | 'done' | 'failed'
  total: number
  sent: number
  document: string | null
}

/** Where a batch of labels stands. */
export const printProgress = defineQuery<PrintProgress>('progress')

/** How long steps are tried, and how long money and parcels are waited for; milliseconds. */
export interface Patience {
  short: number
  slow: number
  /** Longest honest attempt of a step; default: by queue. */
  attempt?: number
  payment: number
  tracking: number
}

/** What each site wants done, read when the life starts. */
export interface LifePolicy {
  patience: Patience
  letters: Letters
  /** Payment outcomes that wait for a person's word; they never block the rest. */
  askAbout: PaymentState[]
}

/** How an order's life ended. */
export interface OrderOutcome {
  outcome: 'settled' | 'cancelled' | 'unpaid' | 'ignored'
  state: OrderState
}
