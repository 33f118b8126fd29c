import type { Order, State } from './model.ts'
import { qtyToInvoice, qtyToShip, realItems } from './quantities.ts'
import { changeOrder, type Shop, setState } from './shop.ts'

const is = (order: Order, ...states: State[]) => states.includes(order.row.state)

/** Whether anything is left to invoice in a state that lets one. */
export const canInvoice = (order: Order): boolean =>
  !is(order, 'payment_review', 'holded', 'canceled', 'complete', 'closed') &&
  realItems(order).some((item) => qtyToInvoice(item) > 0)

/** Whether anything is left to ship in a state that lets one. */
export const canShip = (order: Order): boolean =>
  !is(order, 'payment_review', 'holded', 'canceled') && realItems(order).some((item) => qtyToShip(item) > 0)

/** Whether money was taken that was not given back yet. */
export const canRefund = (order: Order): boolean =>
  !is(order, 'payment_review', 'holded', 'canceled', 'closed') &&
  (order.amounts.total_paid ?? 0) - (order.amounts.total_refunded ?? 0) > 0

/** Whether an order can be cancelled: not held, not finished, and not invoiced to the end. */
export const canCancel = (order: Order): boolean =>
  !is(order, 'payment_review', 'holded', 'canceled', 'complete', 'closed') &&
  realItems(order).some((item) => qtyToInvoice(item) > 0)

/** Moves an order on after a document: finished, given back, or in progress. */
export function settleState(order: Order, o: { inProgress: boolean }): void {
  const isDone = !canInvoice(order) && !canShip(order)
  if (isDone && (order.amounts.grand_total === 0 || canRefund(order))) setState(order, 'complete')
  else if (isDone && (order.amounts.total_refunded ?? 0) > 0) setState(order, 'closed')
  else if (o.inProgress && is(order, 'new')) setState(order, 'processing')
}

const left = (order: Order, total: string, invoiced: string) =>
  (order.amounts[total] ?? 0) - (order.amounts[invoiced] ?? 0)

/** Cancels what is not invoiced; false when the order cannot be cancelled. */
export function cancelOrder(shop: Shop, order: Order): boolean {
  if (!canCancel(order)) return false
  changeOrder(shop, order, () => {
    for (const item of order.items) item.row.qty_canceled = item.row.qty_ordered - item.row.qty_invoiced
    Object.assign(order.amounts, {
      subtotal_canceled: left(order, 'subtotal', 'subtotal_invoiced'),
      discount_canceled: Math.abs(left(order, 'discount_amount', 'discount_invoiced')),
      tax_canceled: left(order, 'tax_amount', 'tax_invoiced'),
      shipping_canceled: left(order, 'shipping_amount', 'shipping_invoiced'),
      total_canceled: left(order, 'grand_total', 'total_paid'),
    })
    setState(order, 'canceled')
  })
  return true
}

/** Puts an order on hold; false when its state does not let one. */
export function holdOrder(shop: Shop, order: Order): boolean {
  if (is(order, 'canceled', 'payment_review', 'complete', 'closed', 'holded')) return false
  changeOrder(shop, order, () => {
    order.row.hold_before_state = order.row.state
    order.row.hold_before_status = order.row.status
    setState(order, 'holded')
  })
  return true
}

/** Takes an order from hold, back to where it was; false when it is not held. */
export function releaseOrder(shop: Shop, order: Order): boolean {
  if (!is(order, 'holded')) return false
  changeOrder(shop, order, () => {
    order.row.state = order.row.hold_before_state ?? 'new'
    order.row.status = order.row.hold_before_status
    order.row.hold_before_state = null
    order.row.hold_before_status = null
  })
  return true
}
