import { OVERSEAS } from './countries.ts'
import { isProduct, laneOf, needsCustoms, RETURNS } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import type { CheckRequest } from './schema.ts'
import { isDay, parisDate } from './words.ts'

const BOXED = ['CORE', 'CORF']

/** The service asked for: product, day of deposit, name of the shop, what happens to what cannot be delivered. */
export function rulesOfService(request: CheckRequest, now: Date): Fault[] {
  const { productCode, depositDate, commercialName } = request.letter.service
  const isDate = depositDate !== undefined && isDay(depositDate)
  return [
    ...faults([
      [productCode === undefined, '30014'],
      [productCode !== undefined && !isProduct(productCode), '30015', productCode],
      [depositDate === undefined, '50005'],
      [depositDate !== undefined && !isDate, '30010', depositDate],
      [isDate && depositDate < parisDate(now), '30002'],
      [productCode === 'HD' && commercialName === undefined, '30018'],
    ]),
    ...rulesOfWayBack(request),
    ...rulesOfLetterbox(request, now),
  ]
}

/** Abroad beyond the Union the choice must be made; the network is a choice only for DOS inside it. */
function rulesOfWayBack(request: CheckRequest): Fault[] {
  const { productCode = '', returnTypeChoice: choice, reseauPostal: network } = request.letter.service
  const { to } = laneOf(request)
  const isFar = needsCustoms(request) && ![...OVERSEAS, 'FR', 'MC', 'AD'].includes(to)
  const isOpen = productCode === 'DOS' && !isFar && ![...OVERSEAS, 'FR', 'MC', 'AD'].includes(to)
  return faults([
    [choice === undefined && isFar && !RETURNS.includes(productCode), '30323'],
    [choice !== undefined && ![2, 3].includes(choice), '30324', String(choice)],
    [network !== undefined && (!isOpen || !['0', '1'].includes(network)), '30027'],
  ])
}

/** A return that the postman takes from the customer's own letterbox. */
function rulesOfLetterbox({ letter: { service, sender } }: CheckRequest, now: Date): Fault[] {
  const { productCode = '', mailBoxPicking: isAsked, mailBoxPickingDate: day } = service
  if (!isAsked) return faults([[day !== undefined, '30809']])
  return faults([
    [!BOXED.includes(productCode), '30804', productCode],
    [day === undefined, '30813'],
    [day !== undefined && !isDay(day), '30811', day],
    [day !== undefined && isDay(day) && day < parisDate(now), '30806', day],
    [sender?.address?.firstName === undefined, '30043'],
    [sender?.address?.email === undefined, '30045'],
  ])
}
