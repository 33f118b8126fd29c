import type { Hono } from 'hono'
import { html } from 'hono/html'
import { euros, type OrderCard, openShopPage } from '../page.ts'
import type { ShownOrder } from '../shop-sandbox.ts'
import { cancelByMerchant, isUnpaid, payOrder } from './merchant.ts'
import type { Order } from './model.ts'
import { STATUS_NAMES } from './page-words.ts'
import { placeOrder } from './placing.ts'
import { findOrder, type Shop } from './shop.ts'
import { showToPeople } from './shown.ts'
import { TEMPLATES } from './templates.ts'

/** The page of the shop. */
export const openPage = (shop: Shop): Hono =>
  openShopPage<Order>({
    name: 'Maison & Jardin',
    platform: `Magento ${shop.version}`,
    templates: Object.keys(TEMPLATES),
    placeOrder: (o) => placeOrder(shop, o),
    cards: () => shop.store.data.orders.toReversed().map((order) => cardOf(order, showToPeople(shop, order))),
    find: (id) => findOrder(shop, id),
    acts: {
      pay: (order) => payOrder(shop, order),
      cancel: (order) => cancelByMerchant(shop, order),
    },
  })

const cardOf = (order: Order, shown: ShownOrder): OrderCard => ({
  id: shown.id,
  number: shown.number,
  title: `Commande ${shown.number}`,
  status: STATUS_NAMES[shown.status] ?? shown.status,
  body: bodyOf(order, shown),
  can: { pay: isUnpaid(order), cancel: !['canceled', 'closed'].includes(shown.status) },
})

function bodyOf({ row, shipping, billing, items, paymentInfo }: Order, shown: ShownOrder) {
  const lines = items.filter((item) => item.row.parent_item_id === null)
  return html`<p>
      ${row.created_at} UTC · ${billing.firstname} ${billing.lastname}, ${shipping.city} ·
      <strong>${euros(shown.total)}</strong> · ${paymentInfo[0]?.value ?? ''}
    </p>
    <ul>
      ${lines.map((item) => html`<li>${item.row.qty_ordered} × ${item.row.name} <small>(${item.row.sku})</small></li>`)}
    </ul>
    ${row.customer_note ? html`<p>Message du client : ${row.customer_note}</p>` : ''}
    ${shown.tracking.map((number) => html`<p>Suivi : <code>${number}</code></p>`)}
    ${shown.comments.map((comment) => html`<p>Commentaire public : ${linked(comment)}</p>`)}
    ${shown.refunds.map(({ amount }) => html`<p>Avoir : ${euros(amount)}</p>`)}`
}

/** A comment with its link made clickable. */
function linked(comment: string) {
  const [, before = comment, url, after = ''] = /^(.*?)(https?:\/\/\S+)(.*)$/s.exec(comment) ?? []
  return url ? html`${before}<a href="${url}">${url}</a>${after}` : html`${comment}`
}
