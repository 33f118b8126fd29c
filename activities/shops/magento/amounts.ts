import { type Cents, type Decimal, decimalOf, divideRounded } from '../../../domain/money.ts'

/** A whole number of ten-thousandths: Magento stores amounts and rates with 4 decimals. */
export type Units = bigint

const NUMBER = /^(-?)(\d{1,24})(?:\.(\d{1,24}))?(?:e([+-]\d{1,3}))?$/i

/** The largest amount that is believed: a thousand million. */
const LARGEST: Units = 10n ** 13n

/**
 * Reads a JSON float by its shortest text form, which is what the shop wrote (0.1 is "0.1", 1e-7 is almost nothing);
 * what is finer than 4 decimals is rounded, halves away from zero. Null when it is no amount.
 */
export function unitsFrom(value: number | string): Units | null {
  const parts = NUMBER.exec(String(value).trim())
  if (!parts) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts
  const shift = Number(exponent) - fraction.length + 4
  const digits = BigInt(whole + fraction)
  if (shift > 30) return digits === 0n ? 0n : null
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift))
  if (units > LARGEST) return null
  return sign ? -units : units
}

/** Rounds to cents, halves away from zero. */
export const centsFrom = (units: Units): Cents => Number(divideRounded(units, 100n))

/** Writes a rate with 2 decimals, or up to 4 where the shop has them: "20.00", "5.50", "8.125". */
export const rateFrom = (units: Units): Decimal => decimalOf(units, 4).replace(/0{1,2}$/, '')

/** Adds amounts exactly. */
export const sumOf = (amounts: Units[]): Units => amounts.reduce((a, b) => a + b, 0n)
