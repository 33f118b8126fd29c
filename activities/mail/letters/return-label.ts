import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { layOut, type SiteIdentity } from './layout.ts'

/** "Your return label is attached": how the parcel comes back. */
export function returnLabelLetter({ order, site }: { order: WebOrder; site: SiteIdentity }): Letter {
  return layOut({
    subjects: [`Commande ${order.number} : votre étiquette de retour`],
    preheader: 'Imprimez l’étiquette jointe et collez-la sur le colis.',
    blocks: [
      { kind: 'text', text: 'Vous trouverez ci-joint l’étiquette de retour de votre colis.' },
      { kind: 'text', text: 'Imprimez-la, collez-la sur le colis fermé, puis déposez-le chez le transporteur.' },
    ],
    order,
    site,
  })
}
