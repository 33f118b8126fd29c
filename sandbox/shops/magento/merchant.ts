import { amountOf } from './amounts.ts'
import { registerInvoice } from './invoicing.ts'
import type { Order, State } from './model.ts'
import { previewRefund, registerRefund } from './refunding.ts'
import { registerShipment } from './shipping.ts'
import { changeOrder, findOrder, type Shop } from './shop.ts'
import { cancelOrder, canInvoice, canRefund, canShip, holdOrder, releaseOrder } from './states.ts'

/** The order with this number as a text; an unknown one is a mistake of the caller. */
export function orderNamed(shop: Shop, id: string): Order {
  const order = findOrder(shop, Number(id))
  if (!order) throw new RangeError(`no order ${id}`)
  return order
}

/** Whether the order still waits for its money. */
export const isUnpaid = (order: Order): boolean =>
  ['new', 'pending_payment'].includes(order.row.state) && order.amounts.total_due > 0 && canInvoice(order)

/** The money came: the merchant registers an invoice, and the order is in progress. */
export function payOrder(shop: Shop, order: Order): void {
  if (canInvoice(order)) registerInvoice(shop, order, { wanted: null, notify: false })
}

/** Gives back everything that was paid and not given back yet. */
function refundAll(shop: Shop, order: Order): void {
  if (!canRefund(order)) return
  const paid = (order.amounts.total_paid ?? 0) - (order.amounts.total_refunded ?? 0)
  const wish = { wanted: null, shipping: null, adjustmentPositive: 0, adjustmentNegative: 0 }
  const gap = paid - previewRefund(order, wish)
  registerRefund(shop, order, { ...wish, ...(gap >= 0 ? { adjustmentPositive: gap } : { adjustmentNegative: -gap }) })
}

/** Gives back some cents as an adjustment, or everything. */
export function refundOrder(shop: Shop, order: Order, cents?: number): void {
  if (cents === undefined) {
    refundAll(shop, order)
    return
  }
  const paid = (order.amounts.total_paid ?? 0) - (order.amounts.total_refunded ?? 0)
  if (amountOf(cents) > paid || !canRefund(order)) throw new RangeError(`no ${cents} cents to give back`)
  const wish = { wanted: new Map<number, number>(), shipping: 0, adjustmentNegative: 0 }
  registerRefund(shop, order, { ...wish, adjustmentPositive: amountOf(cents) })
}

/** Cancels an order; one that is paid cannot be cancelled in Magento: its money is given back and it is closed. */
export function cancelByMerchant(shop: Shop, order: Order): void {
  if (order.row.state === 'holded') releaseOrder(shop, order)
  if (!cancelOrder(shop, order)) refundAll(shop, order)
}

const shipAll = (shop: Shop, order: Order) => {
  if (canShip(order)) registerShipment(shop, order, { wanted: null, tracks: [], comment: null, source: 'default' })
}

const MOVES: Record<string, (shop: Shop, order: Order) => void> = {
  canceled: cancelByMerchant,
  closed: refundAll,
  holded: holdOrder,
  processing: (shop, order) => (order.row.state === 'holded' ? releaseOrder(shop, order) : payOrder(shop, order)),
  complete: (shop, order) => {
    payOrder(shop, order)
    shipAll(shop, order)
  },
}

/** The merchant moves the status: by the act that leads there; one that no act leads to is written by hand. */
export function moveByHand(shop: Shop, order: Order, status: string): void {
  const act = Object.hasOwn(MOVES, status) ? MOVES[status] : undefined
  if (act) {
    act(shop, order)
    return
  }
  const states: Record<string, State> = {
    pending: 'new',
    pending_payment: 'pending_payment',
    payment_review: 'payment_review',
  }
  changeOrder(shop, order, () => {
    order.row.state = states[status] ?? order.row.state
    order.row.status = status
  })
}
