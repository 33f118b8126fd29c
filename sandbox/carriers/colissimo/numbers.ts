import { sideOf } from './countries.ts'
import { laneOf, RETURNS } from './lanes.ts'
import type { CheckRequest } from './schema.ts'

/** The check digit of ten digits: weights 3, 1, 3, 1... from the right, up to the next ten. */
export function checkDigit(digits: string): number {
  const weighted = [...digits].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 3 : 1))
  return (10 - (weighted.reduce((a, b) => a + b, 0) % 10)) % 10
}

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]

/** The check digit of the eight digits of an international number (norm S10 of the postal union). */
export function s10CheckDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (S10_WEIGHTS[index] ?? 0), 0)
  const digit = 11 - (sum % 11)
  return digit === 10 ? 0 : digit === 11 ? 5 : digit
}

/** A number at home: `6A`, ten digits, check digit. */
function numberAtHome(serial: number): string {
  const digits = String(serial).padStart(10, '0')
  return `6A${digits}${checkDigit(digits)}`
}

/** A number abroad: `CB`, eight digits, check digit, `FR`. */
function numberAbroad(serial: number): string {
  const digits = String(serial % 100_000_000).padStart(8, '0')
  return `CB${digits}${s10CheckDigit(digits)}FR`
}

/** The number of a parcel: the international form when it leaves or enters France, else the carrier's own; both only rise. */
export function numberFor(request: Pick<CheckRequest, 'letter'>, serial: number): string {
  const { from, to } = laneOf(request)
  const isReturn = RETURNS.includes(request.letter.service.productCode ?? '')
  return sideOf(isReturn ? from : to) === 'abroad' ? numberAbroad(serial) : numberAtHome(serial)
}
