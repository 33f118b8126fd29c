import type { ZodType, z } from 'zod'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { SoapReply } from '../../wire/soap.ts'
import { type Outcome, WHO } from './wire.ts'

/** True for `buys` where an unknown outcome may have bought something. */
interface Asking {
  buys: boolean
}

/** The answer of an operation, whatever its error code; a fault throws: "Client" blames our message, all others are unknown outcomes. */
export function answerOf<S extends ZodType<Outcome>>(reply: SoapReply, schema: S, { buys }: Asking): z.output<S> {
  if (!('fault' in reply)) return readAs(schema, reply.result, WHO)
  const { blame, text } = reply.fault
  if (blame === 'Client') throw new Refused('refused', `message refusé : ${discreet(text)}`)
  throw new Unavailable(`${WHO}: fault "${blame}" ${discreet(text)}`, { nothingHappened: !buys })
}

/** Nothing when the operation went well; else what its code means (error-codes.csv). */
export function assertDone({ errorCode, errorMessage }: Outcome, { buys }: Asking): void {
  const spoken = spokenOf({ errorCode, errorMessage })
  if (errorCode === 0) return
  if (errorCode === 3 || errorCode === 33) throw new Refused('login-refused', spoken) // never repeated: accounts get locked
  if (errorCode === 1 || isSystemFailure(errorMessage))
    throw new Unavailable(`${WHO}: ${spoken}`, { nothingHappened: !buys })
  throw new Refused(ADDRESS.test(errorMessage ?? '') ? 'address-refused' : 'refused', spoken)
}

/** Messages that blame the other side: no code tells it for sure, since no table of codes is published. */
export const isSystemFailure = (message = ''): boolean =>
  /syst[eè]m|technical|technique|\binterna?l?e?\b|timeout|unavailable|indisponible/i.test(message)

/** Messages that blame where the parcel goes. */
const ADDRESS = /address|adress|zip ?code|postal|postcode|\bcity\b|\bville\b|recipient|destinataire|country|pays/i

/** What people read of an error: its code and message. */
export const spokenOf = ({ errorCode, errorMessage = '' }: Outcome): string =>
  `${errorCode} ${discreet(errorMessage)}`.trim()

/** A message of the carrier without what it may repeat of ours: e-mail addresses, phones, account and password. */
const discreet = (text: string): string =>
  text
    .replace(/\S+@\S+/g, '…')
    .replace(/\d{6,}/g, '…')
    .slice(0, 160)
