import { readFileSync } from 'node:fs'
import { z } from 'zod'

const product = z.strictObject({
  code: z.string(),
  name: z.string(),
  mark: z.string(),
  area: z.enum(['FR', 'FR+MC', 'DOM', 'EU', 'Europe', 'world']),
  maxKg: z.number(),
  services: z.union([z.array(z.string()), z.literal('any')]),
  isPickup: z.boolean(),
  isReturn: z.boolean().optional(),
  needsSlot: z.boolean().optional(),
  /** Euros without VAT for the first kilogram. */
  price: z.number(),
})

/** What the carrier sells. */
export type Product = z.infer<typeof product>

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/chronopost/${name}.json`, import.meta.url), 'utf8'))

/** All products, in the order of the carrier's list. */
export const PRODUCTS: readonly Product[] = z.array(product).parse(readJson('products'))

/** The product of a code; "1" is taken for "01". */
export const productOf = (code: string): Product | undefined =>
  PRODUCTS.find((each) => each.code === code.padStart(2, '0'))

/** Whether parcels of this product wait at a pickup point. */
export const isPickupProduct = (code: string): boolean => productOf(code)?.isPickup === true

const DOM = ['GP', 'MQ', 'GF', 'RE', 'YT']
const EU = 'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
const EUROPE = [...EU, ...'AD AL BA CH GB GI IS LI MD ME MK NO RS SM TR UA VA'.split(' ')]
const AREAS: Record<Exclude<Product['area'], 'world'>, string[]> = {
  FR: ['FR'],
  'FR+MC': ['FR', 'MC'],
  DOM,
  EU,
  Europe: EUROPE,
}

const regions = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' })
const NO_COUNTRIES = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']

/** Whether a code of two letters names a country. */
export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.includes(code) && regions.of(code) !== undefined

/** Whether a product goes to (or, for a return, comes from) a country. */
export const isServed = ({ area }: Product, country: string): boolean =>
  area === 'world' ? !AREAS['FR+MC'].includes(country) : AREAS[area].includes(country)

/** Whether goods between France and this country carry French VAT: not overseas, not outside the EU. */
export const hasVat = (country: string): boolean => [...AREAS['FR+MC'], ...EU].includes(country)

const shapes = z.record(z.string(), z.string()).parse(readJson('postcodes'))

/** Whether a postcode has the shape of its country; a country without a known shape takes any. */
export const isPostcode = (country: string, postcode: string): boolean =>
  new RegExp(`^(${shapes[country] ?? '.+'})$`).test(postcode)
