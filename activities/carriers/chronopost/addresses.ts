import { type Address, type Contact, fitLines, spelledFor } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import { nationalPhone, phoneOf } from '../../../domain/phone.ts'
import type { XmlFields } from '../../wire/soap.ts'
import { countryName, countryOf, zipCodeOf } from './places.ts'

/** In what part somebody appears: who sends, who pays, who gets it. */
export type Role = 'shipper' | 'customer' | 'recipient'

const WIDTH = 38
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

/** Letters, digits, hyphen and space: all that the official plugin lets through. */
export const plain = (text: string): string => spelledFor(text, /[A-Za-z0-9 -]/)

/** Somebody in the carrier's words, or the `Refused` that names the field a person must mend. */
export function partyOf(role: Role, contact: Contact): XmlFields {
  const place = { country: countryOf(contact), postalCode: contact.postalCode }
  const [line1, line2] = linesOf(role, contact.lines)
  const person = plain(`${contact.firstName} ${contact.lastName}`)
  const name = bounded(`nom (${role}Name)`, plain(contact.company ?? '') || person, 100)
  const { mobile, phone } = phonesOf(contact.phone, place.country)
  return [
    [`${role}Adress1`, line1],
    [`${role}Adress2`, line2],
    [`${role}City`, bounded(`ville (${role}City)`, plain(contact.city), 50)],
    [`${role}Civility`, role === 'recipient' ? null : 'M'],
    [`${role}ContactName`, bounded(`contact (${role}ContactName)`, person || name, 100)],
    [`${role}Country`, place.country],
    [`${role}CountryName`, plain(countryName(place.country)).toUpperCase()],
    [`${role}Email`, contact.email.length <= 50 && EMAIL.test(contact.email) ? contact.email : null],
    [`${role}MobilePhone`, mobile],
    [`${role}Name`, name],
    [`${role}Phone`, phone],
    [`${role}PreAlert`, 0],
    [`${role}ZipCode`, zipCodeIn(role, place)],
    ...(role === 'customer' ? [['printAsSender', 'N'] as const] : []),
  ]
}

function linesOf(role: Role, lines: string[]): string[] {
  const field = `adresse (${role}Adress1 et 2)`
  const fitted = fitLines(lines.map(plain), { count: 2, width: WIDTH })
  if (!fitted) throw refuse(field, `ne tient pas sur 2 lignes de ${WIDTH} caractères`)
  if (!fitted[0]) throw refuse(field, 'obligatoire, en lettres latines')
  return fitted
}

function bounded(field: string, text: string, width: number): string {
  if (!text) throw refuse(field, 'obligatoire, en lettres latines')
  if (text.length > width) throw refuse(field, `${width} caractères au plus`)
  return text
}

/** National in France; abroad with its prefix behind 00, since a plus sign is not among the letters taken. */
function phonesOf(written: string | null, country: string): { mobile?: string; phone?: string } {
  const read = phoneOf(written, country)
  if (!read) return {}
  const number = nationalPhone(read.international).replace('+', '00')
  return read.isMobile ? { mobile: number } : { phone: number }
}

function zipCodeIn(role: Role, place: Pick<Address, 'country' | 'postalCode'>): string {
  const code = zipCodeOf(place)
  if (code === null) throw refuse(`code postal (${role}ZipCode)`, `impossible dans ce pays (${place.country})`)
  return code
}

const refuse = (field: string, why: string): Refused => new Refused('address-refused', `${field} : ${why}`)
