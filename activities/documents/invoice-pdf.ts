import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import type { Invoice } from '../../domain/invoice.ts'
import { FONTS } from './invoice/pen.ts'
import { titleOf } from './invoice/words.ts'
import { layOutInvoice } from './invoice-layout.ts'

/** Draws an invoice or a credit note as the ERP issued it, as PDF/A-3b; the same invoice gives the same bytes. */
export async function drawInvoice(
  invoice: Invoice,
  { duplicate = false }: { duplicate?: boolean } = {},
): Promise<Uint8Array> {
  const doc = openDocument(invoice)
  layOutInvoice(doc, invoice, { duplicate })
  doc.end()
  return new Uint8Array(await buffer(doc))
}

/** PDF/A wants version 1.7 and an embedded font said here: without them pdfkit silently writes neither. */
function openDocument(invoice: Invoice): PDFKit.PDFDocument {
  // Titles go unescaped into the XMP packet: only safe letters.
  const title = `${titleOf(invoice)} ${invoice.number.replace(/[^A-Za-z0-9+\-_/ ]/g, '')}`
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: 'fr-FR',
    displayTitle: true,
    font: FONTS.regular,
    info: {
      Title: title,
      Creator: 'Codial connector',
      CreationDate: new Date(`${invoice.issuedOn.slice(0, 10)}T00:00:00Z`),
    },
  })
}
