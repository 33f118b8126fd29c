import type { Carrier } from './carrier.ts'
import { type Element, textOf } from './element.ts'
import type { Xml } from './xml.ts'

/** A functional refusal, answered in HTTP 200; the codes are those of the carrier's error table. */
export interface Problem {
  errorCode: number
  errorMessage: string
}

/** The refusal of one wrong or missing parameter. */
export const wrong = (errorMessage: string): Problem => ({ errorCode: 2, errorMessage })

/** The first refusal whose condition holds. */
export const firstWrong = (checks: readonly (readonly [isBroken: boolean, message: string])[]): Problem | null => {
  const broken = checks.find(([isBroken]) => isBroken)
  return broken ? wrong(broken[1]) : null
}

/** The answer of an operation that went well starts like this. */
export const ALL_RIGHT = { errorCode: 0, errorMessage: '' } as const

/** Who asks: the account of the contract, then its password; null when both are right. */
export function checkAccount(carrier: Carrier, o: { account: string; password: string }): Problem | null {
  if (o.account.trim() !== carrier.account) return { errorCode: 33, errorMessage: 'Invalid accesColis account number' }
  if (o.password !== carrier.password) return { errorCode: 3, errorMessage: 'Invalid account number or password' }
  return null
}

/** The same where the login stands right in the operation. */
export const checkLogin = (carrier: Carrier, request: Element): Problem | null =>
  checkAccount(carrier, { account: textOf(request, 'accountNumber'), password: textOf(request, 'password') })

/** A refusal as the `return` of an answer, with what the schema asks for behind it. */
export const refuse = (problem: Problem, rest: { readonly [name: string]: Xml } = {}): Xml => ({
  errorCode: problem.errorCode,
  errorMessage: problem.errorMessage,
  ...rest,
})
