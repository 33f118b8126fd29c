import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { microOf, textOfMicro } from './money.ts'
import { findRow, insertRow, rowsOf, rowsWith, type Shop, timeOf, touch } from './shop.ts'

const is = (row: Row, field: string) => textOf(row, field) === '1'

/** Writes a state into the history of an order and applies it; tells whether a payment was made by itself. */
export function moveState(shop: Shop, order: Row, state: number, employee = '0'): boolean {
  insertRow(shop, 'order_histories', {
    id_employee: employee,
    id_order_state: String(state),
    id_order: String(order.id),
    date_add: timeOf(shop),
  })
  return applyState(shop, order, state)
}

/** Puts an order into a state: the invoice, the payment and the delivery number follow the state's own settings. */
export function applyState(shop: Shop, order: Row, id: number): boolean {
  const state = findRow(shop, 'order_states', id)
  if (!state) throw new RangeError(`no order state ${id}`)
  order.current_state = String(id)
  order.valid = textOf(state, 'logable')
  if (is(state, 'invoice') && textOf(order, 'invoice_number') === '0') makeInvoice(shop, order)
  const isPaid = is(state, 'paid') && payRest(shop, order)
  if (is(state, 'delivery') && textOf(order, 'delivery_number') === '0') makeDelivery(shop, order)
  touch(shop, order)
  return isPaid
}

const nextOf = (rows: Row[], field: string) => String(Math.max(0, ...rows.map((row) => Number(row[field]))) + 1)

const COPIED = [
  'total_paid_tax_excl',
  'total_paid_tax_incl',
  'total_products',
  'total_products_wt',
  'total_shipping_tax_excl',
  'total_shipping_tax_incl',
  'total_wrapping_tax_excl',
  'total_wrapping_tax_incl',
]

function makeInvoice(shop: Shop, order: Row): void {
  const now = timeOf(shop)
  const number = nextOf(rowsOf(shop, 'order_invoices'), 'number')
  const invoice = insertRow(shop, 'order_invoices', {
    id_order: String(order.id),
    number,
    delivery_number: '0',
    delivery_date: '0000-00-00 00:00:00',
    total_discount_tax_excl: textOf(order, 'total_discounts_tax_excl'),
    total_discount_tax_incl: textOf(order, 'total_discounts_tax_incl'),
    ...Object.fromEntries(COPIED.map((name) => [name, textOf(order, name)])),
    shipping_tax_computation_method: '0',
    shop_address: textOf(rowsOf(shop, 'shops')[0] ?? order, 'name'),
    note: '',
    date_add: now,
  })
  Object.assign(order, { invoice_number: number, invoice_date: now })
  for (const resource of ['order_details', 'order_carriers', 'order_cart_rules']) {
    for (const row of rowsWith(shop, resource, 'id_order', order.id)) row.id_order_invoice = String(invoice.id)
  }
}

const MODULES: Record<string, string> = {
  ps_wirepayment: 'Wire payment',
  ps_checkpayment: 'Payments by check',
  stripe_official: 'Stripe',
  paypal: 'PayPal',
  alma: 'Alma',
}

/** A paid state writes the payment that is missing, in the name of the module; payments by the web service do not count. */
function payRest(shop: Shop, order: Row): boolean {
  const rest = microOf(textOf(order, 'total_paid_tax_incl')) - microOf(textOf(order, 'total_paid_real'))
  if (rest <= 0) return false
  addPaymentRow(shop, order, { amount: textOfMicro(rest), method: MODULES[textOf(order, 'module')] ?? 'Payment' })
  order.total_paid_real = textOf(order, 'total_paid_tax_incl')
  return true
}

/** Writes a payment of an order down; the order itself is not touched. */
export function addPaymentRow(
  shop: Shop,
  order: Row,
  o: { amount: string; method: string; transaction?: string },
): void {
  insertRow(shop, 'order_payments', {
    order_reference: textOf(order, 'reference'),
    id_currency: '1',
    amount: o.amount,
    payment_method: o.method,
    conversion_rate: '1.000000',
    transaction_id: o.transaction ?? '',
    card_number: '',
    card_brand: '',
    card_expiration: '',
    card_holder: '',
    date_add: timeOf(shop),
    id_employee: '',
  })
}

function makeDelivery(shop: Shop, order: Row): void {
  const delivery = { delivery_number: nextOf(rowsOf(shop, 'orders'), 'delivery_number'), delivery_date: timeOf(shop) }
  Object.assign(order, delivery)
  for (const invoice of rowsWith(shop, 'order_invoices', 'id_order', order.id)) Object.assign(invoice, delivery)
}

const CLOSED = ['6', '7']

/** Whether the order still waits for its money. */
export function isUnpaid(shop: Shop, order: Row): boolean {
  const state = findRow(shop, 'order_states', Number(order.current_state))
  const owes = microOf(textOf(order, 'total_paid_real')) < microOf(textOf(order, 'total_paid_tax_incl'))
  return owes && state?.paid !== '1' && !CLOSED.includes(textOf(order, 'current_state'))
}

/** The merchant sees the money of an order that waits for it, and says so with the state "Payment accepted". */
export function markPaid(shop: Shop, order: Row): void {
  if (isUnpaid(shop, order)) moveState(shop, order, 2, '1')
}
