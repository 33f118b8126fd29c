import type { Amount } from './amounts.ts'
import type { Amounts } from './model.ts'

/** One line of an invoice or of a credit memo. */
export interface DocumentItem {
  row: {
    entity_id: number
    parent_id: number
    order_item_id: number
    product_id: number
    sku: string
    name: string
    qty: number
  }
  amounts: Amounts<'price'>
}

/** An invoice: in Magento it is also the mark that money was taken. */
export interface Invoice {
  row: {
    entity_id: number
    increment_id: string
    order_id: number
    state: number
    total_qty: number
    email_sent: number | null
    transaction_id: string | null
    created_at: string
    updated_at: string
  }
  amounts: Amounts<'grand_total'>
  items: DocumentItem[]
}

/** A refund. */
export interface CreditMemo {
  row: {
    entity_id: number
    increment_id: string
    order_id: number
    state: number
    created_at: string
    updated_at: string
  }
  amounts: Amounts<'grand_total'>
  items: DocumentItem[]
}

/** A tracking number on a shipment. */
export interface Track {
  entity_id: number
  parent_id: number
  order_id: number
  track_number: string
  title: string
  carrier_code: string
  weight: number | null
  qty: number | null
  description: string | null
  created_at: string
  updated_at: string
}

/** A shipment of an order. */
export interface Shipment {
  row: {
    entity_id: number
    increment_id: string
    order_id: number
    total_qty: number
    created_at: string
    updated_at: string
  }
  source_code: string
  items: {
    entity_id: number
    parent_id: number
    order_item_id: number
    product_id: number
    sku: string
    name: string
    qty: number
    price: Amount
    weight: Amount
  }[]
  tracks: Track[]
  comment: { comment: string; is_visible_on_front: number } | null
}

/** Money moved by a payment service. */
export interface Transaction {
  transaction_id: number
  order_id: number
  payment_id: number
  txn_id: string
  txn_type: 'capture'
  amount: Amount
  created_at: string
}
