import { linesOf } from './lines.ts'
import type { Parcel } from './model.ts'
import { parisTime } from './paris.ts'
import { productOf } from './products.ts'

type Pdf = PDFKit.PDFDocument

const CENTIMETRE = 72 / 2.54
const WIDTH = 10 * CENTIMETRE
const HEIGHT = 15 * CENTIMETRE
const MARGIN = 12
const INSIDE = WIDTH - 2 * MARGIN

/** A thermal label, 10x15 cm in points. */
export const LABEL_SIZE: [number, number] = [WIDTH, HEIGHT]

interface Place {
  x: number
  y: number
}

interface Block {
  text: string
  /** Points below the top of the label. */
  top: number
  /** Points; what does not fit is written smaller, and left out where that is not enough. */
  height: number
  size: number
  isBold?: boolean
  align?: 'left' | 'right' | 'center'
}

/** Draws the label of one parcel with its upper left corner at a place of the page. */
export function drawLabel(pdf: Pdf, parcel: Parcel, at: Place): void {
  const left = at.x + MARGIN
  pdf
    .rect(at.x + 4, at.y + 4, WIDTH - 8, HEIGHT - 8)
    .lineWidth(1)
    .stroke('black')
  drawSpecimen(pdf, at)
  for (const block of blocksOf(parcel)) write(pdf, block, { x: left, y: at.y + block.top })
  for (const top of [46, 118, 228, 290])
    pdf
      .moveTo(left, at.y + top)
      .lineTo(left + INSIDE, at.y + top)
      .lineWidth(0.8)
      .stroke('black')
  drawBars(pdf, parcel.skybillNumber, { x: left, y: at.y + 298 })
}

const SMALLEST = 4

function write(pdf: Pdf, { text, height, size, isBold, align = 'left' }: Block, { x, y }: Place): void {
  const box = { width: INSIDE, lineGap: 1 }
  pdf.font(isBold ? 'Helvetica-Bold' : 'Helvetica')
  let fitting = size
  while (fitting > SMALLEST && pdf.fontSize(fitting).heightOfString(text, box) > height) fitting -= 0.5
  pdf
    .fontSize(fitting)
    .fillColor('black')
    .text(text, x, y, { ...box, height, align, ellipsis: true })
}

function blocksOf(parcel: Parcel): Block[] {
  const product = productOf(parcel.productCode)
  const what = `${product?.name ?? ''} - produit ${parcel.productCode} - service ${parcel.service}`
  return [
    { text: 'CHRONOPOST', top: 14, height: 16, size: 13, isBold: true },
    { text: product?.mark ?? '', top: 12, height: 20, size: 16, isBold: true, align: 'right' },
    { text: what, top: 32, height: 12, size: 8 },
    { text: ['Expéditeur', ...linesOf(parcel.shipper)].join('\n'), top: 50, height: 66, size: 7 },
    { text: 'Destinataire', top: 122, height: 10, size: 7 },
    { text: linesOf(parcel.recipient).join('\n'), top: 132, height: 94, size: 10, isBold: true },
    { text: detailsOf(parcel).join('\n'), top: 234, height: 54, size: 8 },
    { text: parcel.skybillNumber, top: 382, height: 22, size: 16, isBold: true, align: 'center' },
  ]
}

const detailsOf = (parcel: Parcel): string[] => [
  `Réf. ${parcel.shipperRef || 'aucune'}`,
  `Réf. destinataire ${parcel.recipientRef || 'aucune'}`,
  `Colis ${parcel.rank} / ${parcel.outOf}   Poids ${parcel.weightKg} kg   Départ ${parcel.shipDate.slice(0, 10)}`,
  `Réservation ${parcel.reservationNumber}`,
]

function drawSpecimen(pdf: Pdf, { x, y }: Place): void {
  pdf
    .save()
    .rotate(-35, { origin: [x + WIDTH / 2, y + HEIGHT / 2] })
    .font('Helvetica-Bold')
    .fontSize(50)
    .fillColor('#d8d8d8')
    .text('SPECIMEN', x, y + HEIGHT / 2 - 25, { width: WIDTH, align: 'center', lineBreak: false })
    .restore()
}

/** Bars that look like a barcode and say nothing. */
function drawBars(pdf: Pdf, number: string, at: Place): void {
  let x = at.x
  for (let index = 0; x < at.x + INSIDE - 4; index++) {
    const code = number.charCodeAt(index % number.length) + index
    const width = 1 + (code % 3)
    pdf.rect(x, at.y, width, 76).fill('black')
    x += width + 1 + ((code >> 2) % 3)
  }
}

/** Draws the proof of deposit under the label of an A4 page. */
export function drawProof(pdf: Pdf, parcel: Parcel): void {
  const top = HEIGHT + 70
  const lines = [
    `Numéro : ${parcel.skybillNumber}`,
    ...detailsOf(parcel),
    `Établi le ${parisTime(parcel.soldAt).slice(0, 10)}`,
  ]
  pdf
    .moveTo(30, top - 20)
    .lineTo(565, top - 20)
    .dash(4, { space: 4 })
    .stroke('black')
    .undash()
  pdf.font('Helvetica-Bold').fontSize(12).fillColor('black').text('Justificatif de dépôt', 42, top)
  pdf
    .font('Helvetica')
    .fontSize(9)
    .text(lines.join('\n'), 42, top + 22, { lineGap: 2 })
  pdf.text(['De', ...linesOf(parcel.shipper)].join('\n'), 42, top + 100, { width: 240 })
  pdf.text(['Pour', ...linesOf(parcel.recipient)].join('\n'), 310, top + 100, { width: 240 })
}
