import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { fromThisPageOnly } from '../../kit/same-origin.ts'
import { type Carrier, findPieces, findShipment, scanAll, scanPieces, sendPieces } from './carrier.ts'
import { wallClockOf } from './dates.ts'
import { hasArrived, type Journey } from './journeys.ts'
import { type SoldPiece, soldPieces } from './log.ts'
import type { Piece, Shipment } from './model.ts'
import { findProduct, totalKilograms } from './products.ts'

const STATES: Record<string, string> = {
  DUMMY_PU: 'Annoncé',
  PU: 'Enlevé',
  DF: 'En transit',
  WC: 'En livraison',
  OK: 'Livré',
  OH: 'En attente (incident)',
  NH: 'Destinataire absent',
  CC: 'Disponible en point de retrait',
  RD: 'Refusé par le destinataire',
  RT: 'Retourné à l’expéditeur',
}

const WAYS: Record<Journey, string> = {
  delivered: 'Livré chez le destinataire',
  incident: 'Un incident, puis livré',
  pickup: 'Mis à disposition au point de retrait',
  returned: 'Retourné à l’expéditeur',
}
const isJourney = (text: unknown): text is Journey => typeof text === 'string' && Object.hasOwn(WAYS, text)

const STYLE = raw(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
.card { border: 1px solid #8888; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.card h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
.card p, .card ul { margin: .25rem 0; }
.status { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
button, select { font: inherit; padding: .4rem .8rem; max-width: 100%; min-height: 2.75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
`)

/** The page of the carrier, for people: every shipment, buttons to move it on and to change its way. */
export function openPage(carrier: Carrier): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(page(carrier.store.data.shipments.toReversed())))
  app.get('/_labels', (c) => c.json(soldPieces(carrier) satisfies SoldPiece[]))
  app.use('/_page/*', fromThisPageOnly)
  app.post('/_page/advance', (c) => {
    scanAll(carrier)
    return c.redirect('/', 303)
  })
  app.post('/_page/advance/:number', (c) => {
    const pieces = findPieces(carrier, c.req.param('number'))
    if (!pieces.length) return c.text('Envoi inconnu.', 404)
    scanPieces(carrier, pieces)
    return c.redirect('/', 303)
  })
  app.post('/_page/send/:number', async (c) => {
    const shipment = findShipment(carrier, c.req.param('number'))
    const { journey } = await c.req.parseBody()
    if (!shipment || !isJourney(journey)) return c.text('Envoi ou suite inconnus.', 404)
    sendPieces(carrier, shipment.pieces, journey)
    return c.redirect('/', 303)
  })
  return app
}

function page(shipments: Shipment[]) {
  return html`<!DOCTYPE html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>DHL Express (bac à sable)</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>DHL Express</h1>
          <p>Un transporteur de bac à sable : aucun envoi ne part.</p>
          <h2>Envois (${shipments.length})</h2>
          ${shipments.length ? advanceForm('/_page/advance', 'Faire avancer tous les envois') : html`<p>Aucun envoi pour l’instant.</p>`}
          ${shipments.map(shipmentCard)}
        </main>
      </body>
    </html>`
}

function advanceForm(action: string, label: string) {
  return html`<form method="post" action="${action}"><button type="submit">${label}</button></form>`
}

const stateOf = (piece: Piece | undefined): string => STATES[piece?.scans.at(-1)?.code ?? ''] ?? 'Inconnu'

const momentOf = (piece: Piece | undefined): string => {
  const { date, time } = wallClockOf(piece?.scans.at(-1)?.at ?? new Date(0), 'Europe/Paris')
  return `${date} ${time} (heure de Paris)`
}

function shipmentCard({ number, request, pieces }: Shipment) {
  const { postalAddress: at, contactInformation: contact } = request.customerDetails.receiverDetails
  const { packages, unitOfMeasurement: unit, isCustomsDeclarable } = request.content
  const isMoving = pieces.some(({ route }) => route.length > 0)
  return html`<article class="card" aria-labelledby="envoi-${number}">
    <h2 id="envoi-${number}">${number} <span class="status">${stateOf(pieces[0])}</span></h2>
    <p>${findProduct(request.productCode)?.name} (${request.productCode}) · ${totalKilograms(packages, unit)} kg</p>
    <p>${isCustomsDeclarable ? 'Avec douane' : 'Sans douane'} · ${momentOf(pieces[0])}</p>
    <p>${contact.companyName}, ${at.postalCode} ${at.cityName} ${at.countryCode}</p>
    <ul>
      ${pieces.map((piece) => pieceLine(piece, pieces.length > 1))}
    </ul>
    ${isMoving ? advanceForm(`/_page/advance/${number}`, `Faire avancer ${number}`) : ''}
    ${pieces.every(hasArrived) ? '' : sendForm(number)}
  </article>`
}

function pieceLine(piece: Piece, isOneOfMany: boolean) {
  const { trackingNumber, reference, route } = piece
  return html`<li>
    ${trackingNumber} · réf. ${reference || 'aucune'}${isOneOfMany ? ` · ${stateOf(piece)}` : ''}
    ${isOneOfMany && route.length ? advanceForm(`/_page/advance/${trackingNumber}`, `Faire avancer ${trackingNumber}`) : ''}
  </li>`
}

function sendForm(number: string) {
  return html`<form method="post" action="/_page/send/${number}">
    <label for="suite-${number}">Suite du trajet</label>
    <select id="suite-${number}" name="journey">
      ${Object.entries(WAYS).map(([journey, label]) => html`<option value="${journey}">${label}</option>`)}
    </select>
    <button type="submit">Choisir pour ${number}</button>
  </form>`
}
