import { centsOfMicro, divide, sum } from '../woocommerce/money.ts'
import type { Rate, Sold } from './catalogue.ts'

/** A voucher of the shop: a share of the goods, an amount with tax, or the shipping; `id` of its cart rule. */
export interface Voucher {
  id: number
  name: string
  kind: 'percent' | 'amount' | 'shipping'
  /** Percent, or cents. */
  amount: number
}

/** What an order is made of, before arithmetic; amounts in cents without tax. */
export interface Recipe {
  lines: Sold[]
  vouchers: Voucher[]
  shipping: number
  wrapping: number
  /** Rate of shipping and wrapping. */
  rate: Rate
}

/** An amount without and with tax. */
export interface Amount {
  net: number
  gross: number
}

/** An order after arithmetic: vouchers in millionths, everything else in cents. */
export interface Priced {
  /** Unit prices in millionths. */
  units: Amount[]
  lines: Amount[]
  products: Amount
  shipping: Amount
  wrapping: Amount
  vouchers: Amount[]
  discounts: Amount
  paid: Amount
}

const withTax = (net: number, { basisPoints }: Rate) => divide(net * (10_000 + basisPoints), 10_000)
const both = <T>(work: (part: keyof Amount) => T) => ({ net: work('net'), gross: work('gross') })
const flat = (net: number, rate: Rate): Amount => ({ net, gross: withTax(net, rate) })

function voucherOf(voucher: Voucher, o: { products: Amount; shipping: Amount }): Amount {
  const { products, shipping } = o
  if (voucher.kind === 'shipping') return both((part) => shipping[part] * 10_000)
  if (voucher.kind === 'percent') return both((part) => products[part] * 100 * voucher.amount)
  const gross = Math.min(voucher.amount, products.gross)
  return { gross: gross * 10_000, net: divide(gross * products.net * 10_000, products.gross) }
}

/** Prices an order as PrestaShop does: lines are rounded, but the total is rounded once from what was not, so it may be a cent off. */
export function priceOrder(recipe: Recipe): Priced {
  const { lines: sold } = recipe
  const units = sold.map(({ net, rate }) => ({ net, gross: withTax(net, rate) }))
  const raw = units.map((unit, index) => both((part) => unit[part] * (sold[index]?.quantity ?? 0)))
  const lines = raw.map((line) => both((part) => centsOfMicro(line[part])))
  const products = both((part) => sum(lines.map((line) => line[part])))
  const shipping = flat(recipe.shipping, recipe.rate)
  const wrapping = flat(recipe.wrapping, recipe.rate)
  const vouchers = recipe.vouchers.map((voucher) => voucherOf(voucher, { products, shipping }))
  const taken = both((part) => sum(vouchers.map((voucher) => voucher[part])))
  const paid = both((part) => {
    const extras = (shipping[part] + wrapping[part]) * 10_000
    return centsOfMicro(sum(raw.map((line) => line[part])) + extras - taken[part])
  })
  const discounts = both((part) => centsOfMicro(taken[part]))
  return { units, lines, products, shipping, wrapping, vouchers, discounts, paid }
}

/** How many cents the total with tax is above the sum of its parts. */
export const roundingOf = ({ paid, products, shipping, wrapping, discounts }: Priced): number =>
  paid.gross - (products.gross + shipping.gross + wrapping.gross - discounts.gross)
