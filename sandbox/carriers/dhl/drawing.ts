import PDFDocument from 'pdfkit'
import { drawInvoice } from './invoice.ts'
import { type LabelTexts, labelTextsOf, SPECIMEN } from './label-texts.ts'
import type { Piece, Shipment } from './model.ts'

/** One page to print: a label of its piece, the waybill document, an invoice, a receipt. */
export interface Sheet {
  kind: 'label' | 'waybillDoc' | 'invoice' | 'shipmentReceipt'
  /** In points. */
  size: [width: number, height: number]
  piece?: Piece
}

/** Draws the pages of one PDF file. */
export function drawPdf(shipment: Shipment, sheets: Sheet[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const info = { Title: `DHL Express ${shipment.number}` }
    const pdf = new PDFDocument({ autoFirstPage: false, compress: false, info })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    for (const { kind, size, piece } of sheets) {
      const isPaper = kind === 'invoice' || kind === 'shipmentReceipt'
      pdf.addPage({ size, margin: isPaper ? 40 : 0 })
      if (isPaper) drawInvoice({ pdf, shipment, kind })
      else {
        const away = size[0] > A6_WIDTH ? SHEET_MARGIN : 0
        pdf.translate(away, away)
        drawLabel(pdf, labelTextsOf(shipment, piece))
      }
    }
    pdf.end()
  })
}

const A6_WIDTH = 297.64
/** Printers of sheets leave their edges white. */
const SHEET_MARGIN = 24
const LEFT = 14
const WIDTH = 255
const DHL_YELLOW = '#ffcc00'

/** Draws a label of 10 x 15 cm. */
function drawLabel(pdf: PDFKit.PDFDocument, texts: LabelTexts): void {
  const isWaybill = texts.pieceNumber === undefined
  pdf.rect(LEFT, 12, WIDTH, 34).fill(DHL_YELLOW).fillColor('black')
  write(pdf, { text: texts.product, y: 17, size: 13, isBold: true })
  write(pdf, { text: isWaybill ? '*WAYBILL DOC*' : `${texts.content}   DHL EXPRESS`, y: 33, size: 8 })
  write(pdf, { text: SPECIMEN, y: 51, size: 10, isBold: true, align: 'center' })
  write(pdf, { text: ['From:', ...texts.sender].join('\n'), y: 66, size: 7, height: 65 })
  pdf.rect(LEFT, 134, WIDTH, 82).lineWidth(1).stroke('black')
  write(pdf, { text: 'To:', y: 139, size: 6 })
  write(pdf, { text: texts.receiver.join('\n'), y: 147, size: 10, isBold: true, height: 67 })
  write(pdf, { text: texts.lane, y: 222, size: 20, isBold: true, align: 'center' })
  write(pdf, { text: texts.details.join('\n'), y: 246, size: 7, height: 38 })
  drawBars(pdf, { text: texts.waybill, y: 288, height: 46 })
  write(pdf, { text: `WAYBILL ${groupDigits(texts.waybill)}`, y: 337, size: 9, isBold: true })
  write(pdf, { text: texts.waybill, y: 337, size: 7, align: 'right' })
  if (texts.pieceNumber === undefined) return
  drawBars(pdf, { text: texts.pieceNumber, y: 352, height: 46 })
  write(pdf, { text: texts.pieceNumber, y: 401, size: 9, isBold: true })
}

const groupDigits = (number: string): string => `${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}`

interface Line {
  text: string
  y: number
  size: number
  isBold?: boolean
  align?: 'left' | 'center' | 'right'
  height?: number
}

const SMALLEST = 4

/** Writes a text, smaller where it would not fit into its height, and cut where that is not enough. */
function write(pdf: PDFKit.PDFDocument, { text, y, size, isBold, align = 'left', height }: Line): void {
  const box = { width: WIDTH - 8, align, ellipsis: true, ...(height === undefined ? {} : { height }) }
  pdf.font(isBold ? 'Helvetica-Bold' : 'Helvetica')
  let fitting = size
  while (fitting > SMALLEST && pdf.fontSize(fitting).heightOfString(text, { width: box.width }) > (height ?? Infinity))
    fitting -= 0.5
  pdf.fontSize(fitting).text(text, LEFT + 4, y, box)
}

/** Bars that look like a barcode and say nothing. */
function drawBars(pdf: PDFKit.PDFDocument, o: { text: string; y: number; height: number }): void {
  const right = LEFT + WIDTH - 4
  let x = LEFT + 4
  for (const [index, character] of [...o.text.repeat(12)].entries()) {
    const width = 1 + ((character.charCodeAt(0) + index) % 3)
    if (x + width > right) return
    pdf.rect(x, o.y, width, o.height).fill('black')
    x += width + 1 + (character.charCodeAt(0) % 2)
  }
}
