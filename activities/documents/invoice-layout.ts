import type { Invoice } from '../../domain/invoice.ts'
import { drawFeet, drawHead, drawShortHead } from './invoice/head.ts'
import { drawLines } from './invoice/lines.ts'
import { drawSums } from './invoice/sums.ts'

/** Lays an invoice out on a new document whose pages are buffered: head, lines, sums, mentions, and a foot on every page. */
export function layOutInvoice(doc: PDFKit.PDFDocument, invoice: Invoice, o: { duplicate: boolean }): void {
  const turn = (): number => {
    doc.addPage()
    return drawShortHead(doc, invoice)
  }
  const lines = drawLines(doc, invoice, { y: drawHead(doc, invoice), turn })
  drawSums(doc, invoice, { y: lines, turn })
  drawFeet(doc, invoice, o)
}
