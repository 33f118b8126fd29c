import type { ShownOrder } from '../shop-sandbox.ts'
import { centsOfMicro } from '../woocommerce/money.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { microOf } from './money.ts'
import { centsOfSlip, slipsOf } from './refunds.ts'
import { rowsOf, rowsWith, type Shop } from './shop.ts'

/** An order as its customer and the merchant see it; its status is the id of its state, its number its reference. */
export function showOrder(shop: Shop, order: Row): ShownOrder {
  const comments = commentsOf(shop, order)
  return {
    id: String(order.id),
    number: textOf(order, 'reference'),
    status: textOf(order, 'current_state'),
    total: centsOfMicro(microOf(textOf(order, 'total_paid_tax_incl'))),
    paid: microOf(textOf(order, 'total_paid_real')) >= microOf(textOf(order, 'total_paid_tax_incl')),
    tracking: rowsWith(shop, 'order_carriers', 'id_order', order.id)
      .map((row) => textOf(row, 'tracking_number'))
      .filter((number) => number !== ''),
    comments,
    invoice: comments.findLast((comment) => /facture|invoice/i.test(comment)) ?? null,
    refunds: slipsOf(shop, order).map((slip) => ({ id: String(slip.id), amount: centsOfSlip(slip) })),
  }
}

/** All orders, oldest first. */
export const showOrders = (shop: Shop): ShownOrder[] => rowsOf(shop, 'orders').map((order) => showOrder(shop, order))

/** What the customer reads on the page of the order: messages of its threads, and messages that are not private. */
function commentsOf(shop: Shop, order: Row): string[] {
  const threads = rowsWith(shop, 'customer_threads', 'id_order', order.id)
  const written = threads.flatMap((thread) => rowsWith(shop, 'customer_messages', 'id_customer_thread', thread.id))
  return [...written, ...rowsWith(shop, 'messages', 'id_order', order.id)]
    .filter((row) => row.private === '0')
    .map((row) => textOf(row, 'message'))
}
