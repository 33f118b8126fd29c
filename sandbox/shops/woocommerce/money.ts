/** Integer division rounded half away from zero. */
export function divide(dividend: number, divisor: number): number {
  const half = Math.floor((2 * Math.abs(dividend) + divisor) / (2 * divisor))
  return dividend < 0 ? -half : half
}

/** Cents as WooCommerce writes amounts. */
export const amountOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** An amount of WooCommerce in cents. */
export const centsOf = (amount: string): number => Math.round(Number(amount) * 100)

/** Millionths of a euro, WooCommerce's inner precision, in cents. */
export const centsOfMicro = (micro: number): number => divide(micro, 10_000)

/** Adds numbers up. */
export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
