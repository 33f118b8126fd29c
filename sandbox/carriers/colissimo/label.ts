import { drawBars } from './bars.ts'
import { addCustomsPages } from './customs-form.ts'
import { bringsForm } from './customs-rules.ts'
import { decimal, detailsOf, hintsOf, linesOf, productName } from './label-texts.ts'
import { RETURNS } from './lanes.ts'
import type { Parcel } from './model.ts'
import { A4, drawPdf, stampSpecimen, writeLine } from './pdf.ts'
import { datamaxOf, zebraOf } from './printer-languages.ts'

const CENTIMETRE = 72 / 2.54
/** The layout is drawn for 10x15 cm, and made smaller for shorter labels. */
const PAPER = { width: 10 * CENTIMETRE, height: 15 * CENTIMETRE }

/** Whether the customs form is printed with the label instead of coming apart, as for returns. */
export const isFormInside = (parcel: Pick<Parcel, 'request'>): boolean =>
  bringsForm(parcel.request) && RETURNS.includes(parcel.request.letter.service.productCode ?? '')

/** Draws the label of a parcel in the format asked for (`PDF_10x15_300dpi`, `ZPL_10x10_203dpi`...). */
export function drawLabel(parcel: Parcel, printingType: string): Promise<Buffer> {
  const [, language, width = '10', height = '15', dots = '203'] =
    /^(PDF|ZPL|DPL)_(?:A4|(\d+)x(\d+))_(\d+)dpi/.exec(printingType) ?? []
  const paper = { width: Number(width), height: Number(height), dots: Number(dots) }
  if (language === 'ZPL') return Promise.resolve(Buffer.from(zebraOf(parcel, paper)))
  if (language === 'DPL') return Promise.resolve(Buffer.from(datamaxOf(parcel, paper), 'latin1'))
  const size: [number, number] = printingType.includes('A4')
    ? [A4.width, A4.height]
    : [paper.width * CENTIMETRE, paper.height * CENTIMETRE]
  return drawPdf({
    title: `Colissimo ${parcel.parcelNumber}`,
    size,
    draw(pdf) {
      placeLabel(pdf, parcel, size)
      if (isFormInside(parcel)) addCustomsPages(pdf, parcel, { copies: 1 })
    },
  })
}

function placeLabel(pdf: PDFKit.PDFDocument, parcel: Parcel, [width, height]: [number, number]): void {
  const scale = Math.min(1, width / PAPER.width, height / PAPER.height)
  const isSheet = height > PAPER.height + 1
  const shift = isSheet ? A4.margin : (width - PAPER.width * scale) / 2
  pdf
    .save()
    .translate(shift, isSheet ? A4.margin : 0)
    .scale(scale)
  if (isSheet) pdf.rect(0, 0, PAPER.width, PAPER.height).dash(4, {}).stroke('#888888').undash()
  drawPaper(pdf, parcel)
  pdf.restore()
}

function drawPaper(pdf: PDFKit.PDFDocument, parcel: Parcel): void {
  stampSpecimen(pdf, PAPER)
  drawHead(pdf, parcel)
  drawSender(pdf, parcel)
  drawAddressee(pdf, parcel)
  drawCode(pdf, parcel)
}

function drawHead(pdf: PDFKit.PDFDocument, { request }: Parcel): void {
  const product = request.letter.service.productCode ?? ''
  pdf.rect(10, 10, 263, 36).fill('black')
  writeLine(pdf, 'COLISSIMO', { x: 18, y: 18, width: 160, size: 22, isBold: true, color: 'white' })
  writeLine(pdf, product, { x: 178, y: 16, width: 88, size: 25, isBold: true, align: 'right', color: 'white' })
  writeLine(pdf, productName(product), { x: 10, y: 51, width: 180, size: 9, isBold: true })
  const weight = `Poids : ${decimal(request.letter.parcel.weight ?? 0)} kg`
  writeLine(pdf, weight, { x: 173, y: 51, width: 100, size: 9, isBold: true, align: 'right' })
}

function drawSender(pdf: PDFKit.PDFDocument, parcel: Parcel): void {
  pdf.rect(10, 66, 263, 76).lineWidth(0.5).stroke('black')
  pdf.moveTo(172, 66).lineTo(172, 142).stroke()
  writeLine(pdf, 'EXPÉDITEUR', { x: 15, y: 70, width: 128, size: 6 })
  for (const [index, line] of linesOf(parcel.request.letter.sender?.address).entries())
    writeLine(pdf, line, { x: 15, y: 79 + index * 8.8, width: 152, size: 7 })
  for (const [index, line] of detailsOf(parcel).entries())
    writeLine(pdf, line, { x: 177, y: 70 + index * 8.8, width: 92, size: 7 })
}

function drawAddressee(pdf: PDFKit.PDFDocument, parcel: Parcel): void {
  pdf.rect(10, 148, 263, 132).lineWidth(1.5).stroke('black')
  writeLine(pdf, 'DESTINATAIRE', { x: 15, y: 153, width: 200, size: 6 })
  const { address } = parcel.request.letter.addressee
  for (const [index, line] of linesOf(address).entries()) {
    const isTown = address.zipCode !== undefined && line.startsWith(address.zipCode)
    writeLine(pdf, line, { x: 15, y: 162 + index * 14, width: 253, size: isTown ? 12.5 : 11, isBold: true })
  }
  writeLine(pdf, hintsOf(parcel).join('  ·  '), { x: 12, y: 285, width: 261, size: 7.5 })
}

function drawCode(pdf: PDFKit.PDFDocument, { parcelNumber }: Parcel): void {
  pdf.moveTo(10, 298).lineTo(273, 298).lineWidth(0.5).stroke('black')
  drawBars(pdf, parcelNumber, { x: 24, y: 306, width: 235, height: 70 })
  writeLine(pdf, parcelNumber, { x: 10, y: 381, width: 263, size: 15, isBold: true, align: 'center' })
  writeLine(pdf, 'SPECIMEN : étiquette de bac à sable, ne pas expédier', {
    x: 10,
    y: 404,
    width: 263,
    size: 7.5,
    align: 'center',
  })
}
