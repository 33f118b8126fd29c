import type { Item, Order } from './model.ts'

const parentOf = (order: Order, item: Item) =>
  order.items.find((other) => other.row.item_id === item.row.parent_item_id)

const childrenOf = (order: Order, item: Item) =>
  order.items.filter((other) => other.row.parent_item_id === item.row.item_id)

/** Whether a line only stands for others: a child whose parent has the price, or a bundle priced by its children. */
export function isDummy(order: Order, item: Item): boolean {
  const parent = parentOf(order, item)
  return item.isSplit || (parent !== undefined && !parent.isSplit)
}

/** Lines that count for themselves. */
export const realItems = (order: Order): Item[] => order.items.filter((item) => !isDummy(order, item))

/** What is left to invoice of a line that counts. */
export const qtyToInvoice = ({ row }: Item): number =>
  Math.max(0, row.qty_ordered - row.qty_invoiced - row.qty_canceled)

/** What is left to ship of a line that counts. */
export const qtyToShip = ({ row }: Item): number =>
  Math.max(0, row.qty_ordered - row.qty_shipped - row.qty_refunded - row.qty_canceled)

/** What can be refunded of a line that counts. */
export const qtyToRefund = ({ row }: Item): number => Math.max(0, row.qty_invoiced - row.qty_refunded)

const DONE = ['qty_invoiced', 'qty_shipped', 'qty_refunded', 'qty_canceled'] as const

/** Lets the lines that stand for others follow those: a child its parent, a split bundle the slowest of its children. */
export function followReals(order: Order): void {
  for (const item of order.items.filter((each) => isDummy(order, each))) {
    const leaders = item.isSplit
      ? childrenOf(order, item)
      : [parentOf(order, item)].filter((each) => each !== undefined)
    for (const column of DONE) {
      const shares = leaders.map((leader) => (leader.row[column] * item.row.qty_ordered) / leader.row.qty_ordered)
      item.row[column] = Math.floor(Math.min(...shares))
    }
  }
}

/** Reads wanted quantities by item id; null means everything that is left. */
export type Wanted = Map<number, number> | null

/** The lines to act on with their quantities; lines of which nothing is wanted are left out. */
export function chosenItems(order: Order, wanted: Wanted, left: (item: Item) => number): { item: Item; qty: number }[] {
  return realItems(order)
    .map((item) => ({ item, qty: wanted === null ? left(item) : (wanted.get(item.row.item_id) ?? 0) }))
    .filter(({ qty }) => qty > 0)
}
