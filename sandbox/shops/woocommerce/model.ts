import type { Counters } from '../../kit.ts'

/** One entry of `meta_data`. */
export interface Meta {
  id: number
  key: string
  value: unknown
  display_key?: string
  display_value?: unknown
}

/** What one line pays to one tax rate. */
export interface TaxShare {
  id: number
  total: string
  subtotal: string
}

/** A line of goods; amounts are tax excluded whatever the shop's setting. */
export interface LineItem {
  id: number
  name: string
  product_id: number
  variation_id: number
  quantity: number
  tax_class: string
  subtotal: string
  subtotal_tax: string
  total: string
  total_tax: string
  taxes: TaxShare[]
  meta_data: Meta[]
  sku: string
  global_unique_id: string
  price: number
  image: { id: string; src: string }
  parent_name: string | null
}

/** What an order pays to one tax rate. */
export interface TaxLine {
  id: number
  rate_code: string
  rate_id: number
  label: string
  compound: boolean
  tax_total: string
  shipping_tax_total: string
  rate_percent: number
  meta_data: Meta[]
}

/** A delivery method chosen. */
export interface ShippingLine {
  id: number
  method_title: string
  method_id: string
  instance_id: string
  total: string
  total_tax: string
  taxes: TaxShare[]
  tax_status: string
  meta_data: Meta[]
}

/** A fee, or a discount when negative. */
export interface FeeLine {
  id: number
  name: string
  tax_class: string
  tax_status: string
  amount: string
  total: string
  total_tax: string
  taxes: TaxShare[]
  meta_data: Meta[]
}

/** A coupon used; its amounts are already inside the lines. */
export interface CouponLine {
  id: number
  code: string
  discount: string
  discount_tax: string
  meta_data: Meta[]
  discount_type: string
  nominal_amount: number
  free_shipping: boolean
}

/** A postal address as WooCommerce keeps it; `email` only in billing. */
export interface Address {
  first_name: string
  last_name: string
  company: string
  address_1: string
  address_2: string
  city: string
  state: string
  postcode: string
  country: string
  email?: string
  phone: string
}

/** The parts of an order that arithmetic decides. */
export interface PricedParts {
  discount_total: string
  discount_tax: string
  shipping_total: string
  shipping_tax: string
  cart_tax: string
  total: string
  total_tax: string
  line_items: LineItem[]
  tax_lines: TaxLine[]
  shipping_lines: ShippingLine[]
  fee_lines: FeeLine[]
  coupon_lines: CouponLine[]
}

/** An order as kept; what the view derives (local dates, links, refunds, needs_payment...) is added when shown. */
export interface Order extends PricedParts {
  id: number
  parent_id: number
  status: string
  currency: string
  version: string
  prices_include_tax: boolean
  customer_id: number
  order_key: string
  billing: Address
  shipping: Address
  payment_method: string
  payment_method_title: string
  transaction_id: string
  customer_ip_address: string
  customer_user_agent: string
  created_via: string
  customer_note: string
  cart_hash: string
  number: string
  meta_data: Meta[]
  needs_processing: boolean
  date_created_gmt: string
  date_modified_gmt: string
  date_completed_gmt: string | null
  date_paid_gmt: string | null
  currency_symbol: string
}

/** A note on an order; `customer_note` ones are mailed and public. */
export interface Note {
  id: number
  order_id: number
  author: string
  date_created_gmt: string
  note: string
  customer_note: boolean
}

/** A refund, a child of its order. */
export interface Refund {
  id: number
  parent_id: number
  date_created_gmt: string
  amount: string
  reason: string
  refunded_by: number
  refunded_payment: boolean
  meta_data: Meta[]
  line_items: LineItem[]
  shipping_lines: ShippingLine[]
  tax_lines: TaxLine[]
  fee_lines: FeeLine[]
}

/** A webhook: where to tell what; more than five failed deliveries in a row put it out. */
export interface Webhook {
  id: number
  name: string
  status: 'active' | 'paused' | 'disabled'
  topic: string
  delivery_url: string
  secret: string
  failures: number
  date_created_gmt: string
  date_modified_gmt: string | null
}

/** Everything the shop remembers. */
export interface ShopState {
  counters?: Counters
  orders: Order[]
  notes: Note[]
  refunds: Refund[]
  /** Missing in states that were kept before there were any. */
  webhooks?: Webhook[]
  /** Next numbers: posts (orders and refunds share them), order items, meta rows, notes, bank transfers. */
  next: { post: number; item: number; meta: number; note: number; transfer: number; seed: number }
}

/** A shop that never sold anything. */
export const emptyShop = (): ShopState => ({
  orders: [],
  notes: [],
  refunds: [],
  next: { post: 1001, item: 5001, meta: 9001, note: 3001, transfer: 1, seed: 1 },
})
