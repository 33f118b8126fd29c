import type { Contact } from '../../../domain/address.ts'
import { type FailureCode, Refused, Unavailable } from '../../../domain/failures.ts'
import type { PickupPlace } from '../carrier.ts'
import { plain, zipCodeOf } from './addresses.ts'
import { isMainland, territoryOf } from './places.ts'
import { WHO } from './wire.ts'
import type { PickupAnswer, PickupPointFound, PickupSearch } from './wire-pickup.ts'

/** What is looked for: points near somebody that take a parcel of so many grams. */
export interface PickupNeed {
  near: Contact
  weight: number
  shipOn: string
  service: string
}

/** The body of a search; `today` is the Paris date. */
export function pickupSearch({ near, weight, shipOn }: PickupNeed, today: string): PickupSearch {
  const countryCode = territoryOf(near)
  return {
    address: plain(near.lines[0] ?? ''),
    zipCode: zipCodeOf(near),
    city: plain(near.city),
    countryCode,
    shippingDate: (shipOn < today ? today : shipOn).split('-').reverse().join('/'),
    weight: String(Math.max(1, Math.ceil(weight))),
    filterRelay: '1', // shops and lockers too, not only post offices
    optionInter: isMainland(countryCode) ? '0' : '1',
    origin: 'CMS',
  }
}

/** Points that take the parcel, nearest first; "none" is an answer, anything else throws what its code means. */
export function placesOf(
  { status, answer }: { status: number; answer: PickupAnswer },
  need: PickupNeed,
): PickupPlace[] {
  assertFound({ status, answer })
  return (answer.listePointRetraitAcheminement ?? [])
    .filter((point) => takes(point, need))
    .map(placeOf)
    .sort((a, b) => (a.distance ?? Number.POSITIVE_INFINITY) - (b.distance ?? Number.POSITIVE_INFINITY) || 0)
}

/** HD goes to any point, its old names to one type each. */
function takes({ poidsMaxi, congesTotal, typeDePoint }: PickupPointFound, { weight, service }: PickupNeed): boolean {
  return !congesTotal && (!poidsMaxi || weight <= poidsMaxi) && (service === 'HD' || typeDePoint === service)
}

function placeOf(point: PickupPointFound): PickupPlace {
  return {
    id: point.identifiant,
    network: point.reseau || null,
    name: point.nom ?? '',
    lines: [point.adresse1, point.adresse2, point.adresse3].flatMap((line) => (line?.trim() ? [line.trim()] : [])),
    postalCode: point.codePostal,
    city: point.localite ?? '',
    country: point.codePays ?? '',
    distance: point.distanceEnMetre ?? null,
    opening: openingOf(point),
  }
}

function openingOf(point: PickupPointFound): Record<string, string> {
  const week: [day: string, hours: string | null | undefined][] = [
    ['lundi', point.horairesOuvertureLundi],
    ['mardi', point.horairesOuvertureMardi],
    ['mercredi', point.horairesOuvertureMercredi],
    ['jeudi', point.horairesOuvertureJeudi],
    ['vendredi', point.horairesOuvertureVendredi],
    ['samedi', point.horairesOuvertureSamedi],
    ['dimanche', point.horairesOuvertureDimanche],
  ]
  const open = week.map(([day, hours]) => [day, openHours(hours ?? '')] as const)
  return Object.fromEntries(open.filter(([, hours]) => hours !== ''))
}

/** "00:00-00:00" is a half day closed. */
const openHours = (hours: string): string =>
  hours
    .split(/\s+/)
    .filter((span) => /^\d\d:\d\d-\d\d:\d\d$/.test(span) && span !== '00:00-00:00')
    .join(' ')

/** The table of the contract (error-codes.csv, pickup-points): what is not here but in it blames the address. */
const MEANINGS: [codes: RegExp, code: FailureCode | 'none' | 'transient'][] = [
  [/^(0|300|301)$/, 'none'],
  [/^(201|202)$/, 'login-refused'],
  [/^1000$/, 'transient'],
  [/^(146|203)$/, 'not-offered'],
  [/^(104|105|117|12[59]|14[345])$/, 'address-refused'],
]

function assertFound({ status, answer }: { status: number; answer: PickupAnswer }): void {
  const { errorCode, errorMessage } = answer
  const says = `points de retrait : ${errorCode} ${errorMessage ?? ''}`.trim().slice(0, 160)
  const meaning = MEANINGS.find(([codes]) => codes.test(errorCode))?.[1] ?? 'refused'
  if (status === 401 || status === 403) throw new Refused('login-refused', says)
  if (meaning === 'transient') throw new Unavailable(`${WHO}: ${says}`, { nothingHappened: true })
  if (meaning !== 'none') throw new Refused(meaning, says)
  if (status >= 400) throw new Refused('refused', `points de retrait : HTTP ${status}`)
}
