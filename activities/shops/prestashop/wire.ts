import { z } from 'zod'
import { type Cents, type Decimal, decimalOf, divideRounded, unitsOf } from '../../../domain/money.ts'

/** JSON values are strings, but `id` is a number and null or false stand for empty. */
const field = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined || typeof value === 'boolean' ? '' : String(value)))
const text = field.transform((value) => value.trim())
const id = field.pipe(z.string().regex(/^[1-9]\d*$/))

/** An id, or "" where PrestaShop writes 0, "" or nothing. */
const optionalId = text.transform((value) => (value === '0' ? '' : value))

/** A shop's local time, without zone; `0000-00-00 00:00:00` is none. */
const localTime = z.string().regex(/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/)

/** Six decimals: whole cents, halves away from zero. */
const amount = field.transform((value, context): Cents => {
  const units = unitsOf(value, 9)
  if (units !== null) return Number(divideRounded(units, 10_000_000n))
  context.addIssue('not an amount')
  return z.NEVER
})

/** "20.000" or "5.5" -> "20.00", "5.50". */
const rate = field.transform((value, context): Decimal => {
  const units = unitsOf(value || '0', 6)
  if (units !== null) return decimalOf(divideRounded(units, 10_000n), 2)
  context.addIssue('not a rate')
  return z.NEVER
})

/** In the shop's unit, six decimals; one that cannot be read is none, as it only helps to choose a carrier. */
const weight = z.coerce.number().nonnegative().catch(0)

/** One order, as far as we read it. */
export const psOrder = z.object({
  id,
  reference: z.string().min(1),
  current_state: field,
  module: text,
  payment: text,
  id_currency: id,
  id_customer: id,
  id_carrier: optionalId,
  id_address_delivery: id,
  id_address_invoice: id,
  date_add: localTime,
  date_upd: localTime,
  total_paid_tax_incl: amount,
  total_products_wt: amount,
  total_shipping_tax_incl: amount,
  total_shipping_tax_excl: amount,
  carrier_tax_rate: rate,
  total_wrapping_tax_incl: amount,
  total_wrapping_tax_excl: amount,
  total_discounts_tax_incl: amount,
  total_discounts_tax_excl: amount,
  round_type: field,
  gift_message: text,
})

/** What is enough to name an order that cannot be read. */
export const psOrderName = z.object({ id: id.catch('?'), date_upd: localTime.nullable().catch(null) })

const taxes = z.object({ taxes: z.array(z.object({ id })).catch([]) }).catch({ taxes: [] })

/** One line of an order. */
export const psDetail = z.object({
  id,
  id_order: id,
  product_name: text,
  product_reference: text,
  product_quantity: z.coerce.number().int().min(0).max(1_000_000),
  total_price_tax_incl: amount,
  total_price_tax_excl: amount,
  product_weight: weight,
  associations: taxes,
})

/** One voucher used by an order (since 1.7.8). */
export const psCartRule = z.object({
  id,
  id_order: id,
  name: text,
  value: amount,
  value_tax_excl: amount,
  free_shipping: field,
  deleted: field,
})

/** One refund; the head's amounts, as the shop gave them back. */
export const psSlip = z.object({
  id,
  id_order: id,
  total_products_tax_incl: amount,
  total_shipping_tax_incl: amount,
  date_upd: localTime,
})

/** One payment; linked by reference, hence to all orders split from one cart. */
export const psPayment = z.object({
  id,
  order_reference: z.string(),
  id_currency: id,
  amount,
  transaction_id: text,
  date_add: localTime,
})

/** An order of a reference, with what it owes. */
export const psSibling = z.object({ id, reference: z.string(), total_paid_tax_incl: amount })
/** A postal address. */
export const psAddress = z.object({
  id,
  alias: text,
  company: text,
  lastname: text,
  firstname: text,
  vat_number: text,
  address1: text,
  address2: text,
  postcode: text,
  city: text,
  other: text,
  phone: text,
  phone_mobile: text,
  id_country: id,
})
/** A customer, without its password and keys. */
export const psCustomer = z.object({
  id,
  lastname: text,
  firstname: text,
  email: text,
  company: text,
  siret: text,
  is_guest: field,
})
/** A note of the old message box; the customer's own has `id_customer`. */
export const psNote = z.object({ id, id_order: id, id_customer: optionalId, message: text })

/** A carrier; each edit of it makes a new id, `id_reference` stays. */
export const psCarrier = z.object({ id, id_reference: id, name: text })
/** A country, by its ISO code. */
export const psCountry = z.object({ id, iso_code: z.string().min(2).max(3) })
/** A currency, by its ISO code. */
export const psCurrency = z.object({ id, iso_code: z.string().length(3) })
/** A tax, by its rate. */
export const psTax = z.object({ id, rate })

/** An order's own date of change. */
export const psOrderSign = z.object({ id, date_upd: localTime })
/** A refund that says which order changed when. */
export const psSlipSign = z.object({ id, id_order: optionalId, date_upd: localTime })
/** A payment that says which orders changed when. */
export const psPaymentSign = z.object({ id, order_reference: text, date_add: localTime })
/** A change of state that says which order changed when. */
export const psHistorySign = z.object({ id, id_order: optionalId, date_add: localTime })

/** The state of an order. */
export const psState = z.object({ id, current_state: field })
/** The message thread of an order. */
export const psThread = z.object({ id, status: text })
/** One message of a thread; private ones are not for the customer. */
export const psMessage = z.object({ id, message: text, private: field })
/** A parcel row of an order, with its tracking numbers. */
export const psParcelRow = z.object({ id, tracking_number: text })
/** Only that it is there. */
export const psName = z.object({ id })
/** A setting of the shop. */
export const psSetting = z.object({ name: text, value: text })
/** What a new message thread needs to know of its order. */
export const psOrderPeople = z.object({ id_customer: id, id_lang: field, id_shop: field, id_carrier: optionalId })

/** An order that passed the door. */
export type PsOrder = z.output<typeof psOrder>
/** A line that passed the door. */
export type PsDetail = z.output<typeof psDetail>
/** A voucher that passed the door. */
export type PsCartRule = z.output<typeof psCartRule>
/** A refund that passed the door. */
export type PsSlip = z.output<typeof psSlip>
/** A payment that passed the door. */
export type PsPayment = z.output<typeof psPayment>
/** An order of a reference that passed the door. */
export type PsSibling = z.output<typeof psSibling>
/** An address that passed the door. */
export type PsAddress = z.output<typeof psAddress>
/** A customer that passed the door. */
export type PsCustomer = z.output<typeof psCustomer>
/** A carrier that passed the door. */
export type PsCarrier = z.output<typeof psCarrier>
