import { divide, sum } from '../woocommerce/money.ts'
import { type Amount, amountOf } from './amounts.ts'
import type { Amounts, AppliedTax, Item, OrderTotal } from './model.ts'
import type { Rate, Recipe, Sold } from './recipe.ts'

/** A line of an order before it is saved: what arithmetic decides. */
export interface PricedLine {
  sold: Sold
  quantity: number
  amounts: Item['amounts']
  tax: AppliedTax | null
  children: PricedLine[]
}

/** An order before it is saved. */
export interface PricedOrder {
  lines: PricedLine[]
  amounts: Amounts<OrderTotal>
  shippingTax: AppliedTax | null
}

/** The tax inside or on top of some cents. */
function taxOf(cents: number, rate: Rate | null, isGross: boolean): number {
  if (!rate) return 0
  return divide(cents * rate.basisPoints, isGross ? 10_000 + rate.basisPoints : 10_000)
}

const applied = (rate: Rate | null, cents: number): AppliedTax | null =>
  rate && { code: rate.code, title: rate.title, percent: rate.basisPoints * 100, amount: amountOf(cents) }

/** How a cart rule is spread over rows of some cents; of a fixed amount the last row takes the rest. */
function spread({ rule }: Recipe, rows: number[]): number[] {
  if (!rule) return rows.map(() => 0)
  if (rule.percent > 0) return rows.map((row) => divide(row * rule.percent, 100))
  const whole = Math.min(rule.fixed, sum(rows))
  const shares = rows.map((row) => divide(row * whole, sum(rows)))
  const rest = whole - sum(shares)
  return shares.map((share, index) => (index === shares.length - 1 ? share + rest : share))
}

interface Row {
  sold: Sold
  quantity: number
  discount: number
  isGross: boolean
  percent: number
}

/** The columns of an item that count nothing done yet. */
const untouched = { amount_refunded: 0, discount_invoiced: 0, row_invoiced: 0, tax_invoiced: 0 }

function priceRow({ sold, quantity, discount, isGross, percent }: Row): PricedLine {
  const { price, rate } = sold
  const row = price * quantity
  const [unitTax, fullTax, tax] = [price, row, row - discount].map((cents) => taxOf(cents, rate, isGross)) as [
    number,
    number,
    number,
  ]
  const cents = {
    original_price: price,
    price: isGross ? price - unitTax : price,
    price_incl_tax: isGross ? price : price + unitTax,
    row_total: isGross ? row - fullTax : row,
    row_total_incl_tax: isGross ? row : row + fullTax,
    discount_amount: discount,
    tax_amount: tax,
    discount_tax_compensation_amount: isGross ? fullTax - tax : 0,
  }
  const rates = { tax_percent: (rate?.basisPoints ?? 0) * 100, discount_percent: percent * 10_000 }
  const amounts = { ...untouched, ...inAmounts(cents), ...rates, ...weights(sold, quantity) }
  return { sold, quantity, amounts, tax: applied(rate, tax), children: [] }
}

const inAmounts = <Column extends string>(cents: Record<Column, number>) =>
  Object.fromEntries(Object.entries<number>(cents).map(([name, value]) => [name, amountOf(value)])) as Record<
    Column,
    Amount
  >

const weights = ({ weight }: Sold, quantity: number) => ({ weight: weight * 10, row_weight: weight * 10 * quantity })

/** What hides under a line that has the price: nothing but a quantity; columns of prices with tax stay empty. */
function silentChild(sold: Sold, quantity: number): PricedLine {
  const zeros = { original_price: 0, price: 0, row_total: 0, discount_amount: 0, discount_percent: 0, tax_amount: 0 }
  const amounts = { ...untouched, ...zeros, tax_percent: 0, ...weights(sold, quantity) }
  return { sold, quantity, amounts, tax: null, children: [] }
}

/** A bundle priced by its children: it repeats their sums, and is left out of the totals of the order. */
function splitParent(sold: Sold, children: PricedLine[]): PricedLine {
  const total = (column: string) => sum(children.map((child) => child.amounts[column] ?? 0))
  const [row, inclusive] = [total('row_total'), total('row_total_incl_tax')]
  const amounts = {
    ...untouched,
    original_price: divide(row, sold.quantity * 100) * 100,
    price: divide(row, sold.quantity * 100) * 100,
    price_incl_tax: divide(inclusive, sold.quantity * 100) * 100,
    row_total: row,
    row_total_incl_tax: inclusive,
    discount_amount: 0,
    discount_percent: 0,
    discount_tax_compensation_amount: 0,
    tax_amount: total('tax_amount'),
    tax_percent: 0,
    ...weights(sold, sold.quantity),
  }
  return { sold, quantity: sold.quantity, amounts, tax: null, children }
}

/** The lines that carry prices: a split bundle gives its children. */
const carriers = (lines: Sold[]) =>
  lines.flatMap((line) =>
    line.kind === 'bundle-split'
      ? line.children.map((child) => ({ sold: child, quantity: child.quantity * line.quantity }))
      : [{ sold: line, quantity: line.quantity }],
  )

function priceLines(recipe: Recipe): PricedLine[] {
  const rows = carriers(recipe.lines)
  const shares = spread(
    recipe,
    rows.map(({ sold, quantity }) => sold.price * quantity),
  )
  const how = { isGross: recipe.pricesIncludeTax, percent: recipe.rule?.percent ?? 0 }
  const priced = rows.map((row, index) => priceRow({ ...row, ...how, discount: shares[index] ?? 0 }))
  return recipe.lines.map((line) => {
    if (line.kind === 'bundle-split') return splitParent(line, priced.splice(0, line.children.length))
    const [own] = priced.splice(0, 1) as [PricedLine]
    const children = line.children.map((child) => silentChild(child, child.quantity * line.quantity))
    return { ...own, children }
  })
}

/** Lines whose amounts count in the totals of an order. */
const counted = (lines: PricedLine[]) =>
  lines.flatMap((line) => (line.sold.kind === 'bundle-split' ? line.children : [line]))

/** Prices an order as Magento does with rows rounded to the cent: tax after discount, compensation where prices include tax. */
export function priceOrder(recipe: Recipe): PricedOrder {
  const lines = priceLines(recipe)
  const total = (column: string) => sum(counted(lines).map((line) => line.amounts[column] ?? 0))
  const { net } = recipe.shipping
  const shippingTax = taxOf(net, recipe.shippingRate, false)
  const parts = {
    subtotal: total('row_total'),
    discount_amount: -total('discount_amount'),
    shipping_amount: amountOf(net),
    tax_amount: total('tax_amount') + amountOf(shippingTax),
    discount_tax_compensation_amount: total('discount_tax_compensation_amount'),
  }
  const grand = sum(Object.values(parts)) - amountOf(recipe.hiddenGiftCard)
  const amounts = {
    ...parts,
    subtotal_incl_tax: total('row_total_incl_tax'),
    shipping_incl_tax: amountOf(net + shippingTax),
    shipping_tax_amount: amountOf(shippingTax),
    shipping_discount_amount: 0,
    shipping_discount_tax_compensation_amount: 0,
    grand_total: grand,
    total_due: grand,
    weight: sum(lines.map((line) => line.amounts.row_weight ?? 0)),
  }
  return { lines, amounts, shippingTax: net > 0 ? applied(recipe.shippingRate, shippingTax) : null }
}
