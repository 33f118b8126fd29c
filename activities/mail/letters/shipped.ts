// Placeholder: to be replaced whole by the real letters.
import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
export const shippedLetter = ({
  order,
}: {
  order: WebOrder
  site: unknown
  parcels: unknown
  toPickupPoint: boolean
}): Letter => ({ subject: `Commande ${order.number} expédiée`, text: 'x', html: '<p>x</p>' })
