import type { ShownOrder } from '../shop-sandbox.ts'
import { centsOf } from './amounts.ts'
import type { Order } from './model.ts'
import type { Shop } from './shop.ts'

/** An order as its customer and the merchant see it. */
export function showToPeople(shop: Shop, order: Order): ShownOrder {
  const { entity_id: id, increment_id, status } = order.row
  const shipments = shop.store.data.shipments.filter(({ row }) => row.order_id === id)
  const creditMemos = shop.store.data.creditMemos.filter(({ row }) => row.order_id === id)
  const comments = [
    ...order.histories.filter((entry) => entry.is_visible_on_front === 1).map((entry) => entry.comment),
    ...shipments.map(({ comment }) => (comment?.is_visible_on_front === 1 ? comment.comment : null)),
  ].filter((comment) => comment !== null)
  return {
    id: String(id),
    number: increment_id,
    status: status ?? '',
    total: centsOf(order.amounts.grand_total),
    paid: (order.amounts.total_paid ?? 0) > 0 && order.amounts.total_due <= 0,
    tracking: shipments.flatMap((shipment) => shipment.tracks.map((track) => track.track_number)),
    comments,
    invoice: comments.filter(isInvoice).at(-1) ?? null,
    refunds: creditMemos.map(({ row, amounts }) => ({
      id: String(row.entity_id),
      amount: centsOf(amounts.grand_total),
    })),
  }
}

/** Magento has no place for a foreign invoice: it is a comment with a link on the customer's order page. */
const isInvoice = (comment: string) => /factur|invoice/i.test(comment) && /https?:\/\//.test(comment)
