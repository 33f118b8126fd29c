import { type Contact, fitLines } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import { phoneOf } from '../../../domain/phone.ts'
import { countryOf, postalCodeOf } from './countries.ts'
import { NEEDS_PROVINCE, provinceOf } from './subdivisions.ts'
import { plain } from './texts.ts'
import type { DhlAddress, DhlContact, DhlParty } from './wire.ts'

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

/** Whose address it is: a customer's is mended in the order, ours in the settings. */
export type Role = 'recipient' | 'sender'

/** Gives the `Refused` that names a field. */
type Refuse = (field: string, why: string) => Refused

/** An addressee or the seller in DHL's words, or the `Refused` that names the field a person must mend. */
export function partyOf(contact: Contact, role: Role): DhlParty {
  const refuse = refusalFor(role)
  return {
    postalAddress: addressOf(contact, refuse),
    contactInformation: contactOf(contact, refuse),
    typeCode: contact.company ? 'business' : 'private',
  }
}

const refusalFor =
  (role: Role): Refuse =>
  (field, why) =>
    role === 'recipient'
      ? new Refused('address-refused', `${field} : ${why}`)
      : new Refused('refused', `adresse de l'expéditeur, ${field} : ${why}`)

function addressOf(contact: Contact, refuse: Refuse): DhlAddress {
  const countryCode = countryOf(contact)
  const [addressLine1, addressLine2, addressLine3] = linesOf(contact.lines, refuse)
  const postalCode = postalCodeOf(contact, refuse)
  return {
    postalCode,
    cityName: bounded({ field: 'ville (cityName)', text: contact.city, width: 45, refuse }),
    countryCode,
    ...provinceFor({ countryCode, postalCode, refuse }),
    addressLine1,
    ...(addressLine2 ? { addressLine2 } : {}),
    ...(addressLine3 ? { addressLine3 } : {}),
  }
}

function linesOf(lines: string[], refuse: Refuse): [string, ...string[]] {
  const written = lines.map(plain).filter(Boolean)
  if (written.length === 0) throw refuse('rue (addressLine1)', 'obligatoire, en lettres latines')
  const [first, ...others] = fitLines(written, { count: 3, width: 45 }) ?? []
  if (!first) throw refuse('rue (addressLine1 à 3)', 'ne tient pas sur 3 lignes de 45 caractères')
  return [first, ...others]
}

function provinceFor(o: { countryCode: string; postalCode: string; refuse: Refuse }): { provinceCode?: string } {
  if (!NEEDS_PROVINCE.includes(o.countryCode)) return {}
  const provinceCode = provinceOf({ country: o.countryCode, postalCode: o.postalCode })
  if (!provinceCode) throw o.refuse('code postal (postalCode)', "ne dit pas l'État ou la province, obligatoire ici")
  return { provinceCode }
}

/** A private person's name stands for the company, which DHL always wants (contract, 3.3). */
function contactOf(contact: Contact, refuse: Refuse): DhlContact {
  const company = plain(contact.company ?? '')
  const name = plain(`${contact.firstName} ${contact.lastName}`) || company
  const phone = phoneOf(contact.phone, contact.country)
  if (!phone) throw refuse('téléphone (phone)', 'obligatoire chez DHL Express, un numéro valable')
  return {
    ...(contact.email.length <= 70 && EMAIL.test(contact.email) ? { email: contact.email } : {}),
    phone: phone.international,
    ...(phone.isMobile ? { mobilePhone: phone.international } : {}),
    companyName: bounded({ field: 'société (companyName)', text: company || name, width: 100, refuse }),
    fullName: bounded({ field: 'nom (fullName)', text: name, width: 255, refuse }),
  }
}

function bounded(o: { field: string; text: string; width: number; refuse: Refuse }): string {
  const text = plain(o.text)
  if (!text) throw o.refuse(o.field, 'obligatoire, en lettres latines')
  if (text.length > o.width) throw o.refuse(o.field, `${o.width} caractères au plus`)
  return text
}
