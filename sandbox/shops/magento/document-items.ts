import { type Amount, shareOf } from './amounts.ts'
import type { DocumentItem } from './documents.ts'
import type { Amounts, Item } from './model.ts'

/** Columns of a line that are shared out by quantity, and where the line keeps what was done of each. */
export interface Sharing {
  columns: Record<string, string>
  qtyDone: 'qty_invoiced' | 'qty_refunded'
}

/** Adds to a column that may have been empty; an empty one stays empty when there is nothing to add. */
export function addTo(amounts: Record<string, Amount | null>, column: string, more: Amount): void {
  if (more !== 0 || amounts[column] != null) amounts[column] = (amounts[column] ?? 0) + more
}

/** Takes the share of some pieces of a line: the last pieces take what is left, so that shares add up to the cent. */
export function takeShare(item: Item, qty: number, { columns, qtyDone }: Sharing): Record<string, Amount> {
  const isLast = item.row[qtyDone] + qty >= item.row.qty_ordered
  const taken: Record<string, Amount> = {}
  for (const [column, done] of Object.entries(columns)) {
    const whole = item.amounts[column] ?? 0
    const share = isLast ? whole - (item.amounts[done] ?? 0) : shareOf(whole, qty, item.row.qty_ordered)
    taken[column] = share
    addTo(item.amounts, done, share)
  }
  item.row[qtyDone] += qty
  return taken
}

/** Writes one line of an invoice or of a credit memo. */
export function documentItem(
  item: Item,
  o: { id: number; parent: number; qty: number; shares: Record<string, Amount> },
): DocumentItem {
  const { item_id, product_id, sku, name, qty_ordered } = item.row
  const { price, price_incl_tax = null, row_total_incl_tax } = item.amounts
  const amounts: Amounts<'price'> = { price, price_incl_tax, ...o.shares }
  if (row_total_incl_tax != null) amounts.row_total_incl_tax = shareOf(row_total_incl_tax, o.qty, qty_ordered)
  for (const column of ['discount_amount', 'discount_tax_compensation_amount']) {
    if (amounts[column] === 0) amounts[column] = null
  }
  return {
    row: { entity_id: o.id, parent_id: o.parent, order_item_id: item_id, product_id, sku, name, qty: o.qty },
    amounts,
  }
}
