import { sumOf, type Units } from './amounts.ts'
import { type MgItem, mgEcotaxes } from './wire.ts'

/**
 * The rows that were sold, each once (contract, 4.3): a configurable article is its parent, whose child repeats the SKU;
 * a bundle is its children where they carry the price, its parent otherwise.
 */
export function soldItems(items: MgItem[]): MgItem[] {
  const ids = new Set(items.map((item) => item.item_id))
  const isChild = (item: MgItem) => item.parent_item_id != null && ids.has(item.parent_item_id)
  return items
    .filter((item) => !isChild(item))
    .flatMap((parent) => {
      const children = items.filter((item) => item.parent_item_id === parent.item_id)
      return carriesPrice(children, parent) ? children : [parent]
    })
}

/** True when the children hold the price: it adds up to their parent's, or their parent has none. */
function carriesPrice(children: MgItem[], parent: MgItem): boolean {
  const priced = sumOf(children.map((child) => child.row_total))
  if (priced === 0n || parent.product_type === 'configurable') return false
  if (parent.row_total === 0n) return true
  const isSame = distance(priced, parent.row_total) <= 100n * BigInt(children.length)
  return isSame && (parent.discount_amount === 0n || children.some((child) => child.discount_amount !== 0n))
}

const distance = (a: Units, b: Units): Units => (a > b ? a - b : b - a)

/** The fixed product tax of a row (ecotax), with the VAT on it where the shop tells that. */
export function ecotaxOf(item: MgItem): { gross: Units; vat: Units } {
  const net = item.weee_tax_applied_row_amount
  const told = mgEcotaxes.safeParse(parsed(item.weee_tax_applied))
  if (net === 0n || !told.success || told.data.length === 0) return { gross: net, vat: 0n }
  const vat = sumOf(told.data.map((tax) => (tax.row_amount_incl_tax ?? tax.row_amount) - tax.row_amount))
  return { gross: net + vat, vat }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
