import { z } from 'zod'
import { Unavailable } from '../../../domain/failures.ts'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { isMultipart, partsOf } from '../../wire/multipart.ts'

/** How the other side is called in messages. */
export const WHO = 'Colissimo'

/** An address as `generateLabel` wants it; optional fields are left out, never empty. */
export interface SlsAddress {
  companyName?: string
  lastName?: string
  firstName?: string
  line0?: string
  line1?: string
  line2?: string
  line3?: string
  countryCode: string
  city: string
  zipCode: string
  phoneNumber?: string
  mobileNumber?: string
  email?: string
}

/** Body of `generateLabel` and of `checkGenerateLabel` (GenerateLabelRequestV31); weight in kg, lengths in cm. */
export interface SlsLabelOrder {
  outputFormat: { x: 0; y: 0; outputPrintingType: string }
  letter: {
    service: {
      productCode: string
      depositDate: string
      orderNumber: string
      commercialName: string
      returnTypeChoice?: 2 | 3
    }
    parcel: { weight: number; nonMachinable?: true; pickupLocationId?: string }
    sender: { senderParcelRef: string; address: SlsAddress }
    addressee: { address: SlsAddress }
  }
  fields?: { field: { key: 'LENGTH' | 'WIDTH' | 'HEIGHT'; value: string }[] }
}

const message = z.object({ id: z.coerce.string(), messageContent: z.string().nullish() })
const result = z.object({ parcelNumber: z.string().nullish() }).nullish()
const info = z.object({
  messages: z.array(message).nullish(),
  labelV31Response: result,
  labelV2Response: result,
  labelXmlV2Reponse: result,
})

/** One message of the label service; id "0" is success. */
export type SlsMessage = z.output<typeof message>

/** A reply of the label service, whatever its container: JSON alone, or JSON with the label's bytes. */
export interface SlsReply {
  status: number
  messages: SlsMessage[]
  parcelNumber: string | null
  label: Uint8Array | null
}

/** Reads a reply of the label service; the body of a refused login (401, 403) may be anything. */
export function readSls(reply: HttpReply): SlsReply {
  const { status } = reply
  try {
    const parts = isMultipart(reply) ? partsOf(reply, WHO) : new Map([['jsonInfos', reply.bytes]])
    const bytes = parts.get('jsonInfos') ?? new Uint8Array()
    const read = readAs(info, jsonOf({ ...reply, bytes }, WHO), WHO)
    const found = read.labelV31Response ?? read.labelV2Response ?? read.labelXmlV2Reponse
    return {
      status,
      messages: read.messages ?? [],
      parcelNumber: found?.parcelNumber || null,
      label: parts.get('label') ?? null,
    }
  } catch (error) {
    if (error instanceof Unavailable && (status === 401 || status === 403))
      return { status, messages: [], parcelNumber: null, label: null }
    throw error
  }
}

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
