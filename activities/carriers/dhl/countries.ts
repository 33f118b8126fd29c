import type { Address } from '../../../domain/address.ts'
import type { Refused } from '../../../domain/failures.ts'

type Place = Pick<Address, 'country' | 'postalCode'>

/** French departments and territories have their own country at DHL, as in ISO 3166. */
const OVERSEAS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ 971: 'GP', 972: 'MQ', 973: 'GF', 974: 'RE', 975: 'PM', 976: 'YT', 977: 'BL', 978: 'MF' },
    ...{ 986: 'WF', 987: 'PF', 988: 'NC' },
  }),
)

const FIVE = /^\d{5}$/
const FOUR = /^\d{4}$/

/** How postal codes are written where we know it; elsewhere what was written goes out, or nothing. */
const FORMATS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    ...{ FR: FIVE, MC: FIVE, DE: FIVE, ES: FIVE, IT: FIVE, FI: FIVE, HR: FIVE, EE: FIVE },
    ...{ BE: FOUR, CH: FOUR, AT: FOUR, LU: FOUR, DK: FOUR, NO: FOUR, HU: FOUR, SI: FOUR, BG: FOUR, AU: FOUR },
    NL: /^\d{4} ?[A-Z]{2}$/,
    PT: /^\d{4}-\d{3}$/,
    PL: /^\d{2}-\d{3}$/,
    SE: /^\d{3} ?\d{2}$/,
    CZ: /^\d{3} ?\d{2}$/,
    SK: /^\d{3} ?\d{2}$/,
    GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
    US: /^\d{5}(-\d{4})?$/,
    CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/,
  }),
)

/** The country as DHL knows it: "RE" for Saint-Denis, written "FR" and "97400" by shops. */
export function countryOf({ country, postalCode }: Place): string {
  if (country !== 'FR') return country
  return OVERSEAS.get(postalCode.replace(/\s/g, '').slice(0, 3)) ?? country
}

/** A postal code as the country writes it, without a "D-" or "L-" before it; throws what `refuse` makes when it cannot be one. */
export function postalCodeOf(place: Place, refuse: (field: string, why: string) => Refused): string {
  const format = FORMATS.get(place.country)
  const trimmed = place.postalCode.trim().toUpperCase().replace(/\s+/g, ' ')
  const bare = format ? trimmed.replace(/^[A-Z]{1,2}[- ](?=\d)/, '') : trimmed
  const code = format === FIVE || format === FOUR ? bare.replace(/ /g, '') : bare
  if (code.length > 12) throw refuse('code postal (postalCode)', '12 caractères au plus')
  if (!(format ?? /^[ -~]*$/).test(code))
    throw refuse('code postal (postalCode)', `ce n'en est pas un de ce pays (${place.country})`)
  return code
}
