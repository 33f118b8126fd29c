import type { CouponLine, FeeLine, LineItem, PricedParts, ShippingLine, TaxLine, TaxShare } from './model.ts'
import { amountOf, centsOf, centsOfMicro, divide, sum } from './money.ts'
import type { Coupon, Numbers, Rate, Recipe, Sold } from './recipe.ts'

/** Net and tax of an amount in the shop's price sense, all in millionths. */
function split(micro: number, rate: Rate | null, isGross: boolean): { net: number; tax: number } {
  if (!rate) return { net: micro, tax: 0 }
  if (!isGross) return { net: micro, tax: divide(micro * rate.basisPoints, 10_000) }
  const net = divide(micro * 10_000, 10_000 + rate.basisPoints)
  return { net, tax: micro - net }
}

/** How each coupon is spread over the lines, in cents of the shop's price sense. */
function spread(coupon: Coupon, lines: Sold[]): number[] {
  if (coupon.type === 'percent') return lines.map((l) => divide(l.price * l.quantity * coupon.amount, 1_000_000))
  const cents = coupon.amount * 100
  const perUnit = Math.floor(cents / sum(lines.map((l) => l.quantity)))
  const shares = lines.map((l) => perUnit * l.quantity)
  return shares.map((share, i) => (i === 0 ? share + cents - sum(shares) : share))
}

interface PricedLine {
  sold: Sold
  before: { net: number; tax: number }
  after: { net: number; tax: number }
  discounts: { net: number; tax: number }[]
}

function priceLines(recipe: Recipe): PricedLine[] {
  const spreads = recipe.coupons.map((coupon) => spread(coupon, recipe.lines))
  return recipe.lines.map((sold, index) => {
    const raw = sold.price * sold.quantity
    const discounts = spreads.map((shares) => (shares[index] ?? 0) * 10_000)
    const splitHere = (micro: number) => split(micro, sold.rate, recipe.pricesIncludeTax)
    return {
      sold,
      before: splitHere(raw),
      after: splitHere(raw - sum(discounts)),
      discounts: discounts.map(splitHere),
    }
  })
}

function lineItemOf({ sold, before, after }: PricedLine, numbers: Numbers): LineItem {
  const { product, quantity, rate } = sold
  const share = { total: amountOf(centsOfMicro(after.tax)), subtotal: amountOf(centsOfMicro(before.tax)) }
  return {
    id: numbers.item(),
    name: product.name,
    product_id: product.id,
    variation_id: 0,
    quantity,
    tax_class: rate?.taxClass ?? '',
    subtotal: amountOf(centsOfMicro(before.net)),
    subtotal_tax: share.subtotal,
    total: amountOf(centsOfMicro(after.net)),
    total_tax: share.total,
    taxes: rate ? [{ id: rate.id, ...share }] : [],
    meta_data: [],
    sku: product.sku,
    global_unique_id: product.ean,
    price: after.net / 1_000_000 / quantity,
    image: product.image,
    parent_name: null,
  }
}

function flatTax(net: number, rate: Rate | null): { total_tax: string; taxes: TaxShare[] } {
  if (!rate) return { total_tax: '0.00', taxes: [] }
  const total = amountOf(divide(net * rate.basisPoints, 10_000))
  return { total_tax: total, taxes: [{ id: rate.id, total, subtotal: '' }] }
}

function shippingLinesOf({ shipping, standardRate }: Recipe, numbers: Numbers): ShippingLine[] {
  if (!shipping) return []
  const { methodId, title, net } = shipping
  const head = { id: numbers.item(), method_title: title, method_id: methodId, instance_id: '' }
  return [{ ...head, total: amountOf(net), ...flatTax(net, standardRate), tax_status: 'taxable', meta_data: [] }]
}

