import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import { type Carrier, findParcel, hasArrived, isMoving, scanAll, scanParcel, sendParcel, stateOf } from './carrier.ts'
import { bringsForm } from './customs-rules.ts'
import { type Journey, SCANS } from './journeys.ts'
import { RETURNS } from './lanes.ts'
import type { Parcel } from './model.ts'
import { offsetTime } from './tracking.ts'

const WAYS: [Journey, string][] = [
  ['delivered', 'Livré chez le destinataire'],
  ['incident', 'Un incident, puis livré'],
  ['pickup', 'Mis à disposition au point de retrait'],
  ['returned', 'Retourné à l’expéditeur'],
]

const STYLE = raw(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.card { border: 1px solid #8888; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.card h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
.card p { margin: .25rem 0; }
.status { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
button, select { font: inherit; padding: .4rem .8rem; max-width: 100%; min-height: 2.75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
`)

/** The page of the carrier, for people: every parcel, and a button to move it on. */
export function openPage(carrier: Carrier): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(page(carrier.store.data.parcels.toReversed())))
  app.get('/_labels', (c) => c.json(labelsOf(carrier)))
  app.use('/_page/*', fromThisPageOnly)
  app.post('/_page/advance', (c) => {
    scanAll(carrier)
    return c.redirect('/', 303)
  })
  app.post('/_page/advance/:number', (c) => {
    const parcel = findParcel(carrier, c.req.param('number'))
    if (!parcel) return c.text('Colis inconnu.', 404)
    scanParcel(carrier, parcel)
    return c.redirect('/', 303)
  })
  app.post('/_page/send/:number', async (c) => {
    const parcel = findParcel(carrier, c.req.param('number'))
    const { journey } = await c.req.parseBody()
    const way = WAYS.find(([name]) => name === journey)?.[0]
    if (!parcel || !way) return c.text('Colis ou suite inconnus.', 404)
    if (!hasArrived(parcel)) sendParcel(carrier, parcel, way)
    return c.redirect('/', 303)
  })
  return app
}

const isReturn = ({ request }: Parcel) => RETURNS.includes(request.letter.service.productCode ?? '')

/** The log of labels, oldest first, with the caller's own reference. */
export const labelsOf = (carrier: Carrier) =>
  carrier.store.data.parcels.map((parcel) => {
    const { letter } = parcel.request
    const { address } = letter.addressee
    return {
      parcelNumber: parcel.parcelNumber,
      orderNumber: parcel.orderNumber,
      productCode: letter.service.productCode ?? '',
      weightKg: Number(letter.parcel.weight),
      pickupLocationId: letter.parcel.pickupLocationId ?? null,
      country: address.countryCode ?? '',
      createdAt: parcel.createdAt,
      state: stateOf(parcel),
      isReturn: isReturn(parcel),
      hasCustomsForm: bringsForm(parcel.request),
      slip: parcel.slip ?? null,
      letter,
    }
  })

function page(parcels: Parcel[]) {
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Colissimo (bac à sable)</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Colissimo</h1>
          <p>Un transporteur de bac à sable : aucun colis ne part.</p>
          <h2>Colis (${parcels.length})</h2>
          ${parcels.length ? advanceForm('/_page/advance', 'Faire avancer tous les colis') : html`<p>Aucun colis pour l’instant.</p>`}
          ${parcels.map(parcelCard)}
        </main>
      </body>
    </html>`
}

function advanceForm(action: string, label: string) {
  return html`<form method="post" action="${action}"><button type="submit">${label}</button></form>`
}

function parcelCard(parcel: Parcel) {
  const { parcelNumber, orderNumber, request, scans } = parcel
  const { address } = request.letter.addressee
  const last = scans.at(-1)
  const name = [address.companyName, address.firstName, address.lastName].filter(Boolean).join(' ')
  return html`<article class="card" aria-labelledby="colis-${parcelNumber}">
    <h2 id="colis-${parcelNumber}">${parcelNumber} <span class="status">${SCANS[stateOf(parcel)].state}</span></h2>
    <p>${request.letter.service.productCode} · réf. ${orderNumber || 'aucune'} · ${request.letter.parcel.weight} kg</p>
    <p>${factsOf(parcel).join(' · ')}</p>
    <p>${name}, ${address.zipCode} ${address.city} ${address.countryCode}</p>
    <p>${last ? offsetTime(last.at).replace('T', ' ') : ''}</p>
    ${isMoving(parcel) ? advanceForm(`/_page/advance/${parcelNumber}`, `Faire avancer ${parcelNumber}`) : ''}
    ${hasArrived(parcel) ? '' : sendForm(parcelNumber)}
  </article>`
}

function factsOf(parcel: Parcel): string[] {
  const { customsDeclarations: customs } = parcel.request.letter
  const articles = customs?.contents?.article?.length ?? 0
  return [
    isReturn(parcel) ? 'Retour vers la boutique' : 'Envoi au destinataire',
    bringsForm(parcel.request) ? `Douane : CN23, ${articles} article${articles > 1 ? 's' : ''}` : 'Sans douane',
    parcel.slip === undefined ? 'Sur aucun bordereau' : `Bordereau ${parcel.slip}`,
  ]
}

function sendForm(parcelNumber: string) {
  return html`<form method="post" action="/_page/send/${parcelNumber}">
    <label for="suite-${parcelNumber}">Suite du trajet</label>
    <select id="suite-${parcelNumber}" name="journey">
      ${WAYS.map(([journey, label]) => html`<option value="${journey}">${label}</option>`)}
    </select>
    <button type="submit">Choisir pour ${parcelNumber}</button>
  </form>`
}
