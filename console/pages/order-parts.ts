import { html } from 'hono/html'
import type { DocumentsTable, Light } from '../../db/schema.ts'
import type { Address } from '../../domain/address.ts'
import { euros } from '../../domain/money.ts'
import type { WebOrderLine } from '../../domain/order.ts'
import { TRACKING_LABELS } from '../../domain/shipment.ts'
import { orderPath, webAddress } from '../kit.ts'
import { moment } from '../moments.ts'
import { orderWord, PAYMENT_WORDS, SHIPMENT_WORDS } from '../words.ts'
import type { OrderFile } from './order-file.ts'
import { badge, cell, count, type Html, listOf } from './parts.ts'

/** Total and date, then where the order stands on each axis: none is derived from another. */
export function statesOf({ order, shipments, invoices }: OrderFile): Html {
  const axes: [string, Html][] = [
    ['Total', html`<strong>${euros(order.total, order.currency)}</strong>`],
    ['Passée le', moment(order.placed_at)],
    ['Commande', words([orderWord(order.state)])],
    ['Règlement', words([PAYMENT_WORDS[order.payment_state]])],
    ['Expédition', words(shipments.map(({ state }) => SHIPMENT_WORDS[state]))],
    ['Facture', words(invoices.map(({ number, document }) => ({ word: number, light: document ? 'vert' : 'bleu' })))],
  ]
  return html`<dl class="axes">${axes.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

const words = (all: { word: string; light: Light }[]): Html =>
  all.length > 0 ? html`${all.map(({ word, light }) => badge(light, word))}` : html`<span class="muted">Aucune</span>`

/** Who ordered and where it goes. */
export function customerCard({ order: { snapshot } }: OrderFile): Html {
  if (!snapshot) return html``
  const { customer, shipping, billing, pickupPoint, note } = snapshot
  const name = `${customer.firstName} ${customer.lastName}`.trim()
  return html`
    <section class="card"><h2>Client</h2>
      <p><strong>${customer.company ?? name}</strong>${customer.company && name ? html`<br>${name}` : ''}<br>
      ${customer.email}${customer.phone && html`<br>${customer.phone}`}</p>
      <h3>Livraison${pickupPoint && html` en point relais ${pickupPoint.name ?? pickupPoint.id}`}</h3>
      ${addressOf(shipping)}
      ${JSON.stringify(billing) === JSON.stringify(shipping) ? '' : html`<h3>Facturation</h3>${addressOf(billing)}`}
      ${note && html`<h3>Note du client</h3><p>${note}</p>`}
    </section>`
}

function addressOf({ company, firstName, lastName, lines, postalCode, city, country, phone }: Address): Html {
  const all = [
    company,
    `${firstName} ${lastName}`.trim(),
    ...lines,
    `${postalCode} ${city}`,
    country === 'FR' ? null : country,
    phone,
  ]
  return html`<p>${all.filter(Boolean).map((line, i) => html`${i > 0 ? html`<br>` : ''}${line}`)}</p>`
}

/** The parcels with their tracking links. */
export function parcelsCard({ ref, parcels, shipments }: OrderFile): Html {
  if (shipments.length === 0) return html``
  const row = (parcel: OrderFile['parcels'][number]): Html => {
    const href = webAddress(parcel.tracking_url)
    const number = parcel.tracking_number
    return html`
      <li><strong>Colis ${parcel.rank}</strong> · ${parcel.carrier} · ${href ? html`<a href="${href}" rel="noreferrer">${number}</a>` : number}
      <small>${TRACKING_LABELS[parcel.status]}, le ${moment(parcel.status_at)} · <a href="/documents/${encodeURIComponent(parcel.document)}">Étiquette</a></small></li>`
  }
  return html`
    <section class="card"><h2>Colis</h2>
      ${shipments.map(({ delivery_note: bl, state, content }) => {
        const own = parcels.filter((parcel) => parcel.delivery_note === bl)
        return html`
          <h3>${bl} ${badge(SHIPMENT_WORDS[state].light, SHIPMENT_WORDS[state].word)}</h3>
          <p><a href="${orderPath(ref)}/bons/${encodeURIComponent(bl)}">Réimprimer, annuler, ajouter, retourner</a></p>
          ${content.backOrder ? html`<p class="muted">Un reliquat reste à expédier.</p>` : ''}
          ${own.length > 0 ? html`<ul class="plain">${own.map(row)}</ul>` : html`<p class="muted">${count(content.parcels.length, 'colis', 'colis')}, sans étiquette pour l’instant.</p>`}`
      })}
    </section>`
}

/** The money that was sighted. */
export function paymentsCard({ payments, order }: OrderFile): Html {
  return html`
    <section class="card"><h2>Règlements</h2>
      ${
        payments.length === 0
          ? html`<p class="muted">Aucun règlement reçu pour l’instant.</p>`
          : html`<ul class="plain">${payments.map(
              (payment) => html`
            <li><strong>${euros(payment.amount, order.currency)}</strong> · ${payment.method}
            <small>${payment.transaction_id && html`<code>${payment.transaction_id}</code> · `}${moment(payment.paid_at)} · ${payment.state ? 'pointé dans Codial' : 'à pointer dans Codial'}</small></li>`,
            )}</ul>`
      }
    </section>`
}

const KINDS: Record<DocumentsTable['kind'], string> = {
  label: 'Étiquette',
  'return-label': 'Étiquette de retour',
  'customs-form': 'Déclaration en douane',
  waybill: 'Lettre de transport',
  'customs-invoice': 'Facture pour la douane',
  manifest: 'Bordereau',
  print: 'Impression',
  invoice: 'Facture',
  history: 'Historique',
}

/** The papers to open. */
export function documentsCard({ documents }: OrderFile): Html {
  if (documents.length === 0) return html``
  return html`
    <section class="card"><h2>Documents</h2>
      <ul class="plain">${documents.map(({ id, kind, name }) => html`<li>${KINDS[kind]} · <a href="/documents/${encodeURIComponent(id)}">${name}</a></li>`)}</ul>
    </section>`
}

const LINE_HEADINGS: [string, string?][] = [
  ['Désignation'],
  ['Référence'],
  ['Quantité', 'number'],
  ['TVA', 'number'],
  ['Remise', 'number'],
  ['Total TTC', 'number'],
]

/** The lines as the shop sold them, VAT included. */
export function linesTable({ order: { snapshot, currency, total } }: OrderFile): Html {
  if (!snapshot) return html``
  const coupons = snapshot.coupons.length > 0 ? `, codes promo : ${snapshot.coupons.join(', ')}` : ''
  const foot = html`
    <tfoot role="rowgroup"><tr role="row">
      <td role="cell" colspan="5" data-label="Commande">Total TTC${coupons}</td>
      ${cell('Total TTC', html`<strong>${euros(total, currency)}</strong>`, 'number')}
    </tr></tfoot>`
  const rows = snapshot.lines.map((line) => lineRow(line, currency))
  return html`<section aria-labelledby="lignes"><h2 id="lignes">Lignes</h2>${listOf({ style: '', name: 'Lignes', headings: LINE_HEADINGS, rows, foot })}</section>`
}

function lineRow({ name, code, quantity, vatRate, discount, gross, kind }: WebOrderLine, currency: string): Html {
  const reference =
    kind === 'item'
      ? html`<code>${code}</code>`
      : html`<span class="muted">${kind === 'shipping' ? 'Port' : 'Frais'}</span>`
  return html`
    <tr role="row">
      ${cell('Désignation', name)}
      ${cell('Référence', reference)}
      ${cell('Quantité', quantity, 'number')}
      ${cell('TVA', `${vatRate.replace('.', ',')} %`, 'number')}
      ${cell('Remise', discount > 0 ? euros(-discount, currency) : null, 'number')}
      ${cell('Total TTC', euros(gross - discount, currency), 'number')}
    </tr>`
}
