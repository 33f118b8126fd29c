import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { ChronopostClient } from './client.ts'
import { answerOf, assertDone, isSystemFailure, spokenOf } from './errors.ts'
import { Cancelled, WHO } from './wire.ts'

/**
 * Gives up one label. A fresh one may not be known for some minutes (code 2), so that it is asked again; one that was
 * given up before is done.
 */
export async function voidSkybill(trackingNumber: string, client: ChronopostClient): Promise<void> {
  const reply = answerOf(await client.cancelSkybill(trackingNumber), Cancelled, { buys: false })
  const { errorCode, errorMessage = '' } = reply
  if (errorCode === 0 || /already.*cancel|d[eé]j[aà].*annul/i.test(errorMessage)) return
  const spoken = spokenOf(reply)
  if (errorCode === 3) throw new Refused('label-taken', spoken)
  if (errorCode === 2) throw new Unavailable(`${WHO}: not known yet, ${spoken}`, { nothingHappened: true })
  if (errorCode === 1 && errorMessage && !isSystemFailure(errorMessage)) throw new Refused('refused', spoken)
  assertDone(reply, { buys: false })
}
