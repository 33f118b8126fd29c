import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { layOut, type SiteIdentity } from './layout.ts'
import type { ShippedParcel } from './shipped.ts'
import { dayInFull } from './words.ts'

/** "Your parcel is delayed": the carrier met an incident; nothing is asked of the customer but to follow it. */
export function incidentLetter(o: {
  order: WebOrder
  site: SiteIdentity
  parcel: ShippedParcel
  /** ISO moment. */
  at: string
}): Letter {
  const { order, site, parcel, at } = o
  return layOut({
    subjects: [`Commande ${order.number} : votre colis est retardé`],
    preheader: `Le transporteur signale un incident le ${dayInFull(at)}.`,
    blocks: [
      { kind: 'text', text: `Le transporteur signale un incident sur votre colis le ${dayInFull(at)}.` },
      { kind: 'link', label: 'Suivre le colis', url: parcel.trackingUrl, main: true },
      { kind: 'text', text: `Si le lien ne s’ouvre pas, le numéro est ${parcel.trackingNumber}.` },
      { kind: 'text', text: 'Nous suivons la livraison avec lui ; répondez à cet e-mail pour toute question.' },
    ],
    order,
    site,
  })
}
