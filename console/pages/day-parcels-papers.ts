import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { countUnclaimed } from '../../db/manifest-parcels.ts'
import type { Light } from '../../db/schema.ts'
import { operatorName } from '../kit.ts'
import { moment } from '../moments.ts'
import type { ConsoleOptions } from '../options.ts'
import { asSentence } from '../typography.ts'
import { failureTitle, lightWord } from '../words.ts'
import type { DayManifest, DayPrint, ParcelFilter } from './day-parcels-rows.ts'
import { badge, cell, count, type Html, hidden, listOf } from './parts.ts'

type Unclaimed = Awaited<ReturnType<typeof countUnclaimed>>[number]

/** What waits for a manifest, with a button each, and the manifests of the day. */
export function manifestSection(
  o: ConsoleOptions,
  { filter, waiting, manifests }: { filter: ParcelFilter; waiting: Unclaimed[]; manifests: DayManifest[] },
): Html {
  const shown = waiting.filter(
    ({ carrier, branch }) => [carrier, ''].includes(filter.transporteur) && [branch, ''].includes(filter.agence),
  )
  return html`
    <section aria-labelledby="bordereaux">
      <h2 id="bordereaux">Bordereaux</h2>
      ${shown.length > 0 ? html`<div class="makers">${shown.map((group) => makerForm(group, filter))}</div>` : html`<p class="muted">Rien à remettre : aucun colis n’attend de bordereau.</p>`}
      ${
        manifests.length > 0
          ? listOf({
              style: 'manifests',
              name: 'Bordereaux du jour, les plus récents d’abord',
              headings: HEADINGS,
              rows: manifests.map((row) => manifestRow(o, row)),
            })
          : html`<p class="muted">Aucun bordereau ce jour-là.</p>`
      }
    </section>`
}

/** Every parcel that waits goes on it, whatever the day of its label. */
function makerForm({ carrier, branch, parcels }: Unclaimed, filter: ParcelFilter): Html {
  return html`
    <form method="post" action="/parcels/bordereau">
      ${hidden({ ...filter, id: randomUUID(), chez: carrier, de: branch })}
      <button type="submit">Faire le bordereau ${carrier} de ${branch}</button>
      <small>${count(parcels, 'colis', 'colis')}, toutes dates confondues</small>
    </form>`
}

const HEADINGS: [string, string?][] = [
  ['État'],
  ['Bordereau'],
  ['Colis', 'number'],
  ['Poids', 'number'],
  ['Enlèvement'],
  ['Demandé'],
  ['Document'],
]

function manifestRow(o: ConsoleOptions, row: DayManifest): Html {
  const [light, word] = stateOf(row)
  const isReady = row.state === 'done' || row.document !== null
  const status = html`${badge(light, word)}${row.waits_for && html`<small><a href="/a-traiter">Décider</a></small>`}`
  return html`
    <tr role="row">
      ${cell('État', status)}
      ${cell('Bordereau', html`<strong>${row.carrier} ${row.branch}</strong>${row.number && html`<small>${row.number}</small>`}`)}
      ${cell('Colis', isReady ? row.parcels : null, 'number')}
      ${cell('Poids', isReady ? `${KILOS.format(row.weight / 1000)} kg` : null, 'number')}
      ${cell('Enlèvement', row.pickup_number)}
      ${cell('Demandé', html`${moment(row.created_at)}<small>${operatorName(o, row.operator)}</small>`)}
      ${cell('Document', row.document && html`<a href="/documents/${encodeURIComponent(row.document)}" aria-label="Bordereau ${row.number} en PDF">PDF</a>`)}
    </tr>`
}

const KILOS = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 })

function stateOf({ state, waits_for: code, parcels }: DayManifest): [Light, string] {
  if (state === 'open' && code) return [code === 'in-doubt' ? 'violet' : 'rouge', failureTitle(code)]
  if (state === 'cancelled' && parcels > 0) return ['orange', 'Annulé en partie']
  return STATES[state]
}

const STATES: Record<DayManifest['state'], [Light, string]> = {
  open: ['bleu', 'En cours'],
  done: ['vert', 'Prêt'],
  nothing: ['gris', 'Rien à remettre'],
  cancelled: ['gris', 'Annulé'],
}

/** The last batches of labels, with what came of them. */
export function printSection(o: ConsoleOptions, prints: DayPrint[]): Html {
  if (prints.length === 0) return html``
  return html`
    <section class="card prints" aria-labelledby="impressions">
      <h2 id="impressions">Dernières impressions</h2>
      <ul class="plain">${prints.map((print) => printItem(o, print))}</ul>
    </section>`
}

const printItem = (
  o: ConsoleOptions,
  { light, message, parked_at, remedy, started_at, operator, document }: DayPrint,
): Html => html`
  <li>
    ${badge(light, lightWord({ light, message, parked_at }))} ${message}
    ${document && html`<a href="/documents/${encodeURIComponent(document)}"><strong>Ouvrir le PDF</strong></a>`}
    <small>${moment(started_at)} · ${operatorName(o, operator)}${remedy && html` · ${asSentence(remedy)}`}</small>
  </li>`
