import { type Address, type Contact, fitLines, spelledFor } from '../../../domain/address.ts'
import { Refused } from '../../../domain/failures.ts'
import { phonesOf } from './phones.ts'
import { territoryOf } from './places.ts'
import type { SlsAddress } from './wire.ts'

type Lines = Pick<SlsAddress, 'line0' | 'line1' | 'line2' | 'line3'>

const WIDTH = 35
const KEPT = /[A-Za-z0-9 '\-.,/()&+°À-ÖØ-öø-ÿ]/
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

/** Latin letters, digits and plain punctuation: what the label service takes (error 30600 for the rest). */
export const plain = (text: string): string => spelledFor(text, KEPT)

/** The addressee in the carrier's words, or the `Refused` that names the field a person must mend; `pickup` asks for what a pickup point asks for. */
export function addresseeOf(recipient: Contact, { pickup }: { pickup: boolean }): SlsAddress {
  const address = addressOf(recipient)
  const email = recipient.email.length <= 80 && EMAIL.test(recipient.email) ? { email: recipient.email } : {}
  const phones = phonesOf(recipient.phone, recipient.country)
  if (pickup && !address.firstName) throw refuse('prénom (firstName)', 'obligatoire en point de retrait')
  if (pickup && !('email' in email))
    throw refuse('e-mail (email)', 'obligatoire en point de retrait, 80 caractères au plus')
  if ((pickup || recipient.country === 'US') && !phones.mobileNumber)
    throw refuse('portable (mobileNumber)', 'un numéro de portable valable est obligatoire')
  const lastName = address.lastName ?? address.companyName // error 30200 when it is missing
  return { ...address, ...(lastName ? { lastName } : {}), ...phones, ...email }
}

/** The seller as a sender, in the carrier's words. */
export function senderOf(sender: Contact): SlsAddress {
  const { mobileNumber, phoneNumber } = phonesOf(sender.phone, sender.country)
  const phone = phoneNumber ?? mobileNumber
  return { ...addressOf(sender), ...(phone ? { phoneNumber: phone } : {}), email: sender.email }
}

/** The seller as the addressee of a return, which must name its company (error 30089). */
export function returnedTo(sender: SlsAddress): SlsAddress {
  const { companyName, lastName = companyName } = sender
  if (!companyName || !lastName)
    throw new Refused('refused', "société de l'expéditeur (companyName) : obligatoire pour un retour, à régler")
  return { ...sender, lastName }
}

function addressOf(address: Address): SlsAddress {
  const lastName = bounded('nom (lastName)', address.lastName, WIDTH)
  const firstName = bounded('prénom (firstName)', address.firstName, 29)
  const companyName = bounded('société (companyName)', address.company ?? '', WIDTH)
  const city = bounded('ville (city)', address.city, WIDTH)
  if (!lastName && !companyName) throw refuse('nom (lastName)', 'obligatoire, en lettres latines')
  if (!city) throw refuse('ville (city)', 'obligatoire, en lettres latines')
  return {
    ...(companyName ? { companyName } : {}),
    ...(lastName ? { lastName } : {}),
    ...(firstName ? { firstName } : {}),
    ...linesOf(address),
    countryCode: territoryOf(address),
    city,
    zipCode: zipCodeOf(address),
  }
}

function bounded(field: string, value: string, width: number): string {
  const text = plain(value)
  if (text.length > width) throw refuse(field, `${width} caractères au plus`)
  return text
}

/** The street goes to line2; what else was written stands around it in an order that still reads from top to bottom. */
function linesOf({ lines, country }: Address): Lines {
  const [street = '', ...others] = lines.map(plain).filter(Boolean)
  if (!street) throw refuse('rue (line2)', 'obligatoire, en lettres latines')
  const whole = [street, ...others].join(' ')
  if (country === 'CH' && whole.length <= WIDTH) return { line2: whole } // the other lines are not printed there
  const placed = aroundStreet(street, others) ?? runningOn([street, ...others])
  if (!placed) throw refuse('rue (line0 à line3)', `ne tient pas sur 4 lignes de ${WIDTH} caractères`)
  return placed
}

function aroundStreet(street: string, others: string[]): Lines | null {
  const [line2, second] = fitLines([street], { count: 2, width: WIDTH }) ?? []
  const rest = fitLines(others, { count: second ? 2 : 3, width: WIDTH })
  if (!line2 || !rest) return null
  const reflowed = rest.some((line, i) => line !== others[i])
  if (second)
    return { line2, line3: second, ...inOrder(rest, reflowed && rest[1] ? ['line0', 'line1'] : ['line1', 'line0']) }
  return { line2, ...inOrder(rest, reflowed && rest[1] ? ['line0', 'line1', 'line3'] : ['line1', 'line3', 'line0']) }
}

function runningOn(lines: string[]): Lines | null {
  const fitted = fitLines(lines, { count: 4, width: WIDTH })
  return fitted && inOrder(fitted, (['line0', 'line1', 'line2', 'line3'] as const).slice(-Math.max(fitted.length, 2)))
}

function inOrder(texts: string[], names: (keyof Lines)[]): Lines {
  return Object.fromEntries(texts.map((text, i) => [names[i], text]))
}

/** The postcode as the carrier's services take it. */
export function zipCodeOf({ country, postalCode }: Pick<Address, 'country' | 'postalCode'>): string {
  const code = plain(postalCode).toUpperCase()
  if (country === 'AE') return '00000'
  if (country === 'LU') return code.replace(/^L[- ]?/, '')
  if (country === 'US') return code.slice(0, 5)
  if (country === 'FR' || country === 'MC') return frenchZipCode(code.replace(/ /g, ''))
  if (!code) throw refuse('code postal (zipCode)', 'obligatoire')
  return code
}

function frenchZipCode(code: string): string {
  if (!/^\d{5}$/.test(code)) throw refuse('code postal (zipCode)', '5 chiffres')
  return code
}

const refuse = (field: string, why: string): Refused => new Refused('address-refused', `${field} : ${why}`)
