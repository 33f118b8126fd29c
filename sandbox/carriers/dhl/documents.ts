import { drawPdf, type Sheet } from './drawing.ts'
import type { Piece, Shipment } from './model.ts'
import type { ImageOption, OutputImages, ShipmentRequest } from './request.ts'
import { pageSizeOf } from './templates.ts'
import { writeThermal } from './thermal.ts'

/** One file of the reply, `content` in base64. */
export interface PrintedDocument {
  imageFormat: string
  content: string
  typeCode: string
  packageReferenceNumber?: number
}

interface Plan {
  typeCode: Sheet['kind']
  sheets: Sheet[]
  piece?: Piece
}

/** Prints what a request asked for: labels and waybill in its encoding, invoice and receipt always as PDF. */
export function printDocuments(shipment: Shipment): Promise<PrintedDocument[]> {
  const images = shipment.request.outputImageProperties ?? {}
  const encoding = images.encodingFormat ?? 'pdf'
  return Promise.all(planDocuments(shipment, images).map((plan) => printOne({ shipment, plan, encoding })))
}

async function printOne(o: { shipment: Shipment; plan: Plan; encoding: string }): Promise<PrintedDocument> {
  const { shipment, plan, encoding } = o
  const isPdf = encoding === 'pdf' || plan.typeCode === 'invoice' || plan.typeCode === 'shipmentReceipt'
  const bytes = isPdf ? await drawPdf(shipment, plan.sheets) : writeThermal({ shipment, sheets: plan.sheets, encoding })
  return {
    imageFormat: isPdf ? 'PDF' : encoding === 'epl' ? 'EPL2' : encoding.toUpperCase(),
    content: bytes.toString('base64'),
    typeCode: plan.typeCode,
    ...(plan.piece ? { packageReferenceNumber: plan.piece.number } : {}),
  }
}

const optionOf = (images: OutputImages, kind: Sheet['kind']): ImageOption | undefined =>
  images.imageOptions?.find(({ typeCode }) => typeCode === kind)

const isAsked = (images: OutputImages, kind: Sheet['kind']): boolean => optionOf(images, kind)?.isRequested === true

function sheetsOf({ pieces }: Shipment, images: OutputImages) {
  const sheet = (kind: Sheet['kind']): Sheet => ({ kind, size: pageSizeOf(kind, optionOf(images, kind)) })
  const isWaybillWanted = images.imageOptions === undefined || isAsked(images, 'waybillDoc')
  const copies = optionOf(images, 'waybillDoc')?.numberOfCopies ?? 1
  return {
    labels: pieces.map((piece) => ({ ...sheet('label'), piece })),
    waybills: isWaybillWanted ? Array.from({ length: copies }, () => sheet('waybillDoc')) : [],
    invoices: isAsked(images, 'invoice') ? [sheet('invoice')] : [],
    receipts: isAsked(images, 'shipmentReceipt') ? [sheet('shipmentReceipt')] : [],
  }
}

function planDocuments(shipment: Shipment, images: OutputImages): Plan[] {
  const { labels, waybills, invoices, receipts } = sheetsOf(shipment, images)
  const isPdf = (images.encodingFormat ?? 'pdf') === 'pdf'
  if (images.allDocumentsInOneImage && isPdf)
    return [{ typeCode: 'label', sheets: [...labels, ...waybills, ...receipts, ...invoices] }]
  const papers: Plan[] = images.splitInvoiceAndReceipt
    ? [...planOf('invoice', invoices), ...planOf('shipmentReceipt', receipts)]
    : planOf(invoices.length ? 'invoice' : 'shipmentReceipt', [...invoices, ...receipts])
  return [...planTransport({ request: shipment.request, images, labels, waybills }), ...papers]
}

const planOf = (typeCode: Plan['typeCode'], sheets: Sheet[]): Plan[] => (sheets.length ? [{ typeCode, sheets }] : [])

/** Whether each piece's label shall carry the number of its piece in the reply. */
const asksLinkedLabels = ({ getAdditionalInformation: wishes = [] }: ShipmentRequest): boolean =>
  wishes.some(({ typeCode, isRequested }) => typeCode === 'linkLabelsByPieces' && isRequested)

function planTransport(o: {
  request: ShipmentRequest
  images: OutputImages
  labels: (Sheet & { piece: Piece })[]
  waybills: Sheet[]
}): Plan[] {
  const { images, labels, waybills } = o
  const isLinked = asksLinkedLabels(o.request)
  if (isLinked || images.splitDocumentsByPages) {
    // A recorded reply to splitDocumentsByPages with one piece has no number, one to linkLabelsByPieces has.
    const isNumbered = isLinked || labels.length > 1
    const single = labels.map(
      (sheet): Plan => ({
        typeCode: 'label',
        sheets: [sheet],
        ...(isNumbered ? { piece: sheet.piece } : {}),
      }),
    )
    return [...single, ...planOf('waybillDoc', waybills)]
  }
  return images.splitTransportAndWaybillDocLabels
    ? [...planOf('label', labels), ...planOf('waybillDoc', waybills)]
    : planOf('label', [...labels, ...waybills])
}
