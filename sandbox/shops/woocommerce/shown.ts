import type { ShownOrder } from '../shop-sandbox.ts'
import type { Order } from './model.ts'
import { centsOf } from './money.ts'
import type { Shop } from './shop.ts'

/** How the connector words a note about a parcel. */
const PARCEL_NOTE = /^Colis (\S+) remis à /

/** An order as its customer and the merchant see it. */
export function shownOrder({ store }: Shop, order: Order): ShownOrder {
  const { notes, refunds } = store.data
  const comments = notes.filter((note) => note.order_id === order.id && note.customer_note).map(({ note }) => note)
  const invoice = order.meta_data.findLast((meta) => meta.key === '_codial_invoice_number')?.value
  return {
    id: String(order.id),
    number: order.number,
    status: order.status,
    total: centsOf(order.total),
    paid: order.date_paid_gmt !== null,
    tracking: comments.flatMap((comment) => PARCEL_NOTE.exec(comment)?.[1] ?? []),
    comments,
    invoice: typeof invoice === 'string' ? invoice : null,
    refunds: refunds
      .filter((refund) => refund.parent_id === order.id)
      .map(({ id, amount }) => ({ id: String(id), amount: centsOf(amount) })),
  }
}
