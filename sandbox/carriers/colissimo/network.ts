import { sideOf } from './countries.ts'
import type { Parcel } from './model.ts'

/** Who carries a parcel abroad, and its number there. */
export interface Network {
  network: string
  partner: string
  barcode: string
  number: string
}

// Which partner serves which country is made up; the recorded replies name DPD and EPG networks only by example.
const DPD = ['AT', 'BE', 'DE', 'ES', 'IE', 'IT', 'LU', 'NL', 'PT']

/** The partner of the country that a parcel goes to; at home the number is the routing code printed under the bars. */
export function networkOf({ parcelNumber, request }: Pick<Parcel, 'parcelNumber' | 'request'>): Network {
  const { zipCode = '', countryCode = 'FR' } = request.letter.addressee.address
  if (sideOf(countryCode) !== 'abroad') {
    const number = `00${zipCode}11${parcelNumber.slice(0, -1)}801250L`
    return { network: '', partner: '', barcode: '', number }
  }
  const number = `99601098446${parcelNumber.slice(2, 10)}`
  const isDpd = DPD.includes(countryCode) && request.letter.service.reseauPostal !== '1'
  return isDpd
    ? { network: 'DPD', partner: `DPD ${countryCode}`, barcode: number, number }
    : { network: 'EPG', partner: `Post ${countryCode}`, barcode: number, number }
}
