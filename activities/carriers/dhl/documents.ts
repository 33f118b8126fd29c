import { Unavailable } from '../../../domain/failures.ts'
import { type Cents, divideRounded, unitsOf } from '../../../domain/money.ts'
import type { Label, LabelRequest, Paper, Purchase } from '../carrier.ts'
import { type DhlBought, type DhlCharge, type DhlDocument, WHO } from './wire.ts'

/** Labels and papers of a bought shipment; anything missing is in doubt, and names the waybill so that a person finds it. */
export function purchaseOf(bought: DhlBought, { parcels }: LabelRequest): Purchase {
  const trackingNumber = bought.shipmentTrackingNumber
  const inDoubt = (what: string): Unavailable => new Unavailable(`${WHO}: shipment ${trackingNumber} ${what}`)
  const documents = (bought.documents ?? []).map((one) => ({ ...one, paper: paperOf(one, inDoubt) }))
  const printed = labelsOf(documents, parcels.length)
  if (printed.length < parcels.length) throw inDoubt(`with ${printed.length} of its ${parcels.length} labels`)
  const others = documents.filter((one) => !printed.includes(one)).flatMap(({ paper }) => paper ?? [])
  const labels = parcels.map(({ reference }, i): Label => {
    const paper = printed[i]?.paper
    const pieceNumber = pieceOf(bought, i)
    if (!paper) throw inDoubt('with an unreadable label')
    if (!pieceNumber && parcels.length > 1) throw inDoubt('without the numbers of its pieces')
    const label = { ...paper, kind: 'label' as const }
    return {
      reference,
      trackingNumber,
      pieceNumber,
      trackingUrl: trackingPage(trackingNumber),
      label,
      papers: i === 0 ? others : [],
    }
  })
  return { labels, price: priceOf(bought.shipmentCharges) }
}

type Read = DhlDocument & { paper: Paper | null }

/** One label a piece: those that name their piece, else in their order (the waybill document may call itself "label" too). */
function labelsOf(documents: Read[], pieces: number): Read[] {
  const labels = documents.filter(({ typeCode }) => typeCode === 'label')
  const named = labels.filter(({ packageReferenceNumber }) => packageReferenceNumber)
  if (named.length === 0) return labels.slice(0, pieces)
  return Array.from({ length: pieces }, (_, i) => named.find((one) => one.packageReferenceNumber === i + 1)).filter(
    (one) => one !== undefined,
  )
}

const pieceOf = ({ packages }: DhlBought, i: number): string | null => {
  const piece = packages?.find(({ referenceNumber }) => referenceNumber === i + 1)
  return (piece ?? packages?.[i])?.trackingNumber ?? null
}

const KINDS: ReadonlyMap<string, Paper['kind']> = new Map(
  Object.entries<Paper['kind']>({ label: 'waybill', waybillDoc: 'waybill', invoice: 'invoice' }),
)

/** A document's bytes, known by their start; null for kinds that nobody prints, such as a receipt. */
function paperOf({ typeCode, content }: DhlDocument, inDoubt: (what: string) => Unavailable): Paper | null {
  const kind = KINDS.get(typeCode)
  if (!kind) return null
  const bytes = new Uint8Array(Buffer.from(content, 'base64'))
  const start = Buffer.from(bytes.subarray(0, 400)).toString('latin1')
  if (start.startsWith('%PDF-')) return { kind, mediaType: 'application/pdf', bytes }
  if (start.includes('^XA')) return { kind, mediaType: 'application/zpl', bytes }
  throw inDoubt(`with an unreadable ${kind}`)
}

/** Where customers follow a shipment (contract, 3.9). */
export const trackingPage = (trackingNumber: string): string =>
  `https://www.dhl.com/fr-fr/home/tracking/tracking-express.html?submit=1&tracking-id=${encodeURIComponent(trackingNumber)}`

/** The price in euros: what we are billed, else the public price, else DHL's own base; null when it is told in none. */
export function priceOf(charges: DhlCharge[]): Cents | null {
  const euros = charges.filter(({ priceCurrency, price }) => priceCurrency === 'EUR' && price != null)
  const first = ['BILLC', 'PULCL', 'BASEC'].flatMap(
    (type) => euros.find(({ currencyType }) => currencyType === type) ?? [],
  )
  const units = first[0] ? unitsOf(String(first[0].price), 6) : null
  return units === null ? null : Number(divideRounded(units, 10_000n))
}
