import { numberOf } from './amounts.ts'
import { type Json, showAmounts, withoutNulls } from './door.ts'
import type { Address, AppliedTax, History, Item, Order, Payment } from './model.ts'

/** Members that are the same in every order of the shop. */
export const CURRENCY = {
  base_currency_code: 'EUR',
  base_to_global_rate: 1,
  base_to_order_rate: 1,
  global_currency_code: 'EUR',
  order_currency_code: 'EUR',
  store_currency_code: 'EUR',
  store_to_base_rate: 0,
  store_to_order_rate: 0,
}

const STORE = { store_id: 1, store_name: 'Site principal\nBoutique\nFrançais' }

/** An order as the API shows it: lines twice, the delivery address only inside `shipping_assignments`. */
export function showOrder(order: Order): Json {
  const items = order.items.map((item) => showItem(order, item))
  return {
    ...CURRENCY,
    ...STORE,
    ...withoutNulls(order.row),
    ...showOrderAmounts(order),
    customer_note_notify: 1,
    email_sent: 1,
    is_virtual: 0,
    items,
    billing_address: showAddress(order.billing),
    payment: showPayment(order.payment),
    status_histories: order.histories.map(showHistory).reverse(),
    extension_attributes: {
      shipping_assignments: [{ shipping: showShipping(order), items }],
      payment_additional_info: order.paymentInfo,
      ...showTaxes(order),
    },
  }
}

/** The cost of what was invoiced is only kept in the base currency. */
function showOrderAmounts({ amounts }: Order): Json {
  const { total_invoiced_cost, ...others } = amounts
  return { ...showAmounts(others), ...(total_invoiced_cost === 0 ? { base_total_invoiced_cost: 0 } : {}) }
}

function showItem(order: Order, item: Item): Json {
  const parent = order.items.find((other) => other.row.item_id === item.row.parent_item_id)
  const amounts = showAmounts(item.amounts)
  if (item.amounts.price_incl_tax === undefined) delete amounts.base_original_price
  return {
    ...withoutNulls(item.row),
    ...amounts,
    ...withoutNulls({ product_option: item.product_option }),
    store_id: 1,
    free_shipping: 0,
    is_qty_decimal: 0,
    is_virtual: 0,
    no_discount: 0,
    ...(parent ? { parent_item: showItem(order, parent) } : {}),
  }
}

const showAddress = (address: Address) => withoutNulls(address)

const showPayment = ({ row, amounts }: Payment): Json => ({
  account_status: null,
  cc_last4: null,
  ...withoutNulls(row),
  ...showAmounts(amounts),
})

/** A history entry; here empty columns stay. */
export const showHistory = (entry: History): Json => ({ ...entry })

const SHIPPING_TOTALS = [
  'shipping_amount',
  'shipping_discount_amount',
  'shipping_discount_tax_compensation_amount',
  'shipping_incl_tax',
  'shipping_tax_amount',
]

function showShipping(order: Order): Json {
  const totals = Object.fromEntries(SHIPPING_TOTALS.map((column) => [column, order.amounts[column] ?? 0]))
  return { address: showAddress(order.shipping), method: order.shippingMethod, total: showAmounts(totals) }
}

const showTax = ({ code, title, percent, amount }: AppliedTax): Json => ({
  code,
  title,
  percent: numberOf(percent),
  amount: numberOf(amount),
  base_amount: numberOf(amount),
})

function showTaxes(order: Order): Json {
  const taxed = order.items.flatMap(({ row, tax }) => (tax ? [{ id: row.item_id, tax }] : []))
  const sums = new Map<string, AppliedTax>()
  for (const tax of [...taxed.map((line) => line.tax), order.shippingTax]) {
    if (tax) sums.set(tax.code, { ...tax, amount: tax.amount + (sums.get(tax.code)?.amount ?? 0) })
  }
  const lines = taxed.map(({ id, tax }) => ({ type: 'product', item_id: id, applied_taxes: [showTax(tax)] }))
  const delivery = order.shippingTax ? [{ type: 'shipping', applied_taxes: [showTax(order.shippingTax)] }] : []
  return { applied_taxes: [...sums.values()].map(showTax), item_applied_taxes: [...lines, ...delivery] }
}
