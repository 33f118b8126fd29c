import type { Contact } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import type { PickupPlace } from '../carrier.ts'
import { countryOf } from './countries.ts'
import { plain } from './texts.ts'
import type { DhlPoint, DhlPoints } from './wire-points.ts'

/** The question for points where a customer collects; it names the town, never the street, since it stands in an address of the web. */
export function pointsQuery({ near, weight }: { near: Contact; weight: number }): Record<string, string> {
  return {
    address: plain(`${near.postalCode} ${near.city}`),
    countryCode: countryOf(near),
    capability: '78,79', // "I'm collecting a DHL Express parcel"
    weight: String(weight / 1000),
    weightUom: 'kg',
    resultUom: 'km',
    servicePointResults: '20',
  }
}

/** The points that take such a parcel, nearest first; an error of DHL's comes with HTTP 200 and its own code. */
export function placesOf({ status, servicePoints }: DhlPoints, weight: number): PickupPlace[] {
  if (status.statusCode !== 1)
    throw new Refused('refused', `${status.statusCode} ${status.statusMessage}`.slice(0, 160))
  return (servicePoints ?? [])
    .filter(({ servicePointCapabilities: can }) => can?.shipmentCollection !== false)
    .filter(({ servicePointCapabilities: can }) => (can?.pieceWeightLimit ?? Number.POSITIVE_INFINITY) * 1000 >= weight)
    .map(placeOf)
    .sort((a, b) => (a.distance ?? Number.POSITIVE_INFINITY) - (b.distance ?? Number.POSITIVE_INFINITY))
}

const placeOf = ({
  facilityId,
  localName,
  servicePointName,
  address,
  distanceMetric,
  openingHours,
}: DhlPoint): PickupPlace => ({
  id: facilityId,
  network: null,
  name: localName || servicePointName,
  lines: [address.addressLine1, address.addressLine2, address.addressLine3].filter(Boolean),
  postalCode: address.zipCode,
  city: address.city,
  country: address.country,
  distance: distanceMetric == null ? null : Math.round(distanceMetric * 1000),
  opening: openingOf(openingHours?.openingHours ?? []),
})

const DAYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ MONDAY: 'lundi', TUESDAY: 'mardi', WEDNESDAY: 'mercredi', THURSDAY: 'jeudi', FRIDAY: 'vendredi' },
    ...{ SATURDAY: 'samedi', SUNDAY: 'dimanche' },
  }),
)

type Hours = { dayOfWeek: string; openingTime: string; closingTime: string }

function openingOf(hours: Hours[]): Record<string, string> {
  const opening = new Map<string, string[]>()
  for (const { dayOfWeek, openingTime, closingTime } of hours) {
    const day = DAYS.get(dayOfWeek.toUpperCase())
    const [from, until] = [clockOf(openingTime), clockOf(closingTime)]
    if (day && from && until) opening.set(day, [...(opening.get(day) ?? []), `${from}-${until}`])
  }
  return Object.fromEntries([...opening].map(([day, spans]) => [day, spans.join(' ')]))
}

/** "9:00 AM" and "21:00" as "09:00" and "21:00". */
function clockOf(written: string): string | null {
  const [, hours, minutes, half] = /^(\d{1,2}):(\d\d)(?::\d\d)?\s*([AP]M)?$/i.exec(written.trim()) ?? []
  if (!hours) return null
  const hour = half ? (Number(hours) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hours)
  return `${String(hour).padStart(2, '0')}:${minutes}`
}
