import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { Light } from '../../db/schema.ts'
import { TRACKING_LABELS, type TrackingStatus } from '../../domain/shipment.ts'
import { orderPath, webAddress } from '../kit.ts'
import type { ConsoleOptions } from '../options.ts'
import type { ParcelFilter, ParcelListRow } from './day-parcels-rows.ts'
import { badge, cell, choice, count, empty, type Html, hidden, listOf } from './parts.ts'

/** Rows shown at most; "the whole list" prints the others too. */
export const LONGEST_LIST = 300

/** What the list is narrowed to. */
export function filterForm({ carriers, operator }: ConsoleOptions, filter: ParcelFilter, branches: string[]): Html {
  const [known, codes] = [
    [...new Set([operator.branch, ...branches])],
    carriers.map((code): [string, string] => [code, code]),
  ]
  return html`
    <form class="filters" method="get" action="/parcels" role="search">
      <div class="bar">
        <label class="field">Jour des étiquettes <input type="date" name="jour" value="${filter.jour}"></label>
        ${choice({ name: 'agence', label: 'Agence', all: 'Toutes', value: filter.agence, options: known.map((code) => [code, code]) })}
        ${choice({ name: 'transporteur', label: 'Transporteur', all: 'Tous', value: filter.transporteur, options: codes })}
        <label class="check"><input type="checkbox" name="bordereau" value="sans" ${filter.bordereau ? html`checked` : ''}> Sans bordereau</label>
        <button class="primary" type="submit">Afficher</button>
        <a class="button quiet" href="/parcels">Aujourd’hui</a>
      </div>
    </form>`
}

/** The parcels with their boxes, and what can be printed of them. */
export function parcelForm(
  o: ConsoleOptions,
  list: { filter: ParcelFilter; rows: ParcelListRow[]; total: number },
): Html {
  const { filter, rows, total } = list
  if (rows.length === 0) return nothing(filter)
  const more = html`<p class="muted">Les ${LONGEST_LIST} premiers sont montrés ; « Tout sélectionner » les prend tous.</p>`
  return html`
    <form method="post" action="/parcels/imprimer" class="printing" aria-labelledby="colis">
      ${hidden({ id: randomUUID(), ...filter })}
      <h2 id="colis">${count(total, 'colis', 'colis')} dans l’ordre de préparation</h2>
      <div class="bar">
        <label class="check"><input type="checkbox" name="tout" value="oui" data-all="colis"> Tout sélectionner : imprimer toute la liste (${total})</label>
        <button class="primary" type="submit" name="cible" value="pdf">Imprimer en PDF</button>
        ${(o.printers ?? []).map((code) => html`<button type="submit" name="cible" value="${code}">Envoyer à l’imprimante ${code}</button>`)}
      </div>
      ${total > rows.length ? more : ''}
      ${listOf({ style: 'parcels', name: 'Colis, par bon de livraison', headings: HEADINGS, rows: rows.map(parcelRow) })}
    </form>`
}

const HEADINGS: [string, string?][] = [
  ['Choisir'],
  ['BL'],
  ['Colis', 'number'],
  ['N° de suivi'],
  ['Transporteur'],
  ['État'],
  ['Bordereau'],
]

function parcelRow(row: ParcelListRow): Html {
  const { reference, delivery_note: note, rank, carrier, service, branch, status } = row
  const href = orderPath({ site: row.site, webId: row.web_id })
  const box = html`<label class="check"><input type="checkbox" name="colis" value="${reference}" aria-label="Choisir ${note}, colis ${rank}"></label>`
  return html`
    <tr role="row">
      ${cell('Choisir', box)}
      ${cell('BL', html`<a href="${href}"><strong>${note}</strong></a>`, 'code')}
      ${cell('Colis', rank, 'number')}
      ${cell('N° de suivi', trackingLink(row), 'code')}
      ${cell('Transporteur', html`${carrier} ${service}<small>${branch}</small>`)}
      ${cell('État', badge(LIGHTS[status] ?? 'bleu', TRACKING_LABELS[status] ?? status))}
      ${cell('Bordereau', manifestLink(row))}
    </tr>`
}

const LIGHTS: Partial<Record<TrackingStatus, Light>> = {
  announced: 'gris',
  delivered: 'vert',
  incident: 'orange',
  returning: 'orange',
  returned: 'orange',
}

function trackingLink({ tracking_number: number, tracking_url, piece_number }: ParcelListRow): Html {
  const href = webAddress(tracking_url)
  const piece = piece_number && html`<small>${piece_number}</small>`
  return html`${href ? html`<a href="${href}" rel="noreferrer">${number}</a>` : number}${piece}`
}

function manifestLink({
  manifest_state: state,
  manifest_number: number,
  manifest_document: document,
}: ParcelListRow): Html | null {
  if (!state) return null
  if (document) return html`<a href="/documents/${encodeURIComponent(document)}">${number}</a>`
  return state === 'open' ? badge('bleu', 'En cours') : html`À vérifier`
}

function nothing({ jour, agence, transporteur, bordereau }: ParcelFilter): Html {
  const isNarrow = Boolean(agence || transporteur || bordereau)
  const text = isNarrow
    ? 'Aucun colis étiqueté ne correspond à ces filtres. Choisissez un autre jour ou retirez un filtre.'
    : `Aucun colis n’a été étiqueté${jour ? ' ce jour-là' : ''}. Les étiquettes se font à partir des bons de livraison de Codial.`
  return empty({
    title: 'Aucun colis',
    text,
    ...(isNarrow ? { action: { href: '/parcels', text: 'Voir tout aujourd’hui' } } : {}),
  })
}
