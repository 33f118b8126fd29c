import type { Address, PickupPoint } from './address.ts'
import type { Cents, Decimal } from './money.ts'
import type { Payment } from './payment.ts'

/** Names one web order everywhere: the site's code and the shop's own id. */
export interface OrderRef {
  site: string
  webId: string
}

/** The life of an order in the words of no system. */
export type OrderState =
  | 'received'
  | 'awaiting-payment'
  | 'registered'
  | 'preparing'
  | 'partially-shipped'
  | 'shipped'
  | 'delivered'
  | 'invoiced'
  | 'closed'
  | 'cancelled'
  | 'refunded'

/** Which state may follow which; anything else is an old fact that came late. */
export const NEXT_STATES: Record<OrderState, readonly OrderState[]> = {
  received: ['awaiting-payment', 'registered', 'cancelled'],
  'awaiting-payment': ['registered', 'cancelled'],
  registered: ['preparing', 'partially-shipped', 'shipped', 'delivered', 'invoiced', 'cancelled', 'refunded'],
  preparing: ['partially-shipped', 'shipped', 'delivered', 'invoiced', 'cancelled', 'refunded'],
  'partially-shipped': ['shipped', 'delivered', 'invoiced', 'cancelled', 'refunded'],
  shipped: ['delivered', 'invoiced', 'closed', 'refunded'],
  delivered: ['invoiced', 'closed', 'refunded'],
  invoiced: ['partially-shipped', 'shipped', 'delivered', 'closed', 'refunded'],
  closed: [],
  cancelled: [],
  refunded: ['closed'],
}

/** True when the order may go from one state to the other. */
export const mayFollow = (from: OrderState, to: OrderState): boolean => NEXT_STATES[from].includes(to)

/** What operators read for each state. */
export const ORDER_LABELS: Record<OrderState, string> = {
  received: 'Reçue',
  'awaiting-payment': 'En attente de règlement',
  registered: 'Enregistrée',
  preparing: 'En préparation',
  'partially-shipped': 'Expédiée en partie',
  shipped: 'Expédiée',
  delivered: 'Livrée',
  invoiced: 'Facturée',
  closed: 'Soldée',
  cancelled: 'Annulée',
  refunded: 'Remboursée',
}

/** Who ordered; a guest has no web code. */
export interface Customer {
  webCode: string | null
  company: string | null
  lastName: string
  firstName: string
  email: string
  phone: string | null
  siren: string | null
  vatNumber: string | null
}

/** One line as the shop sold it, VAT included; `discount` is what coupons took off it. */
export interface WebOrderLine {
  kind: 'item' | 'shipping' | 'fee'
  /** SKU, shipping method or fee name. */
  code: string
  name: string
  quantity: number
  /** Before coupons. */
  gross: Cents
  vat: Cents
  discount: Cents
  discountVat: Cents
  vatRate: Decimal
}

/** A web order as its shop says it, translated but not judged. */
export interface WebOrder extends OrderRef {
  /** What the customer sees as its number. */
  number: string
  webStatus: string
  currency: string
  /** ISO moments. */
  placedAt: string
  modifiedAt: string
  customer: Customer
  billing: Address
  shipping: Address
  pickupPoint: PickupPoint | null
  lines: WebOrderLine[]
  coupons: string[]
  shippingMethod: { code: string; name: string } | null
  paymentMethod: { code: string; name: string }
  payments: Payment[]
  refunds: { id: string; amount: Cents; reason: string }[]
  total: Cents
  /** Grams; null: the shop does not say, as WooCommerce. */
  weight: number | null
  note: string
}
