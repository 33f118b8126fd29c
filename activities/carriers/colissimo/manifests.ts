import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { Manifest } from '../carrier.ts'
import { assertDone } from './errors.ts'
import { isSuch, PDF } from './formats.ts'
import { type SlsReply, WHO } from './wire.ts'

/** How many parcels one slip may hold: the official plug-in sends no more. */
export const SLIP_SIZE = 50

/** Nothing when a slip can hold these parcels. */
export function assertFits(trackingNumbers: string[]): void {
  const { length } = trackingNumbers
  if (length < 1 || length > SLIP_SIZE)
    throw new Refused('refused', `bordereau (parcelsNumbers) : de 1 à ${SLIP_SIZE} colis`)
}

/** The slip of a reply that holds one; a half answer is in doubt, since a slip cannot be made twice. */
export function manifestOf(reply: SlsReply): Manifest {
  assertDone(reply, { buys: true })
  const { bordereauNumber: number, deliveryPaper: pdf } = reply
  if (!number) throw new Unavailable(`${WHO}: a slip without its number`)
  if (!isSuch(pdf, PDF)) throw new Unavailable(`${WHO}: slip ${number} without its PDF`)
  return { number, pdf }
}
