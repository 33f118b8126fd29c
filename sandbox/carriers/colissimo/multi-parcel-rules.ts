import { fieldOf } from './abroad-rules.ts'
import { PICKUP_PRODUCTS } from './lanes.ts'
import { type Fault, faults } from './messages.ts'
import type { Parcel } from './model.ts'
import type { CheckRequest } from './schema.ts'

const MOST = 5
const ALLOWED = ['DOM', 'DOS', ...PICKUP_PRODUCTS]

/** Several parcels of one order: followers first, then one master that lists them; 2 to 5 in all, to one place. */
export function rulesOfSeveral(request: CheckRequest, find: (number: string) => Parcel | undefined): Fault[] {
  const role = fieldOf(request, 'TYPE_MULTI_PARCEL')
  if (role === undefined) return []
  const rank = Number(fieldOf(request, 'PARCEL_ITERATION_NUMBER'))
  const total = Number(fieldOf(request, 'TOTAL_NUMBER_PARCEL'))
  const isTotal = Number.isInteger(total) && total >= 2 && total <= MOST
  return [
    ...faults([
      [!['FOLLOWER', 'MASTER'].includes(role), '40017', 'fields.field TYPE_MULTI_PARCEL'],
      [!ALLOWED.includes(request.letter.service.productCode ?? ''), '40017', 'letter.service.productCode'],
      [!isTotal, '40017', 'fields.field TOTAL_NUMBER_PARCEL'],
      [!(Number.isInteger(rank) && rank >= 1 && rank <= total), '40017', 'fields.field PARCEL_ITERATION_NUMBER'],
    ]),
    ...(role === 'MASTER' ? rulesOfFollowers({ request, total, find }) : []),
  ]
}

function rulesOfFollowers(o: {
  request: CheckRequest
  total: number
  find: (number: string) => Parcel | undefined
}): Fault[] {
  const numbers = (fieldOf(o.request, 'LIST_FOLLOWER_PARCEL') ?? '').split('/').filter(Boolean)
  const { zipCode } = o.request.letter.addressee.address
  const isFollower = (number: string) => {
    const found = o.find(number)
    return found?.multi === 'FOLLOWER' && found.request.letter.addressee.address.zipCode === zipCode
  }
  const stranger = numbers.find((number) => !isFollower(number))
  const isComplete = new Set(numbers).size === o.total - 1 && numbers.length === o.total - 1
  return faults([
    [!isComplete, '40017', 'fields.field LIST_FOLLOWER_PARCEL'],
    [stranger !== undefined, '30321', stranger],
  ])
}
