/** The check digit of ten digits: weights 3, 1, 3, 1... from the right, up to the next ten. */
export function checkDigit(digits: string): number {
  const weighted = [...digits].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 3 : 1))
  return (10 - (weighted.reduce((a, b) => a + b, 0) % 10)) % 10
}

/** A parcel number: `6A`, ten digits, check digit. */
export function parcelNumberOf(serial: number): string {
  const digits = String(serial).padStart(10, '0')
  return `6A${digits}${checkDigit(digits)}`
}
