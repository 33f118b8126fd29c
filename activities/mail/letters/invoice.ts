import type { Invoice } from '../../../domain/invoice.ts'
import { euros } from '../../../domain/money.ts'
import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { layOut, type SiteIdentity } from './layout.ts'
import { dayInFull } from './words.ts'

/** "Your invoice is attached", or your credit note; `issuedOn` is an ISO day or moment. */
export function invoiceLetter({
  order,
  site,
  invoice,
}: {
  order: WebOrder
  site: SiteIdentity
  invoice: Pick<Invoice, 'number' | 'issuedOn' | 'gross' | 'kind'>
}): Letter {
  const { number, kind, issuedOn } = invoice
  const total = euros(invoice.gross, order.currency)
  const issuedDay = dayInFull(issuedOn)
  const creditNote = kind === 'credit-note'
  return layOut({
    subjects: [
      `Votre ${creditNote ? 'avoir' : 'facture'} ${number}, commande ${order.number}`,
      `${creditNote ? 'Avoir' : 'Facture'} ${number}, commande ${order.number}`,
      `Votre ${creditNote ? 'avoir' : 'facture'} ${number}`,
    ],
    preheader: creditNote ? `${total}.` : `Commande ${order.number}, ${total}.`,
    blocks: [
      {
        kind: 'text',
        text: creditNote ? `Votre avoir ${number} est joint.` : `Votre facture ${number} du ${issuedDay} est jointe.`,
      },
      {
        kind: 'rows',
        title: creditNote ? `Avoir du ${issuedDay}` : 'Facture',
        rows: [
          { label: 'Commande', value: order.number },
          { label: 'Numéro', value: number },
          { label: 'Total TTC', value: total, strong: true },
        ],
      },
    ],
    order,
    site,
  })
}
