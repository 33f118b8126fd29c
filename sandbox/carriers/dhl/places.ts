import { readFileSync } from 'node:fs'
import type { PostalAddress } from './request.ts'

/** A country as the carrier sees it. */
export interface Country {
  code: string
  /** English, capitals. */
  name: string
  /** In the customs union of the European Union. */
  isEu?: boolean
  /** Outside it, but reached by lorry. */
  isRoad?: boolean
  /** A regular expression; without one any postcode will do, also none. */
  postcode?: string
  /** Service area, its town, its time zone. */
  area?: [code: string, town: string, zone: string]
}

const file = new URL('../../data/dhl/countries.json', import.meta.url)

/** Every country of the world. */
export const COUNTRIES: Country[] = JSON.parse(readFileSync(file, 'utf8'))

const byCode = new Map(COUNTRIES.map((country) => [country.code, country]))

/** The country of this code; undefined when there is none. */
export const findCountry = (code: string): Country | undefined => byCode.get(code)

/** The service area of a country: its code, its text as events show it ("PARIS-FR"), its time zone. */
export function areaOf(countryCode: string): { code: string; description: string; zone: string } {
  const country = findCountry(countryCode)
  const [code, town, zone] = country?.area ?? [`${countryCode}0`, country?.name ?? countryCode, 'UTC']
  return { code, description: `${town}-${countryCode}`, zone }
}

// Canary Islands, Ceuta, Melilla, Livigno, Büsingen, Heligoland: in a member country, outside its customs or VAT area.
const OUTSIDE_POSTCODES: Record<string, RegExp> = {
  ES: /^(35|38|51|52)/,
  IT: /^23041$/,
  DE: /^(78266|27498)$/,
}

/** Where customs matter: the address and the country are all it takes. */
export type Place = Pick<PostalAddress, 'countryCode' | 'postalCode'>

const isInEu = ({ countryCode, postalCode }: Place): boolean =>
  findCountry(countryCode)?.isEu === true && !OUTSIDE_POSTCODES[countryCode]?.test(postalCode)

/** Whether both ends lie in one country. */
export const isDomestic = (from: Place, to: Place): boolean => from.countryCode === to.countryCode

/** Whether goods pass a customs border on their way. */
export function passesCustoms(from: Place, to: Place): boolean {
  if (isInEu(from) && isInEu(to)) return false
  return !isDomestic(from, to) || isInEu(from) !== isInEu(to)
}

/** Whether lorries go there: the European Union and its neighbours. */
export const isReachedByRoad = ({ countryCode }: Place): boolean => {
  const country = findCountry(countryCode)
  return country?.isEu === true || country?.isRoad === true
}

/** Whether a postcode has the shape of its country. */
export const fitsPostcode = ({ countryCode, postalCode }: Place): boolean => {
  const pattern = findCountry(countryCode)?.postcode
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'i').test(postalCode)
}
