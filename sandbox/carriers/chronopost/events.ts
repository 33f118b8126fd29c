import { EVENTS } from './journeys.ts'
import type { Parcel, Scan } from './model.ts'
import { parisTime } from './paris.ts'

/** Where the carrier's own scans are made; the announcement comes from the services themselves. */
function officeOf({ code }: Scan, { shipper, recipient }: Parcel) {
  const zip = (code === 'DB' ? shipper.ZipCode : recipient.ZipCode) ?? ''
  const city = (code === 'DB' ? shipper.City : recipient.City) ?? ''
  return code === 'DC'
    ? { NPC: '', officeLabel: 'Web Services', zipCode: '' }
    : { NPC: zip.slice(0, 2), officeLabel: `${city.toUpperCase()} CHRONOPOST`, zipCode: zip }
}

/** The events of a parcel, oldest first; every second code is padded with a space, as recorded answers are. */
export function eventsOf(parcel: Parcel, language: string) {
  const isEnglish = language.startsWith('en')
  return parcel.scans.map((scan, index) => ({
    code: index % 2 === 0 ? `${scan.code} ` : scan.code,
    eventDate: parisTime(scan.at),
    eventLabel: EVENTS[scan.code][isEnglish ? 'en' : 'fr'],
    highPriority: scan.code === 'D' || scan.code === 'R',
    ...officeOf(scan, parcel),
  }))
}

/** The same with what the newer operation tells besides. */
export function eventsWithInfo(parcel: Parcel, language: string) {
  const number = parcel.skybillNumber.slice(0, 11)
  return eventsOf(parcel, language).map((event) => {
    const code = event.code.trim()
    if (code === 'DC') return { ...event, infoCompList: [{ name: 'Numéro partenaire', value: `GEO/${number}248` }] }
    return code === 'D'
      ? { ...event, infoCompList: [{ name: 'Nom du réceptionnaire', value: parcel.recipient.Name ?? '' }] }
      : event
  })
}
