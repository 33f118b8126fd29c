import type { Case } from './rules.ts'
import { SAY } from './texts.ts'

/** Somebody pays, and every account is the customer's. */
export function rulesOfAccounts({ request, account }: Case): string[] {
  const { accounts } = request
  const hasPayer = accounts.some(({ typeCode }) => typeCode === 'shipper' || typeCode === 'payer')
  const strangers = accounts.filter(({ number }) => number !== account)
  return [
    ...(hasPayer ? [] : [SAY.noPayer()]),
    ...strangers.map(({ typeCode }) => (typeCode === 'shipper' ? SAY.shipperAccount() : SAY.otherAccount(typeCode))),
  ]
}
