import { Refused } from '../../../domain/failures.ts'
import { type Cents, type Decimal, decimalOf, unitsOf } from '../../../domain/money.ts'
import type { WebOrder, WebOrderLine } from '../../../domain/order.ts'
import { type Reduction, rateOf, reduce, spread } from './discounts.ts'
import type { Parts } from './gather.ts'
import type { PsCartRule, PsDetail, PsOrder } from './wire.ts'

/** The name of the wrapping line, as the mapping table of fees knows it. */
const WRAPPING = 'Emballage cadeau'

/** The vouchers of an order: those that lower the price, and those that pay it. */
export interface Vouchers {
  discounts: PsCartRule[]
  cards: PsCartRule[]
}

/** Parts the vouchers by name; without a pattern every voucher is a discount, as PrestaShop itself reckons. */
export function vouchersOf(order: PsOrder, parts: Parts, giftCards: RegExp | null): Vouchers {
  const rules = (parts.cartRules?.get(order.id) ?? []).filter((rule) => rule.deleted !== '1')
  const isCard = (rule: PsCartRule) => giftCards?.test(rule.name) ?? false
  return { discounts: rules.filter((rule) => !isCard(rule)), cards: rules.filter(isCard) }
}

/** The row that an id names; Refused, naming the field, when the shop does not give it. */
export function found<Row>(rows: Map<string, Row>, id: string, field: string): Row {
  const row = rows.get(id)
  if (row === undefined) throw new Refused('unreadable-order', `« ${field} » ${id} est introuvable`)
  return row
}

/** All that an order was made of, vouchers taken off; what the customer pays by gift card is a negative fee. */
export function linesOf(
  order: PsOrder,
  parts: Parts,
  { discounts, cards, carrier }: Vouchers & { carrier: WebOrder['shippingMethod'] },
): WebOrderLine[] {
  const items = itemLines(order, parts)
  const rates = items.map((line) => line.vatRate)
  const wrapping = plain({ kind: 'fee', code: WRAPPING, name: WRAPPING }, wrappingOf(order), rates)
  const { code, name } = carrier ?? { code: 'port', name: 'Port' }
  const shipping = plain({ kind: 'shipping', code, name }, shippingOf(order), rates)
  if (order.carrier_tax_rate !== '0.00' && shipping.vat !== 0) shipping.vatRate = order.carrier_tax_rate
  const lines = [...items, ...[shipping, wrapping].filter((line) => line.gross !== 0)]
  const reductions = reductionsOf(order, { discounts, cards, shipping: shipping.gross })
  return [...reduce(lines, reductions), ...cards.map(cardLine)]
}

interface Amounts {
  gross: Cents
  net: Cents
}
const wrappingOf = (o: PsOrder): Amounts => ({ gross: o.total_wrapping_tax_incl, net: o.total_wrapping_tax_excl })
const shippingOf = (o: PsOrder): Amounts => ({ gross: o.total_shipping_tax_incl, net: o.total_shipping_tax_excl })

function plain(
  named: Pick<WebOrderLine, 'kind' | 'code' | 'name'>,
  { gross, net }: Amounts,
  rates: Decimal[],
): WebOrderLine {
  const vatRate = rateOf({ gross, net, rates })
  return { ...named, quantity: 1, gross, vat: gross - net, discount: 0, discountVat: 0, vatRate }
}

/** When the shop rounds on the total only (round_type 3), line amounts keep fractions: their cents are laid out to its total. */
function itemLines(order: PsOrder, parts: Parts): WebOrderLine[] {
  const details = (parts.details.get(order.id) ?? []).filter((detail) => detail.product_quantity > 0)
  const exact = details.map((detail) => detail.total_price_tax_incl)
  const gap = exact.reduce((sum, gross) => sum + gross, 0) - order.total_products_wt
  const isLaidOut = order.round_type === '3' && Math.abs(gap) <= details.length
  const amounts = isLaidOut ? spread(order.total_products_wt, exact) : exact
  return details.map((detail, i) => {
    const gross = amounts[i] ?? detail.total_price_tax_incl
    return {
      kind: 'item',
      code: detail.product_reference,
      name: detail.product_name,
      quantity: detail.product_quantity,
      gross,
      vat: gross - detail.total_price_tax_excl,
      discount: 0,
      discountVat: 0,
      vatRate: detailRate(detail, parts),
    }
  })
}

function detailRate(detail: PsDetail, { rates }: Parts): Decimal {
  const { associations, total_price_tax_incl: gross, total_price_tax_excl: net } = detail
  if (associations.taxes.length === 0) return rateOf({ gross, net, rates: [] })
  const units = associations.taxes.map(({ id }) => unitsOf(found(rates, id, 'order_details.taxes'), 2) ?? 0n)
  return decimalOf(
    units.reduce((sum, rate) => sum + rate, 0n),
    2,
  )
}

/** The vouchers one by one where they add up to the order's own total, else the total alone; gift cards apart. */
function reductionsOf(order: PsOrder, { discounts, cards, shipping }: Vouchers & { shipping: Cents }): Reduction[] {
  const held = cards.map(voucherOf)
  const total = {
    gross: order.total_discounts_tax_incl - sum(held, 'gross'),
    vat: order.total_discounts_tax_incl - order.total_discounts_tax_excl - sum(held, 'vat'),
  }
  if (total.gross <= 0) return []
  const vouchers = discounts.map(voucherOf)
  const [first] = vouchers
  const gap = { gross: total.gross - sum(vouchers, 'gross'), vat: total.vat - sum(vouchers, 'vat') }
  const isRounding = Math.max(Math.abs(gap.gross), Math.abs(gap.vat)) <= 1 + vouchers.length
  if (!first || !isRounding) return [{ ...total, freeShipping: shipping > 0 && total.gross === shipping }]
  const last = vouchers.at(-1) ?? first
  return [...vouchers.slice(0, -1), { ...last, gross: last.gross + gap.gross, vat: last.vat + gap.vat }]
}

const voucherOf = ({ value, value_tax_excl: net, free_shipping: free }: PsCartRule): Reduction => ({
  gross: value,
  vat: value - net,
  freeShipping: free === '1',
})

const sum = (reductions: Reduction[], key: 'gross' | 'vat'): Cents =>
  reductions.reduce((total, reduction) => total + reduction[key], 0)

/** A voucher that pays: a negative fee, which the rules of admission know by its name. */
const cardLine = ({ name, value }: PsCartRule): WebOrderLine => ({
  kind: 'fee',
  code: name,
  name,
  quantity: 1,
  gross: -value,
  vat: 0,
  discount: 0,
  discountVat: 0,
  vatRate: '0.00',
})
