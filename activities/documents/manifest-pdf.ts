import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import type { Contact } from '../../domain/address.ts'
import { FONTS, PAGE } from './invoice/pen.ts'
import { drawManifestFeet, drawManifestHead } from './manifest/head.ts'
import { drawParcels } from './manifest/rows.ts'
import { drawSignatures } from './manifest/signatures.ts'
import { drawTotals } from './manifest/totals.ts'

/** One parcel as the list of our own shows it; `weight` in grams. */
export interface ManifestLine {
  trackingNumber: string
  pieceNumber: string | null
  reference: string
  weight: number
  product: string
  postalCode: string
  /** ISO 3166 alpha-2; empty when it is not known. */
  country: string
}

/** What a carrier that makes no manifest of its own signs for; modelled on the summary of Chronopost's own plug-ins (carriers.md, 2.9). */
export interface ManifestPaper {
  carrier: string
  number: string
  branch: string
  /** ISO day. */
  day: string
  sender: Contact
  lines: ManifestLine[]
}

/** Draws the list of the parcels handed over, on as many A4 pages as it needs; the same list gives the same bytes. */
export async function drawManifest(paper: ManifestPaper): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'fr-FR',
    displayTitle: true,
    font: FONTS.regular,
    info: {
      Title: `Bordereau ${paper.number.replace(/[^A-Za-z0-9+\-_/ ]/g, '')}`,
      Creator: 'Codial connector',
      CreationDate: new Date(`${paper.day}T00:00:00Z`),
    },
  })
  const turn = (): number => {
    doc.addPage()
    return drawManifestHead(doc, paper, { isFirst: false })
  }
  const rows = drawParcels(doc, paper.lines, { y: drawManifestHead(doc, paper, { isFirst: true }), turn })
  const room = (y: number, height: number): number => (y + height > PAGE.bottom ? turn() : y)
  const totals = drawTotals(doc, paper.lines, { y: rows, room })
  drawSignatures(doc, paper, { y: totals, room })
  drawManifestFeet(doc, paper)
  doc.end()
  return new Uint8Array(await buffer(doc))
}
