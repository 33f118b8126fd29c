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

/** An address that can be written to. */
export type Contact = Address & { email: string }

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

const SPELLED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    œ: 'oe',
    Œ: 'OE',
    æ: 'ae',
    Æ: 'AE',
    ß: 'ss',
    ø: 'o',
    Ø: 'O',
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ı: 'i',
  }),
)
const PUNCTUATION: ReadonlyMap<string, string> = new Map(Object.entries({ '’': "'", '‘': "'", '–': '-', '—': '-' }))

/** A text in the letters that a carrier takes (`kept` matches one of them): others are spelled, stripped of accents, or blanked. */
export function spelledFor(text: string, kept: RegExp): string {
  return Array.from(text.normalize('NFC'), (letter) => spelled(letter, kept))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function spelled(letter: string, kept: RegExp): string {
  if (kept.test(letter)) return letter
  const plain = PUNCTUATION.get(letter) ?? SPELLED.get(letter) ?? letter.normalize('NFD').charAt(0)
  return Array.from(plain).every((one) => kept.test(one)) ? plain : ' '
}
