import type { Invoice } from '../../../domain/invoice.ts'
import { duplicateMention } from './mentions.ts'
import { COLORS, heightOf, PAGE, rule, write, writeAll } from './pen.ts'
import { addressLines, day, FEW, type Reference, referencesOf, sellerIdentity, sellerLines, titleOf } from './words.ts'

const HALF = 240

/** Draws what opens an invoice: who sells, the title with its number, its dates and references, who buys; says where it ends. */
export function drawHead(doc: PDFKit.PDFDocument, invoice: Invoice): number {
  const { seller, number } = invoice
  const name = write(doc, seller.name, { x: PAGE.left, y: PAGE.top, width: 290, size: 14, bold: true })
  const left = writeAll(doc, sellerLines(seller), { x: PAGE.left, y: name + 3, width: 290, color: COLORS.soft })
  const title = { x: PAGE.right - HALF, width: HALF, align: 'right' as const, bold: true }
  const under = write(doc, titleOf(invoice), { ...title, y: PAGE.top - 7, size: 24, color: COLORS.accent })
  const right = write(doc, `n° ${number}`, { ...title, y: under, size: 11 })
  return drawParties(doc, invoice, drawReferences(doc, invoice, Math.max(left, right) + 14))
}

/** Draws what opens each further page. */
export function drawShortHead(doc: PDFKit.PDFDocument, invoice: Invoice): number {
  write(doc, invoice.seller.name, { x: PAGE.left, y: PAGE.top, width: HALF, size: 10, bold: true })
  const title = `${titleOf(invoice)} n° ${invoice.number} (suite)`
  const y = write(doc, title, { x: PAGE.right - HALF, y: PAGE.top, width: HALF, size: 10, bold: true, align: 'right' })
  return y + 12
}

function drawReferences(doc: PDFKit.PDFDocument, invoice: Invoice, y: number): number {
  const { issuedOn, dueOn } = invoice
  const cells: [label: string, value: string][] = [
    ["Date d'émission", day(issuedOn)],
    ...(dueOn ? [['Échéance', day(dueOn)] as [string, string]] : []),
    ...referencesOf(invoice).map(referenceCell),
  ]
  const width = PAGE.width / cells.length - 14
  const height = Math.max(...cells.map(([, value]) => heightOf(doc, value, { width, size: 9, bold: true }))) + 27
  doc.roundedRect(PAGE.left, y, PAGE.width, height, 4).fill(COLORS.pale)
  cells.forEach(([label, value], i) => {
    const x = PAGE.left + 10 + (i * PAGE.width) / cells.length
    const under = write(doc, label, { x, y: y + 8, width, size: 7.5, color: COLORS.soft })
    write(doc, value, { x, y: under + 1, width, size: 9, bold: true })
  })
  return y + height + 12
}

function referenceCell({ one, several, values }: Reference): [label: string, value: string] {
  if (values.length > FEW) return [several, `${values.length}, voir au bas`]
  return [values.length > 1 ? several : one, values.join(', ')]
}

function drawParties(doc: PDFKit.PDFDocument, { customer, shipTo }: Invoice, y: number): number {
  const { address, siren, vatNumber } = customer
  const identity = [siren && `SIREN ${siren}`, vatNumber && `TVA ${vatNumber}`].filter(Boolean).join(' · ')
  const buyer = addressLines(address)
  const billed = drawParty(doc, 'Facturé à', [...buyer, identity], { x: PAGE.left, y })
  const delivered = shipTo ? addressLines(shipTo) : buyer
  if (delivered.join('\n') === buyer.join('\n')) return billed + 14
  return Math.max(billed, drawParty(doc, 'Livré à', delivered, { x: PAGE.left + 260, y })) + 14
}

function drawParty(
  doc: PDFKit.PDFDocument,
  label: string,
  lines: string[],
  { x, y }: { x: number; y: number },
): number {
  const [name = '', ...others] = lines
  const place = { x, width: HALF, size: 9.5 }
  const under = write(doc, label, { x, y, width: HALF, size: 7.5, color: COLORS.soft })
  return writeAll(doc, others, { ...place, y: write(doc, name, { ...place, y: under + 2, bold: true }) })
}

/** Draws what every page carries: the seller's identity, the number, the page, and that it is a copy when it is one. */
export function drawFeet(doc: PDFKit.PDFDocument, invoice: Invoice, { duplicate }: { duplicate: boolean }): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    rule(doc, PAGE.foot)
    const place = { y: PAGE.foot + 7, size: 7, color: COLORS.soft }
    writeAll(doc, sellerIdentity(invoice.seller), { ...place, x: PAGE.left, width: 375 })
    const labels = [`${titleOf(invoice)} ${invoice.number}`, `Page ${page - start + 1}/${count}`]
    writeAll(doc, labels, { ...place, x: PAGE.right - 120, width: 120, align: 'right' })
    if (duplicate) drawDuplicate(doc, invoice)
  }
}

function drawDuplicate(doc: PDFKit.PDFDocument, invoice: Invoice): void {
  const place = { x: PAGE.left, y: 20, width: PAGE.width, size: 8.5, bold: true, color: COLORS.warning }
  write(doc, duplicateMention(invoice), { ...place, align: 'center' })
}
