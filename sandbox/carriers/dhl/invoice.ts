import { labelTextsOf, SPECIMEN } from './label-texts.ts'
import type { Shipment } from './model.ts'

const TITLES = { invoice: 'COMMERCIAL INVOICE', shipmentReceipt: 'SHIPMENT RECEIPT' } as const

/** Draws the commercial invoice of a shipment, or its receipt, on the current page. */
export function drawInvoice(o: {
  pdf: PDFKit.PDFDocument
  shipment: Shipment
  kind: 'invoice' | 'shipmentReceipt'
}): void {
  const { pdf, shipment, kind } = o
  const { content } = shipment.request
  const texts = labelTextsOf(shipment, undefined)
  const number = content.exportDeclaration?.invoice
  pdf.font('Helvetica-Bold').fontSize(16).text(TITLES[kind], 40, 40)
  pdf.fontSize(10).text(SPECIMEN).moveDown()
  pdf.font('Helvetica').fontSize(9)
  pdf.text(`Waybill ${shipment.number}   Invoice ${number?.number ?? '-'}   Date ${number?.date ?? '-'}`).moveDown()
  pdf.text(['Shipper', ...texts.sender].join('\n')).moveDown()
  pdf.text(['Recipient', ...texts.receiver].join('\n')).moveDown()
  pdf.text(linesOf(shipment, kind).join('\n')).moveDown()
  const currency = content.declaredValueCurrency ?? ''
  pdf.text(`Incoterm ${content.incoterm}   Declared value ${content.declaredValue ?? '-'} ${currency}`)
}

function linesOf({ request, pieces }: Shipment, kind: 'invoice' | 'shipmentReceipt'): string[] {
  if (kind === 'shipmentReceipt') return pieces.map(({ number, trackingNumber }) => `${number}  ${trackingNumber}`)
  const currency = request.content.declaredValueCurrency ?? ''
  return (request.content.exportDeclaration?.lineItems ?? []).map(
    ({ number, description, price, quantity }) => `${number}  ${quantity.value} x ${description}  ${price} ${currency}`,
  )
}
