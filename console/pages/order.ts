import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { orderId, shipmentId } from '../../workflows/ids.ts'
import { orderPath, type PageKit, siteName, temporalPath, webAddress } from '../kit.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import { traced } from '../trace.ts'
import { asSentence } from '../typography.ts'
import { waitingCard } from './decision-form.ts'
import { type OrderFile, readOrderFile } from './order-file.ts'
import { customerCard, documentsCard, linesTable, parcelsCard, paymentsCard, statesOf } from './order-parts.ts'
import { type Html, hidden } from './parts.ts'
import { timeline, timelineOf } from './timeline.ts'
import { missing, silent } from './troubles.ts'

/** One order, from the shop to the archived invoice; and its cancelling as a whole. */
export function orderPages(app: ConsoleApp, kit: PageKit): void {
  app.get('/commandes/:site/:webId', async (c) => {
    const file = await readOrderFile(kit.o.db, c.req.param())
    if (!file) return missing(kit, c)
    return kit.render(c, { title: `Commande ${file.order.number}`, main: orderPage(file, kit), refresh: true })
  })

  app.get('/commandes/:site/:webId/annuler', async (c) => {
    const file = await readOrderFile(kit.o.db, c.req.param())
    if (!file) return missing(kit, c)
    return kit.render(c, { title: `Annuler la commande ${file.order.number}`, main: confirmation(file) })
  })

  app.post('/commandes/:site/:webId/annuler', async (c) => {
    const file = await readOrderFile(kit.o.db, c.req.param())
    return file ? cancelWhole(kit, c, file) : missing(kit, c)
  })
}

function orderPage(file: OrderFile, kit: PageKit): Html {
  const { order, ref, parked } = file
  const here = orderPath(ref)
  return html`
    <header class="title">
      <div>
        <p class="muted"><a href="/commandes">Commandes</a> / ${siteName(kit.o, ref.site)}</p>
        <h1>Commande ${order.number}${order.erp_number && html` <span class="muted">${order.erp_number}</span>`}</h1>
      </div>
      ${mayCancel(file) ? html`<a class="button danger" href="${here}/annuler">Annuler la commande…</a>` : ''}
    </header>
    ${statesOf(file)}
    ${parked.length > 0 ? html`<section aria-labelledby="attente"><h2 id="attente">En attente de votre décision</h2>${parked.map((row) => waitingCard(row, { back: here }))}</section>` : ''}
    ${order.refusal && html`<p class="problem">${asSentence(order.refusal.remedy)}</p>`}
    <div class="columns">
      <div>
        <section class="card" aria-labelledby="fil"><h2 id="fil">Fil de la commande</h2>${timeline(timelineOf(file, kit))}</section>
        ${linesTable(file)}
      </div>
      <div class="aside">
        ${customerCard(file)}${parcelsCard(file)}${paymentsCard(file)}${documentsCard(file)}${linksCard(file, kit)}
      </div>
    </div>`
}

const mayCancel = ({ order, shipments }: OrderFile): boolean =>
  !order.closed_at && !shipments.some(({ state }) => ['shipped', 'delivered', 'returned', 'closed'].includes(state))

/** Where else the order can be seen: the shop, and the Temporal UI for those who run the connector. */
function linksCard({ ref, shipments }: OrderFile, { o }: PageKit): Html {
  const site = o.sites.find(({ code }) => code === ref.site)
  const links: [string, string | null][] = [
    ['Voir la boutique', site ? webAddress(site.url) : null],
    ['Commande dans Temporal', temporalPath(o, orderId(ref))],
    ...shipments.map(({ delivery_note: bl }): [string, string | null] => [
      `Expédition ${bl} dans Temporal`,
      temporalPath(o, shipmentId(ref, bl)),
    ]),
  ]
  const known = links.filter(([, href]) => href)
  if (known.length === 0) return html``
  return html`
    <section class="card"><h2>Liens</h2>
      <ul class="plain">${known.map(([text, href]) => html`<li><a href="${href}" rel="noreferrer">${text}</a></li>`)}</ul>
    </section>`
}

function confirmation({ order, ref }: OrderFile): Html {
  return html`
    <div class="card narrow">
      <h1>Annuler la commande ${order.number} ?</h1>
      <p>Ce qui a été fait est défait : la commande est annulée dans Codial et sur la boutique. Les e-mails déjà envoyés restent envoyés.</p>
      <p>Une commande déjà expédiée ne s’annule pas : traitez plutôt le retour.</p>
      <form method="post" action="${orderPath(ref)}/annuler">
        ${hidden({ id: randomUUID() })}
        <label class="field">Motif (sans nom de client) <input name="motif" required maxlength="200" autocomplete="off"></label>
        <div class="actions">
          <button class="sure" type="submit">Oui, annuler la commande</button>
          <a class="button" href="${orderPath(ref)}">Non, revenir</a>
        </div>
      </form>
    </div>`
}

async function cancelWhole(kit: PageKit, c: Visit, { ref, order }: OrderFile): Promise<Response> {
  const { o, engine } = kit
  const fields = await c.req.parseBody()
  const id = /^[\w-]{8,64}$/.test(String(fields.id)) ? String(fields.id) : randomUUID()
  const reason = String(fields.motif ?? '')
    .trim()
    .slice(0, 200)
  const here = orderPath(ref)
  if (!reason) return kit.back(c, `${here}/annuler`, { tone: 'problem', text: 'Indiquez un motif.' })
  const { code: operator, branch } = o.operator
  const row = {
    id: `cancel:${id}`,
    type: 'Annulation',
    site: ref.site,
    web_id: ref.webId,
    message: `Annulation demandée : ${reason}.`,
  }
  const answer = await traced(o, row, () => engine.cancelOrder(ref, { id, operator, branch, reason }))
  if (answer.kind === 'silent')
    return silent(kit, c, { action: `${here}/annuler`, fields: { id, motif: reason }, back: here })
  if (answer.kind === 'refused')
    return kit.back(c, here, { tone: 'problem', text: `Annulation refusée : ${answer.reason}.` })
  return kit.back(c, here, {
    tone: 'done',
    text: `L’annulation de la commande ${order.number} est demandée ; ce qui a été fait est défait.`,
  })
}
