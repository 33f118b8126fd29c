import { decimal, linesOf } from './label-texts.ts'
import type { Parcel } from './model.ts'
import { A4, drawPdf, stampSpecimen, writeLine } from './pdf.ts'
import type { CustomsArticle } from './schema.ts'

const CATEGORIES = ['', 'Cadeau', 'Échantillon', 'Envoi commercial', 'Documents', 'Autre', 'Retour de marchandise']
const COPIES = 4
const COLUMNS: { title: string; x: number; width: number; of: (article: CustomsArticle) => string }[] = [
  { title: 'Qté', x: 46, width: 28, of: ({ quantity = 0 }) => String(quantity) },
  { title: 'Description', x: 78, width: 200, of: ({ description = '' }) => description },
  { title: 'Poids net (kg)', x: 282, width: 60, of: ({ weight = 0, quantity = 0 }) => decimal(weight * quantity, 3) },
  {
    title: 'Valeur',
    x: 346,
    width: 76,
    of: ({ value = 0, quantity = 0, currency }) => moneyOf(value * quantity, currency),
  },
  { title: 'N° tarifaire', x: 426, width: 66, of: ({ hsCode = '' }) => hsCode },
  { title: 'Origine', x: 496, width: 54, of: ({ originCountry = '' }) => originCountry },
]
const ROW = 14
const FIRST_ROW = 300

const moneyOf = (amount: number, currency = 'EUR') => `${decimal(amount)} ${currency}`

/** The number of copies asked for: 4 unless said otherwise. */
export const copiesOf = ({ request }: Pick<Parcel, 'request'>): number =>
  request.letter.customsDeclarations?.numberOfCopies ?? COPIES

/** A parcel as the customs form shows it; the number is empty on a form that is printed before the label. */
type Shown = Pick<Parcel, 'parcelNumber' | 'request'>

/** Draws the customs form (CN23) on A4, one page a copy, more when the articles fill it. */
export const drawCustomsForm = (parcel: Shown): Promise<Buffer> =>
  drawPdf({
    title: `CN23 ${parcel.parcelNumber}`,
    size: [A4.width, A4.height],
    draw: (pdf) => addCustomsPages(pdf, parcel, { copies: copiesOf(parcel), isOpen: true }),
  })

/** Adds the customs form to a document; `isOpen` when its first page is already there and empty. */
export function addCustomsPages(
  pdf: PDFKit.PDFDocument,
  parcel: Shown,
  { copies, isOpen = false }: { copies: number; isOpen?: boolean },
): void {
  for (let copy = 1; copy <= copies; copy++) {
    if (copy > 1 || !isOpen) pdf.addPage({ size: [A4.width, A4.height], margin: 0 })
    drawHead(pdf, parcel, `Exemplaire ${copy}/${copies}`)
    drawFoot(pdf, parcel, drawArticles(pdf, parcel))
  }
}

function drawHead(pdf: PDFKit.PDFDocument, { parcelNumber, request }: Shown, copy: string): void {
  const { letter } = request
  stampSpecimen(pdf, A4)
  writeLine(pdf, 'DÉCLARATION EN DOUANE', { x: 40, y: 40, width: 300, size: 16, isBold: true })
  writeLine(pdf, 'CN23', { x: 455, y: 40, width: 100, size: 22, isBold: true, align: 'right' })
  writeLine(pdf, `Colis ${parcelNumber}`, { x: 40, y: 64, width: 300, size: 12, isBold: true })
  writeLine(pdf, copy, { x: 455, y: 66, width: 100, size: 9, align: 'right' })
  drawParty(pdf, 'EXPÉDITEUR', linesOf(letter.sender?.address), 40)
  drawParty(pdf, 'DESTINATAIRE', linesOf(letter.addressee.address), 302)
  for (const [index, line] of factsOf({ request }).entries())
    writeLine(pdf, line, { x: 40 + (index % 2) * 262, y: 208 + Math.floor(index / 2) * 15, width: 250, size: 9 })
}

