import { findCountry, fitsPostcode } from './places.ts'
import type { Party, ShipmentRequest } from './request.ts'
import { SAY } from './texts.ts'

const FEWEST_DIGITS = 5
// The contract says US and CA; the carrier's own sample goes to the US without a province, so that one is only a warning.
const NEEDS_PROVINCE = ['CA']
const WISHES_PROVINCE = ['US']

const isPhone = (text: string): boolean => text.replaceAll(/\D/g, '').length >= FEWEST_DIGITS

/** Countries, postcodes and phones of everybody the request names. */
export function rulesOfParties(parties: ShipmentRequest['customerDetails']): string[] {
  return Object.entries(parties).flatMap(([role, party]) => (party ? rulesOfParty(role, party) : []))
}

function rulesOfParty(role: string, { postalAddress: address, contactInformation }: Party): string[] {
  const { countryCode: country, provinceCode } = address
  if (!findCountry(country)) return [SAY.country(role)]
  const isProvinceMissing = NEEDS_PROVINCE.includes(country) && provinceCode === undefined
  return [
    ...(fitsPostcode(address) ? [] : [SAY.postcode({ role, country })]),
    ...(isProvinceMissing ? [SAY.province(role)] : []),
    ...(isPhone(contactInformation.phone) ? [] : [SAY.phone(role)]),
  ]
}

/** What the carrier lets pass, but mentions in the reply. */
export function warningsOfParties({ shipperDetails, receiverDetails }: ShipmentRequest['customerDetails']): string[] {
  return Object.entries({ shipperDetails, receiverDetails })
    .filter(([, { postalAddress: at }]) => WISHES_PROVINCE.includes(at.countryCode) && at.provinceCode === undefined)
    .map(([role]) => SAY.province(role))
}
