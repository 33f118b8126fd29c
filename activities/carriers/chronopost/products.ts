import { Refused } from '../../../domain/failures.ts'
import type { Area } from './places.ts'

/** How the `service` field of a product is worked out; see `services.ts`. */
export type ServiceRule =
  | 'weekday'
  | 'saturday'
  | 'same-day'
  | 'overseas-pickup'
  | 'europe-pickup'
  | 'plain'
  | 'appointment'

/** What the contract says of a product (product-codes.csv). */
export interface Product {
  name: string
  /** Where its parcels may go, or come back from. */
  area: Area
  /** Kilograms. */
  limit: number
  rule: ServiceRule
  /** True when the parcel waits at a pickup point. */
  pickup: boolean
  /** What brings its parcels back: product and service code; null when nothing does. */
  back: { code: string; service: string } | null
}

const home = { limit: 30, pickup: false, back: null }
const point = { limit: 20, pickup: true, back: null }

/** The products that are sold to a customer. Letterbox variants have no limit of their own, so the general one holds. */
export const PRODUCTS: Readonly<Record<string, Product>> = {
  '01': { ...home, name: 'Chrono 13', area: 'france-monaco', rule: 'weekday', back: { code: '4T', service: '898' } },
  '02': { ...home, name: 'Chrono 10', area: 'france', rule: 'weekday', back: { code: '4S', service: '180' } },
  '16': { ...home, name: 'Chrono 18', area: 'france', rule: 'weekday', back: { code: '4U', service: '835' } },
  '58': { ...home, name: 'Chrono 13 boîte aux lettres', area: 'france', rule: 'plain' },
  '2M': { ...home, name: 'Chrono 18 boîte aux lettres', area: 'france', rule: 'plain' },
  '2O': { ...home, name: 'Chrono Precise', area: 'france', rule: 'appointment' },
  '4I': { ...home, name: 'Chrono Same Day', area: 'france', rule: 'same-day' },
  '86': { ...point, name: 'Chrono Relais', area: 'france', rule: 'weekday', back: { code: '01', service: '226' } },
  '4P': { ...point, name: 'Chrono Relais DOM', area: 'overseas', rule: 'overseas-pickup' },
  '5X': { ...point, name: '2Shop Direct', area: 'france', rule: 'saturday', back: { code: '5Y', service: '0' } },
  '5E': { ...point, name: 'Shop2Shop', area: 'france', rule: 'plain' },
  '6B': { ...point, name: '2Shop Europe', area: 'union', rule: 'europe-pickup', back: { code: '6C', service: '0' } },
  '49': { ...point, name: 'Relais Europe', area: 'union', rule: 'europe-pickup', back: { code: '3T', service: '332' } },
  '17': { ...home, name: 'Chrono Express', area: 'world', rule: 'plain' },
  '44': { ...home, name: 'Chrono Classic', area: 'europe', rule: 'plain' },
  '37': { ...home, name: 'Chrono Premium', area: 'europe', rule: 'plain' },
}

/** Products that only bring parcels back, with the service code each is sold with. */
export const RETURN_PRODUCTS: Readonly<Record<string, { name: string; area: Area; service: string }>> = {
  '4R': { name: 'Retour Chrono 9', area: 'france', service: '885' },
  '4S': { name: 'Retour Chrono 10', area: 'france', service: '180' },
  '4T': { name: 'Retour Chrono 13', area: 'france', service: '898' },
  '4U': { name: 'Retour Chrono 18', area: 'france', service: '835' },
  '3T': { name: 'Retour Relais Europe', area: 'union', service: '332' },
  '5Y': { name: 'Retour 2Shop Direct', area: 'france', service: '0' },
  '6C': { name: 'Retour 2Shop Europe', area: 'union', service: '0' },
}

/** A product's code with its leading zero, which some answers leave out: "1" -> "01". */
export const codeOf = (written: string): string => written.trim().toUpperCase().padStart(2, '0')

/** A product as it is asked for, by a code such as "01"; refused when the contract does not know it. */
export function productOf(written: string): Product & { code: string } {
  const code = codeOf(written)
  const product = Object.hasOwn(PRODUCTS, code) ? PRODUCTS[code] : undefined
  if (!product) throw new Refused('not-offered', `produit ${code} (productCode) : inconnu chez Chronopost`)
  return { ...product, code }
}

/** What brings a parcel back when this product, outward or return, is named; refused where nothing does. */
export function returnOf(written: string): Product & { code: string; service: string } {
  const code = codeOf(written)
  const back = Object.hasOwn(RETURN_PRODUCTS, code) ? RETURN_PRODUCTS[code] : undefined
  if (back) return { ...home, ...back, code, rule: 'plain' }
  const product = productOf(code)
  if (!product.back) throw new Refused('not-offered', `produit ${code} (productCode) : sans étiquette retour`)
  return { ...product, ...product.back, pickup: false }
}

/** A product's name for people, or its code alone. */
export function nameOf(code: string): string {
  return PRODUCTS[code]?.name ?? RETURN_PRODUCTS[code]?.name ?? code
}
