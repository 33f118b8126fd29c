import type { Address } from './address.ts'
import type { Cents } from './money.ts'

/** What the customs of the other side are told of a parcel's goods; amounts are cents of `currency`, without VAT. */
export interface CustomsDeclaration {
  reason: 'sale' | 'return'
  /** Number and ISO day of the paper that proves the value: the delivery note stands for the invoice that follows it. */
  invoice: { number: string; date: string }
  currency: string
  lines: CustomsLine[]
  shipping: Cents
  /** Tracking number of the parcel that brought the goods; only of a return. */
  outwardParcel?: string
}

/** Goods of one kind. */
export interface CustomsLine {
  /** SKU. */
  reference: string
  description: string
  quantity: number
  unitValue: Cents
  /** Net grams of one unit. */
  unitWeight: number
  /** 6, 8 or 10 digits. */
  hsCode: string
  /** ISO 3166 alpha-2. */
  origin: string
}

type Place = Pick<Address, 'country' | 'postalCode'>

/** The customs union with France, as far as parcels go: a declaration is needed everywhere else, Andorra included. */
const WITHOUT_CUSTOMS = 'FR MC AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/** Parts of those countries outside the fiscal union: Canary Islands, Ceuta, Melilla, Livigno, Campione, Büsingen, Heligoland, Mount Athos. */
const FISCAL_EXCEPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['FR', /^9(7|8[1-9])/],
  ['ES', /^(35|38|51|52)/],
  ['IT', /^(23030|23041|22060|22061)$/],
  ['DE', /^(78266|27498)$/],
  ['GR', /^63086$/],
])

/** How the overseas departments are written: by their own code, or as France. */
const DEPARTMENTS = 'FR GP MQ GF RE PM YT BL MF'.split(' ')

/** True when goods between these places need a customs declaration (contract of carriers, 1.6). */
export function needsCustoms(from: Place, to: Place): boolean {
  const [sent, arrives] = [from, to].map(({ postalCode }) => postalCode.replace(/\s/g, '')) as [string, string]
  const isOverseas = [from, to].every(({ country }) => DEPARTMENTS.includes(country)) // Oregon has a 97401 too
  if (isOverseas && /^97\d/.test(arrives) && arrives.slice(0, 3) === sent.slice(0, 3)) return false // inside one department
  return [from, to].some(({ country }, i) => outsideUnion(country, i === 0 ? sent : arrives))
}

const outsideUnion = (country: string, postalCode: string): boolean =>
  !WITHOUT_CUSTOMS.includes(country) || (FISCAL_EXCEPTIONS.get(country)?.test(postalCode) ?? false)
