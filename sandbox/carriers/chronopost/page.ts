import type { Hono } from 'hono'
import { html } from 'hono/html'
import { type Card, openCarrierPage } from '../page.ts'
import { type Carrier, findParcel, isOver, scanAll, scanParcel, sendParcel, stateOf } from './carrier.ts'
import { EVENTS } from './journeys.ts'
import { labelsOf } from './log.ts'
import type { Parcel } from './model.ts'
import { parisTime } from './paris.ts'
import { productOf } from './products.ts'

/** The page of Chronopost. */
export const openPage = (carrier: Carrier): Hono =>
  openCarrierPage<Parcel>({
    name: 'Chronopost',
    nouns: ['colis', 'colis'],
    cards: () => carrier.store.data.parcels.toReversed().map(cardOf),
    labels: () => labelsOf(carrier),
    find: (number) => findParcel(carrier, number),
    scan: (parcel) => scanParcel(carrier, parcel),
    scanAll: () => scanAll(carrier),
    send: (parcel, journey) => sendParcel(carrier, parcel, journey),
  })

function cardOf(parcel: Parcel): Card {
  const { skybillNumber, shipperRef, recipient, productCode, weightKg, scans, soldAt } = parcel
  return {
    number: skybillNumber,
    state: parcel.cancelledAt === undefined ? EVENTS[stateOf(parcel)].state : 'Annulé',
    lines: [
      html`${productOf(productCode)?.name} (${productCode}) · réf. ${shipperRef || 'aucune'} · ${weightKg} kg`,
      html`${recipient.Name}, ${recipient.ZipCode} ${recipient.City} ${recipient.Country}`,
      parisTime(scans.at(-1)?.at ?? soldAt).replace('T', ' '),
    ],
    isMoving: !isOver(parcel),
    canBeSent: !isOver(parcel),
  }
}
