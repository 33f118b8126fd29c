import { type Carrier, cancelParcel, findParcel, isTaken, isVisible } from './carrier.ts'
import type { Operation } from './door.ts'
import { textOf } from './element.ts'
import { ALL_RIGHT, checkLogin, type Problem, refuse } from './problems.ts'

const UNKNOWN: Problem = {
  errorCode: 2,
  errorMessage: "the parcel doesn't match account or parcel information not found",
}
const TAKEN: Problem = { errorCode: 3, errorMessage: 'the parcel has already been taken over by Chronopost' }
const STATUS = { statusCode: 0 }

/** Cancelling one parcel, or several whose numbers stand in one text between commas or semicolons. */
export function cancelOperations(carrier: Carrier): Record<string, Operation> {
  return {
    cancelSkybill(request) {
      const problem = checkLogin(carrier, request) ?? cancel(carrier, textOf(request, 'skybillNumber').trim())
      return problem ? refuse(problem, STATUS) : { ...ALL_RIGHT, ...STATUS }
    },
    cancelListSkybill(request) {
      const denied = checkLogin(carrier, request)
      if (denied) return refuse(denied, STATUS)
      const numbers = textOf(request, 'skybillNumber')
        .split(/[,;\s]+/)
        .filter(Boolean)
      const outcomes = numbers.map((number) => ({ number, problem: cancel(carrier, number) }))
      const skybills = outcomes.filter(({ problem }) => problem === null).map(({ number }) => number)
      const problem = numbers.length ? outcomes.find((outcome) => outcome.problem)?.problem : UNKNOWN
      return { ...(problem ?? ALL_RIGHT), skybills, ...STATUS }
    },
  }
}

/** A parcel that is cancelled already stays so, and is cancelled again without harm. */
function cancel(carrier: Carrier, skybillNumber: string): Problem | null {
  const parcel = findParcel(carrier, skybillNumber)
  if (!parcel || !isVisible(carrier, parcel)) return UNKNOWN
  if (isTaken(parcel)) return TAKEN
  cancelParcel(carrier, parcel)
  return null
}
