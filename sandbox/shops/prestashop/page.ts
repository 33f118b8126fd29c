import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import { euros, SHOP_STYLE } from '../woocommerce/page-words.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { textOfCents } from './money.ts'
import { placeOrder } from './placing.ts'
import { refundOrder } from './refunds.ts'
import { findRow, rowsOf, rowsWith, type Shop } from './shop.ts'
import { isUnpaid, markPaid, moveState } from './states.ts'
import { TEMPLATES } from './templates.ts'
import { showOrder } from './view.ts'

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
  app.post('/_page/orders/:id{[0-9]+}/:action{pay|cancel|refund}', (c) => {
    const order = findRow(shop, 'orders', Number(c.req.param('id')))
    if (!order) return c.text('Commande inconnue.', 404)
    const action = c.req.param('action')
    if (action === 'pay') markPaid(shop, order)
    else if (action === 'cancel') moveState(shop, order, 6, '1')
    else if (leftOf(shop, order) > 0) refundOrder(shop, order)
    return c.redirect('/', 303)
  })
  return app
}

function page(shop: Shop) {
  const orders = rowsOf(shop, 'orders').toReversed()
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
          <p>Une boutique PrestaShop ${shop.version} de bac à sable : les clients et les commandes sont inventés.</p>
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

const STATES: Record<string, string> = {
  2: 'Paiement accepté',
  3: 'En préparation',
  4: 'Expédiée',
  5: 'Livrée',
  6: 'Annulée',
  7: 'Remboursée',
  8: 'Erreur de paiement',
  10: 'Attente du virement',
}

function orderCard(shop: Shop, order: Row) {
  const shown = showOrder(shop, order)
  const details = rowsWith(shop, 'order_details', 'id_order', order.id)
  const address = findRow(shop, 'addresses', Number(order.id_address_delivery))
  const buyer = address ? ['firstname', 'lastname', 'city'].map((name) => textOf(address, name)).join(' ') : ''
  return html`<article class="card" aria-labelledby="commande-${order.id}">
    <h3 id="commande-${order.id}">
      Commande ${shown.number} (n° ${shown.id}) <span class="status">${STATES[shown.status] ?? shown.status}</span>
    </h3>
    <p>
      ${textOf(order, 'date_add')} · ${buyer} · <strong>${euros(textOf(order, 'total_paid_tax_incl'))}</strong> ·
      ${textOf(order, 'payment')}
    </p>
    <ul>
      ${details.map((line) => html`<li>${textOf(line, 'product_quantity')} × ${textOf(line, 'product_name')} <small>(${textOf(line, 'product_reference')})</small></li>`)}
    </ul>
    ${shown.tracking.map((number) => html`<p>Suivi : <code>${number}</code></p>`)}
    ${shown.comments.map((comment) => html`<p>Message au client : ${comment}</p>`)}
    ${shown.refunds.map(({ id, amount }) => html`<p>Avoir n° ${id} : ${euros(textOfCents(amount))}</p>`)}
    ${buttons(shop, order)}
  </article>`
}

function leftOf(shop: Shop, order: Row): number {
  const { total, refunds } = showOrder(shop, order)
  return refunds.reduce((left, refund) => left - refund.amount, total)
}

function buttons(shop: Shop, order: Row) {
  const number = textOf(order, 'reference')
  const action = (name: string, label: string) =>
    html`<form method="post" action="/_page/orders/${order.id}/${name}">
      <button type="submit" aria-label="${label} la commande ${number}">${label}</button>
    </form>`
  const isUnpaidNow = isUnpaid(shop, order)
  const isOpen = !['6', '7'].includes(textOf(order, 'current_state'))
  const isRefundable = !isUnpaidNow && textOf(order, 'total_paid_real') !== '0.000000' && leftOf(shop, order) > 0
  return html`<div class="actions">
    ${isUnpaidNow ? action('pay', 'Marquer payée') : ''} ${isOpen ? action('cancel', 'Annuler') : ''}
    ${isRefundable ? action('refund', 'Rembourser') : ''}
  </div>`
}
