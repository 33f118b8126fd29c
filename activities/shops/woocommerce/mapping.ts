import type { Address, PickupPoint } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import { type Decimal, decimalOf, unitsOf } from '../../../domain/money.ts'
import type { Customer, WebOrder, WebOrderLine } from '../../../domain/order.ts'
import type { Payment } from '../../../domain/payment.ts'
import type { ShopTracking } from '../shop.ts'
import { decodeEntities } from './entities.ts'
import type { WcAddress, WcOrder, WcTaxes } from './wire.ts'

/** The meta keys under which plug-ins keep what WooCommerce itself has no field for. */
export interface MetaKeys {
  vatNumber: string
  siren: string
  pickup: { id: string; network: string; name: string }
}

/** A common VAT field, and the official Colissimo plug-in for pickup points. */
export const DEFAULT_META: MetaKeys = {
  vatNumber: '_billing_vat',
  siren: '_billing_siren',
  pickup: {
    id: '_lpc_meta_pickUpLocationId',
    network: '_lpc_meta_pickUpProductCode',
    name: '_lpc_meta_pickUpLocationLabel',
  },
}

/** Translates one order; Refused when a line names a tax rate that the order does not describe. */
export function webOrderOf(order: WcOrder, { site, keys }: { site: string; keys: MetaKeys }): WebOrder {
  const [carrier] = order.shipping_lines
  const delivered = order.shipping.address_1 || order.shipping.city ? order.shipping : order.billing
  return {
    site,
    webId: order.id,
    number: order.number,
    webStatus: order.status,
    currency: order.currency,
    placedAt: order.date_created_gmt,
    modifiedAt: order.date_modified_gmt,
    customer: customerOf(order, keys),
    billing: addressOf(order.billing),
    shipping: addressOf(delivered),
    pickupPoint: pickupPointOf(order, keys),
    lines: linesOf(order),
    coupons: order.coupon_lines.map((coupon) => coupon.code),
    shippingMethod: carrier ? { code: carrier.method_id, name: carrier.method_title } : null,
    paymentMethod: { code: order.payment_method, name: order.payment_method_title },
    payments: paymentsOf(order),
    refunds: order.refunds.map(({ id, total, reason }) => ({ id, amount: Math.abs(total), reason })),
    total: order.total,
    weight: null,
    note: order.customer_note,
  }
}

function customerOf(order: WcOrder, keys: MetaKeys): Customer {
  const { billing, customer_id: id } = order
  return {
    webCode: id ? String(id) : null,
    company: billing.company || null,
    lastName: billing.last_name,
    firstName: billing.first_name,
    email: billing.email,
    phone: billing.phone || null,
    siren: metaOf(order, keys.siren),
    vatNumber: metaOf(order, keys.vatNumber),
  }
}

const addressOf = (address: WcAddress): Address => ({
  company: address.company || null,
  lastName: address.last_name,
  firstName: address.first_name,
  lines: [address.address_1, address.address_2].filter((line) => line.trim()),
  postalCode: address.postcode,
  city: address.city,
  country: address.country,
  phone: address.phone || null,
})

function pickupPointOf(order: WcOrder, { pickup }: MetaKeys): PickupPoint | null {
  const id = metaOf(order, pickup.id)
  return id ? { id, network: metaOf(order, pickup.network), name: metaOf(order, pickup.name) } : null
}

function metaOf({ meta_data: meta }: WcOrder, key: string): string | null {
  const value = meta.findLast((row) => row.key === key)?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null
}

