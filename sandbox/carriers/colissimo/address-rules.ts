import { destinationOf, faultOfPostcode, isOffered, OVERSEAS, PICKUP_PRODUCTS, PRODUCTS } from './countries.ts'
import { type Fault, faults } from './messages.ts'
import type { CheckRequest, LabelAddress } from './schema.ts'

const RETURNS = ['CORE', 'CORI', 'CORF']

const isEmail = (text: string) => text.length >= 5 && text.length <= 80 && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)

/** A CEDEX postcode belongs to one company: the name, the street and the city may then be left out. */
const isCedex = ({ city }: LabelAddress) => /\bcedex\b/i.test(city ?? '')

/** The sender, when one is given: without it the carrier takes the account's own address. */
export function rulesOfSender({ letter: { sender, service } }: CheckRequest): Fault[] {
  if (!sender?.address) return []
  const { address } = sender
  const { companyName, lastName, line2, city, countryCode: country, zipCode, email, phoneNumber: phone } = address
  const isReturn = RETURNS.includes(service.productCode ?? '')
  const isMainland = country === undefined || ['FR', 'MC', 'AD'].includes(country)
  return faults([
    [companyName === undefined && lastName === undefined, '30065'],
    [line2 === undefined && !isCedex(address), '30100'],
    [country === undefined, '30102'],
    [country !== undefined && !destinationOf(country), '30103', country],
    [city === undefined, '30104'],
    [zipCode === undefined, '30106'],
    [country !== undefined && zipCode !== undefined && faultOfPostcode(country, zipCode) !== null, '30107', zipCode],
    [isReturn ? !isOffered(service.productCode ?? '', country ?? 'FR') : !isMainland, '30109'],
    [email !== undefined && !isEmail(email), '30046', email],
    [phone !== undefined && !/^(\+|00)?\d{10,13}$/.test(phone), '30047', phone],
  ])
}

/** The addressee: who, where, and how to reach them; a pickup point asks for more. */
export function rulesOfAddressee(request: CheckRequest): Fault[] {
  const { addressee, service } = request.letter
  const { address } = addressee
  const isPickup = PICKUP_PRODUCTS.includes(service.productCode ?? '')
  const isReturn = RETURNS.includes(service.productCode ?? '')
  const may = isCedex(address)
  const { lastName, firstName, line2, city, companyName, email } = address
  return [
    ...faults([
      [(addressee.addresseeParcelRef ?? '').length > 15, '30090'],
      [isReturn && companyName === undefined, '30089'],
      [lastName === undefined && !may && !isReturn, '30200'],
      [isPickup && firstName === undefined, '30202'],
      [line2 === undefined && !may, '30204'],
      [city === undefined, '30208'],
      [isPickup && email === undefined, '30222'],
      [email !== undefined && !isEmail(email), '30223', email],
    ]),
    ...rulesOfPlace(request),
    ...rulesOfMobile(request),
  ]
}

function rulesOfPlace({ letter: { addressee, service } }: CheckRequest): Fault[] {
  const { countryCode: country, zipCode } = addressee.address
  const product = service.productCode ?? ''
  const isKnown = country !== undefined && destinationOf(country) !== undefined
  const fault = isKnown && zipCode !== undefined ? faultOfPostcode(country, zipCode) : null
  const isAsked = PRODUCTS.includes(product) && !RETURNS.includes(product)
  return faults([
    [country === undefined, '30206'],
    [country !== undefined && !isKnown, '30207', country],
    [zipCode === undefined, '30210'],
    [fault === 'shape', '30211', zipCode],
    [fault === 'country', '30212', zipCode],
    [isKnown && isAsked && !isOffered(product, country), '30213'],
  ])
}

function rulesOfMobile({ letter: { addressee, service, parcel } }: CheckRequest): Fault[] {
  const { mobileNumber: mobile, countryCode: country } = addressee.address
  const isNeeded = PICKUP_PRODUCTS.includes(service.productCode ?? '') || parcel.ddp === true || country === 'US'
  return faults([
    [isNeeded && mobile === undefined, '30220'],
    [mobile !== undefined && country !== undefined && !isMobile(mobile, country), '30221', mobile],
  ])
}

/** At most 15 characters; Belgium exactly +324 and 8 digits; abroad with the prefix of the country; no counting like 123456789. */
function isMobile(mobile: string, country: string): boolean {
  const digits = mobile.replace(/\D/g, '')
  const steps = [...digits].map((digit, index) => (Number(digit) === Number(digits[index - 1]) + 1 ? '+' : '.'))
  if (mobile.length > 15 || steps.join('').includes('++++++++')) return false
  if (country === 'BE') return /^\+324\d{8}$/.test(mobile)
  return ['FR', 'MC', ...OVERSEAS].includes(country)
    ? /^(0|\+33|0033)[1-9]\d{8}$/.test(mobile)
    : /^(\+|00)\d{7,14}$/.test(mobile)
}
