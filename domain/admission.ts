import type { PickupPoint } from './address.ts'
import { type CarrierChoice, carrierFactsOf, chooseCarrier } from './carrier-choice.ts'
import { countryName } from './countries.ts'
import { Refused } from './failures.ts'
import { type Cents, type Decimal, euros, unitPriceFor, vatInside } from './money.ts'
import type { WebOrder, WebOrderLine } from './order.ts'
import type { Payment } from './payment.ts'
import type { AdmissionRule, SiteRules } from './site.ts'

/** One line of the ERP's order; gross amounts, a discount is a negative line. */
export interface ErpOrderLine {
  kind: 'item' | 'shipping' | 'fee' | 'discount'
  reference: string
  name: string
  quantity: number
  unitPrice: Decimal
  /** What brings quantity x unitPrice to the line's gross amount, to the cent. */
  discount: Cents
  vatRate: Decimal
  gross: Cents
  vat: Cents
}

/** The order as the ERP must register it: every code is Codial's, every total adds up to the cent. */
export interface ErpOrder {
  site: string
  webId: string
  placedAt: string
  currency: string
  branch: string
  lines: ErpOrderLine[]
  payments: Payment[]
  delivery: CarrierChoice
  pickupPoint: PickupPoint | null
  net: Cents
  vat: Cents
  gross: Cents
}

/** What the site's table says of the order's web status; one that nobody listed waits for a person, so that no order is lost in silence. */
export function admissionRule(order: WebOrder, rules: SiteRules): AdmissionRule {
  const rule = rules.admission[order.webStatus]
  if (!rule) throw new Refused('unknown-status', `« ${order.webStatus} »`)
  return rule
}

/** Turns a web order into the ERP's words, or throws the `Refused` that names what a person must map or mend. */
export function admit(order: WebOrder, rules: SiteRules): ErpOrder {
  const cards = giftCardsOf(order, rules)
  const sold = order.lines.filter((line) => !cards.includes(line))
  const lines = [...sold.map((line) => soldLine(line, order, rules)), ...couponLines(sold, order, rules)]
  const payments = [...cards.map((card, i) => giftCardPayment(card, i, order, rules)), ...mappedPayments(order, rules)]
  const expected = order.total - sum(cards.map((card) => card.gross))
  const gap = sum(lines.map((line) => line.gross)) - expected
  if (gap !== 0 && Math.abs(gap) <= rules.roundingCents) lines.push(roundingLine(-gap, order, rules))
  else if (gap > 0 && rules.gapMethod) payments.push(gapPayment(gap, order, rules.gapMethod))
  else if (gap !== 0) throw totalsMismatch(order, gap)
  const gross = sum(lines.map((line) => line.gross))
  const vat = sum(lines.map((line) => line.vat))
  return {
    site: order.site,
    webId: order.webId,
    placedAt: order.placedAt,
    currency: order.currency,
    branch: rules.branch,
    lines,
    payments,
    delivery: deliveryOf(order, rules),
    pickupPoint: order.pickupPoint,
    net: gross - vat,
    vat,
    gross,
  }
}

const sum = (amounts: Cents[]): Cents => amounts.reduce((a, b) => a + b, 0)

function giftCardsOf(order: WebOrder, rules: SiteRules): WebOrderLine[] {
  const name = new RegExp(rules.giftCardNames, 'i')
  return order.lines.filter((line) => line.kind === 'fee' && line.gross < 0 && name.test(line.name))
}

function soldLine(line: WebOrderLine, order: WebOrder, rules: SiteRules): ErpOrderLine {
  const { gross, quantity, name } = line
  const kind = line.kind === 'fee' && gross < 0 ? 'discount' : line.kind
  return {
    kind,
    reference: referenceOf(line, kind, rules),
    name,
    quantity,
    ...unitPriceFor(gross, quantity),
    ...taxOf({ ...line, vatRate: line.gross === 0 && line.vatRate === '0.00' ? mainRate(order) : line.vatRate }, rules),
    gross,
  }
}

function referenceOf(line: WebOrderLine, kind: ErpOrderLine['kind'], rules: SiteRules): string {
  if (kind === 'shipping') return rules.special.shipping
  if (kind === 'discount') return rules.special.discount
  if (kind === 'fee') return rules.fees[line.name] ?? rules.special.fee
  if (!line.code && !rules.items[line.name])
    throw new Refused('unknown-item', `l'article « ${line.name.slice(0, 60)} » n'a pas de référence`)
  return rules.items[line.code] ?? rules.items[line.name] ?? line.code
}

