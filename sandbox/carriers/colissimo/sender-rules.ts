import { isCountry } from './countries.ts'
import { isProduct, laneOf, mayLeave, RETURNS, returnProductOn } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import { isPhone } from './phones.ts'
import { faultOfPostcode } from './postcodes.ts'
import type { CheckRequest, LabelAddress } from './schema.ts'
import { isCedex, isEmail, isLanguage } from './words.ts'

/** The sender, when one is given: without it the carrier takes the account's own address. */
export function rulesOfSender(request: CheckRequest): Fault[] {
  const address = request.letter.sender?.address
  return [...(address ? [...rulesOfPlace(address), ...rulesOfContact(address)] : []), ...rulesOfOrigin(request)]
}

function rulesOfPlace(address: LabelAddress): Fault[] {
  const { companyName, lastName, line2, city, countryCode: country, zipCode } = address
  const fault = country !== undefined && zipCode !== undefined ? faultOfPostcode(country, zipCode) : null
  return faults([
    [companyName === undefined && lastName === undefined, '30065'],
    [line2 === undefined && !isCedex(address), '30100'],
    [country === undefined, '30102'],
    [country !== undefined && !isCountry(country), '30103', 'letter.sender.address.countryCode'],
    [city === undefined, '30104'],
    [zipCode === undefined, '30106'],
    [fault === 'shape', '30107', 'letter.sender.address.zipCode'],
    [fault === 'country', '30108', 'letter.sender.address.zipCode'],
  ])
}

function rulesOfContact({ email, mobileNumber: mobile, phoneNumber: phone, language }: LabelAddress): Fault[] {
  return faults([
    [email !== undefined && !isEmail(email), '30046', 'letter.sender.address.email'],
    [mobile !== undefined && !isPhone(mobile), '30047', 'letter.sender.address.mobileNumber'],
    [phone !== undefined && !isPhone(phone), '30085', 'letter.sender.address.phoneNumber'],
    [language !== undefined && !isLanguage(language), '30022', 'letter.sender.address.language'],
  ])
}

/** Whether the product may leave from where the sender is; a country without returns has a code of its own. */
function rulesOfOrigin(request: CheckRequest): Fault[] {
  const product = request.letter.service.productCode ?? ''
  const lane = laneOf(request)
  if (!isProduct(product) || !isCountry(lane.from)) return []
  if (!RETURNS.includes(product)) return faults([[!mayLeave(product, lane.from), '30109']])
  if (product === 'CORF') return faults([[lane.from !== 'FR', '30109']])
  const offered = returnProductOn(lane)
  return faults([
    [offered === null, '30705', lane.from],
    [offered !== null && offered !== product, '30109'],
  ])
}
