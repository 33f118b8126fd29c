import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { FONTS } from './invoice/pen.ts'

/** Stands for a label that was bought but cannot be had again: 10 x 15 cm, says where to print the real one. */
export async function lostLabelPdf(o: {
  carrier: string
  trackingNumber: string
  reference: string
  rank: number
}): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: [283.46, 425.2], margin: 24, font: FONTS.regular })
  doc.font(FONTS.bold).fontSize(18).text('Étiquette à imprimer')
  doc.text(`sur le portail ${o.carrier}`).moveDown()
  doc.font(FONTS.regular).fontSize(11).text(`Numéro de suivi : ${o.trackingNumber}`)
  doc.text(`Référence : ${o.reference}`).text(`Colis ${o.rank}`).moveDown()
  doc.text("Cette page n'est pas une étiquette : ne la collez pas sur le colis.")
  doc.end()
  return new Uint8Array(await buffer(doc))
}
