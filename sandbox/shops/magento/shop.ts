import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import { utcOf } from './clock.ts'
import { type Counter, emptyShop, type History, type Order, type ShopState, type State } from './model.ts'
import type { Version } from './versions.ts'

/** The shop behind the API: its state, and what happens in it. */
export interface Shop {
  store: Store<ShopState>
  ledger: Ledger
  now: () => Date
  version: Version
  next: (counter: Counter) => number
}

/** Opens a shop on its file, or in memory. */
export function openShop(o: { file?: string; now?: () => Date; version: Version }): Shop {
  const store = openStore(o.file, emptyShop)
  const { next } = store.data
  return {
    store,
    ledger: openLedger(store),
    now: o.now ?? (() => new Date()),
    version: o.version,
    next: (counter) => next[counter]++,
  }
}

/** The time in the shop, as it writes it. */
export const timeIn = (shop: Shop): string => utcOf(shop.now())

/** The order with this number; undefined when there is none. */
export const findOrder = (shop: Shop, id: number): Order | undefined =>
  shop.store.data.orders.find((order) => order.row.entity_id === id)

const rowsOf = (order: Order) => [
  { row: order.row, print: JSON.stringify([order.row, order.amounts]) },
  ...order.items.map((item) => ({ row: item.row, print: JSON.stringify([item.row, item.amounts]) })),
]

/** Does something to an order and saves it; `updated_at` moves on the rows that changed, as the database sets it. */
export function changeOrder<T>(shop: Shop, order: Order, act: () => T): T {
  const before = new Map(rowsOf(order).map(({ row, print }) => [row, print]))
  const result = act()
  for (const { row, print } of rowsOf(order)) if (before.get(row) !== print) row.updated_at = timeIn(shop)
  shop.store.save()
  return result
}

const DEFAULT_STATUS: Partial<Record<State, string>> = { new: 'pending' }

/** Moves an order to a state, with the status that is usual for it. */
export function setState(order: Order, state: State): void {
  order.row.state = state
  order.row.status = DEFAULT_STATUS[state] ?? state
}

/** Writes an entry into the history of an order. */
export function addHistory(
  shop: Shop,
  order: Order,
  o: Partial<Omit<History, 'entity_id' | 'parent_id' | 'created_at'>> & { comment: string | null },
): History {
  const entry: History = {
    entity_name: 'order',
    is_customer_notified: null,
    is_visible_on_front: 0,
    status: order.row.status,
    ...o,
    entity_id: shop.next('history'),
    parent_id: order.row.entity_id,
    created_at: timeIn(shop),
  }
  order.histories.push(entry)
  return entry
}
