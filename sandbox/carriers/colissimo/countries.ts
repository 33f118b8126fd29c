import { readFileSync } from 'node:fs'
import { z } from 'zod'

const capability = z.object({
  domiciless: z.union([z.string(), z.boolean()]),
  domicileas: z.union([z.string(), z.boolean()]),
  pr: z.boolean(),
  return: z.union([z.string(), z.boolean()]),
  cn23: z.boolean(),
})
const zones = z.record(z.string(), z.object({ countries: z.record(z.string(), capability) }))

const file = new URL('../../data/colissimo/capabilities-by-country-fr.json', import.meta.url)
const read = zones.parse(JSON.parse(readFileSync(file, 'utf8')))
const COUNTRIES = new Map(Object.values(read).flatMap(({ countries }) => Object.entries(countries)))

/** What goes to a country from mainland France; undefined for a country that does not exist. */
export interface Destination {
  products: string[]
  needsCustoms: boolean
  returnProduct: string | null
}

/** Old codes of the kinds of pickup points, still accepted with a pickup point id. */
export const PICKUP_PRODUCTS = ['HD', 'BPR', 'A2P', 'CMT', 'PCS', 'BDP']
const OVERSEAS_PRODUCTS = ['COM', 'CDS', 'ECO']

/** French countries overseas. */
export const OVERSEAS = ['GP', 'MQ', 'GF', 'RE', 'PM', 'YT', 'BL', 'MF', 'NC', 'PF', 'WF', 'TF']

/** Every product code of the carrier. */
export const PRODUCTS = [
  'DOM',
  'DOS',
  ...PICKUP_PRODUCTS,
  ...OVERSEAS_PRODUCTS,
  'COL',
  'COLD',
  'COLI',
  'CORE',
  'CORI',
  'CORF',
  'COLR',
  'J+1',
  'ACCI',
]

/** Looks a country (ISO, two letters) up in the carrier's own table for senders in mainland France. */
export function destinationOf(country: string): Destination | undefined {
  const found = COUNTRIES.get(country)
  if (!found) return undefined
  const { domiciless, domicileas, pr } = found
  const isOverseas = domiciless === 'COM' || domiciless === true
  const home = isOverseas ? OVERSEAS_PRODUCTS : [domiciless, domicileas].filter((code) => typeof code === 'string')
  const returnProduct = typeof found.return === 'string' ? found.return : null
  return { products: pr ? [...home, ...PICKUP_PRODUCTS] : home, needsCustoms: found.cn23, returnProduct }
}

/** Whether a product may go to a country of the carrier's table; return products are asked of the sender's country. */
export function isOffered(productCode: string, country: string): boolean {
  const destination = destinationOf(country)
  if (!destination) return false
  return destination.products.includes(productCode) || destination.returnProduct === productCode
}

const POSTCODES: Record<string, RegExp> = {
  FR: /^\d{5}$/,
  MC: /^\d{5}$/,
  AD: /^AD\d{3}$/,
  BE: /^\d{4}$/,
  LU: /^\d{4}$/,
  CH: /^\d{4}$/,
  AT: /^\d{4}$/,
  DE: /^\d{5}$/,
  ES: /^\d{5}$/,
  IT: /^\d{5}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PT: /^\d{4}(-?\d{3})?$/,
}

/** What is wrong with a postcode in its country, if anything. */
export function faultOfPostcode(country: string, postcode: string): 'shape' | 'country' | null {
  const pattern = POSTCODES[country] ?? /^[A-Z0-9][A-Z0-9 -]{1,9}$/i
  if (!pattern.test(postcode)) return 'shape'
  const isOverseas = /^9[78]/.test(postcode) && !postcode.startsWith('980')
  if (country === 'FR') return isOverseas || postcode.startsWith('980') ? 'country' : null
  if (country === 'MC') return postcode.startsWith('980') ? null : 'country'
  if (OVERSEAS.includes(country)) return isOverseas ? null : 'country'
  return null
}
