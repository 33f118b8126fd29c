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

/** An option of a label that has no field of its own; lengths in cm. */
export interface SlsField {
  key: 'LENGTH' | 'WIDTH' | 'HEIGHT' | 'OUTPUT_PRINT_TYPE_CN23'
  value: string
}

/** Goods of one kind on a CN23 form; kg net and units of `currency` for one piece. */
export interface SlsArticle {
  description: string
  quantity: number
  weight: number
  value: number
  currency: string
  hsCode: string
  originCountry: string
  artref?: string
  originalIdent?: string
}

/** A CN23 form; category 3 is a sale, 6 goods that come back. */
export interface SlsCustoms {
  includeCustomsDeclarations: true
  numberOfCopies: 4
  contents: {
    article: SlsArticle[]
    category: { value: 3 | 6 }
    original?: {
      originalIdent: string
      originalInvoiceNumber: string
      originalInvoiceDate: string
      originalParcelNumber: string
    }[]
  }
  invoiceNumber: string
}

/** Body of `generateLabel` and of `checkGenerateLabel` (GenerateLabelRequestV31); weight in kg, amounts in cents. */
export interface SlsLabelOrder {
  outputFormat: { x: 0; y: 0; outputPrintingType: string }
  letter: {
    service: {
      productCode: string
      depositDate: string
      orderNumber: string
      commercialName?: string
      transportationAmount?: number
      totalAmount?: number
      returnTypeChoice?: 2 | 3
    }
    parcel: {
      weight: number
      insuranceValue?: number
      nonMachinable?: true
      pickupLocationId?: string
      ftd?: true
    }
    sender: { senderParcelRef: string; address: SlsAddress }
    addressee: { address: SlsAddress }
    customsDeclarations?: SlsCustoms
  }
  fields?: { field: SlsField[] }
}

const message = z.object({
  id: z.coerce.string(),
  messageContent: z.string().nullish(),
  replacementValues: z.array(z.object({ value: z.string().nullish() })).nullish(),
})
const result = z.object({ parcelNumber: z.string().nullish() }).nullish()
const info = z.object({
  messages: z.array(message).nullish(),
  labelV31Response: result,
  labelV2Response: result,
  labelXmlV2Reponse: result,
  bordereauHeader: z.object({ bordereauNumber: z.union([z.number(), z.string()]).nullish() }).nullish(),
})

/** One message of the label service; id "0" is success. */
export type SlsMessage = z.output<typeof message>

/** A reply of the label service, whatever its container: JSON alone, or JSON with the bytes of its papers. */
export interface SlsReply {
  status: number
  messages: SlsMessage[]
  parcelNumber: string | null
  label: Uint8Array | null
  cn23: Uint8Array | null
  bordereauNumber: string | null
  deliveryPaper: Uint8Array | null
}

/** Reads a reply of the label service; the body of a refused login (401, 403) may be anything. */
export function readSls(reply: HttpReply): SlsReply {
  try {
    return readParts(reply)
  } catch (error) {
    const { status } = reply
    const nothing = { parcelNumber: null, label: null, cn23: null, bordereauNumber: null, deliveryPaper: null }
    if (error instanceof Unavailable && (status === 401 || status === 403)) return { status, messages: [], ...nothing }
    throw error
  }
}

function readParts(reply: HttpReply): SlsReply {
  const parts = isMultipart(reply) ? partsOf(reply, WHO) : new Map([['jsonInfos', reply.bytes]])
  const bytes = parts.get('jsonInfos') ?? new Uint8Array()
  const read = readAs(info, jsonOf({ ...reply, bytes }, WHO), WHO)
  const found = read.labelV31Response ?? read.labelV2Response ?? read.labelXmlV2Reponse
  return {
    status: reply.status,
    messages: read.messages ?? [],
    parcelNumber: found?.parcelNumber || null,
    label: parts.get('label') ?? null,
    cn23: parts.get('cn23') ?? null,
    bordereauNumber: read.bordereauHeader?.bordereauNumber?.toString() || null,
    deliveryPaper: parts.get('deliveryPaper') ?? null,
  }
}
