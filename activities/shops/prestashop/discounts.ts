import { type Cents, type Decimal, divideRounded, unitsOf, vatInside } from '../../../domain/money.ts'
import type { WebOrderLine } from '../../../domain/order.ts'

/** One voucher, or all of them as one, VAT included. */
export interface Reduction {
  gross: Cents
  vat: Cents
  freeShipping: boolean
}

/** A few cents are roundings of the shop; more is a voucher that we cannot place better. */
const ROUNDING = 5

/** Takes each reduction off the lines: offered shipping off the shipping, the rest off the items, what is left over off anything. */
export function reduce(lines: WebOrderLine[], reductions: Reduction[]): WebOrderLine[] {
  const reduced = lines.map((line) => ({ ...line }))
  const ofKind = (kind: WebOrderLine['kind']) => reduced.filter((line) => line.kind === kind)
  for (const { gross, vat, freeShipping } of reductions) {
    const offered = freeShipping ? Math.min(gross, left(ofKind('shipping'))) : 0
    const onItems = Math.min(gross - offered, left(ofKind('item')))
    const rest = gross - offered - onItems
    const shares = [
      ...share(offered, ofKind('shipping')),
      ...bestShare(onItems, ofKind('item'), vat - vatOf(share(offered, ofKind('shipping')))),
      ...share(rest, [...ofKind('shipping'), ...ofKind('fee')]),
    ]
    for (const taken of settleVat(shares, vat)) {
      taken.line.discount += taken.gross
      taken.line.discountVat += taken.vat
    }
  }
  return reduced
}

interface Share {
  line: WebOrderLine
  gross: Cents
  vat: Cents
}

const left = (lines: WebOrderLine[]): Cents => lines.reduce((sum, line) => sum + line.gross - line.discount, 0)
const vatOf = (shares: Share[]): Cents => shares.reduce((sum, { vat }) => sum + vat, 0)

/** Shares an amount in proportion to what each line still costs. */
function share(amount: Cents, lines: WebOrderLine[]): Share[] {
  const parts = spread(
    amount,
    lines.map((line) => Math.max(0, line.gross - line.discount)),
  )
  return lines
    .map((line, i) => ({ line, gross: parts[i] ?? 0, vat: vatInside(parts[i] ?? 0, line.vatRate) }))
    .filter(({ gross }) => gross !== 0)
}

/** A voucher may hold for some goods only: when its VAT says so, it goes to the goods of the one rate that fits. */
function bestShare(amount: Cents, lines: WebOrderLine[], vat: Cents): Share[] {
  const all = share(amount, lines)
  const rates: Decimal[] = [...new Set(lines.map((line) => line.vatRate))]
  if (rates.length < 2 || Math.abs(vatOf(all) - vat) <= ROUNDING) return all
  const alone = rates
    .map((rate) => lines.filter((line) => line.vatRate === rate))
    .filter((same) => left(same) >= amount)
    .map((same) => share(amount, same))
  return [all, ...alone].sort((a, b) => Math.abs(vatOf(a) - vat) - Math.abs(vatOf(b) - vat))[0] ?? all
}

/** The shop's own VAT of the reduction holds to the cent; the largest share takes the roundings. */
function settleVat(shares: Share[], vat: Cents): Share[] {
  const gap = vat - vatOf(shares)
  const [largest] = [...shares].sort((a, b) => b.gross - a.gross)
  if (largest && gap !== 0 && Math.abs(gap) <= ROUNDING) largest.vat += gap
  return shares
}

/** Cuts an amount in whole cents by weight; the largest fractions take the cents that are left. */
export function spread(amount: Cents, weights: number[]): Cents[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole <= 0 || amount === 0) return weights.map(() => 0)
  const shares = weights.map((weight, i) => ({
    i,
    cents: Number((BigInt(amount) * BigInt(weight)) / BigInt(whole)),
    fraction: Number((BigInt(amount) * BigInt(weight)) % BigInt(whole)),
  }))
  const missing = amount - shares.reduce((sum, { cents }) => sum + cents, 0)
  const nearest = [...shares].sort((a, b) => b.fraction - a.fraction || a.i - b.i)
  for (const taker of nearest.slice(0, missing)) taker.cents += 1
  return shares.map(({ cents }) => cents)
}

/** The rate that explains an amount whose rate the shop does not say: one of the order's or of France's, else the quotient itself. */
export function rateOf(o: { gross: Cents; net: Cents; rates: Decimal[] }): Decimal {
  const vat = o.gross - o.net
  if (vat === 0) return '0.00'
  const known = [...o.rates, '20.00', '10.00', '5.50', '2.10'].filter((rate) => (unitsOf(rate, 2) ?? 0n) > 0n)
  const gapOf = (rate: Decimal) => Math.abs(vatInside(o.gross, rate) - vat)
  const [best] = known.sort((a, b) => gapOf(a) - gapOf(b))
  if (best && gapOf(best) <= 1) return best
  const hundredths = divideRounded(BigInt(vat) * 10_000n, BigInt(o.net || 1))
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
}
