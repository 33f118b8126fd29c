/** A decimal text of the web service in millionths. */
export function microOf(text: string): number {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const micro = Number(whole) * 1_000_000 + Number(part.padEnd(6, '0').slice(0, 6))
  return sign === '-' ? -micro : micro
}

/** Millionths as the web service writes amounts: six decimals. */
export function textOfMicro(micro: number): string {
  const digits = String(Math.abs(micro)).padStart(7, '0')
  return `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** Cents as the web service writes amounts. */
export const textOfCents = (cents: number): string => textOfMicro(cents * 10_000)
