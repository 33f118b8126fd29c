import { POINTS, type Point } from './points.ts'

const FRENCH_NETWORK = /^R(0[1-9]|1[01])$/
const METRES_A_POSTCODE = 900

/** What is looked for: around a postcode, for a parcel of some grams, in shops too or only at the post's own counters. */
export interface Search {
  zipCode: string
  countryCode: string
  grams: number
  hasShops: boolean
}

/** Points near a postcode, nearest first; `isEmpty` says whether there were any before the rules of weight and kind. */
export function searchPoints({ zipCode, countryCode, grams, hasShops }: Search): { points: Point[]; isEmpty: boolean } {
  const near = POINTS.filter((point) => point.codePays === countryCode && isNear(point.codePostal, zipCode))
  const points = near
    .filter((point) => grams <= point.poidsMaxi && !point.congesTotal)
    .filter((point) => hasShops || ['BPR', 'BDP'].includes(point.typeDePoint))
    .map((point) => ({ ...point, distanceEnMetre: point.distanceEnMetre + metresBetween(point.codePostal, zipCode) }))
    .sort((a, b) => a.distanceEnMetre - b.distanceEnMetre)
  return { points, isEmpty: near.length === 0 }
}

/** Near is the same department, or the same province where postcodes have four digits. */
function isNear(one: string, other: string): boolean {
  const digits = one.length === 4 ? 1 : 2
  return one.slice(0, digits) === other.slice(0, digits)
}

const metresBetween = (one: string, other: string): number =>
  Math.min(Math.abs(Number(one) - Number(other)) * METRES_A_POSTCODE, 60_000)

/** A point by its id; outside France the network must be named, else the service looks in the French ones and finds nothing. */
export function findPoint(id: string, network: string | undefined): Point | undefined {
  const found = POINTS.find(({ identifiant }) => identifiant === id)
  if (!found) return undefined
  const isFrench = FRENCH_NETWORK.test(found.reseau)
  return isFrench
    ? network === undefined || FRENCH_NETWORK.test(network)
      ? found
      : undefined
    : found.reseau === network
      ? found
      : undefined
}
