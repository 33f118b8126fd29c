import { COLORS, PAGE, write } from '../invoice/pen.ts'
import type { ManifestPaper } from '../manifest-pdf.ts'
import type { Room } from './totals.ts'

const HEIGHT = 92
const GAP = 14

/** Draws the two boxes where the sender and the driver sign for the number of parcels. */
export function drawSignatures(
  doc: PDFKit.PDFDocument,
  { carrier, lines }: ManifestPaper,
  o: { y: number; room: Room },
): void {
  const y = o.room(o.y + 14, HEIGHT)
  const width = (PAGE.width - GAP) / 2
  const boxes = ["Signature de l'expéditeur", `Signature du chauffeur ${carrier}`]
  boxes.forEach((title, i) => {
    const x = PAGE.left + i * (width + GAP)
    doc.roundedRect(x, y, width, HEIGHT, 4).lineWidth(0.8).strokeColor(COLORS.rule).stroke()
    const inside = { x: x + 10, width: width - 20 }
    const under = write(doc, title, { ...inside, y: y + 8, size: 8.5, bold: true })
    const counted = i === 0 ? `${lines.length} colis remis` : 'Nombre de colis pris en charge :'
    write(doc, counted, { ...inside, y: under + 2, size: 7.5, color: COLORS.soft })
    write(doc, 'Date et heure :', { ...inside, y: y + HEIGHT - 18, size: 7.5, color: COLORS.soft })
  })
}
