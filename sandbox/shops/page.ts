import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import { drawPage, type Html } from '../kit/page.ts'
import { fromThisPageOnly } from '../kit/same-origin.ts'

const LABELS = { pay: 'Marquer payée', cancel: 'Annuler', refund: 'Rembourser' }

/** What a person can do with an order on the page. */
export type Act = keyof typeof LABELS

/** What the page of a shop shows of one order. */
export interface OrderCard {
  id: string
  /** As the customer knows it. */
  number: string
  /** "Commande 1042". */
  title: string
  /** In French. */
  status: string
  body: Html
  /** What can be done now. */
  can: Partial<Record<Act, boolean>>
}

/** What a shop brings to its page. */
export interface ShopPage<Order> {
  name: string
  /** With its version where there are several: "Magento 2.4.8". */
  platform: string
  /** The names of the kinds of order. */
  templates: string[]
  placeOrder(o: { template?: string }): void
  /** Newest first. */
  cards(c: Context): OrderCard[]
  find(id: number): Order | undefined
  acts: Partial<Record<Act, (order: Order) => void>>
}

/** Cents as French people read them. */
export const euros = (cents: number): string =>
  new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(cents / 100)

const STYLE = raw(`
.actions { display: flex; gap: .5rem; margin-top: .5rem; }
label { display: inline-block; min-width: 9rem; }
`)

/** The page of a shop, for people: its orders, and what a customer or the merchant can do. */
export function openShopPage<Order>(shop: ShopPage<Order>): Hono {
  const app = new Hono()
  const orderForm = z.object({
    modele: z.enum(['', ...shop.templates]),
    nombre: z.coerce.number().int().min(1).max(20),
  })
  app.get('/', (c) => c.html(draw(shop, shop.cards(c))))
  app.use('/_page/*', fromThisPageOnly)
  app.post('/_page/orders', async (c) => {
    const form = orderForm.safeParse(await c.req.parseBody())
    if (!form.success) return c.text('Choisissez un modèle de la liste et un nombre de 1 à 20.', 400)
    const { modele, nombre } = form.data
    for (let count = 0; count < nombre; count++) shop.placeOrder(modele === '' ? {} : { template: modele })
    return c.redirect('/', 303)
  })
  app.post(`/_page/orders/:id{[0-9]+}/:act{${Object.keys(shop.acts).join('|')}}`, (c) => {
    const order = shop.find(Number(c.req.param('id')))
    if (!order) return c.text('Commande inconnue.', 404)
    shop.acts[c.req.param('act') as Act]?.(order)
    return c.redirect('/', 303)
  })
  return app
}

function draw(
  { name, platform, templates }: Pick<ShopPage<unknown>, 'name' | 'platform' | 'templates'>,
  cards: OrderCard[],
) {
  const main = html`<p>Une boutique ${platform} de bac à sable : les clients et les commandes sont inventés.</p>
    ${orderFormOf(templates)}
    <h2>Commandes (${cards.length})</h2>
    ${cards.length === 0 ? html`<p>Aucune commande pour l’instant.</p>` : ''} ${cards.map(drawOrder)}`
  return drawPage({ name, style: STYLE, main })
}

function orderFormOf(templates: string[]): Html {
  return html`<form class="card" method="post" action="/_page/orders">
    <h2>Passer une commande</h2>
    <p>
      <label for="modele">Modèle</label>
      <select id="modele" name="modele">
        <option value="">au hasard (une sur douze environ pose problème)</option>
        ${templates.map((name) => html`<option value="${name}">${name}</option>`)}
      </select>
    </p>
    <p>
      <label for="nombre">Nombre (1 à 20)</label>
      <input id="nombre" name="nombre" type="number" min="1" max="20" value="1" required />
    </p>
    <button type="submit">Passer la commande</button>
  </form>`
}

function drawOrder({ id, number, title, status, body, can }: OrderCard): Html {
  const acts = (['pay', 'cancel', 'refund'] as const).filter((act) => can[act])
  return html`<article class="card" aria-labelledby="commande-${id}">
    <h3 id="commande-${id}">${title} <span class="status">${status}</span></h3>
    ${body}
    <div class="actions">${acts.map((act) => buttonOf({ id, number, act }))}</div>
  </article>`
}

function buttonOf({ id, number, act }: { id: string; number: string; act: Act }): Html {
  return html`<form method="post" action="/_page/orders/${id}/${act}">
    <button type="submit" aria-label="${LABELS[act]} la commande ${number}">${LABELS[act]}</button>
  </form>`
}