/** Lines are always tax excluded, whatever `prices_include_tax` says; coupons are already inside `total`. */
function linesOf(order: WcOrder): WebOrderLine[] {
  const rates = new Map(order.tax_lines.map((tax) => [tax.rate_id, tax.rate_percent]))
  const items = order.line_items.map((line, i): WebOrderLine => {
    const isRaised = line.total > line.subtotal // a price raised by hand in the shop is the price, not a negative discount
    const [net, vat] = isRaised ? [line.total, line.total_tax] : [line.subtotal, line.subtotal_tax]
    const discountVat = vat - line.total_tax
    return {
      kind: 'item',
      code: line.sku ?? '',
      name: line.name,
      quantity: line.quantity,
      gross: net + vat,
      vat,
      discount: net - line.total + discountVat,
      discountVat,
      vatRate: rateOf(line.taxes, rates, `line_items.${i}.taxes`),
    }
  })
  const shipping = order.shipping_lines.map((line, i) => ({
    ...plainLine('shipping', { code: line.method_id, name: line.method_title, ...line }),
    vatRate: rateOf(line.taxes, rates, `shipping_lines.${i}.taxes`),
  }))
  const fees = order.fee_lines.map((line, i) => ({
    ...plainLine('fee', { code: line.name, ...line }),
    vatRate: rateOf(line.taxes, rates, `fee_lines.${i}.taxes`),
  }))
  return [...items, ...shipping, ...fees]
}

function plainLine(
  kind: 'shipping' | 'fee',
  o: { code: string; name: string; total: number; total_tax: number },
): Omit<WebOrderLine, 'vatRate'> {
  const { code, name, total, total_tax: vat } = o
  return { kind, code, name, quantity: 1, gross: total + vat, vat, discount: 0, discountVat: 0 }
}

/** Joins a line's taxes to the order's rates; free lines have none, and rates of zero amount count only when alone. */
function rateOf(taxes: WcTaxes, rates: Map<string, Decimal>, field: string): Decimal {
  const touching = taxes.filter((tax) => tax.total || tax.subtotal)
  const charged = touching.filter((tax) => [tax.total, tax.subtotal].some((text) => /[1-9]/.test(text ?? '')))
  const counted = charged.length > 0 ? charged : touching.slice(0, 1)
  const percents = counted.map((tax) => rates.get(tax.id))
  if (percents.includes(undefined)) throw new Refused('unreadable-order', `le champ « ${field} » cite un taux inconnu`)
  const total = percents.reduce((sum, percent) => sum + (unitsOf(percent ?? '', 4) ?? 0n), 0n)
  return decimalOf(total, 4).replace(/0{1,2}$/, '')
}

/**
 * WooCommerce knows one payment, of the whole total; a free order has none. Its id is always the same: a transaction id
 * written later, or a method corrected by hand, is not a second payment.
 */
function paymentsOf(order: WcOrder): Payment[] {
  const { date_paid_gmt: paidAt, payment_method: method, total } = order
  if (!paidAt || total <= 0) return []
  const transactionId = order.transaction_id || null
  return [{ id: 'payment-1', method, amount: total, transactionId, paidAt }]
}

/** The note that the customer reads and gets by mail; the tracking number in it is how we know it again. */
export function trackingNote({ carrier, trackingNumber, trackingUrl }: ShopTracking): string {
  return `Colis ${trackingNumber} remis à ${carrierName(carrier)} : ${trackingUrl}`
}

/** COLISSIMO -> Colissimo, MONDIAL_RELAY -> Mondial Relay, DHL -> DHL. */
const carrierName = (code: string): string =>
  code
    .split('_')
    .map((word) => (word.length > 3 ? word[0]?.toUpperCase() + word.slice(1).toLowerCase() : word))
    .join(' ')

/** True when a text holds the tracking number as a word of its own, not as a part of a longer one. */
export function namesTracking(text: string, trackingNumber: string): boolean {
  const number = trackingNumber.replace(/[^A-Za-z0-9]/g, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)
  return new RegExp(`(?<![\\w.-])${number}(?![\\w-]|\\.\\w)`, 'u').test(text)
}

/** The order's own words for its invoice; a key given again replaces its value. */
export const invoiceMeta = ({ number, url }: { number: string; url: string }) => [
  { key: '_codial_invoice_url', value: url },
  { key: '_codial_invoice_number', value: number },
]

/** True when the order's own words name this invoice. */
export const holdsInvoice = (meta: { key: string; value?: unknown }[], number: string): boolean =>
  meta.some(({ key, value }) => key === '_codial_invoice_number' && value === number)

/** True when two texts say the same, whatever WordPress does to blanks, backslashes and entities on the way. */
export const isSameText = (a: string, b: string): boolean => plain(a) === plain(b)

const plain = (text: string): string =>
  decodeEntities(text).normalize('NFC').replaceAll('\\', '').replace(/\s+/g, ' ').trim()
