import type { Address } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import type { Customer, WebOrder } from '../../../domain/order.ts'
import type { Payment } from '../../../domain/payment.ts'
import type { ShopTracking } from '../shop.ts'
import { centsFrom, sumOf } from './amounts.ts'
import { linesOf } from './lines.ts'
import type { MgInvoice, MgMemo, MgProgress } from './replies.ts'
import { gramsOf, type WeightUnits } from './weight.ts'
import type { MgAddress, MgOrder } from './wire.ts'

/** What belongs to an order but comes from lists of its own. */
export interface Papers {
  invoices: MgInvoice[]
  memos: MgMemo[]
}

/** States of an invoice and of a credit memo that mean "money moved" (reference_statuses.json). */
const SETTLED = 2

/** Translates one order with its papers; Refused when it has no address at all. */
export function webOrderOf(
  order: MgOrder,
  { site, papers, units }: { site: string; papers: Papers; units: WeightUnits },
): WebOrder {
  const own = order.extension_attributes
  const shipping = own.shipping_assignments[0]?.shipping
  const billing = order.billing_address ?? shipping?.address
  if (!billing) throw new Refused('unreadable-order', 'le champ « billing_address » manque')
  const { method } = order.payment
  return {
    site,
    webId: String(order.entity_id),
    number: order.increment_id || String(order.entity_id),
    webStatus: statusOf(order),
    currency: order.order_currency_code,
    placedAt: order.created_at,
    modifiedAt: order.updated_at,
    customer: customerOf(order, billing),
    billing: addressOf(billing),
    shipping: addressOf(shipping?.address ?? billing),
    pickupPoint: own.pickup_location_code ? { id: own.pickup_location_code, network: null, name: null } : null,
    lines: linesOf(order),
    coupons: order.coupon_code ? [order.coupon_code] : [],
    shippingMethod: shipping?.method
      ? { code: shipping.method, name: order.shipping_description || shipping.method }
      : null,
    paymentMethod: { code: method, name: paymentName(order) },
    payments: paymentsOf(order, papers.invoices),
    refunds: refundsOf(papers.memos),
    total: centsFrom(order.grand_total),
    weight: gramsOf(order, units),
    note: order.customer_note,
  }
}

/** A comment sent without a status once emptied the order's (contract, 4.4): it then has the usual one of its state. */
export const statusOf = ({ state, status }: Pick<MgProgress, 'state' | 'status'>): string =>
  status ?? (state === 'new' ? 'pending' : state)

function customerOf(order: MgOrder, billing: MgAddress): Customer {
  const isGuest = order.customer_is_guest || !order.customer_id
  return {
    webCode: isGuest ? null : String(order.customer_id),
    company: billing.company || null,
    lastName: order.customer_lastname || billing.lastname,
    firstName: order.customer_firstname || billing.firstname,
    email: order.customer_email,
    phone: billing.telephone || null,
    siren: null,
    vatNumber: order.customer_taxvat || billing.vat_id || null,
  }
}

const addressOf = (address: MgAddress): Address => ({
  company: address.company || null,
  lastName: address.lastname,
  firstName: address.firstname,
  lines: (address.street ?? []).filter((line) => line.trim()),
  postalCode: address.postcode,
  city: address.city,
  country: address.country_id,
  phone: address.telephone || null,
})

const paymentName = ({ payment, extension_attributes: own }: MgOrder): string =>
  own.payment_additional_info.find((row) => row.key === 'method_title')?.value || payment.method

/**
 * The money that the shop has: one payment for each paid invoice, and one for what was captured beyond them. Ids count
 * the invoices of the order: the last transaction's id would change with a refund and look like a second payment.
 */
function paymentsOf(order: MgOrder, invoices: MgInvoice[]): Payment[] {
  const { method, last_trans_id: last } = order.payment
  const sorted = invoices.toSorted((a, b) => a.entity_id - b.entity_id)
  const paid = sorted.filter((invoice) => invoice.state === SETTLED && invoice.grand_total > 0n)
  const payment = (rank: number, o: { amount: bigint; transaction: string; at: string }): Payment => ({
    id: `payment-${rank}`,
    method,
    amount: centsFrom(o.amount),
    transactionId: o.transaction || null,
    paidAt: o.at,
  })
  const payments = paid.map((invoice) =>
    payment(sorted.indexOf(invoice) + 1, {
      amount: invoice.grand_total,
      transaction: invoice.transaction_id || (sorted.length === 1 ? last : ''),
      at: invoice.created_at,
    }),
  )
  const beyond = order.total_paid - sumOf(paid.map((invoice) => invoice.grand_total))
  const rest = { amount: beyond, transaction: last, at: order.created_at }
  return beyond >= 100n ? [...payments, payment(sorted.length + 1, rest)] : payments
}

function refundsOf(memos: MgMemo[]): WebOrder['refunds'] {
  return memos
    .filter(({ state }) => state == null || state === SETTLED)
    .toSorted((a, b) => a.entity_id - b.entity_id)
    .map((memo) => ({
      id: String(memo.entity_id),
      amount: centsFrom(memo.grand_total),
      reason: memo.comments.find(({ comment }) => comment)?.comment ?? '',
    }))
}

/** What the customer reads beside the number, as custom carriers have no link of their own. */
export const trackingComment = ({ carrier, trackingNumber, trackingUrl }: ShopTracking): string =>
  `Colis ${trackingNumber} remis à ${carrierName(carrier)} : ${trackingUrl}`

/** COLISSIMO -> Colissimo, MONDIAL_RELAY -> Mondial Relay, DHL -> DHL. */
export const carrierName = (code: string): string =>
  code
    .split('_')
    .map((word) => (word.length > 3 ? `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}` : word))
    .join(' ')

/** How a comment begins that gives the customer an invoice; the number in it is how we know it again. */
export const invoiceMark = (number: string): string => `Facture ${number} : `

/** True when two comments say the same, however their spaces were laid out. */
export const isSameText = (a: string, b: string): boolean => plain(a) === plain(b)

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
