import { centsOfMicro } from '../woocommerce/money.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { microOf, textOfCents, textOfMicro } from './money.ts'
import { findRow, insertRow, rowsWith, type Shop, timeOf, touch } from './shop.ts'

/** The delivery address changes: an address in use is never edited, the order gets a new one and the old is marked deleted. */
export function changeAddress(shop: Shop, order: Row): void {
  const old = findRow(shop, 'addresses', Number(order.id_address_delivery))
  if (!old) throw new RangeError(`order ${order.id} has no delivery address`)
  const now = timeOf(shop)
  const { id: _, associations: __, ...values } = old
  const place = { address1: '8 quai des Brumes', address2: '', postcode: '76600', city: 'Le Havre', id_country: '8' }
  const changed = insertRow(shop, 'addresses', {
    ...valuesOf(values),
    ...place,
    deleted: '0',
    date_add: now,
    date_upd: now,
  })
  old.deleted = '1'
  touch(shop, old)
  order.id_address_delivery = String(changed.id)
  touch(shop, order)
}

const valuesOf = (row: Omit<Row, 'id' | 'associations'>): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? value : '']))

const GROWING: Record<string, 'excl' | 'incl'> = {
  total_paid: 'incl',
  total_paid_tax_incl: 'incl',
  total_paid_tax_excl: 'excl',
  total_products: 'excl',
  total_products_wt: 'incl',
}

/** One more of the first item: its line and the totals grow, the vouchers stay as they are. */
export function addOneItem(shop: Shop, order: Row): void {
  const [detail] = rowsWith(shop, 'order_details', 'id_order', order.id)
  if (!detail) throw new RangeError(`order ${order.id} has no lines`)
  const quantity = Number(detail.product_quantity) + 1
  detail.product_quantity = String(quantity)
  detail.product_quantity_in_stock = String(quantity)
  const grown = { excl: grow(detail, 'excl', quantity), incl: grow(detail, 'incl', quantity) }
  for (const [name, part] of Object.entries(GROWING)) {
    order[name] = textOfMicro(microOf(textOf(order, name)) + grown[part])
  }
  touch(shop, order)
}

/** The line's new total; answers what it grew by, in millionths. */
function grow(detail: Row, part: 'excl' | 'incl', quantity: number): number {
  const name = `total_price_tax_${part}`
  const before = microOf(textOf(detail, name))
  detail[name] = textOfCents(centsOfMicro(microOf(textOf(detail, `unit_price_tax_${part}`)) * quantity))
  return microOf(textOf(detail, name)) - before
}
