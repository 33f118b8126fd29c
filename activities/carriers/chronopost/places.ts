import type { Address } from '../../../domain/address.ts'

/** Where a product goes. */
export type Area = 'france' | 'france-monaco' | 'overseas' | 'union' | 'europe' | 'world'

type Place = Pick<Address, 'country' | 'postalCode'>

/** Overseas parts of France, which have a country code of their own towards carriers. */
const OVERSEAS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ '971': 'GP', '972': 'MQ', '973': 'GF', '974': 'RE', '976': 'YT' },
    ...{ '975': 'PM', '977': 'BL', '978': 'MF', '986': 'WF', '987': 'PF', '988': 'NC', '980': 'MC' },
  }),
)
const UNION = 'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
const EUROPE = [...UNION, ...'AD AL BA CH GB GG GI IS JE LI MC MD ME MK NO RS SM UA VA XK'.split(' ')]
const PICKUP_OVERSEAS = ['GP', 'MQ', 'GF', 'RE', 'YT']

const AREAS: Record<Area, (country: string) => boolean> = {
  france: (country) => country === 'FR',
  'france-monaco': (country) => country === 'FR' || country === 'MC',
  overseas: (country) => PICKUP_OVERSEAS.includes(country),
  union: (country) => UNION.includes(country),
  europe: (country) => EUROPE.includes(country),
  world: (country) => country !== 'FR',
}

/** The country that the carrier knows a place by: "RE" also where a shop wrote "FR 97400". */
export const countryOf = ({ country, postalCode }: Place): string =>
  (country === 'FR' && OVERSEAS.get(postalCode.replace(/\s/g, '').slice(0, 3))) || country

/** True when a product of this area goes to, or comes back from, this place. */
export const isInside = (area: Area, place: Place): boolean => AREAS[area](countryOf(place))

const FIVE = /^\d{5}$/
const FOUR = /^\d{4}$/
const THREE_AND_TWO = /^\d{3} ?\d{2}$/

/** How post codes are written; a country that is not listed may write its own as it likes. */
const ZIP_CODES: ReadonlyMap<string, RegExp> = new Map([
  ...['FR', 'MC', ...OVERSEAS.values(), 'DE', 'ES', 'IT', 'FI', 'EE', 'HR'].map((country) => [country, FIVE] as const),
  ...['AT', 'BE', 'BG', 'CH', 'CY', 'DK', 'HU', 'LI', 'LU', 'NO', 'SI'].map((country) => [country, FOUR] as const),
  ...['CZ', 'GR', 'SE', 'SK'].map((country) => [country, THREE_AND_TWO] as const),
  ['NL', /^\d{4} ?[A-Z]{2}$/],
  ['PL', /^\d{2}-?\d{3}$/],
  ['PT', /^\d{4}(-?\d{3})?$/],
  ['US', /^\d{5}(-?\d{4})?$/],
])

/** A post code as the carrier takes it, without the country before it ("L-1234"); null when it cannot be one there. */
export function zipCodeOf(place: Place): string | null {
  const country = countryOf(place)
  const written = place.postalCode
    .trim()
    .toUpperCase()
    .replace(/^[A-Z]{1,2}-(?=\d)/, '')
  const code = ZIP_CODES.get(country) === FIVE ? written.replace(/\s/g, '') : written
  const isGood = (ZIP_CODES.get(country) ?? /^[A-Z0-9 -]{0,9}$/).test(code) && code.length <= 9
  return isGood ? code : null
}

const NAMES = new Intl.DisplayNames('fr', { type: 'region' })

/** A country's French name: "Suisse"; its code when it is none. */
export function countryName(country: string): string {
  try {
    return NAMES.of(country) ?? country
  } catch {
    return country
  }
}