function drawParty(pdf: PDFKit.PDFDocument, title: string, lines: string[], x: number): void {
  pdf.rect(x, 90, 253, 106).lineWidth(0.5).stroke('black')
  writeLine(pdf, title, { x: x + 6, y: 95, width: 240, size: 7 })
  for (const [index, line] of lines.entries())
    writeLine(pdf, line, { x: x + 6, y: 107 + index * 11, width: 241, size: 9 })
}

function factsOf({ request }: Pick<Parcel, 'request'>): string[] {
  const { letter, fields } = request
  const customs = letter.customsDeclarations
  const category = customs?.contents?.category?.value ?? 0
  const eori = fields?.field?.find(({ key }) => key === 'EORI')?.value
  return [
    `Nature de l’envoi : ${CATEGORIES[category] ?? category}`,
    `Frais de port : ${moneyOf((letter.service.totalAmount ?? 0) / 100)}`,
    `Poids brut : ${decimal(letter.parcel.weight ?? 0)} kg`,
    customs?.invoiceNumber && `N° de la facture : ${customs.invoiceNumber}`,
    eori && `EORI de l’expéditeur : ${eori}`,
    customs?.importersReference && `Réf. de l’importateur : ${customs.importersReference}`,
    customs?.comments && `Observations : ${customs.comments}`,
  ].filter((line) => typeof line === 'string' && line !== '') as string[]
}

/** Gives the height where the list ends, on its last page. */
function drawArticles(pdf: PDFKit.PDFDocument, { parcelNumber, request }: Shown): number {
  let y = FIRST_ROW
  drawTitles(pdf, y)
  for (const article of request.letter.customsDeclarations?.contents?.article ?? []) {
    if (y > A4.height - 140) {
      pdf.addPage({ size: [A4.width, A4.height], margin: 0 })
      stampSpecimen(pdf, A4)
      writeLine(pdf, `CN23, colis ${parcelNumber} (suite)`, { x: 40, y: A4.margin, width: 300, size: 9, isBold: true })
      y = A4.margin + 40
      drawTitles(pdf, y)
    }
    pdf
      .moveTo(40, y - 3)
      .lineTo(555, y - 3)
      .lineWidth(0.4)
      .stroke('#888888')
    for (const { x, width, of } of COLUMNS) writeLine(pdf, of(article), { x, y, width, size: 8.5 })
    y += ROW
  }
  return y
}

function drawTitles(pdf: PDFKit.PDFDocument, y: number): void {
  for (const { title, x, width } of COLUMNS) writeLine(pdf, title, { x, y: y - 16, width, size: 8, isBold: true })
}

function drawFoot(pdf: PDFKit.PDFDocument, { request }: Shown, y: number): void {
  const articles = request.letter.customsDeclarations?.contents?.article ?? []
  const sum = (of: (article: CustomsArticle) => number) => articles.reduce((total, each) => total + of(each), 0)
  const weight = sum(({ weight = 0, quantity = 0 }) => weight * quantity)
  const value = sum(({ value = 0, quantity = 0 }) => value * quantity)
  pdf
    .moveTo(40, y - 3)
    .lineTo(555, y - 3)
    .lineWidth(1)
    .stroke('black')
  writeLine(pdf, 'Total', { x: 78, y: y + 2, width: 200, size: 9, isBold: true })
  writeLine(pdf, decimal(weight, 3), { x: 282, y: y + 2, width: 60, size: 9, isBold: true })
  writeLine(pdf, moneyOf(value, articles[0]?.currency), { x: 346, y: y + 2, width: 76, size: 9, isBold: true })
  writeLine(pdf, 'Je certifie que la présente déclaration est exacte.', { x: 40, y: y + 30, width: 300, size: 9 })
  writeLine(pdf, 'Date et signature de l’expéditeur', { x: 40, y: y + 46, width: 300, size: 9 })
  pdf
    .rect(300, y + 28, 255, 50)
    .lineWidth(0.5)
    .stroke('black')
}
