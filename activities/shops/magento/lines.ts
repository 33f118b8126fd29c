import { type Decimal, vatInside } from '../../../domain/money.ts'
import type { WebOrderLine } from '../../../domain/order.ts'
import { centsFrom, rateFrom, sumOf, type Units } from './amounts.ts'
import { ecotaxOf, soldItems } from './items.ts'
import type { MgItem, MgOrder } from './wire.ts'

/** Every line of an order; the ecotax is laid over its item unless the order's total says that it is inside already. */
export function linesOf(order: MgOrder): WebOrderLine[] {
  const bare = allLines(order, { isEcotaxApart: false })
  if (order.items.every((item) => item.weee_tax_applied_row_amount === 0n)) return bare
  const laden = allLines(order, { isEcotaxApart: true })
  return gapOf(laden, order) <= gapOf(bare, order) ? laden : bare
}

const gapOf = (lines: WebOrderLine[], { grand_total: total }: MgOrder): number =>
  Math.abs(centsFrom(total) - lines.reduce((sum, line) => sum + line.gross - line.discount, 0))

function allLines(order: MgOrder, { isEcotaxApart }: { isEcotaxApart: boolean }): WebOrderLine[] {
  const items = soldItems(order.items).map((item) => itemLine(item, order, isEcotaxApart))
  return [...items, ...shippingLines(order), ...wrappingLines(order), ...creditLines(order)]
}

/** A line's money, tax included: what it was before discounts, and what is left; `vat` is the part of it that is tax. */
interface Money {
  before: { gross: Units; vat: Units }
  left: { gross: Units; vat: Units }
}

/** The shop's own rounding is kept: what is left is exact, the discount is the difference. */
function amountsOf({ before, left }: Money): Pick<WebOrderLine, 'gross' | 'vat' | 'discount' | 'discountVat'> {
  const [gross, vat] = [centsFrom(before.gross), centsFrom(before.vat)]
  return { gross, vat, discount: gross - centsFrom(left.gross), discountVat: vat - centsFrom(left.vat) }
}

/**
 * What is left of a row is row total - discount + tax + compensation (contract, 4.3): the compensation is the tax inside
 * a discount on prices typed tax included. Before the discount it was the row total including tax.
 */
function moneyOf(o: {
  net: Units
  withTax: Units | null
  tax: Units
  taken: Units
  compensation: Units
  rate: Units | null
}): Money {
  const left = { gross: o.net - o.taken + o.tax + o.compensation, vat: o.tax }
  if (o.taken === 0n) return { before: left, left }
  const gross = o.withTax ?? o.net + (o.net * (o.rate ?? 0n)) / 1_000_000n
  const isLarger = gross >= left.gross && gross - o.net >= left.vat
  return { before: isLarger ? { gross, vat: gross - o.net } : { gross: left.gross + o.taken, vat: left.vat }, left }
}

function itemLine(item: MgItem, order: MgOrder, isEcotaxApart: boolean): WebOrderLine {
  const { before, left } = moneyOf({
    net: item.row_total,
    withTax: item.row_total_incl_tax,
    tax: item.tax_amount,
    taken: item.discount_amount,
    compensation: item.discount_tax_compensation_amount,
    rate: item.tax_percent,
  })
  const ecotax = isEcotaxApart ? ecotaxOf(item) : { gross: 0n, vat: 0n }
  const plus = (a: Money['left']) => ({ gross: a.gross + ecotax.gross, vat: a.vat + ecotax.vat })
  const amounts = amountsOf({ before: plus(before), left: plus(left) })
  const vatRate = item.tax_percent === null ? fittingRate(amounts, order) : rateFrom(item.tax_percent)
  return { kind: 'item', code: item.sku, name: item.name || item.sku, quantity: item.qty_ordered, ...amounts, vatRate }
}

function shippingLines(order: MgOrder): WebOrderLine[] {
  const method = order.extension_attributes.shipping_assignments[0]?.shipping.method ?? ''
  if (!method && order.shipping_amount === 0n) return []
  const known = order.extension_attributes.item_applied_taxes
    .filter((tax) => tax.type === 'shipping')
    .flatMap((tax) => tax.applied_taxes)
  const rate = known.length > 0 ? sumOf(known.map((tax) => tax.percent ?? 0n)) : null
  const amounts = amountsOf(
    moneyOf({
      net: order.shipping_amount,
      withTax: order.shipping_incl_tax,
      tax: order.shipping_tax_amount,
      taken: order.shipping_discount_amount,
      compensation: order.shipping_discount_tax_compensation_amount,
      rate,
    }),
  )
  const vatRate = rate === null ? fittingRate(amounts, order) : rateFrom(rate)
  return [
    { kind: 'shipping', code: method, name: order.shipping_description || method, quantity: 1, ...amounts, vatRate },
  ]
}

/** The paid edition wraps gifts: the whole order, single items, and a printed card. */
function wrappingLines(order: MgOrder): WebOrderLine[] {
  const own = order.extension_attributes
  const wrapping = own.gw_price + own.gw_items_price
  const card = own.gw_card_price
  return [
    ...feeLines('Emballage cadeau', { net: wrapping, vat: own.gw_tax_amount + own.gw_items_tax_amount }, order),
    ...feeLines('Carte imprimée', { net: card, vat: own.gw_card_tax_amount }, order),
  ]
}

/** What the paid edition takes off the total as money: gift cards, store credit, reward points; no tax in it. */
function creditLines(order: MgOrder): WebOrderLine[] {
  const own = order.extension_attributes
  return [
    ...feeLines('Carte cadeau', { net: -own.gift_cards_amount, vat: 0n }, order),
    ...feeLines('Avoir client', { net: -own.customer_balance_amount, vat: 0n }, order),
    ...feeLines('Points de fidélité', { net: -own.reward_currency_amount, vat: 0n }, order),
  ]
}

function feeLines(name: string, { net, vat }: { net: Units; vat: Units }, order: MgOrder): WebOrderLine[] {
  if (net + vat === 0n) return []
  const money = { gross: net + vat, vat }
  const amounts = amountsOf({ before: money, left: money })
  return [{ kind: 'fee', code: name, name, quantity: 1, ...amounts, vatRate: fittingRate(amounts, order) }]
}

/** The rate of the order under which a line holds its tax, where the shop names none. */
function fittingRate({ gross, vat }: Pick<WebOrderLine, 'gross' | 'vat'>, order: MgOrder): Decimal {
  if (vat === 0) return '0.00'
  const named = [...order.items.map((item) => item.tax_percent), ...percentsOf(order)]
  const rates = [...new Set(named.filter((rate) => rate !== null && rate > 0n).map((rate) => rateFrom(rate ?? 0n)))]
  const misses = rates.map((rate) => Math.abs(vatInside(gross, rate) - vat))
  return rates[misses.indexOf(Math.min(...misses))] ?? '0.00'
}

const percentsOf = (order: MgOrder): (Units | null)[] => order.extension_attributes.applied_taxes.map((t) => t.percent)
