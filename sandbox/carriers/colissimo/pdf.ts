import PDFDocument from 'pdfkit'

/** A4 and its margin, points. */
export const A4 = { width: 595.28, height: 841.89, margin: 40 }

/** Draws a document and gives its bytes; pages are added by `draw`, texts stay readable in the file. */
export function drawPdf(o: {
  title: string
  size: [width: number, height: number]
  draw: (pdf: PDFKit.PDFDocument) => void
}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ margin: 0, compress: false, info: { Title: o.title }, size: o.size })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    o.draw(pdf)
    pdf.end()
  })
}

/** How small a line is written at most, against the size asked for. */
const SMALLEST = 0.5
/** From the top of a line to where its letters stand, against the size: smaller letters stand on the same line. */
const ASCENT = 0.72

/** Writes one line at a place, smaller where it would not fit, and cut where that is not enough; sizes in points. */
export function writeLine(
  pdf: PDFKit.PDFDocument,
  text: string,
  o: {
    x: number
    y: number
    width: number
    size: number
    isBold?: boolean
    align?: 'left' | 'center' | 'right'
    color?: string
  },
): void {
  pdf.font(o.isBold ? 'Helvetica-Bold' : 'Helvetica').fontSize(o.size)
  const room = o.width / (pdf.widthOfString(text) * 1.01)
  const size = o.size * Math.max(SMALLEST, Math.min(1, room))
  const sink = (o.size - size) * ASCENT
  pdf
    .fontSize(size)
    .fillColor(o.color ?? 'black')
    .text(text, o.x, o.y + sink, {
      width: o.width,
      height: o.size * 1.3 - sink,
      lineBreak: true,
      ellipsis: true,
      align: o.align ?? 'left',
    })
}

/** Writes the word across the whole page in grey: nothing here may travel. */
export function stampSpecimen(pdf: PDFKit.PDFDocument, box: { width: number; height: number }): void {
  const size = box.width / 6.5
  pdf.save().rotate(-35, { origin: [box.width / 2, box.height / 2] })
  pdf.fillOpacity(0.13)
  writeLine(pdf, 'SPECIMEN', {
    x: 0,
    y: box.height / 2 - size / 2,
    width: box.width,
    size,
    isBold: true,
    align: 'center',
  })
  pdf.fillOpacity(1).restore()
}
