import { COMPANY } from './catalogue.ts'
import { centsOf, decimalOf, sumOf } from './decimals.ts'
import type { InvoiceRecord, IssuedDocument, Payment } from './model.ts'
import { findOrder } from './orders.ts'
import type { World } from './world.ts'

/** An invoice as GET /factures/{numero} shows it: the issued document, its seller, and the payments it has received so far. */
export interface CodialInvoice extends IssuedDocument {
  vendeur: typeof COMPANY.vendeur
  etat: 'a_regler' | 'soldee' | 'annulee'
  reglements: Payment[]
  reste_du: string
}

/** Shows one invoice or credit note; a credit note asks for nothing. */
export function viewInvoice(world: World, { document, parts, avoir }: InvoiceRecord): CodialInvoice {
  if (document.type === 'avoir')
    return { ...document, vendeur: COMPANY.vendeur, etat: 'soldee', reglements: [], reste_du: '0.00' }
  const reglements = parts.flatMap((part) => paymentsOf(world, document.numero, part))
  const remaining = centsOf(document.total_ttc) - sumOf(reglements.map((r) => centsOf(r.montant)))
  const etat = avoir ? 'annulee' : remaining > 0n ? 'a_regler' : 'soldee'
  return { ...document, vendeur: COMPANY.vendeur, etat, reglements, reste_du: decimalOf(remaining) }
}

/** The order's payments pay its invoices in the order of issue; the last invoice takes what was paid too much. */
function paymentsOf(world: World, numero: string, part: InvoiceRecord['parts'][number]): Payment[] {
  const order = findOrder(world, part.commande)
  const invoices = order.factures
    .flatMap((n) => world.state.invoices[n] ?? [])
    .filter(({ document }) => document.type === 'facture')
  const earlier = invoices.slice(
    0,
    invoices.findIndex(({ document }) => document.numero === numero),
  )
  const shares = earlier.flatMap(({ parts }) => parts.filter((p) => p.commande === part.commande))
  const from = sumOf(shares.map((p) => centsOf(p.montant_ttc)))
  const reached = from + centsOf(part.montant_ttc)
  return cut(order.reglements, from, reached === centsOf(order.total_ttc) ? null : reached)
}

function cut(payments: Payment[], from: bigint, to: bigint | null): Payment[] {
  let start = 0n
  return payments.flatMap((payment) => {
    const end = start + centsOf(payment.montant)
    const [left, right] = [start > from ? start : from, to !== null && end > to ? to : end]
    start = end
    return right > left ? [{ ...payment, montant: decimalOf(right - left) }] : []
  })
}
