import { localOf } from './clock.ts'
import type { Note, Order, Refund } from './model.ts'
import type { Shop } from './shop.ts'

/** Where the shop is seen from: scheme and host as the caller asked for them. */
export interface Seen {
  shop: Shop
  home: string
}

const linksOf = (o: { self: string; allow: string[]; collection: string }) => ({
  self: [{ href: o.self, targetHints: { allow: o.allow } }],
  collection: [{ href: o.collection }],
})

const localTime = (gmt: string | null, zone: string) => (gmt === null ? null : localOf(gmt, zone))

/** An order as the API shows it. */
export function showOrder({ shop, home }: Seen, order: Order) {
  const { zone, store } = shop
  const api = `${home}/wp-json/wc/v3`
  const refunds = store.data.refunds.filter((refund) => refund.parent_id === order.id)
  const customer = order.customer_id ? { customer: [{ href: `${api}/customers/${order.customer_id}` }] } : {}
  return {
    ...order,
    date_created: localTime(order.date_created_gmt, zone),
    date_modified: localTime(order.date_modified_gmt, zone),
    date_completed: localTime(order.date_completed_gmt, zone),
    date_paid: localTime(order.date_paid_gmt, zone),
    refunds: refunds.map(({ id, reason, amount }) => ({ id, reason, total: `-${amount}` })),
    payment_url: `${home}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.order_key}`,
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(order.status),
    needs_payment: ['pending', 'failed'].includes(order.status) && Number(order.total) > 0,
    _links: {
      ...linksOf({
        self: `${api}/orders/${order.id}`,
        allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        collection: `${api}/orders`,
      }),
      email_templates: [{ embeddable: true, href: `${api}/orders/${order.id}/actions/email_templates` }],
      ...customer,
    },
  }
}

/** A note as the API shows it. */
export function showNote({ shop, home }: Seen, note: Note) {
  const { order_id, ...shown } = note
  const order = `${home}/wp-json/wc/v3/orders/${order_id}`
  const links = linksOf({ self: `${order}/notes/${note.id}`, allow: ['GET', 'DELETE'], collection: `${order}/notes` })
  return {
    ...shown,
    date_created: localTime(note.date_created_gmt, shop.zone),
    _links: { ...links, up: [{ href: order }] },
  }
}

/** A refund as the API shows it; `parent_id` only in the list of the whole shop. */
export function showRefund({ shop, home }: Seen, refund: Refund, o: { withParent?: boolean } = {}) {
  const { parent_id, ...shown } = refund
  const order = `${home}/wp-json/wc/v3/orders/${parent_id}`
  const links = linksOf({
    self: `${order}/refunds/${refund.id}`,
    allow: ['GET', 'DELETE'],
    collection: `${order}/refunds`,
  })
  return {
    ...shown,
    ...(o.withParent ? { parent_id } : {}),
    date_created: localTime(refund.date_created_gmt, shop.zone),
    _links: { ...links, up: [{ href: order }] },
  }
}

/** All orders of the shop as the API shows them, oldest first. */
export const showOrders = (seen: Seen): ApiOrder[] => seen.shop.store.data.orders.map((order) => showOrder(seen, order))

/** An order as the API shows it. */
export type ApiOrder = ReturnType<typeof showOrder>
