import { type Cents, euros } from '../../../domain/money.ts'
import type { WebOrder, WebOrderLine } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { type Block, layOut, type Row, type SiteIdentity } from './layout.ts'
import { addressLines, clean, dayInFull, destinationBlock } from './words.ts'

/** "Your order is registered": its content, total and delivery; `expectedShippingOn` is an ISO day, when it is known. */
export function registeredLetter({
  order,
  site,
  expectedShippingOn,
}: {
  order: WebOrder
  site: SiteIdentity
  expectedShippingOn?: string
}): Letter {
  const firstName = clean(order.customer.firstName)
  const greeting = firstName ? `Bonjour ${firstName}` : 'Bonjour'
  const expected = expectedShippingOn ? ` Date prévue : ${dayInFull(expectedShippingOn)}.` : ''
  return layOut({
    subjects: [`Commande ${order.number} enregistrée`],
    preheader: `Nous préparons la suite. Total : ${euros(order.total, order.currency)}.`,
    blocks: [
      {
        kind: 'text',
        text: `${greeting}, votre commande ${order.number} du ${dayInFull(order.placedAt)} est bien enregistrée.`,
      },
      { kind: 'text', text: `Nous vous écrirons à l’expédition.${expected}` },
      { kind: 'rows', title: 'Votre commande', rows: contentRows(order) },
      destinationBlock(order, { toPickupPoint: order.pickupPoint !== null }),
      { kind: 'lines', title: 'Facturation', lines: addressLines(order.billing) },
      { kind: 'rows', title: 'Livraison et règlement', rows: methodRows(order) },
      ...legalBlocks(order, site),
    ],
    order,
    site,
  })
}

const total = (lines: WebOrderLine[], amount: (line: WebOrderLine) => Cents): Cents =>
  lines.reduce((sum, line) => sum + amount(line), 0)

function contentRows({ lines, coupons, currency, ...order }: WebOrder): Row[] {
  const discount = total(lines, (line) => line.discount)
  const vat = total(lines, (line) => line.vat - line.discountVat)
  const codes = coupons.length > 0 ? ` (${coupons.join(', ')})` : ''
  return [
    ...lines.map((line) => ({ label: lineLabel(line), value: euros(line.gross, currency) })),
    ...(discount === 0 ? [] : [{ label: `Remise${codes}`, value: euros(-discount, currency) }]),
    { label: 'Total TTC', value: euros(order.total, currency), strong: true },
    { label: 'dont TVA', value: euros(vat, currency) },
  ]
}

function lineLabel({ kind, quantity, name }: WebOrderLine): string {
  return kind === 'item' ? `${quantity} × ${name}` : name
}

function methodRows({ shippingMethod, paymentMethod }: WebOrder): Row[] {
  return [
    ...(shippingMethod ? [{ label: 'Mode de livraison', value: shippingMethod.name }] : []),
    { label: 'Mode de règlement', value: paymentMethod.name },
  ]
}

/** A consumer may change their mind (C. conso. L221-18 and L221-13); a company may not. */
function legalBlocks({ customer }: WebOrder, site: SiteIdentity): Block[] {
  const isCompany = Boolean(customer.company || customer.siren)
  const withdrawal: Block[] = [
    { kind: 'text', text: 'Après la livraison, vous disposez de 14 jours pour changer d’avis.' },
    { kind: 'link', label: 'Exercer mon droit de rétractation', url: site.withdrawalUrl },
  ]
  return [
    ...(isCompany ? [] : withdrawal),
    { kind: 'link', label: 'Conditions générales de vente', url: site.termsUrl },
  ]
}
