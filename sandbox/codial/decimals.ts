const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** Reads a decimal text as units of 10^-places; throws a RangeError when it is finer than that or no decimal. */
export function unitsOf(text: string, places: number): bigint {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === '' || fraction.length > places) throw new RangeError(`"${text}" is not a decimal with ${places} places`)
  const units = BigInt(whole + fraction.padEnd(places, '0'))
  return sign === '-' ? -units : units
}

/** Writes units of 10^-places as a decimal text with exactly that many places. */
export function decimalOf(units: bigint, places = 2): string {
  const digits = String(absolute(units)).padStart(places + 1, '0')
  const cut = digits.length - places
  return `${units < 0n ? '-' : ''}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ''}`
}

/** Reads an amount with at most two decimals as cents. */
export const centsOf = (text: string): bigint => unitsOf(text, 2)

/** Writes a quantity held in units of 10^-4 without needless zeros: "2", "0.75". */
export const quantityOf = (units: bigint): string => decimalOf(units, 4).replace(/\.?0+$/, '')

/** Divides and rounds half away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const [a, b] = [absolute(dividend), absolute(divisor)]
  const rounded = (2n * a + b) / (2n * b)
  return dividend < 0n === divisor < 0n ? rounded : -rounded
}

/** The size of a number without its sign. */
export const absolute = (units: bigint): bigint => (units < 0n ? -units : units)

/** Adds up; nothing gives zero. */
export const sumOf = (amounts: bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n)

/** VAT held in an amount that includes it, in cents, at a rate such as "5.50". */
export function vatInside(gross: bigint, rate: string): bigint {
  const percent = unitsOf(rate, 2)
  return divideRounded(gross * percent, 10_000n + percent)
}

/** What a line costs, VAT included: quantity (up to 4 places) x unit price (4 places), rounded to the cent, minus its discount. */
export function lineGross(line: {
  quantite: string
  prix_unitaire_ttc: string
  remise_ttc?: string | undefined
}): bigint {
  const amount = unitsOf(line.quantite, 4) * unitsOf(line.prix_unitaire_ttc, 4)
  return divideRounded(amount, 1_000_000n) - centsOf(line.remise_ttc ?? '0.00')
}
