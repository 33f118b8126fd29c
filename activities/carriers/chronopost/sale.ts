import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { Unavailable } from '../../../domain/failures.ts'
import { splitPages } from '../../wire/pages.ts'
import type { Label, LabelRequest, Paper, Purchase } from '../carrier.ts'
import type { ChronopostClient, SaleOrder } from './client.ts'
import { answerOf, assertDone } from './errors.ts'
import { Reserved, Sold, WHO } from './wire.ts'

/** What the labels come as. */
export type MediaType = 'application/pdf' | 'application/zpl'

/** How labels are asked for: the carrier's name of a format, and what comes. */
export interface Print {
  mode: string
  mediaType: MediaType
}

interface SoldParcel {
  number: string
  reservation: string | undefined
  /** Base64, where the sale gives the label at once. */
  label: string | undefined
}

/** Buys, then fetches what was reserved: whatever fails after the purchase is in doubt and names the parcels. */
export async function buy(o: {
  client: ChronopostClient
  order: SaleOrder
  request: LabelRequest
  print: Print
}): Promise<Purchase> {
  const { client, order, request, print } = o
  const reply = answerOf(await client.sell(order), Sold, { buys: true })
  assertDone(reply, { buys: true })
  const sold = parcelsIn(reply)
  const numbers = sold.map(({ number }) => number)
  if (sold.length !== request.parcels.length || numbers.some((number) => !number))
    throw new Unavailable(`${WHO}: sold "${numbers.join(', ')}" for ${request.parcels.length} parcels`)
  const files = await filesOf({ client, sold, print }).catch((error: unknown) => {
    throw new Unavailable(
      `${WHO}: sold ${numbers.join(', ')} without labels (${error instanceof Error ? error.message : error})`,
    )
  })
  const labels = files.map((bytes, i) =>
    labelOf({ reference: request.parcels[i]?.reference ?? '', number: numbers[i] ?? '', bytes, print }),
  )
  return { labels, price: null }
}

function parcelsIn(reply: z.output<typeof Sold>): SoldParcel[] {
  const { resultParcelValue: reserved, resultMultiParcelValue: printed } = reply
  return [...reserved, ...printed].map(({ skybillNumber, reservationNumber, pdfEtiquette }) => ({
    number: skybillNumber ?? '',
    reservation: reservationNumber || reply.reservationNumber,
    label: pdfEtiquette,
  }))
}

async function filesOf(o: { client: ChronopostClient; sold: SoldParcel[]; print: Print }): Promise<Uint8Array[]> {
  const { client, sold, print } = o
  const [first] = sold
  if (first?.label) return sold.map(({ label }) => bytesOf(label, print))
  const reservations = [...new Set(sold.map(({ reservation }) => reservation ?? ''))]
  const files: Uint8Array[] = []
  for (const reservation of reservations) {
    const bytes = await fetchReserved({ client, reservation, print })
    const into = sold.filter((parcel) => (parcel.reservation ?? '') === reservation).length
    const pages = await splitPages(bytes, { into, mediaType: print.mediaType })
    files.push(...(pages ?? Array.from({ length: into }, () => bytes)))
  }
  return files
}

/** Milliseconds before each try for reserved labels. */
const PAUSES = [0, 200, 600]

async function fetchReserved(o: { client: ChronopostClient; reservation: string; print: Print }): Promise<Uint8Array> {
  const { client, reservation: reservationNumber, print } = o
  if (!reservationNumber) throw new Unavailable(`${WHO}: a sale without labels or reservation`)
  let failure: unknown
  for (const pause of PAUSES) {
    await wait(pause)
    try {
      const reply = answerOf(await client.getReserved({ reservationNumber, mode: print.mode }), Reserved, {
        buys: false,
      })
      assertDone(reply, { buys: false })
      return bytesOf(reply.skybill, print)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/** The bytes of a label in base64; `Unavailable` when there are none, or when they are no PDF where one was asked for. */
export function bytesOf(base64: string | undefined, { mediaType }: Print): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
  const isLabel =
    bytes.length > 0 && (mediaType !== 'application/pdf' || Buffer.from(bytes.subarray(0, 1024)).includes('%PDF'))
  if (!isLabel) throw new Unavailable(`${WHO}: a label without readable bytes`)
  return bytes
}

/** Chronopost's page for customers (contract, 2.9). */
export const trackingPage = (trackingNumber: string): string =>
  `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${encodeURIComponent(trackingNumber)}`

/** One bought label, with the page where its customer follows it. */
export function labelOf(o: { reference: string; number: string; bytes: Uint8Array; print: Print }): Label {
  const { reference, number: trackingNumber, bytes, print } = o
  const label: Paper = { kind: 'label', mediaType: print.mediaType, bytes }
  const trackingUrl = trackingPage(trackingNumber)
  return { reference, trackingNumber, pieceNumber: null, trackingUrl, label, papers: [] }
}
