import { z } from 'zod'
import { decimalOf, divideRounded, unitsOf } from '../../../domain/money.ts'
import { decodeEntities } from './entities.ts'

const textual = z.union([z.string(), z.number()]).transform(String)
const text = z.string().transform(decodeEntities)
const optionalText = text.nullish().transform((value) => value ?? '')

/** WooCommerce writes GMT moments without a zone. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .transform((value) => `${value}Z`)
  .refine((value) => !Number.isNaN(Date.parse(value)))

/** An amount as text, in as many decimals as the shop is set to: whole cents, halves away from zero. */
const amount = textual.transform((value, context) => {
  const units = unitsOf(value, 6)
  if (units !== null) return Number(divideRounded(units, 10_000n))
  context.addIssue('not an amount')
  return z.NEVER
})
const taxAmount = z
  .literal('')
  .transform(() => 0)
  .or(amount)

/** `20`, `5.5` or "20.0000" -> "20.00", "5.50", "20.00". */
const rate = textual.transform((value, context) => {
  const units = unitsOf(value, 4)
  if (units !== null) return decimalOf(units, 4).replace(/0{1,2}$/, '')
  context.addIssue('not a rate')
  return z.NEVER
})

/** An empty total is a rate of the order that does not touch this line. */
const taxes = z.array(z.object({ id: textual, total: textual.nullish(), subtotal: textual.nullish() })).default([])

const lineItem = z.object({
  name: text,
  sku: z.string().nullish(),
  quantity: z.int().min(1).max(1_000_000),
  subtotal: amount,
  subtotal_tax: taxAmount,
  total: amount,
  total_tax: taxAmount,
  taxes,
})
const shippingLine = z.object({ method_id: z.string(), method_title: text, total: amount, total_tax: taxAmount, taxes })
const feeLine = z.object({ name: text, total: amount, total_tax: taxAmount, taxes })

const address = z.object({
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  address_1: optionalText,
  address_2: optionalText,
  postcode: optionalText,
  city: optionalText,
  country: optionalText,
  phone: optionalText,
})

/** One order of wc/v3, as far as we read it; every other member is let through unread. */
export const wcOrder = z.object({
  id: textual,
  number: textual,
  status: z.string().min(1),
  currency: z.string().length(3),
  date_created_gmt: moment,
  date_modified_gmt: moment,
  date_paid_gmt: moment.nullish(),
  total: amount,
  customer_id: z.number().nullish(),
  billing: address.extend({ email: optionalText }),
  shipping: address,
  payment_method: z.string(),
  payment_method_title: optionalText,
  transaction_id: z.string().nullish(),
  customer_note: optionalText,
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
  line_items: z.array(lineItem),
  tax_lines: z.array(z.object({ rate_id: textual, rate_percent: rate })),
  shipping_lines: z.array(shippingLine),
  fee_lines: z.array(feeLine),
  coupon_lines: z.array(z.object({ code: text })),
  refunds: z.array(z.object({ id: textual, reason: optionalText, total: amount })),
})

/** An order that passed the door. */
export type WcOrder = z.output<typeof wcOrder>
/** The taxes of one line, by rate id. */
export type WcTaxes = WcOrder['line_items'][number]['taxes']
/** The invoice or delivery block of an order. */
export type WcAddress = WcOrder['shipping']

/** A page of orders, still unread: each is read alone. */
export const wcPage = z.array(z.unknown())
/** What is enough to name an order that cannot be read. */
export const wcOrderName = z.object({ id: textual.catch('?'), date_modified_gmt: moment.nullable().catch(null) })
/** The answer to `_fields=status` and to a status change. */
export const wcStatus = z.object({ status: z.string().min(1) })
/** The answer to a write: only that it is the resource. */
export const wcWritten = z.object({ id: textual })
/** The notes of an order, as they are kept. */
export const wcNotes = z.array(z.object({ note: z.string() }))
/** The error body of WordPress; its message is translated and may hold personal data, so it is never read. */
export const wcError = z.object({
  code: z.string().regex(/^[\w-]{1,80}$/),
  data: z
    .object({ params: z.record(z.string(), z.unknown()).optional() })
    .optional()
    .catch(undefined),
})

/** The own words of an order, asked for alone. */
export const wcMeta = z.object({ meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })) })

/** What `system_status` says of the program and of the shop's money. */
export const wcSystem = z.object({
  environment: z.object({ version: z.string() }),
  settings: z.object({ currency: z.string().nullish(), number_of_decimals: z.number().nullish() }).nullish(),
})
/** A group of the shop's settings. */
export const wcSettings = z.array(z.object({ id: z.string(), value: z.unknown() }))
/** A webhook; its secret is never shown. */
export const wcWebhook = z.object({ id: textual, status: z.string(), topic: z.string(), delivery_url: z.string() })
/** A page of webhooks. */
export const wcWebhooks = z.array(wcWebhook)
