import { shareOf } from './amounts.ts'
import type { Item, Order } from './model.ts'
import { realItems } from './quantities.ts'
import { changeOrder, type Shop, timeIn } from './shop.ts'

/** The customer's delivery address is changed; the order is saved with it. */
export function changeAddress(shop: Shop, order: Order): void {
  order.shipping.street = ['99 rue du Déménagement', 'Bâtiment Z']
  order.shipping.postcode = '33000'
  order.shipping.city = 'Bordeaux'
  order.shipping.country_id = 'FR'
  for (const column of ['region', 'region_code', 'region_id'] as const) order.shipping[column] = null
  order.row.updated_at = timeIn(shop)
  shop.store.save()
}

const SCALED = [
  'row_total',
  'row_total_incl_tax',
  'tax_amount',
  'discount_amount',
  'discount_tax_compensation_amount',
] as const

/** One more of the first line that counts, at the same price: its amounts grow in proportion, and the totals with them. */
export function addOneMore(shop: Shop, order: Order): void {
  const [item] = realItems(order)
  if (!item) return
  changeOrder(shop, order, () => {
    const qty = item.row.qty_ordered
    const more = Object.fromEntries(SCALED.map((name) => [name, shareOf(item.amounts[name] ?? 0, 1, qty)]))
    const parent = order.items.find((other) => other.row.item_id === item.row.parent_item_id)
    for (const line of [item, ...(parent ? [parent] : [])]) {
      for (const name of SCALED) line.amounts[name] = (line.amounts[name] ?? 0) + (more[name] ?? 0)
    }
    growQuantities(order, item, qty)
    if (item.tax) item.tax.amount = item.amounts.tax_amount
    growTotals(order, more)
  })
}

function growQuantities(order: Order, item: Item, qty: number): void {
  item.row.qty_ordered = qty + 1
  for (const child of order.items) {
    if (child.row.parent_item_id === item.row.item_id) child.row.qty_ordered += child.row.qty_ordered / qty
  }
  if (item.row.parent_item_id === null) order.row.total_qty_ordered += 1
  item.amounts.row_weight = item.amounts.weight * item.row.qty_ordered
  order.amounts.weight += item.amounts.weight
}

function growTotals({ amounts: own }: Order, more: Record<string, number>): void {
  const get = (name: string) => more[name] ?? 0
  own.subtotal += get('row_total')
  own.subtotal_incl_tax += get('row_total_incl_tax')
  own.tax_amount += get('tax_amount')
  own.discount_amount -= get('discount_amount')
  own.discount_tax_compensation_amount += get('discount_tax_compensation_amount')
  const grown = get('row_total') + get('tax_amount') - get('discount_amount') + get('discount_tax_compensation_amount')
  own.grand_total += grown
  own.total_due += grown
}
