import type { Address } from '../../../domain/address.ts'
import type { WebOrder } from '../../../domain/order.ts'
import type { Block } from './layout.ts'

/** Text on one line: no control character, no text-direction trick, no double space; no-break spaces stay. */
export function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}

const DAY = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'Europe/Paris',
})

/** An ISO day or moment as a letter says it: "mardi 24 novembre", "dimanche 1er mars". */
export function dayInFull(iso: string): string {
  return DAY.format(new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso)).replace(/ 1 /, ' 1er ')
}

/** A postal address as an envelope shows it; the country only abroad. */
export function addressLines(address: Address): string[] {
  const { company, firstName, lastName, lines, postalCode, city, country } = address
  const abroad = country === 'FR' ? [] : [new Intl.DisplayNames('fr', { type: 'region' }).of(country) ?? country]
  return [company ?? '', `${firstName} ${lastName}`, ...lines, `${postalCode} ${city}`, ...abroad]
}

/** Where the parcels go: the pickup point when they wait in one, else the customer's address. */
export function destinationBlock(
  { shipping, pickupPoint }: WebOrder,
  { toPickupPoint }: { toPickupPoint: boolean },
): Block {
  if (!toPickupPoint || !pickupPoint) return { kind: 'lines', title: 'Livraison', lines: addressLines(shipping) }
  const named = pickupPoint.name ? [pickupPoint.name] : []
  return { kind: 'lines', title: 'Point relais', lines: [...named, `Point n° ${pickupPoint.id}`] }
}
