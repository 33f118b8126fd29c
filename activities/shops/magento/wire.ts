import { z } from 'zod'
import { amount, flag, id, known, list, moment, object, orZero, status, text } from './parts.ts'

const orderItem = z.object({
  item_id: id,
  parent_item_id: id.nullish(),
  product_type: text,
  sku: text,
  name: text,
  qty_ordered: z.coerce.number<string | number>().pipe(z.int().min(1).max(1_000_000)),
  row_total: orZero,
  row_total_incl_tax: known,
  tax_amount: orZero,
  tax_percent: known,
  discount_amount: orZero,
  discount_tax_compensation_amount: orZero,
  weee_tax_applied_row_amount: orZero,
  weee_tax_applied: text,
})
const address = z.object({
  company: text,
  firstname: text,
  lastname: text,
  street: z.union([z.array(text), z.string().transform((value) => value.split('\n'))]).nullish(),
  postcode: text,
  city: text,
  country_id: text,
  telephone: text,
  vat_id: text,
})
const percents = list(z.object({ percent: known }))
const extension = z.object({
  shipping_assignments: list(z.object({ shipping: object(z.object({ address: address.nullish(), method: text })) })),
  payment_additional_info: list(z.object({ key: text, value: text.catch('') })),
  applied_taxes: percents,
  item_applied_taxes: list(z.object({ type: text, applied_taxes: percents })),
  pickup_location_code: text,
  gift_cards_amount: orZero,
  customer_balance_amount: orZero,
  reward_currency_amount: orZero,
  gw_price: orZero,
  gw_tax_amount: orZero,
  gw_items_price: orZero,
  gw_items_tax_amount: orZero,
  gw_card_price: orZero,
  gw_card_tax_amount: orZero,
})

/** One order of V1/orders, as far as we read it; every other member is let through unread. */
export const mgOrder = z.object({
  entity_id: id,
  increment_id: text,
  state: text,
  status,
  order_currency_code: z.string().length(3),
  created_at: moment,
  updated_at: moment,
  grand_total: amount,
  /** In the store view's unit. */
  weight: orZero.catch(0n),
  store_id: id.nullish().catch(null),
  shipping_amount: orZero,
  shipping_tax_amount: orZero,
  shipping_incl_tax: known,
  shipping_discount_amount: orZero,
  shipping_discount_tax_compensation_amount: orZero,
  shipping_description: text,
  total_paid: orZero,
  is_virtual: flag,
  coupon_code: text,
  customer_id: id.nullish(),
  customer_is_guest: flag,
  customer_email: text,
  customer_firstname: text,
  customer_lastname: text,
  customer_taxvat: text,
  customer_note: text,
  billing_address: address.nullish(),
  payment: object(z.object({ method: text, last_trans_id: text })),
  items: list(orderItem),
  extension_attributes: object(extension),
})

/** An order that passed the door. */
export type MgOrder = z.output<typeof mgOrder>
/** One row of an order. */
export type MgItem = MgOrder['items'][number]
/** The invoice or delivery block of an order. */
export type MgAddress = z.output<typeof address>

/** The fixed product tax of a row is told as JSON inside a text. */
export const mgEcotaxes = list(z.object({ row_amount: orZero, row_amount_incl_tax: known }))
