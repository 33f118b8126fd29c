import { centsOfMicro, divide, sum } from '../woocommerce/money.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { microOf, textOfCents } from './money.ts'
import { insertRow, rowsWith, type Shop, timeOf } from './shop.ts'

const centsIn = (row: Row, field: string) => centsOfMicro(microOf(textOf(row, field)))

/** What a slip gives back, in cents with tax: its goods, and the shipping apart. */
export const centsOfSlip = (slip: Row): number => centsIn(slip, 'amount') + centsIn(slip, 'shipping_cost_amount')

/** The refunds of an order, oldest first. */
export const slipsOf = (shop: Shop, order: Row): Row[] => rowsWith(shop, 'order_slip', 'id_order', order.id)

/** Gives money back with an order slip, all that is left or some cents; neither the state nor `date_upd` of the order moves. */
export function refundOrder(shop: Shop, order: Row, cents?: number): Row {
  const paid = centsIn(order, 'total_paid_tax_incl')
  const left = paid - sum(slipsOf(shop, order).map(centsOfSlip))
  const amount = cents ?? left
  if (!Number.isInteger(amount) || amount <= 0 || amount > left) {
    throw new RangeError(`cannot refund ${amount} cents of ${left}`)
  }
  const isWhole = amount === paid
  const offered = rowsWith(shop, 'order_cart_rules', 'id_order', order.id).some((row) => row.free_shipping === '1')
  const shipping = isWhole && !offered ? Math.min(centsIn(order, 'total_shipping_tax_incl'), amount) : 0
  return addSlip(shop, order, { goods: amount - shipping, shipping, isWhole })
}

interface Share {
  detail: Row
  quantity: number
  net: number
  gross: number
}

/** Goods given back: every line by its share of the amount, or the first line only. */
function sharesOf(shop: Shop, order: Row, o: { goods: number; isWhole: boolean }): Share[] {
  const details = rowsWith(shop, 'order_details', 'id_order', order.id)
  const chosen = o.isWhole ? details : details.slice(0, 1)
  const weights = chosen.map((detail) => centsIn(detail, 'total_price_tax_incl'))
  const total = sum(weights)
  const parts = weights.map((weight) => (total === 0 ? 0 : divide(o.goods * weight, total)))
  return chosen.map((detail, index) => {
    const rest = index === 0 ? o.goods - sum(parts) : 0
    const gross = (parts[index] ?? 0) + rest
    const [unit, unitWithTax] = [textOf(detail, 'unit_price_tax_excl'), textOf(detail, 'unit_price_tax_incl')]
    const net = divide(gross * microOf(unit), microOf(unitWithTax))
    return { detail, gross, net, quantity: o.isWhole ? Number(detail.product_quantity) : 1 }
  })
}

function addSlip(shop: Shop, order: Row, o: { goods: number; shipping: number; isWhole: boolean }): Row {
  const shares = sharesOf(shop, order, o)
  const net = sum(shares.map((share) => share.net))
  const now = timeOf(shop)
  for (const { detail, quantity } of shares) {
    const refunded = Math.min(Number(detail.product_quantity_refunded) + quantity, Number(detail.product_quantity))
    detail.product_quantity_refunded = String(refunded)
  }
  const values = {
    id_customer: textOf(order, 'id_customer'),
    id_order: String(order.id),
    conversion_rate: '1.000000',
    total_products_tax_excl: textOfCents(net),
    total_products_tax_incl: textOfCents(o.goods),
    total_shipping_tax_excl: o.shipping > 0 ? textOf(order, 'total_shipping_tax_excl') : '0.000000',
    total_shipping_tax_incl: textOfCents(o.shipping),
    amount: textOfCents(o.goods),
    shipping_cost: o.shipping > 0 ? '1' : '0',
    shipping_cost_amount: textOfCents(o.shipping),
    partial: o.isWhole ? '0' : '1',
    date_add: now,
    date_upd: now,
    order_slip_type: o.isWhole ? '0' : '2',
  }
  return insertRow(shop, 'order_slip', values, { order_slip_details: shares.map(entryOf) })
}

const entryOf = ({ detail, quantity, net, gross }: Share, index: number) => ({
  id: String(index + 1),
  id_order_detail: String(detail.id),
  product_quantity: String(quantity),
  amount_tax_excl: textOfCents(net),
  amount_tax_incl: textOfCents(gross),
})
