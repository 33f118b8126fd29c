import { z } from 'zod'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { WHO } from './wire.ts'

const event = z.object({ code: z.string().nullish(), label: z.string().nullish(), date: z.string().nullish() })
const entry = z.object({
  returnCode: z.number(),
  idShip: z.string().nullish(),
  shipment: z.object({ idShip: z.string(), event: z.array(event).nullish() }).nullish(),
})

/** One thing Suivi v2 saw of a parcel; the date carries its offset. */
export type SuiviEvent = z.output<typeof event>

/** What Suivi v2 answers for one number. */
export type SuiviEntry = z.output<typeof entry>

/** Reads a reply of Suivi v2: one object, or a list, also of a single entry. */
export function readSuivi(reply: HttpReply): SuiviEntry[] {
  const body = jsonOf(reply, WHO)
  return readAs(z.array(entry), Array.isArray(body) ? body : [body], WHO)
}
