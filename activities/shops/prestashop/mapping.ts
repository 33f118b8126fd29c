import type { Address } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import type { Customer, WebOrder } from '../../../domain/order.ts'
import type { Payment } from '../../../domain/payment.ts'
import { instantOf } from './clock.ts'
import type { Parts } from './gather.ts'
import { found, linesOf, vouchersOf } from './lines.ts'
import { paymentsOf } from './payments.ts'
import { type PickupPattern, pickupPointOf } from './pickup.ts'
import { gramsOf } from './weight.ts'
import type { PsAddress, PsCustomer, PsOrder } from './wire.ts'

/** What the settings of a site say of its orders. */
export interface OrderWords {
  site: string
  zone: string
  /** Grams of one unit of weight; null when it is not known. */
  weightUnit: number | null
  pickup: PickupPattern
  /** Vouchers whose name matches are payments by gift card; null: every voucher is a discount. */
  giftCards: RegExp | null
}

/** Translates one order; Refused when a part that it names is missing. */
export function webOrderOf(order: PsOrder, parts: Parts, words: OrderWords): WebOrder {
  refuseBroken(order, parts)
  const billing = found(parts.addresses, order.id_address_invoice, 'id_address_invoice')
  const delivery = found(parts.addresses, order.id_address_delivery, 'id_address_delivery')
  const customer = found(parts.customers, order.id_customer, 'id_customer')
  const pickupPoint = pickupPointOf(delivery, words.pickup)
  const vouchers = vouchersOf(order, parts, words.giftCards)
  const moment = (local: string) => instantOf(local, words.zone)
  return {
    site: words.site,
    webId: order.id,
    number: order.reference,
    webStatus: order.current_state,
    currency: found(parts.currencies, order.id_currency, 'id_currency'),
    placedAt: moment(order.date_add),
    modifiedAt: moment(lastChange(order, parts)),
    customer: customerOf(customer, billing),
    billing: addressOf(billing, parts),
    shipping: addressOf(delivery, parts),
    pickupPoint,
    lines: linesOf(order, parts, { ...vouchers, carrier: shippingMethodOf(order, parts) }),
    coupons: vouchers.discounts.map((rule) => rule.name),
    shippingMethod: shippingMethodOf(order, parts),
    paymentMethod: { code: order.module, name: order.payment },
    payments: shopPayments(order, parts, moment),
    refunds: (parts.slips.get(order.id) ?? []).map(({ id, total_products_tax_incl: goods, ...slip }) => ({
      id,
      amount: goods + slip.total_shipping_tax_incl,
      reason: '',
    })),
    total: order.total_paid_tax_incl,
    weight: gramsOf(parts.details.get(order.id) ?? [], words.weightUnit),
    note: noteOf(order, parts, pickupPoint ? '' : delivery.other),
  }
}

/** The newest of the dates that tell of a change, in shop time: refunds and payments leave the order's own date alone. */
export function lastChange(order: PsOrder, parts: Pick<Parts, 'slips' | 'payments'>): string {
  const slips = (parts.slips.get(order.id) ?? []).map((slip) => slip.date_upd)
  const payments = (parts.payments.get(order.reference) ?? []).map((payment) => payment.date_add)
  return [order.date_upd, ...slips, ...payments].sort().at(-1) ?? order.date_upd
}

/** A part that cannot be read refuses its order, as an order without it would be another one. */
function refuseBroken({ id, reference }: PsOrder, { broken }: Parts): void {
  const keys = [`id_order ${id}`, `order_reference ${reference}`, `reference ${reference}`]
  const [field] = keys.flatMap((key) => broken.get(key) ?? [])
  if (field) throw new Refused('unreadable-order', `le champ « ${field} » est illisible`)
}

function customerOf(customer: PsCustomer, billing: PsAddress): Customer {
  const siren = /^(\d{9})(\d{5})?$/.exec(customer.siret.replace(/\s/g, ''))?.[1] ?? null
  return {
    webCode: customer.is_guest === '1' ? null : customer.id,
    company: customer.company || billing.company || null,
    lastName: customer.lastname,
    firstName: customer.firstname,
    email: customer.email,
    phone: phoneOf(billing),
    siren,
    vatNumber: billing.vat_number.replace(/\s/g, '') || null,
  }
}

const addressOf = (address: PsAddress, { countries }: Parts): Address => ({
  company: address.company || null,
  lastName: address.lastname,
  firstName: address.firstname,
  lines: [address.address1, address.address2].filter(Boolean),
  postalCode: address.postcode,
  city: address.city,
  country: found(countries, address.id_country, 'id_country'),
  phone: phoneOf(address),
})

/** The mobile first: carriers send their messages to it. */
const phoneOf = ({ phone, phone_mobile: mobile }: PsAddress): string | null => mobile || phone || null

/** `id_reference` outlives the edits of a carrier, each of which makes a new id (contract, 2.3). */
function shippingMethodOf({ id_carrier: id }: PsOrder, { carriers }: Parts): WebOrder['shippingMethod'] {
  if (!id) return null
  const carrier = carriers.get(id)
  return carrier
    ? { code: carrier.id_reference, name: carrier.name }
    : { code: `id ${id}`, name: 'transporteur supprimé' }
}

/** Every payment is known by the order's module: labels are translated and edited, the module's name is not. */
function shopPayments(order: PsOrder, parts: Parts, moment: (local: string) => string): Payment[] {
  const siblings = parts.siblings.get(order.reference) ?? []
  const rows = parts.payments.get(order.reference) ?? []
  if (rows.some((row) => row.id_currency !== order.id_currency))
    throw new Refused('unreadable-order', 'un règlement est dans une autre devise que la commande')
  const seen = new Set<string>()
  return paymentsOf(order.id, siblings, rows).map(({ payment, amount }) => {
    const transactionId = payment.transaction_id || null
    const id = transactionId && !seen.has(transactionId) ? transactionId : `order_payment-${payment.id}`
    seen.add(id)
    return { id, method: order.module, amount, transactionId, paidAt: moment(payment.date_add) }
  })
}

/** What the customer wrote: the order's message, the words for the gift, and the delivery notes of the address. */
function noteOf(order: PsOrder, parts: Parts, deliveryNotes: string): string {
  const gift = order.gift_message ? [`Message cadeau : ${order.gift_message}`] : []
  return [...(parts.notes.get(order.id) ?? []), ...gift, deliveryNotes].filter(Boolean).join('\n')
}
