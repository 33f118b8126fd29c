import PDFDocument from 'pdfkit'
import { drawLabel, drawProof, LABEL_SIZE } from './label-page.ts'
import type { Parcel } from './model.ts'
import { dotsOf, kindOf } from './modes.ts'
import { zebraOf } from './zebra.ts'

/** Draws the labels of some parcels as one document in the mode asked for, one page or one ^XA...^XZ each. */
export function drawLabels(parcels: Parcel[], mode: string): Promise<Buffer> {
  const kind = kindOf(mode)
  if (kind === 'zpl')
    return Promise.resolve(Buffer.from(parcels.map((parcel) => zebraOf(parcel, dotsOf(mode))).join('')))
  return drawPdf((pdf) => {
    for (const parcel of parcels) {
      pdf.addPage({ size: kind === 'thermal' ? LABEL_SIZE : 'A4', margin: 0 })
      drawLabel(pdf, parcel, kind === 'thermal' ? { x: 0, y: 0 } : { x: 30, y: 30 })
      if (kind === 'a4-proof') drawProof(pdf, parcel)
    }
  })
}

/** Draws a page of text, such as a proof of delivery. */
export function drawText(title: string, lines: string[]): Promise<Buffer> {
  return drawPdf((pdf) => {
    pdf.addPage({ size: 'A4', margin: 50 })
    pdf.fontSize(16).text(title).moveDown()
    pdf.fontSize(10).text(lines.join('\n'))
  })
}

function drawPdf(draw: (pdf: PDFKit.PDFDocument) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ autoFirstPage: false, compress: false, info: { Title: 'Chronopost SPECIMEN' } })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    draw(pdf)
    pdf.end()
  })
}
