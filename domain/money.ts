/** A whole number of cents; the only form in which we add amounts. */
export type Cents = number

/** An exact decimal written as text, such as "12.3456": the form amounts travel in. */
export type Decimal = string

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d+))?$/

/** Reads a decimal text as a whole number of 10^-places units, exactly; null when it is no decimal or is finer than that. */
export function unitsOf(text: string, places: number): bigint | null {
  const parts = DECIMAL.exec(text.trim())
  if (!parts) return null
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  if (fraction.length > places) return null
  const units = BigInt(parts[2] + fraction.padEnd(places, '0'))
  return parts[1] ? -units : units
}

/** Reads an amount such as "12.35" or "5" as cents; throws a RangeError that quotes the text. */
export function centsOf(text: Decimal): Cents {
  const units = unitsOf(text, 2)
  if (units === null) throw new RangeError(`"${text}" is not an amount with at most two decimals`)
  return Number(units)
}

/** Writes units of 10^-places as a decimal text with exactly that many decimals. */
export function decimalOf(units: Cents | bigint, places = 2): Decimal {
  const negative = units < 0
  const digits = String(negative ? -units : units).padStart(places + 1, '0')
  const cut = digits.length - places
  return `${negative ? '-' : ''}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ''}`
}

/** Divides and rounds half away from zero, as French invoices do (EN 16931 BR-CO-17). */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const rounded = (2n * a + b) / (2n * b)
  return negative ? -rounded : rounded
}

/** VAT held in a gross amount at a percent rate such as "5.50". */
export function vatInside(gross: Cents, rate: Decimal): Cents {
  const percent = unitsOf(rate, 2) ?? 0n
  return Number(divideRounded(BigInt(gross) * percent, 10_000n + percent))
}

/** A unit price with 4 decimals and the line discount that together give the gross amount to the cent. */
export function unitPriceFor(gross: Cents, quantity: number): { unitPrice: Decimal; discount: Cents } {
  const sign = gross < 0 ? -1n : 1n
  const [amount, count] = [BigInt(Math.abs(gross)) * 100n, BigInt(quantity)]
  for (const unit of [divideRounded(amount, count), (amount + count - 1n) / count]) {
    const discount = divideRounded(unit * count, 100n) - BigInt(Math.abs(gross))
    if (discount >= 0n) return { unitPrice: decimalOf(sign * unit, 4), discount: Number(sign * discount) }
  }
  throw new RangeError(`no unit price gives ${gross} for ${quantity}`)
}

/** An amount as French readers expect it: "1 234,50 €", with no-break spaces. */
export function euros(cents: Cents, currency = 'EUR'): string {
  const [whole = '0', fraction = '00'] = decimalOf(Math.abs(cents)).split('.')
  const symbol = currency === 'EUR' ? '€' : currency
  return `${cents < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')},${fraction}\u00a0${symbol}`
}
