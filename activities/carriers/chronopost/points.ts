import type { Contact } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import type { PickupPlace } from '../carrier.ts'
import { plain } from './addresses.ts'
import type { ChronopostClient } from './client.ts'
import { frenchDay } from './days.ts'
import { answerOf, assertDone } from './errors.ts'
import { countryOf, isInside, zipCodeOf } from './places.ts'
import { productOf } from './products.ts'
import { type Point, PointsFound } from './wire.ts'

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

/** Points near an address for a pickup product, nearest first; weight in grams. */
export async function findPoints(o: {
  client: ChronopostClient
  near: Contact
  weight: number
  shipOn: string
  service: string
}): Promise<PickupPlace[]> {
  const { client, near, weight, shipOn, service } = o
  const { code, pickup } = productOf(service)
  if (!pickup) throw new Refused('not-offered', `produit ${code} (productCode) : sans point de retrait`)
  const fields = [
    ['address', plain(near.lines[0] ?? '').slice(0, 38)],
    ['zipCode', zipCodeOf(near)],
    ['city', plain(near.city)],
    ['countryCode', countryOf(near)],
    ['type', 'P'],
    ['productCode', code],
    ['service', 'T'],
    ['weight', Math.round(weight)],
    ['shippingDate', frenchDay(shipOn)],
    ['maxPointChronopost', 10],
    ['maxDistanceSearch', 20],
    ['holidayTolerant', 1],
  ] as const
  const inter = !isInside('france-monaco', near)
  const reply = answerOf(await client.findPoints({ inter, fields }), PointsFound, { buys: false })
  assertDone(reply, { buys: false })
  return reply.listePointRelais
    .filter(({ actif }) => actif !== 'false')
    .map(placeOf)
    .sort(nearestFirst)
}

function placeOf(point: Point): PickupPlace {
  const { identifiant: id, nom, codePostal, localite, codePays, distanceEnMetre } = point
  return {
    id,
    network: null,
    name: nom ?? '',
    lines: [point.adresse1, point.adresse2, point.adresse3].flatMap((line) => line || []),
    postalCode: codePostal ?? '',
    city: localite ?? '',
    country: codePays ?? '',
    distance: /^\d+$/.test(distanceEnMetre ?? '') ? Number(distanceEnMetre) : null,
    opening: openingOf(point),
  }
}

function openingOf({ listeHoraireOuverture }: Point): Record<string, string> {
  const days = listeHoraireOuverture
    .map(({ jour, horairesAsString = '' }) => ({
      day: Number(jour),
      hours: horairesAsString
        .replace(/00:00-00:00/g, '')
        .trim()
        .replace(/\s+/g, ' '),
    }))
    .filter(({ day, hours }) => hours && DAYS[day - 1])
    .sort((a, b) => a.day - b.day)
  return Object.fromEntries(days.map(({ day, hours }) => [DAYS[day - 1], hours]))
}

const nearestFirst = (a: PickupPlace, b: PickupPlace): number =>
  (a.distance ?? Infinity) - (b.distance ?? Infinity) || 0
