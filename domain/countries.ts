const NAMES = new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' })

/** Codes that name no country: the Union, the euro zone, the United Nations, "unknown" and the test regions. */
const NO_COUNTRIES = ['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']

/** A country's name in French: "BE" -> "Belgique"; a code that is unknown stays as it is. */
export const countryName = (code: string): string => (isCountry(code) ? (NAMES.of(code) ?? code) : code)

/** Reads "be", "BE" or "Belgique" as "BE" (ISO 3166 alpha-2); null when it is no country. */
export function countryOf(text: string): string | null {
  const code = text.trim().toUpperCase()
  return isCountry(code) ? code : (codesByName().get(plain(text)) ?? null)
}

/** An old or doubled code ("UK", "FX") is not the one that shops write, and is told apart by what it stands for. */
function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || NO_COUNTRIES.includes(code)) return false
  return NAMES.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

let known: Map<string, string> | undefined

function codesByName(): Map<string, string> {
  known ??= new Map(allCountries().map((code) => [plain(countryName(code)), code]))
  return known
}

/** Every country's code. */
export function allCountries(): string[] {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))
  return letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountry)
}
