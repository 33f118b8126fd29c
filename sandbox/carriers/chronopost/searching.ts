import { type Carrier, searchable, stateOf } from './carrier.ts'
import { type Element, textOf } from './element.ts'
import { eventsOf } from './events.ts'
import type { Parcel } from './model.ts'
import { parisDay, parisTime, readFrenchDay } from './paris.ts'
import { ALL_RIGHT, checkLogin, firstWrong, refuse } from './problems.ts'
import type { Xml } from './xml.ts'

/** What a parcel holds for each criterion of the search. */
const CRITERIA: Record<string, (parcel: Parcel) => string> = {
  consigneesCountry: ({ recipient }) => recipient.Country ?? '',
  consigneesRef: ({ recipientRef }) => recipientRef,
  consigneesZipCode: ({ recipient }) => recipient.ZipCode ?? '',
  parcelState: stateOf,
  sendersRef: ({ shipperRef }) => shipperRef,
  serviceCode: ({ service }) => service,
}

/** Finds parcels by what was said of them when they were sold; days are "dd/MM/yyyy" and mean the ship date. */
export function searchParcels(carrier: Carrier, request: Element): Xml {
  const given = Object.keys(CRITERIA).filter((name) => textOf(request, name) !== '')
  const from = textOf(request, 'dateDeposit')
  const until = textOf(request, 'dateEndDeposit')
  const isDay = (text: string) => text === '' || readFrenchDay(text) !== null
  const problem =
    checkLogin(carrier, request) ??
    firstWrong([
      [!isDay(from), 'dateDeposit doit être au format jj/mm/aaaa'],
      [!isDay(until), 'dateEndDeposit doit être au format jj/mm/aaaa'],
      [given.length === 0 && from === '', 'Au moins un critère est obligatoire'],
    ])
  if (problem) return refuse(problem)
  const isWithin = ({ shipDate }: Parcel) =>
    parisDay(shipDate) >= (readFrenchDay(from) ?? '') && parisDay(shipDate) <= (readFrenchDay(until) ?? '9')
  const parcels = searchable(carrier)
    .filter((parcel) => given.every((name) => CRITERIA[name]?.(parcel) === textOf(request, name)))
    .filter(isWithin)
  return { ...ALL_RIGHT, listInfosPOD: parcels.map((parcel) => infosOf(parcel, textOf(request, 'language'))) }
}

const withZone = (dateTime: string) =>
  /(Z|[+-]\d\d:\d\d)$/.test(dateTime) ? parisTime(dateTime) : `${dateTime}${parisTime(`${dateTime}Z`).slice(-6)}`

function infosOf(parcel: Parcel, language: string) {
  const { recipient, shipper } = parcel
  const { NPC: _, ...last } = eventsOf(parcel, language).at(-1) ?? { NPC: '' }
  return {
    dateDeposit: withZone(parcel.shipDate),
    depositCountry: shipper.Country,
    depositZipCode: shipper.ZipCode,
    objectType: parcel.objectType,
    recipientCity: recipient.City,
    recipientCountry: recipient.Country,
    recipientName: recipient.Name,
    recipientRef: parcel.recipientRef,
    recipientZipCode: recipient.ZipCode,
    shipperCity: shipper.City,
    shipperRef: parcel.shipperRef,
    shipperZipCode: shipper.ZipCode,
    significantEvent: last,
    skybillNumber: parcel.skybillNumber,
  }
}
