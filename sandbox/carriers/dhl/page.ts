import type { Hono } from 'hono'
import { html } from 'hono/html'
import { advanceForm, type Card, openCarrierPage } from '../page.ts'
import { type Carrier, findPieces, scanAll, scanPieces, sendPieces } from './carrier.ts'
import { wallClockOf } from './dates.ts'
import { hasArrived } from './journeys.ts'
import { soldPieces } from './log.ts'
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

/** The page of DHL Express: a number is that of a shipment or of one piece. */
export const openPage = (carrier: Carrier): Hono =>
  openCarrierPage<Piece[]>({
    name: 'DHL Express',
    nouns: ['envoi', 'envois'],
    cards: () => carrier.store.data.shipments.toReversed().map(cardOf),
    labels: () => soldPieces(carrier),
    find(number) {
      const pieces = findPieces(carrier, number)
      return pieces.length ? pieces : undefined
    },
    scan: (pieces) => scanPieces(carrier, pieces),
    scanAll: () => scanAll(carrier),
    send: (pieces, journey) => sendPieces(carrier, pieces, journey),
  })

const stateOf = (piece: Piece | undefined): string => STATES[piece?.scans.at(-1)?.code ?? ''] ?? 'Inconnu'

const momentOf = (piece: Piece | undefined): string => {
  const { date, time } = wallClockOf(piece?.scans.at(-1)?.at ?? new Date(0), 'Europe/Paris')
  return `${date} ${time} (heure de Paris)`
}

function cardOf({ number, request, pieces }: Shipment): Card {
  const { postalAddress: at, contactInformation: contact } = request.customerDetails.receiverDetails
  const { packages, unitOfMeasurement: unit, isCustomsDeclarable } = request.content
  return {
    number,
    state: stateOf(pieces[0]),
    lines: [
      html`${findProduct(request.productCode)?.name} (${request.productCode}) · ${totalKilograms(packages, unit)} kg`,
      html`${isCustomsDeclarable ? 'Avec douane' : 'Sans douane'} · ${momentOf(pieces[0])}`,
      html`${contact.companyName}, ${at.postalCode} ${at.cityName} ${at.countryCode}`,
    ],
    more: html`<ul>
      ${pieces.map((piece) => pieceLine(piece, pieces.length > 1))}
    </ul>`,
    isMoving: pieces.some(({ route }) => route.length > 0),
    canBeSent: !pieces.every(hasArrived),
  }
}

function pieceLine(piece: Piece, isOneOfMany: boolean) {
  const { trackingNumber, reference, route } = piece
  return html`<li>
    ${trackingNumber} · réf. ${reference || 'aucune'}${isOneOfMany ? ` · ${stateOf(piece)}` : ''}
    ${isOneOfMany && route.length ? advanceForm(`/_page/advance/${trackingNumber}`, `Faire avancer ${trackingNumber}`) : ''}
  </li>`
}
