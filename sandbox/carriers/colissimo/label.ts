import PDFDocument from 'pdfkit'
import type { Parcel } from './model.ts'
import type { LabelAddress } from './schema.ts'

const CENTIMETRE = 72 / 2.54

function linesOf(address: LabelAddress | undefined): string[] {
  if (!address) return []
  const { companyName, firstName, lastName, line0, line1, line2, line3, zipCode, city, countryCode } = address
  const name = [firstName, lastName].filter(Boolean).join(' ')
  const town = [zipCode, city, countryCode === 'FR' ? '' : countryCode].filter(Boolean).join(' ')
  return [companyName, name, line0, line1, line2, line3, town].filter(
    (line) => line !== undefined && line !== '',
  ) as string[]
}

/** Draws the label of a parcel in the format asked for: a PDF of 10x15 cm (or A4), or Zebra text. */
export function drawLabel(parcel: Parcel, printingType: string): Promise<Buffer> {
  if (!printingType.startsWith('PDF')) return Promise.resolve(Buffer.from(zebraOf(parcel)))
  const [, width = '10', height = '15'] = /_(\d+)x(\d+)_/.exec(printingType) ?? []
  const size: [number, number] = [Number(width) * CENTIMETRE, Number(height) * CENTIMETRE]
  return drawPdf(`Colissimo ${parcel.parcelNumber}`, printingType.includes('A4') ? 'A4' : size, (pdf) =>
    labelPage(pdf, parcel),
  )
}

function labelPage(pdf: PDFKit.PDFDocument, parcel: Parcel): void {
  const { letter } = parcel.request
  pdf
    .font('Helvetica-Bold')
    .fontSize(14)
    .text(`COLISSIMO ${letter.service.productCode ?? ''}`, 14, 14)
  pdf.font('Helvetica').fontSize(7).text('Étiquette de bac à sable : ne pas expédier', { align: 'left' }).moveDown()
  pdf
    .fontSize(7)
    .text(['Expéditeur', ...linesOf(letter.sender?.address)].join('\n'))
    .moveDown()
  pdf.fontSize(9).text('Destinataire')
  pdf
    .font('Helvetica-Bold')
    .fontSize(11)
    .text(linesOf(letter.addressee.address).join('\n'))
    .font('Helvetica')
    .moveDown()
  const point = letter.parcel.pickupLocationId
  const reference = letter.sender?.senderParcelRef ?? letter.addressee.addresseeParcelRef
  const details = [
    `Poids : ${letter.parcel.weight} kg`,
    reference && `Réf. ${reference}`,
    point && `Point de retrait ${point}`,
  ]
  pdf.fontSize(8).text(details.filter(Boolean).join('   ')).moveDown()
  drawBars(pdf, parcel.parcelNumber)
  pdf
    .font('Helvetica-Bold')
    .fontSize(13)
    .text(parcel.parcelNumber, 14, pdf.y + 64)
}

/** Bars that look like a barcode and say nothing. */
function drawBars(pdf: PDFKit.PDFDocument, number: string): void {
  let x = 14
  for (const [index, character] of [...number.repeat(2)].entries()) {
    const width = 1 + ((character.charCodeAt(0) + index) % 3)
    pdf.rect(x, pdf.y, width, 56).fill('black')
    x += width + 2 + (character.charCodeAt(0) % 3)
  }
}

function zebraOf(parcel: Parcel): string {
  const texts = [
    `COLISSIMO ${parcel.request.letter.service.productCode ?? ''}`,
    ...linesOf(parcel.request.letter.addressee.address),
  ]
  const fields = texts.map((text, index) => `^FO40,${60 + index * 50}^A0N,36,36^FD${text}^FS`)
  return ['^XA', '^CI28', ...fields, `^FO40,560^BCN,160,Y,N,N^FD${parcel.parcelNumber}^FS`, '^XZ', ''].join('\n')
}

/** Draws a plain page of text: the customs form, the deposit slip. */
export function drawForm(title: string, lines: string[]): Promise<Buffer> {
  return drawPdf(title, 'A4', (pdf) => {
    pdf.fontSize(16).text(title).moveDown()
    pdf.fontSize(10).text(lines.join('\n'))
  })
}

function drawPdf(
  title: string,
  size: PDFKit.PDFDocumentOptions['size'],
  draw: (pdf: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ margin: 14, compress: false, info: { Title: title }, ...(size ? { size } : {}) })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    draw(pdf)
    pdf.end()
  })
}
