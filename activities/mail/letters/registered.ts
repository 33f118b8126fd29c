// Placeholder: to be replaced whole by the real letters.
import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
export const registeredLetter = ({ order }: { order: WebOrder; site: unknown }): Letter => ({
  subject: `Commande ${order.number} enregistrée`,
  text: 'x',
  html: '<p>x</p>',
})
