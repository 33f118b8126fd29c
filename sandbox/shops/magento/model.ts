import type { Counters } from '../../kit.ts'
import type { Amount } from './amounts.ts'
import type { CreditMemo, Invoice, Shipment, Transaction } from './documents.ts'

/** Amounts of one row by column; null is a column that was never filled. `base_` twins are made at the door. */
export type Amounts<Column extends string> = Record<Column, Amount> & Record<string, Amount | null>

/** A tax rate that applied. */
export interface AppliedTax {
  code: string
  title: string
  percent: Amount
  amount: Amount
}

/** A line of an order as its table keeps it. */
export interface Item {
  row: {
    item_id: number
    order_id: number
    parent_item_id: number | null
    product_id: number
    product_type: 'simple' | 'configurable' | 'bundle'
    sku: string
    name: string
    quote_item_id: number
    applied_rule_ids: string | null
    qty_ordered: number
    qty_invoiced: number
    qty_shipped: number
    qty_refunded: number
    qty_canceled: number
    created_at: string
    updated_at: string
  }
  amounts: Amounts<'price' | 'row_total' | 'tax_amount' | 'tax_percent' | 'discount_amount' | 'weight'>
  product_option: unknown
  tax: AppliedTax | null
  /** A bundle whose children carry the price and are shipped one by one. */
  isSplit: boolean
}

/** A postal address of an order; `region` members only where the country has regions. */
export interface Address {
  entity_id: number
  address_type: 'billing' | 'shipping'
  parent_id: number
  email: string
  firstname: string
  lastname: string
  company: string | null
  street: string[]
  postcode: string
  city: string
  region: string | null
  region_code: string | null
  region_id: number | null
  country_id: string
  telephone: string
  vat_id: string | null
}

/** How an order is paid. */
export interface Payment {
  row: {
    entity_id: number
    parent_id: number
    method: string
    additional_information: string[]
    last_trans_id: string | null
    cc_trans_id: string | null
  }
  amounts: Amounts<'amount_ordered' | 'shipping_amount'>
}

/** One entry of the order's history; a comment when it has a text. */
export interface History {
  entity_id: number
  parent_id: number
  comment: string | null
  status: string | null
  entity_name: string
  is_customer_notified: number | null
  is_visible_on_front: number
  created_at: string
}

/** The states of an order, a fixed list. */
export type State =
  | 'new'
  | 'pending_payment'
  | 'processing'
  | 'complete'
  | 'closed'
  | 'canceled'
  | 'holded'
  | 'payment_review'

/** The totals of an order that are always there; `discount_amount` is negative here and positive on items. */
export type OrderTotal =
  | 'subtotal'
  | 'subtotal_incl_tax'
  | 'discount_amount'
  | 'discount_tax_compensation_amount'
  | 'shipping_amount'
  | 'shipping_incl_tax'
  | 'shipping_tax_amount'
  | 'tax_amount'
  | 'grand_total'
  | 'total_due'
  | 'weight'

/** An order with all that belongs to it. */
export interface Order {
  row: {
    entity_id: number
    increment_id: string
    state: State
    status: string | null
    created_at: string
    updated_at: string
    hold_before_state: State | null
    hold_before_status: string | null
    billing_address_id: number
    customer_id: number | null
    customer_is_guest: 0 | 1
    customer_group_id: number
    customer_email: string
    customer_firstname: string
    customer_lastname: string
    customer_note: string | null
    customer_taxvat: string | null
    coupon_code: string | null
    discount_description: string | null
    applied_rule_ids: string | null
    protect_code: string
    quote_id: number
    remote_ip: string
    shipping_description: string
    total_item_count: number
    total_qty_ordered: number
  }
  amounts: Amounts<OrderTotal>
  items: Item[]
  billing: Address
  shipping: Address
  shippingMethod: string
  /** Tax of the delivery. */
  shippingTax: AppliedTax | null
  payment: Payment
  histories: History[]
  paymentInfo: { key: string; value: string }[]
}

/** Everything the shop remembers. */
export interface ShopState {
  counters?: Counters
  orders: Order[]
  invoices: Invoice[]
  shipments: Shipment[]
  creditMemos: CreditMemo[]
  transactions: Transaction[]
  next: Record<Counter, number>
}

/** The tables whose next number the shop keeps, and the seed of the next order. */
export type Counter = (typeof COUNTERS)[number]

const COUNTERS = [
  'order',
  'item',
  'address',
  'history',
  'invoice',
  'invoiceItem',
  'shipment',
  'shipmentItem',
  'track',
  'creditMemo',
  'creditMemoItem',
  'transaction',
  'transfer',
  'seed',
] as const

/** A shop that never sold anything. */
export const emptyShop = (): ShopState => ({
  orders: [],
  invoices: [],
  shipments: [],
  creditMemos: [],
  transactions: [],
  next: Object.fromEntries(COUNTERS.map((name) => [name, 1])) as Record<Counter, number>,
})
