import { Unavailable } from '../../../domain/failures.ts'
import type { LabelRequest, Paper, Purchase } from '../carrier.ts'
import { assertDone } from './errors.ts'
import { isSuch, PDF, type Printing } from './formats.ts'
import { type SlsReply, WHO } from './wire.ts'

/** How a label was asked for. `buys` is true where an unknown outcome may have bought; `number` is the one asked about. */
export interface Asked {
  buys: boolean
  number?: string
  request: LabelRequest
  printing: Printing
}

/** La Poste's page for customers (contract, 1.11). */
export const trackingPage = (trackingNumber: string): string =>
  `https://www.laposte.fr/outils/suivre-vos-envois?code=${encodeURIComponent(trackingNumber)}`

/** The label of a reply that holds one; anything else throws, with the parcel's number when it is known. */
export function labelOf(reply: SlsReply, asked: Asked): Purchase {
  assertDone(reply, asked)
  const { request, printing, buys } = asked
  const trackingNumber = reply.parcelNumber ?? asked.number
  const half = (what: string) => new Unavailable(`${WHO}: ${what}`, { nothingHappened: !buys })
  if (!trackingNumber) throw half('a label without its parcel number')
  if (!isSuch(reply.label, printing.begins))
    throw half(`parcel ${trackingNumber} without its label as ${printing.type}`)
  const label = {
    reference: request.reference,
    trackingNumber,
    pieceNumber: null,
    trackingUrl: trackingPage(trackingNumber),
    label: { kind: 'label' as const, mediaType: printing.mediaType, bytes: reply.label },
    papers: papersOf(reply, () => half(`parcel ${trackingNumber} without its CN23 form as a PDF`)),
  }
  return { labels: [label], price: null }
}

/** The CN23 form, when it comes apart: that of a return stands in its label. */
function papersOf({ cn23 }: SlsReply, half: () => Unavailable): Paper[] {
  if (!cn23) return []
  if (!isSuch(cn23, PDF)) throw half()
  return [{ kind: 'customs-form', mediaType: 'application/pdf', bytes: cn23 }]
}