type Taxed = Pick<WebOrderLine, 'gross' | 'vat' | 'vatRate'>

/** A rate mapped to another one keeps what was paid: the VAT held in it is reckoned anew. */
function taxOf({ gross, vat, vatRate }: Taxed, rules: SiteRules): Pick<ErpOrderLine, 'vatRate' | 'vat'> {
  const mapped = rules.vatRates[vatRate]
  return mapped ? { vatRate: mapped, vat: vatInside(gross, mapped) } : { vatRate, vat }
}

/** Free lines carry no tax in WooCommerce: they take this rate, the one of the dearest item. */
function mainRate(order: WebOrder): Decimal {
  const [largest] = order.lines.filter((l) => l.kind === 'item').sort((a, b) => b.gross - a.gross)
  return largest?.vatRate ?? '0.00'
}

/** Promotional codes are negative lines, one per VAT rate (contract of Codial, section 4). */
function couponLines(lines: WebOrderLine[], order: WebOrder, rules: SiteRules): ErpOrderLine[] {
  const rates = [...new Set(lines.filter((line) => line.discount > 0).map((line) => line.vatRate))]
  return rates.map((rate) => {
    const same = lines.filter((line) => line.vatRate === rate)
    const [gross, vat] = [sum(same.map((line) => -line.discount)), sum(same.map((line) => -line.discountVat))]
    return { ...discountLine(gross, couponName(order), rules), ...taxOf({ gross, vat, vatRate: rate }, rules) }
  })
}

/** A price lowered by hand in the shop is a discount without a code. */
const couponName = ({ coupons }: WebOrder): string => (coupons.length > 0 ? `Code ${coupons.join(', ')}` : 'Remise')

function discountLine(gross: Cents, name: string, rules: SiteRules): Omit<ErpOrderLine, 'vatRate' | 'vat'> {
  return { kind: 'discount', reference: rules.special.discount, name, quantity: 1, ...unitPriceFor(gross, 1), gross }
}

function roundingLine(gross: Cents, order: WebOrder, rules: SiteRules): ErpOrderLine {
  const vatRate = mainRate(order)
  return {
    ...discountLine(gross, 'Arrondi', rules),
    ...taxOf({ gross, vat: vatInside(gross, vatRate), vatRate }, rules),
  }
}

function giftCardPayment(card: WebOrderLine, index: number, order: WebOrder, rules: SiteRules): Payment {
  return {
    id: `gift-card-${index + 1}`,
    method: rules.giftCardMethod,
    amount: -card.gross,
    transactionId: null,
    paidAt: order.placedAt,
  }
}

function gapPayment(amount: Cents, order: WebOrder, method: string): Payment {
  return { id: 'gap', method, amount, transactionId: null, paidAt: order.placedAt }
}

function mappedPayments(order: WebOrder, rules: SiteRules): Payment[] {
  const { code, name } = order.paymentMethod
  if (order.total > 0 && !rules.paymentMethods[code]) {
    throw new Refused('unknown-payment-method', `« ${code} » (${name.slice(0, 60)})`)
  }
  return order.payments.map((payment) => {
    const method = rules.paymentMethods[payment.method]
    if (!method) throw new Refused('unknown-payment-method', `« ${payment.method} »`)
    return { ...payment, method }
  })
}

function deliveryOf(order: WebOrder, rules: SiteRules): CarrierChoice {
  const chosen = chooseCarrier(rules.carrierRules, carrierFactsOf(order))
  if (chosen) return chosen.choice
  const { shippingMethod: method, shipping } = order
  const named = method ? `« ${method.code} » (${method.name.slice(0, 60)})` : 'une commande sans mode de livraison'
  throw new Refused('unknown-carrier', `aucune règle pour ${named}, ${countryName(shipping.country)}`)
}

function totalsMismatch(order: WebOrder, gap: Cents): Refused {
  const parts = euros(order.total + gap, order.currency)
  return new Refused(
    'totals-mismatch',
    `les lignes font ${parts}, la boutique annonce ${euros(order.total, order.currency)}`,
  )
}
