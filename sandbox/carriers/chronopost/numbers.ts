const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]

/** The check digit of eight digits by S10: 11 less the weighted sum modulo 11, where 10 is written 0 and 11 is written 5. */
export function checkDigit(digits: string): number {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 0 : check === 11 ? 5 : check
}

/** A parcel number: "XP", eight digits, check digit, "FR". */
export function parcelNumberOf(serial: number): string {
  const digits = String(serial).padStart(8, '0')
  return `XP${digits}${checkDigit(digits)}FR`
}

/** A reservation number: twenty digits. */
export const reservationNumberOf = (serial: number): string => String(serial).padStart(20, '0')
