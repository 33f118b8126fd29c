import type { Hono } from 'hono'
import { html } from 'hono/html'
import { type Card, openCarrierPage } from '../page.ts'
import { type Carrier, findParcel, hasArrived, isMoving, scanAll, scanParcel, sendParcel, stateOf } from './carrier.ts'
import { bringsForm } from './customs-rules.ts'
import { SCANS } from './journeys.ts'
import { isReturn, labelsOf } from './log.ts'
import type { Parcel } from './model.ts'
import { offsetTime } from './tracking.ts'

/** The page of Colissimo. */
export const openPage = (carrier: Carrier): Hono =>
  openCarrierPage<Parcel>({
    name: 'Colissimo',
    nouns: ['colis', 'colis'],
    cards: () => carrier.store.data.parcels.toReversed().map(cardOf),
    labels: () => labelsOf(carrier),
    find: (number) => findParcel(carrier, number),
    scan: (parcel) => scanParcel(carrier, parcel),
    scanAll: () => scanAll(carrier),
    send(parcel, journey) {
      if (!hasArrived(parcel)) sendParcel(carrier, parcel, journey)
    },
  })

function cardOf(parcel: Parcel): Card {
  const { parcelNumber, orderNumber, request, scans } = parcel
  const { service, parcel: measures, addressee } = request.letter
  const { address } = addressee
  const last = scans.at(-1)
  const name = [address.companyName, address.firstName, address.lastName].filter(Boolean).join(' ')
  return {
    number: parcelNumber,
    state: SCANS[stateOf(parcel)].state,
    lines: [
      html`${service.productCode} · réf. ${orderNumber || 'aucune'} · ${measures.weight} kg`,
      factsOf(parcel).join(' · '),
      html`${name}, ${address.zipCode} ${address.city} ${address.countryCode}`,
      last ? offsetTime(last.at).replace('T', ' ') : '',
    ],
    isMoving: isMoving(parcel),
    canBeSent: !hasArrived(parcel),
  }
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
