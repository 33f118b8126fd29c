import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import { type Carrier, findParcel, isOver, scanAll, scanParcel, stateOf } from './carrier.ts'
import { EVENTS } from './journeys.ts'
import type { Parcel } from './model.ts'
import { parisTime } from './paris.ts'
import { productOf } from './products.ts'

const STYLE = raw(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.card { border: 1px solid #8888; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.card h3 { margin: 0 0 .5rem; font-size: 1.1rem; }
.card p { margin: .25rem 0; }
.status { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
button { font: inherit; padding: .4rem .8rem; }
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
  return app
}

/** The log of labels, oldest first, with the caller's own reference. */
export const labelsOf = (carrier: Carrier) =>
  carrier.store.data.parcels.map((parcel) => ({
    reference: parcel.shipperRef,
    trackingNumber: parcel.skybillNumber,
    soldAt: parcel.soldAt,
    voided: parcel.cancelledAt !== undefined,
    reservationNumber: parcel.reservationNumber,
    productCode: parcel.productCode,
    service: parcel.service,
    weightKg: parcel.weightKg,
    country: parcel.recipient.Country ?? '',
    recipientRef: parcel.recipientRef,
    state: stateOf(parcel),
  }))

function page(parcels: Parcel[]) {
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Chronopost (bac à sable)</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Chronopost</h1>
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
  const { skybillNumber, shipperRef, recipient, productCode, weightKg, scans, soldAt } = parcel
  const state = parcel.cancelledAt === undefined ? EVENTS[stateOf(parcel)].state : 'Annulé'
  return html`<article class="card" aria-labelledby="colis-${skybillNumber}">
    <h3 id="colis-${skybillNumber}">${skybillNumber} <span class="status">${state}</span></h3>
    <p>${productOf(productCode)?.name} (${productCode}) · réf. ${shipperRef || 'aucune'} · ${weightKg} kg</p>
    <p>${recipient.Name}, ${recipient.ZipCode} ${recipient.City} ${recipient.Country}</p>
    <p>${parisTime(scans.at(-1)?.at ?? soldAt).replace('T', ' ')}</p>
    ${isOver(parcel) ? '' : advanceForm(`/_page/advance/${skybillNumber}`, `Faire avancer ${skybillNumber}`)}
  </article>`
}
