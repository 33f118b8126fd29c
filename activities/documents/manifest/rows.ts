import { COLORS, heightOf, PAGE, rule, write } from '../invoice/pen.ts'
import type { ManifestLine } from '../manifest-pdf.ts'
import { kilos } from './words.ts'

interface Column {
  title: string
  width: number
  align: 'left' | 'right'
  text: (line: ManifestLine, index: number) => string
}

const left = (title: string, width: number, text: Column['text']): Column => ({ title, width, align: 'left', text })

const COLUMNS: Column[] = [
  { title: 'N°', width: 26, align: 'right', text: (_, index) => String(index + 1) },
  left('N° de suivi', 134, ({ trackingNumber, pieceNumber }) =>
    [trackingNumber, pieceNumber].filter(Boolean).join(' '),
  ),
  left('Référence', 142, ({ reference }) => reference),
  left('Produit', 50, ({ product }) => product),
  { title: 'Poids (kg)', width: 50, align: 'right', text: ({ weight }) => kilos(weight) },
  left('Code postal', 58, ({ postalCode }) => postalCode),
  left('Pays', 39, ({ country }) => country),
]

const GUTTER = 8
const PADDING = 3

/** Draws the parcels, their titles again on each page; `turn` opens a further page and says where it begins. */
export function drawParcels(
  doc: PDFKit.PDFDocument,
  lines: ManifestLine[],
  o: { y: number; turn: () => number },
): number {
  let y = drawTitles(doc, o.y)
  for (const [index, line] of lines.entries()) {
    const height = rowHeight(doc, line, index)
    if (y + height > PAGE.bottom) y = drawTitles(doc, o.turn())
    eachColumn(({ text, align }, x, width) => {
      write(doc, text(line, index), { x, y: y + PADDING, width, align })
    })
    y += height
    rule(doc, y, { weight: 0.4 })
  }
  return y
}

function drawTitles(doc: PDFKit.PDFDocument, y: number): number {
  eachColumn(({ title, align }, x, width) => {
    write(doc, title, { x, y, width, size: 7.5, bold: true, color: COLORS.soft, align })
  })
  rule(doc, y + 14, { color: COLORS.accent, weight: 1 })
  return y + 15
}

function rowHeight(doc: PDFKit.PDFDocument, line: ManifestLine, index: number): number {
  let height = 0
  eachColumn(({ text }, _, width) => {
    height = Math.max(height, heightOf(doc, text(line, index), { width }))
  })
  return height + 2 * PADDING
}

function eachColumn(draw: (column: Column, x: number, width: number) => void): void {
  let x = PAGE.left
  for (const column of COLUMNS) {
    draw(column, x, column.width - GUTTER)
    x += column.width
  }
}
