import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import { chooseTemplate, templateNamed } from '../order-templates.ts'
import type { PlacedOrder } from '../shop-sandbox.ts'
import { gmtOf } from './clock.ts'
import { openDice } from './dice.ts'
import { emptyShop, type Note, type Order, type ShopState } from './model.ts'
import type { Numbers } from './recipe.ts'
import { TEMPLATES } from './templates.ts'
import { buildOrder } from './variations.ts'

/** The shop behind the API: its state, and what happens in it. */
export interface Shop {
  store: Store<ShopState>
  ledger: Ledger
  now: () => Date
  /** Time zone of the shop, an IANA name. */
  zone: string
  numbers: Numbers
  /** Hears of every order that came, changed or went. */
  onEvent: (event: OrderEvent, order: Order) => void
}

/** What webhooks tell of orders. */
export type OrderEvent = 'created' | 'updated' | 'deleted'

/** Opens a shop on its file, or in memory. */
export function openShop(o: { file?: string; now?: () => Date; zone: string }): Shop {
  const store = openStore(o.file, emptyShop)
  const { next } = store.data
  const numbers = { item: () => next.item++, meta: () => next.meta++ }
  return {
    store,
    ledger: openLedger(store),
    now: o.now ?? (() => new Date()),
    zone: o.zone,
    numbers,
    onEvent: () => {},
  }
}

/** A customer orders; without a template, one is chosen by weight; without a seed, the next one is taken. */
export function placeOrder(shop: Shop, o: { template?: string; seed?: number } = {}): PlacedOrder {
  const { data } = shop.store
  const seed = o.seed ?? data.next.seed++
  const name = o.template ?? chooseTemplate(TEMPLATES, openDice(`choice:${seed}`))
  const { expectedParked } = templateNamed(TEMPLATES, name)
  const id = data.next.post++
  const order = buildOrder({ template: name, seed, id, numbers: shop.numbers, now: shop.now() })
  data.orders.push(order)
  if (order.date_paid_gmt !== null) addNote(shop, order, { note: paidNote(order) })
  shop.store.save()
  for (const event of ['created', 'updated'] as const) shop.onEvent(event, order)
  return { id: String(id), number: order.number, template: name, expectedParked }
}

const paidNote = (order: Order) => `Payment via ${order.payment_method_title} (${order.transaction_id}).`

/** Writes a note down; it does not move `date_modified`. */
export function addNote(shop: Shop, order: Order, o: { note: string; isForCustomer?: boolean }): Note {
  const { data } = shop.store
  const note: Note = {
    id: data.next.note++,
    order_id: order.id,
    author: 'WooCommerce',
    date_created_gmt: gmtOf(shop.now()),
    note: o.note,
    customer_note: o.isForCustomer ?? false,
  }
  data.notes.push(note)
  shop.store.save()
  return note
}

/** The order with this number; undefined when there is none. */
export const findOrder = (shop: Shop, id: number): Order | undefined =>
  shop.store.data.orders.find((order) => order.id === id)

/** Marks an order as changed now. */
export function touch(shop: Shop, order: Order): void {
  order.date_modified_gmt = gmtOf(shop.now())
  shop.store.save()
  shop.onEvent('updated', order)
}

const LABELS: Record<string, string> = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  'checkout-draft': 'Draft',
}

/** Moves an order to a status as WooCommerce does: dates of payment and completion follow, the same status again does nothing. */
export function moveStatus(shop: Shop, order: Order, status: string): void {
  if (order.status === status) return
  const now = gmtOf(shop.now())
  const change = `Order status changed from ${LABELS[order.status] ?? order.status} to ${LABELS[status] ?? status}.`
  order.status = status
  if (status === 'processing' || status === 'completed') order.date_paid_gmt ??= now
  if (status === 'completed') order.date_completed_gmt = now
  addNote(shop, order, { note: change })
  touch(shop, order)
}

const PAYABLE = ['pending', 'on-hold', 'failed']

/** Whether the order still waits for its money. */
export const isUnpaid = (order: Order): boolean => PAYABLE.includes(order.status) && order.date_paid_gmt === null

/** Takes the money of an order that waits for it; of any other it only keeps the transaction id. */
export function payOrder(shop: Shop, order: Order, transactionId?: string): void {
  const keepsTransaction = transactionId !== undefined && transactionId !== order.transaction_id
  if (keepsTransaction) order.transaction_id = transactionId
  if (PAYABLE.includes(order.status)) {
    addNote(shop, order, { note: paidNote(order) })
    moveStatus(shop, order, 'processing')
  } else if (keepsTransaction) touch(shop, order)
}

/** The transaction id of the next bank transfer that arrives. */
export const nextTransfer = (shop: Shop): string => `VIR-${shop.store.data.next.transfer++}`

/** Sets, or with null removes, one entry of the order's `meta_data`; tells whether anything changed. */
export function setMeta(shop: Shop, order: Order, o: { key: string; value: unknown }): boolean {
  const known = order.meta_data.find((meta) => meta.key === o.key)
  if (o.value === null) {
    order.meta_data = order.meta_data.filter((meta) => meta.key !== o.key)
    return known !== undefined
  }
  if (!known) order.meta_data.push({ id: shop.numbers.meta(), key: o.key, value: o.value })
  else if (JSON.stringify(known.value) === JSON.stringify(o.value)) return false
  else known.value = o.value
  return true
}

/** Puts an order into the trash, where lists do not show it. */
export function trashOrder(shop: Shop, order: Order): void {
  order.status = 'trash'
  touch(shop, order)
  shop.onEvent('deleted', order)
}

/** Takes an order out for good. */
export function removeOrder(shop: Shop, order: Order): void {
  shop.store.data.orders = shop.store.data.orders.filter((other) => other.id !== order.id)
  shop.store.save()
  shop.onEvent('deleted', order)
}
