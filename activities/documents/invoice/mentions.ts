import type { Invoice } from '../../../domain/invoice.ts'
import { day, methodName } from './words.ts'

const LATE_PENALTY =
  "En cas de retard de paiement, pénalité au taux de trois fois l'intérêt légal, exigible le jour suivant la date d'échéance, sans rappel."
const RECOVERY_FEE =
  'Tout retard ouvre droit, en plus des pénalités, à une indemnité de 40 € pour frais de recouvrement.'
const NO_EARLY_DISCOUNT = "Pas d'escompte pour paiement anticipé."
const GOODS = 'Catégorie de l’opération : livraison de biens.'

/** What speaks of the fixed fee that only a professional owes (C. com. D441-5). */
const OF_RECOVERY = /frais de recouvrement|indemnité.{0,20}40|40.{0,3}(€|euros)/i

/** The mentions of the ERP, and those that the law asks for when the ERP left them out (C. com. L441-9, CGI ann. II art. 242 nonies A). */
export function mentionsOf({ mentions, customer }: Pick<Invoice, 'mentions' | 'customer'>): string[] {
  const missing = (text: string, subject: RegExp): string[] => (mentions.some((one) => subject.test(one)) ? [] : [text])
  const category = missing(GOODS, /livraison de biens|prestation de services/i)
  if (!customer.isCompany) return [...mentions.filter((one) => !OF_RECOVERY.test(one)), ...category]
  return [
    ...mentions,
    ...missing(LATE_PENALTY, /pénalité/i),
    ...missing(RECOVERY_FEE, OF_RECOVERY),
    ...missing(NO_EARLY_DISCOUNT, /escompte/i),
    ...category,
  ]
}

/** "Paid", with the last payment, when nothing remains of an invoice; null otherwise. */
export function paidMention({
  kind,
  remaining,
  payments,
}: Pick<Invoice, 'kind' | 'remaining' | 'payments'>): string | null {
  const last = payments.at(-1)
  return kind === 'invoice' && remaining === 0 && last
    ? `Facture acquittée - ${methodName(last.method)} du ${day(last.paidOn)}`
    : null
}

/** What every copy after the original says, on each of its pages. */
export const duplicateMention = ({ number, issuedOn }: Pick<Invoice, 'number' | 'issuedOn'>): string =>
  `DUPLICATA - conforme à l’original n° ${number} du ${day(issuedOn)}`
