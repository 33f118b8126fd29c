// Placeholder: to be replaced whole by the real letters.
import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
export const invoiceLetter = ({
  invoice,
}: {
  order: WebOrder
  site: unknown
  invoice: { number: string }
}): Letter => ({ subject: `Votre facture ${invoice.number}`, text: 'x', html: '<p>x</p>' })
