import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import { homeOf } from './api.ts'
import { euros, SHOP_STYLE, STATUS_NAMES } from './page-words.ts'
import { findOrder, moveStatus, nextTransfer, payOrder, placeOrder, type Shop } from './shop.ts'
import { TEMPLATES } from './templates.ts'
import { type ApiOrder, showOrders } from './view.ts'

const orderForm = z.object({
  modele: z.enum(['', ...Object.keys(TEMPLATES)]),
  nombre: z.coerce.number().int().min(1).max(20),
})

/** The page of the shop, for people: its orders, and what a customer or the merchant can do. */
export function openPage(shop: Shop): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(page(shop, showOrders({ shop, home: homeOf(c) }).reverse())))
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
    if (c.req.param('action') === 'pay') payOrder(shop, order, order.transaction_id || nextTransfer(shop))
    else moveStatus(shop, order, 'cancelled')
    return c.redirect('/', 303)
  })
  return app
}

function page(shop: Shop, orders: ApiOrder[]) {
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Boutique Bio (bac à sable)</title>
        <style>
          ${SHOP_STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Boutique Bio</h1>
          <p>Une boutique WooCommerce de bac à sable : les clients et les commandes sont inventés.</p>
          ${orderFormOf()}
          <h2>Commandes (${orders.length})</h2>
          ${orders.length === 0 ? html`<p>Aucune commande pour l’instant.</p>` : ''}
          ${orders.map((order) => orderCard(shop, order))}
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

function orderCard(shop: Shop, order: ApiOrder) {
  const { billing, shipping } = order
  const notes = shop.store.data.notes.filter((note) => note.order_id === order.id && note.customer_note)
  const town = shipping.city || billing.city
  return html`<article class="card" aria-labelledby="commande-${order.id}">
    <h3 id="commande-${order.id}">
      Commande ${order.number} <span class="status">${STATUS_NAMES[order.status] ?? order.status}</span>
    </h3>
    <p>
      ${order.date_created?.replace('T', ' ')} · ${billing.first_name} ${billing.last_name}, ${town} ·
      <strong>${euros(order.total)}</strong> · ${order.payment_method_title}
    </p>
    <ul>
      ${order.line_items.map((line) => html`<li>${line.quantity} × ${line.name.replaceAll('&amp;', '&')} <small>(${line.sku})</small></li>`)}
    </ul>
    ${order.customer_note ? html`<p>Message du client : ${order.customer_note}</p>` : ''} ${notes.map((note) => html`<p>Note publique : ${note.note}</p>`)}
    ${connectorMeta(order)} ${buttons(order)}
  </article>`
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

function buttons(order: ApiOrder) {
  const action = (name: string, label: string) =>
    html`<form method="post" action="/_page/orders/${order.id}/${name}">
      <button type="submit" aria-label="${label} la commande ${order.number}">${label}</button>
    </form>`
  const isPayable = ['pending', 'on-hold', 'failed'].includes(order.status)
  const isClosed = ['cancelled', 'refunded', 'trash'].includes(order.status)
  return html`<div class="actions">${isPayable ? action('pay', 'Marquer payée') : ''} ${isClosed ? '' : action('cancel', 'Annuler')}</div>`
}
