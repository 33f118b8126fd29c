import { numberOf } from './amounts.ts'
import type { CreditMemo, DocumentItem, Invoice, Shipment, Track, Transaction } from './documents.ts'
import { type Json, showAmounts, withoutNulls } from './door.ts'
import type { Order } from './model.ts'
import { CURRENCY } from './view.ts'

const placesOf = (order: Order) => ({
  store_id: 1,
  billing_address_id: order.billing.entity_id,
  shipping_address_id: order.shipping.entity_id,
})

const showItem = ({ row, amounts }: DocumentItem): Json => ({ ...row, ...showAmounts(amounts) })

/** An invoice as the API shows it. */
export const showInvoice = (order: Order, { row, amounts, items }: Invoice): Json => ({
  ...CURRENCY,
  ...placesOf(order),
  ...withoutNulls(row),
  ...withoutDiscountOfShipping(showAmounts(amounts)),
  can_void_flag: 0,
  items: items.map(showItem),
  comments: [],
})

/** Invoices keep this one column without its twin. */
function withoutDiscountOfShipping(amounts: Record<string, number>): Json {
  const { base_shipping_discount_tax_compensation_amnt: _, ...others } = amounts
  return others
}

/** A credit memo as the API shows it; `email_sent` stays although it is empty. */
export function showCreditMemo(order: Order, { row, amounts, items }: CreditMemo): Json {
  const shown = { ...showAmounts(amounts) }
  return {
    ...CURRENCY,
    ...placesOf(order),
    ...row,
    ...shown,
    email_sent: null,
    items: items.map(showItem),
    comments: [],
  }
}

/** A track as the API shows it; here empty columns stay. */
export const showTrack = (track: Track): Json => ({ ...track })

/** A shipment as the API shows it. */
export const showShipment = (order: Order, { row, items, tracks, source_code }: Shipment): Json => ({
  ...withoutNulls({ ...row, customer_id: order.row.customer_id }),
  ...placesOf(order),
  packages: [],
  items: items.map((item) => ({ ...item, price: numberOf(item.price), weight: numberOf(item.weight) })),
  tracks: tracks.map(showTrack),
  comments: [],
  extension_attributes: { source_code },
})

/** A transaction as the API shows it; here empty columns stay. */
export const showTransaction = ({ amount, ...row }: Transaction): Json => ({
  ...row,
  parent_id: null,
  parent_txn_id: null,
  is_closed: 0,
  additional_information: [JSON.stringify({ amount: numberOf(amount) })],
  child_transactions: [],
})
