import { isCountry } from './countries.ts'
import { isProduct, laneOf, mayLeave, PICKUP_PRODUCTS, productsOn, RETURNS } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import { isMobile } from './phones.ts'
import { faultOfPostcode } from './postcodes.ts'
import type { CheckRequest } from './schema.ts'
import { isCedex, isEmail, isLanguage } from './words.ts'

const PATH = 'letter.addressee.address'
const productOf = ({ letter }: CheckRequest) => letter.service.productCode ?? ''
const isReturn = (request: CheckRequest) => RETURNS.includes(productOf(request))
const isPickup = (request: CheckRequest) => PICKUP_PRODUCTS.includes(productOf(request))

/** The addressee: who, where, and how to reach them; a pickup point asks for more. */
export const rulesOfAddressee = (request: CheckRequest): Fault[] => [
  ...rulesOfPerson(request),
  ...rulesOfPlace(request),
  ...rulesOfContact(request),
]

function rulesOfPerson(request: CheckRequest): Fault[] {
  const { address, addresseeParcelRef } = request.letter.addressee
  const { lastName, firstName, companyName, line2, city } = address
  const isFree = isCedex(address)
  return faults([
    [(addresseeParcelRef ?? '').length > 15, '30090'],
    [isReturn(request) && companyName === undefined, '30089'],
    [lastName === undefined && !isFree && !isReturn(request), '30200'],
    [isPickup(request) && firstName === undefined, '30202'],
    [line2 === undefined && !isFree, '30204'],
    [city === undefined && !isFree, '30208'],
  ])
}

function rulesOfPlace(request: CheckRequest): Fault[] {
  const { countryCode: country, zipCode, stateOrProvinceCode: state } = request.letter.addressee.address
  const isKnown = country !== undefined && isCountry(country)
  const fault = isKnown && zipCode !== undefined ? faultOfPostcode(country, zipCode) : null
  return faults([
    [country === undefined, '30206'],
    [country !== undefined && !isKnown, '30207', `${PATH}.countryCode`],
    [zipCode === undefined, '30210'],
    [fault === 'shape', '30211', `${PATH}.zipCode`],
    [fault === 'country', '30212', `${PATH}.zipCode`],
    [isKnown && !isTaken(request), '30213'],
    [country === 'US' && state === undefined, '40017', `${PATH}.stateOrProvinceCode`],
  ])
}

/** Whether the product goes there; a product that cannot even leave from the sender's country is the sender's fault. */
function isTaken(request: CheckRequest): boolean {
  const product = productOf(request)
  const lane = laneOf(request)
  if (!isProduct(product)) return true
  if (product === 'CORF') return lane.to !== 'FR'
  if (isReturn(request) || !mayLeave(product, lane.from)) return true
  return productsOn(lane).includes(product)
}

function rulesOfContact(request: CheckRequest): Fault[] {
  const { parcel, addressee } = request.letter
  const { mobileNumber: mobile, countryCode: country, email, language } = addressee.address
  const isNeeded = isPickup(request) || parcel.ddp === true || country === 'US'
  return faults([
    [isNeeded && mobile === undefined, '30220'],
    [mobile !== undefined && country !== undefined && !isMobile(mobile, country), '30221', `${PATH}.mobileNumber`],
    [isPickup(request) && email === undefined, '30222'],
    [email !== undefined && !isEmail(email), '30223', `${PATH}.email`],
    [language !== undefined && !isLanguage(language), '30023', `${PATH}.language`],
  ])
}
