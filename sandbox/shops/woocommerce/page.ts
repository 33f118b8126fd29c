import type { Hono } from 'hono'
import { html } from 'hono/html'
import { euros, type OrderCard, openShopPage } from '../page.ts'
import { homeOf } from './api.ts'
import type { Order } from './model.ts'
import { centsOf } from './money.ts'
import { STATUS_NAMES } from './page-words.ts'
import { findOrder, moveStatus, nextTransfer, payOrder, placeOrder, type Shop } from './shop.ts'
import { TEMPLATES } from './templates.ts'
import { type ApiOrder, showOrders } from './view.ts'

/** The page of the shop. */
export const openPage = (shop: Shop): Hono =>
  openShopPage<Order>({
    name: 'Boutique Bio',
    platform: 'WooCommerce',
    templates: Object.keys(TEMPLATES),
    placeOrder: (o) => placeOrder(shop, o),
    cards: (c) =>
      showOrders({ shop, home: homeOf(c) })
        .reverse()
        .map((order) => cardOf(shop, order)),
    find: (id) => findOrder(shop, id),
    acts: {
      pay: (order) => payOrder(shop, order, order.transaction_id || nextTransfer(shop)),
      cancel: (order) => moveStatus(shop, order, 'cancelled'),
    },
  })

const cardOf = (shop: Shop, order: ApiOrder): OrderCard => ({
  id: String(order.id),
  number: order.number,
  title: `Commande ${order.number}`,
  status: STATUS_NAMES[order.status] ?? order.status,
  body: bodyOf(shop, order),
  can: {
    pay: ['pending', 'on-hold', 'failed'].includes(order.status),
    cancel: !['cancelled', 'refunded', 'trash'].includes(order.status),
  },
})

function bodyOf(shop: Shop, order: ApiOrder) {
  const { billing, shipping } = order
  const notes = shop.store.data.notes.filter((note) => note.order_id === order.id && note.customer_note)
  const town = shipping.city || billing.city
  return html`<p>
      ${order.date_created?.replace('T', ' ')} · ${billing.first_name} ${billing.last_name}, ${town} ·
      <strong>${euros(centsOf(order.total))}</strong> · ${order.payment_method_title}
    </p>
    <ul>
      ${order.line_items.map((line) => html`<li>${line.quantity} × ${line.name.replaceAll('&amp;', '&')} <small>(${line.sku})</small></li>`)}
    </ul>
    ${order.customer_note ? html`<p>Message du client : ${order.customer_note}</p>` : ''} ${notes.map((note) => html`<p>Note publique : ${note.note}</p>`)}
    ${connectorMeta(order)}`
}

/** What the connector wrote into the order: tracking numbers, invoice links. */
function connectorMeta(order: ApiOrder) {
  const written = order.meta_data.filter((meta) => meta.key.startsWith('_codial_'))
  return written.map(({ key, value }) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const shown = /^https?:\/\//.test(text) ? html`<a href="${text}">${text}</a>` : text
    return html`<p><code>${key}</code> : ${shown}</p>`
  })
}
