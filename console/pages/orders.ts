import { html } from 'hono/html'
import { euros } from '../../domain/money.ts'
import { ORDER_LABELS, type OrderState } from '../../domain/order.ts'
import { orderPath, type PageKit, pathWith, siteName } from '../kit.ts'
import { moment } from '../moments.ts'
import type { ConsoleApp, ConsoleOptions } from '../options.ts'
import { failureTitle, orderWord, PAYMENT_WORDS } from '../words.ts'
import { type OrderFilter, type OrderListRow, readNumbers, readOrderFilter, readOrderPage } from './orders-rows.ts'
import { badge, cell, choice, empty, type Html, listOf, pageOf, pager } from './parts.ts'

/** "Commandes": every order with where it stands. */
export function orderListPages(app: ConsoleApp, kit: PageKit): void {
  const { o } = kit
  app.get('/commandes', async (c) => {
    const [filter, page] = [readOrderFilter(c.req.query()), pageOf(c.req.query('page'))]
    const [{ rows, total }, numbers] = await Promise.all([readOrderPage(o.db, filter, page), readNumbers(o.db)])
    const main = html`
      <h1>Commandes</h1>
      ${bigNumbers(numbers)}
      ${filterForm(o, filter)}
      ${rows.length > 0 ? table(o, rows) : nothing(filter)}
      ${pager({ path: '/commandes', params: { ...filter }, page, total })}`
    return kit.render(c, { title: 'Commandes', main, refresh: true })
  })
}

function bigNumbers({ today, running, waiting, settled }: Awaited<ReturnType<typeof readNumbers>>): Html {
  const tiles: [number, string, string][] = [
    [today, 'reçues aujourd’hui', '/commandes'],
    [running, 'en cours', pathWith('/commandes', { etat: 'en-cours' })],
    [waiting, 'à traiter', pathWith('/commandes', { attente: 'oui' })],
    [settled, 'soldées', pathWith('/commandes', { etat: 'closed' })],
  ]
  return html`
    <ul class="tiles" aria-label="En bref">
      ${tiles.map(([n, words, href]) => html`<li class="${words === 'à traiter' && n > 0 ? 'warn' : ''}"><a href="${href}"><b>${n}</b> ${words}</a></li>`)}
    </ul>`
}

function filterForm(o: ConsoleOptions, filter: OrderFilter): Html {
  const states = Object.entries(ORDER_LABELS) as [OrderState, string][]
  return html`
    <form class="filters" method="get" action="/commandes" role="search">
      <div class="bar">
        <label class="field grow">Référence <input type="search" name="reference" value="${filter.reference}" placeholder="N° web ou n° Codial" maxlength="100"></label>
        ${choice({ name: 'site', label: 'Site', all: 'Tous', value: filter.site, options: o.sites.map(({ code, name }) => [code, name]) })}
        ${choice({ name: 'etat', label: 'État', all: 'Tous', value: filter.etat, options: [['en-cours', 'En cours (non closes)'], ...states] })}
        <label class="check"><input type="checkbox" name="attente" value="oui" ${filter.attente ? html`checked` : ''}> À traiter seulement</label>
        <button class="primary" type="submit">Afficher</button>
        ${Object.values(filter).some(Boolean) ? html`<a class="button quiet" href="/commandes">Tout afficher</a>` : ''}
      </div>
    </form>`
}

const HEADINGS: [string, string?][] = [
  ['État'],
  ['N° web'],
  ['N° Codial'],
  ['Client'],
  ['Date'],
  ['Total', 'number'],
  ['Règlement'],
  ['En attente'],
]

const table = (o: ConsoleOptions, rows: OrderListRow[]): Html =>
  listOf({
    style: 'orders',
    name: 'Commandes, les plus récentes d’abord',
    headings: HEADINGS,
    rows: rows.map((row) => orderRow(o, row)),
  })

function orderRow(o: ConsoleOptions, row: OrderListRow): Html {
  const [state, payment] = [orderWord(row.state), PAYMENT_WORDS[row.payment_state]]
  const href = orderPath({ site: row.site, webId: row.web_id })
  return html`
    <tr role="row">
      ${cell('État', badge(state.light, state.word))}
      ${cell('N° web', html`<a href="${href}"><strong>${row.number}</strong></a><small>${siteName(o, row.site)}</small>`, 'code')}
      ${cell('N° Codial', row.erp_number, 'code')}
      ${cell('Client', row.customer || null)}
      ${cell('Date', moment(row.placed_at))}
      ${cell('Total', euros(row.total, row.currency), 'number')}
      ${cell('Règlement', badge(payment.light, payment.word))}
      ${cell('En attente', waiting(row))}
    </tr>`
}

function waiting({ waits, code }: OrderListRow): Html | null {
  if (waits === 0) return null
  const more = waits > 1 ? html` <small>et ${waits - 1} de plus</small>` : ''
  return html`${badge(code === 'in-doubt' ? 'violet' : 'rouge', failureTitle(code ?? ''))}${more}`
}

function nothing(filter: OrderFilter): Html {
  if (Object.values(filter).some(Boolean)) {
    const text = 'Aucune commande ne correspond à ces filtres. Vérifiez la référence ou retirez un filtre.'
    return empty({ title: 'Rien à afficher', text, action: { href: '/commandes', text: 'Tout afficher' } })
  }
  const text =
    'Les commandes arrivent à chaque passage de l’import. Vous pouvez le lancer maintenant depuis les tâches.'
  return empty({ title: 'Aucune commande pour l’instant', text, action: { href: '/taches', text: 'Voir les tâches' } })
}
