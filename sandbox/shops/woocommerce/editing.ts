import type { Address, Order } from './model.ts'
import { amountOf, centsOf, divide } from './money.ts'
import { type Shop, touch } from './shop.ts'

const NEW_PLACES = [
  { address_1: '12 rue du Moulin-Neuf', address_2: 'Bâtiment B', postcode: '69002', city: 'Lyon' },
  { address_1: '3 quai de la Fosse', address_2: '', postcode: '44000', city: 'Nantes' },
]

/** The customer's delivery address is changed, to another place each time. */
export function changeAddress(shop: Shop, order: Order): void {
  const place: Address = order.shipping.address_1 === '' ? order.billing : order.shipping
  const next = NEW_PLACES.find(({ address_1 }) => address_1 !== place.address_1)
  Object.assign(place, next)
  touch(shop, order)
}

/** One more of the first item at the same price; what is not goods stays as it was. */
export function addOneOfFirst(shop: Shop, order: Order): void {
  const [line] = order.line_items
  if (!line) return
  const before = amountsOf(line)
  const [share] = line.taxes
  const rate = order.tax_lines.find((tax) => tax.rate_id === share?.id)
  const taxOn = (net: number) => (rate ? divide(net * Math.round(rate.rate_percent * 100), 10_000) : 0)
  const grown = (cents: number) => divide(cents * (line.quantity + 1), line.quantity)
  const [subtotal, total] = [grown(before.subtotal), grown(before.total)]
  const after = { subtotal, total, subtotal_tax: taxOn(subtotal), total_tax: taxOn(total) }
  line.quantity += 1
  for (const name of ['subtotal', 'total', 'subtotal_tax', 'total_tax'] as const) line[name] = amountOf(after[name])
  if (share) Object.assign(share, { total: line.total_tax, subtotal: line.subtotal_tax })
  addToTotals(order, rate, {
    net: after.total - before.total,
    tax: after.total_tax - before.total_tax,
    discount: after.subtotal - before.subtotal - (after.total - before.total),
    discountTax: after.subtotal_tax - before.subtotal_tax - (after.total_tax - before.total_tax),
  })
  touch(shop, order)
}

const amountsOf = (line: Order['line_items'][number]) => ({
  subtotal: centsOf(line.subtotal),
  total: centsOf(line.total),
  subtotal_tax: centsOf(line.subtotal_tax),
  total_tax: centsOf(line.total_tax),
})

function addToTotals(
  order: Order,
  rate: Order['tax_lines'][number] | undefined,
  more: { net: number; tax: number; discount: number; discountTax: number },
): void {
  const plus = (amount: string, cents: number) => amountOf(centsOf(amount) + cents)
  if (rate) rate.tax_total = plus(rate.tax_total, more.tax)
  order.cart_tax = plus(order.cart_tax, more.tax)
  order.total_tax = plus(order.total_tax, more.tax)
  order.total = plus(order.total, more.net + more.tax)
  order.discount_total = plus(order.discount_total, more.discount)
  order.discount_tax = plus(order.discount_tax, more.discountTax)
}
