import { findArticle, findCarrier, isBranch, isPaymentMode, VAT_RATES } from './catalogue.ts'
import { absolute, centsOf, decimalOf, lineGross, sumOf, vatInside } from './decimals.ts'
import type { OrderBody } from './model.ts'
import { Problem } from './problems.ts'

/** Refuses an order that Codial could not book: unknown codes, or totals that do not add up to the cent. */
export function checkOrder(order: OrderBody): void {
  order.lignes.forEach((line, i) => {
    checkLine(line, `/lignes/${i}`, order.lignes.slice(0, i))
  })
  order.reglements_annonces.forEach(({ mode }, i) => {
    checkPaymentMode(mode, `/reglements_annonces/${i}/mode`)
  })
  if (!isBranch(order.agence)) throw new Problem('champ_invalide', `agence ${order.agence} inconnue`, '/agence')
  checkCarrier(order)
  checkTotals(order)
}

/** Refuses a payment mode that the company does not know. */
export function checkPaymentMode(mode: string, champ: string): void {
  if (!isPaymentMode(mode)) throw new Problem('mode_reglement_inconnu', `mode de règlement ${mode} inconnu`, champ)
}

type Line = OrderBody['lignes'][number]

function checkLine(line: Line, at: string, before: Line[]): void {
  if (before.some(({ rang }) => rang === line.rang))
    throw new Problem('champ_invalide', `rang ${line.rang} en double`, `${at}/rang`)
  const article = findArticle(line.reference)
  if (!article) throw new Problem('article_inconnu', `article ${line.reference} inconnu`, `${at}/reference`)
  if (article.type !== line.type)
    throw new Problem('champ_invalide', `${line.reference} est de type ${article.type}`, `${at}/type`)
  if (!VAT_RATES.includes(line.taux_tva))
    throw new Problem('tva_inconnue', `taux ${line.taux_tva} inconnu`, `${at}/taux_tva`)
  const full = lineGross({ ...line, remise_ttc: undefined })
  const discount = centsOf(line.remise_ttc ?? '0.00')
  const fits = full < 0n ? discount <= 0n && discount >= full : discount >= 0n && discount <= full
  if (!fits) throw new Problem('champ_invalide', 'la remise dépasse la ligne', `${at}/remise_ttc`)
}

function checkCarrier({ transporteur, service }: OrderBody): void {
  const carrier = findCarrier(transporteur)
  if (!carrier) throw new Problem('champ_invalide', `transporteur ${transporteur} inconnu`, '/transporteur')
  const known = carrier.services.length === 0 || carrier.services.some(({ code }) => code === service)
  if (!known) throw new Problem('champ_invalide', `service ${service} inconnu chez ${transporteur}`, '/service')
}

function checkTotals(order: OrderBody): void {
  const [net, vat, gross] = [centsOf(order.total_ht), centsOf(order.total_tva), centsOf(order.total_ttc)]
  const lines = sumOf(order.lignes.map(lineGross))
  const refuse = (detail: string, champ: string): never => {
    throw new Problem('total_incoherent', detail, champ)
  }
  if (lines !== gross)
    refuse(`les lignes font ${decimalOf(lines)}, le total annoncé est ${order.total_ttc}`, '/total_ttc')
  if (net + vat !== gross)
    refuse(`HT + TVA font ${decimalOf(net + vat)}, le total annoncé est ${order.total_ttc}`, '/total_ht')
  const expected = sumOf(order.lignes.map((line) => vatInside(lineGross(line), line.taux_tva)))
  if (absolute(vat - expected) > BigInt(order.lignes.length)) {
    refuse(
      `les taux des lignes donnent ${decimalOf(expected)} de TVA, la commande annonce ${order.total_tva}`,
      '/total_tva',
    )
  }
}
