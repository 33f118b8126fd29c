/** A postal address as people write it; `lines` are the street lines, at least one. */
export interface Address {
  company: string | null
  lastName: string
  firstName: string
  lines: string[]
  postalCode: string
  city: string
  /** ISO 3166 alpha-2. */
  country: string
  phone: string | null
}

/** Where a parcel waits for its customer instead of being brought home. */
export interface PickupPoint {
  id: string
  network: string | null
  name: string | null
}

/** Lays street lines out on at most `count` lines of `width` characters without losing a word; null when they cannot fit. */
export function fitLines(lines: string[], { count, width }: { count: number; width: number }): string[] | null {
  const given = lines.map((line) => line.trim().replace(/\s+/g, ' ')).filter(Boolean)
  if (given.length <= count && given.every((line) => line.length <= width)) return given
  const fitted: string[] = []
  for (const word of given.join(' ').split(' ')) {
    const last = fitted.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) fitted[fitted.length - 1] = `${last} ${word}`
    else if (word.length <= width) fitted.push(word)
    else return null
  }
  return fitted.length <= count ? fitted : null
}
