import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { layOut, type SiteIdentity } from './layout.ts'
import type { ShippedParcel } from './shipped.ts'
import { dayInFull } from './words.ts'

/** "Your parcels have arrived": when, and whom to write to when something is wrong. */
export function deliveredLetter(o: {
  order: WebOrder
  site: SiteIdentity
  parcels: ShippedParcel[]
  /** ISO moment of the last delivery. */
  deliveredAt: string
}): Letter {
  const { order, site, parcels, deliveredAt } = o
  const what = parcels.length === 1 ? 'Votre colis est arrivé' : `Vos ${parcels.length} colis sont arrivés`
  return layOut({
    subjects: [`Commande ${order.number} livrée`],
    preheader: `${what} le ${dayInFull(deliveredAt)}.`,
    blocks: [
      { kind: 'text', text: `${what} le ${dayInFull(deliveredAt)}.` },
      { kind: 'lines', title: 'Suivi', lines: parcels.map(({ trackingNumber }) => trackingNumber) },
      { kind: 'text', text: 'Un article manque ou est abîmé ? Répondez à cet e-mail dans les trois jours.' },
    ],
    order,
    site,
  })
}
