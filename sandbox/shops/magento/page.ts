import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import type { ShownOrder } from '../shop-sandbox.ts'
import { SHOP_STYLE } from '../woocommerce/page-words.ts'
import { cancelByMerchant, isUnpaid, payOrder } from './merchant.ts'
import type { Order } from './model.ts'
import { euros, STATUS_NAMES } from './page-words.ts'
import { placeOrder } from './placing.ts'
import { findOrder, type Shop } from './shop.ts'
import { showToPeople } from './shown.ts'
import { TEMPLATES } from './templates.ts'

const orderForm = z.object({
  modele: z.enum(['', ...Object.keys(TEMPLATES)]),
  nombre: z.coerce.number().int().min(1).max(20),
})

/** The page of the shop, for people: its orders, and what a customer or the merchant can do. */
export function openPage(shop: Shop): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(page(shop)))
  app.use('/_page/*', fromThisPageOnly)
  app.post('/_page/orders', async (c) => {
    const form = orderForm.safeParse(await c.req.parseBody())
    if (!form.success) return c.text('Choisissez un modèle de la liste et un nombre de 1 à 20.', 400)
    const { modele, nombre } = form.data
    for (let count = 0; count < nombre; count++) placeOrder(shop, modele === '' ? {} : { template: modele })
    return c.redirect('/', 303)
  })
  app.post('/_page/orders/:id{[0-9]+}/:action{pay|cancel}', (c) => {
    const order = findOrder(shop, Number(c.req.param('id')))
    if (!order) return c.text('Commande inconnue.', 404)
    if (c.req.param('action') === 'pay') payOrder(shop, order)
    else cancelByMerchant(shop, order)
    return c.redirect('/', 303)
  })
  return app
}

function page(shop: Shop) {
  const orders = [...shop.store.data.orders].reverse()
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Maison & Jardin (bac à sable)</title>
        <style>
          ${SHOP_STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Maison &amp; Jardin</h1>
          <p>Une boutique Magento ${shop.version} de bac à sable : les clients et les commandes sont inventés.</p>
          ${orderFormOf()}
          <h2>Commandes (${orders.length})</h2>
          ${orders.length === 0 ? html`<p>Aucune commande pour l’instant.</p>` : ''}
          ${orders.map((order) => orderCard(order, showToPeople(shop, order)))}
        </main>
      </body>
    </html>`
}

function orderFormOf() {
  const names = Object.keys(TEMPLATES)
  return html`<form class="card" method="post" action="/_page/orders">
    <h2>Passer une commande</h2>
    <p>
      <label for="modele">Modèle</label>
      <select id="modele" name="modele">
        <option value="">au hasard (une sur douze environ pose problème)</option>
        ${names.map((name) => html`<option value="${name}">${name}</option>`)}
      </select>
    </p>
    <p>
      <label for="nombre">Nombre (1 à 20)</label>
      <input id="nombre" name="nombre" type="number" min="1" max="20" value="1" required />
    </p>
    <button type="submit">Passer la commande</button>
  </form>`
}

function orderCard(order: Order, shown: ShownOrder) {
  const { row, shipping, billing, items, paymentInfo } = order
  const lines = items.filter((item) => item.row.parent_item_id === null)
  return html`<article class="card" aria-labelledby="commande-${shown.id}">
    <h3 id="commande-${shown.id}">
      Commande ${shown.number} <span class="status">${STATUS_NAMES[shown.status] ?? shown.status}</span>
    </h3>
    <p>
      ${row.created_at} UTC · ${billing.firstname} ${billing.lastname}, ${shipping.city} ·
      <strong>${euros(shown.total)}</strong> · ${paymentInfo[0]?.value ?? ''}
    </p>
    <ul>
      ${lines.map((item) => html`<li>${item.row.qty_ordered} × ${item.row.name} <small>(${item.row.sku})</small></li>`)}
    </ul>
    ${row.customer_note ? html`<p>Message du client : ${row.customer_note}</p>` : ''}
    ${shown.tracking.map((number) => html`<p>Suivi : <code>${number}</code></p>`)}
    ${shown.comments.map((comment) => html`<p>Commentaire public : ${linked(comment)}</p>`)}
    ${shown.refunds.map(({ amount }) => html`<p>Avoir : ${euros(amount)}</p>`)} ${buttons(order, shown)}
  </article>`
}

/** A comment with its link made clickable. */
function linked(comment: string) {
  const [, before = comment, url, after = ''] = /^(.*?)(https?:\/\/\S+)(.*)$/s.exec(comment) ?? []
  return url ? html`${before}<a href="${url}">${url}</a>${after}` : html`${comment}`
}

function buttons(order: Order, { id, number, status }: ShownOrder) {
  const action = (name: string, label: string) =>
    html`<form method="post" action="/_page/orders/${id}/${name}">
      <button type="submit" aria-label="${label} la commande ${number}">${label}</button>
    </form>`
  const isOver = ['canceled', 'closed'].includes(status)
  return html`<div class="actions">
    ${isUnpaid(order) ? action('pay', 'Marquer payée') : ''} ${isOver ? '' : action('cancel', 'Annuler')}
  </div>`
}