function feeLinesOf({ fees, standardRate }: Recipe, numbers: Numbers): FeeLine[] {
  return fees.map(({ name, net, taxStatus }) => {
    const head = { id: numbers.item(), name, tax_class: '', tax_status: taxStatus, amount: '' }
    return { ...head, total: amountOf(net), ...flatTax(net, standardRate), meta_data: [] }
  })
}

function couponLinesOf(recipe: Recipe, lines: PricedLine[], numbers: Numbers): CouponLine[] {
  return recipe.coupons.map((coupon, index) => {
    const shares = lines.map((line) => line.discounts[index] ?? { net: 0, tax: 0 })
    const type = coupon.type === 'percent' ? '"percent"' : 'null'
    const info = `[${coupon.id},"${coupon.code}",${type},${coupon.amount}${coupon.isFreeShipping ? ',true' : ''}]`
    const discountTax = centsOfMicro(sum(shares.map((s) => s.tax)))
    return {
      id: numbers.item(),
      code: coupon.code,
      discount: String(centsOfMicro(sum(shares.map((s) => s.net))) / 100),
      discount_tax: coupon.amount === 0 ? '0' : amountOf(discountTax),
      meta_data: [
        { id: numbers.meta(), key: 'coupon_info', value: info, display_key: 'coupon_info', display_value: info },
      ],
      discount_type: coupon.type,
      nominal_amount: coupon.amount,
      free_shipping: coupon.isFreeShipping ?? false,
    }
  })
}

function taxLinesOf(rates: Rate[], cart: TaxShare[], shipping: TaxShare[], numbers: Numbers): TaxLine[] {
  const sumOf = (shares: TaxShare[], rate: Rate) =>
    sum(shares.filter((s) => s.id === rate.id).map((s) => centsOf(s.total)))
  return rates.map((rate) => ({
    id: numbers.item(),
    rate_code: rate.code,
    rate_id: rate.id,
    label: rate.label,
    compound: false,
    tax_total: amountOf(sumOf(cart, rate)),
    shipping_tax_total: amountOf(sumOf(shipping, rate)),
    rate_percent: rate.basisPoints / 100,
    meta_data: [],
  }))
}

/** Prices an order as WooCommerce does: tax rounded per line, totals summed from rounded lines. */
export function priceOrder(recipe: Recipe, numbers: Numbers): PricedParts {
  const lines = priceLines(recipe)
  const items = lines.map((line) => lineItemOf(line, numbers))
  const shippings = shippingLinesOf(recipe, numbers)
  const fees = feeLinesOf(recipe, numbers)
  const cartShares = [...items, ...fees].flatMap((line) => line.taxes)
  const shippingShares = shippings.flatMap((line) => line.taxes)
  const used = new Set([...cartShares, ...shippingShares].map((share) => share.id))
  const known = [...recipe.lines.map((line) => line.rate), recipe.standardRate].filter((rate) => rate !== null)
  const rates = [...new Map(known.map((rate) => [rate.id, rate])).values()].filter((rate) => used.has(rate.id))
  const taxLines = taxLinesOf(rates, cartShares, shippingShares, numbers)
  const totalOf = (parts: { total: string }[]) => sum(parts.map((part) => centsOf(part.total)))
  const [cartTax, shippingTax] = [totalOf(cartShares), totalOf(shippingShares)]
  const discountOf = (part: 'net' | 'tax') =>
    centsOfMicro(sum(lines.map((line) => line.before[part] - line.after[part])))
  return {
    discount_total: amountOf(discountOf('net')),
    discount_tax: amountOf(discountOf('tax')),
    shipping_total: amountOf(totalOf(shippings)),
    shipping_tax: amountOf(shippingTax),
    cart_tax: amountOf(cartTax),
    total: amountOf(totalOf([...items, ...fees, ...shippings]) + cartTax + shippingTax),
    total_tax: amountOf(cartTax + shippingTax),
    line_items: items,
    tax_lines: taxLines,
    shipping_lines: shippings,
    fee_lines: fees,
    coupon_lines: couponLinesOf(recipe, lines, numbers),
  }
}
