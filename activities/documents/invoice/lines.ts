import type { Invoice, InvoiceLine } from '../../../domain/invoice.ts'
import { euros } from '../../../domain/money.ts'
import { COLORS, heightOf, PAGE, rule, write } from './pen.ts'
import { figure, percent } from './words.ts'

interface Column {
  title: string
  width: number
  align: 'left' | 'right'
  bold?: true
  text: (line: InvoiceLine) => string
}

const GUTTER = 8
const REFERENCE = 68
const PADDING = 2.7

/** Draws the lines, on as many pages as they need; `turn` opens a further page and says where it begins. */
export function drawLines(doc: PDFKit.PDFDocument, invoice: Invoice, o: { y: number; turn: () => number }): number {
  const columns = columnsOf(invoice)
  let y = drawTitles(doc, columns, o.y)
  for (const line of invoice.lines) {
    const height = rowHeight(doc, columns, line)
    if (y + height > PAGE.bottom) y = drawTitles(doc, columns, o.turn())
    drawRow(doc, columns, line, y + PADDING)
    y += height
    rule(doc, y, { weight: 0.4 })
  }
  return y
}

/** The column of discounts is there when a line has one; what it leaves goes to the names. */
function columnsOf({ lines, currency }: Invoice): Column[] {
  const right = (title: string, width: number, text: Column['text']): Column => ({ title, width, align: 'right', text })
  const figures = [
    right('Quantité', 46, ({ quantity, unit }) => `${figure(quantity, { places: 0 })}${unitOf(unit)}`),
    right('Prix unit. HT', 62, ({ unitPrice }) => figure(unitPrice, { places: 2 })),
    ...(lines.some(({ discount }) => discount !== 0)
      ? [right('Remise HT', 56, ({ discount }) => (discount === 0 ? '' : euros(-discount, currency)))]
      : []),
    right('TVA', 40, ({ vatRate }) => percent(vatRate)),
    right('Montant HT', 68, ({ net }) => euros(net, currency)),
  ]
  const left = PAGE.width - REFERENCE - figures.reduce((sum, { width }) => sum + width, 0)
  return [
    { title: 'Référence', width: REFERENCE, align: 'left', text: ({ reference }) => reference },
    { title: 'Désignation', width: left, align: 'left', text: ({ name }) => shortened(name) },
    ...figures,
  ]
}

/** A name longer than this would push its line off the page. */
const LONGEST = 600
const shortened = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name)

/** Pieces need no unit; "C62" and "H87" are the codes for them (UNECE rec. 20). */
const unitOf = (unit: string): string => (/^(|C62|H87|U|UN|unit[ée]s?|pi[èe]ces?)$/i.test(unit) ? '' : ` ${unit}`)

function drawTitles(doc: PDFKit.PDFDocument, columns: Column[], y: number): number {
  eachColumn(columns, ({ title, align }, x, width) => {
    write(doc, title, { x, y, width, size: 7.5, bold: true, color: COLORS.soft, align })
  })
  rule(doc, y + 14, { color: COLORS.accent, weight: 1 })
  return y + 15
}

function drawRow(doc: PDFKit.PDFDocument, columns: Column[], line: InvoiceLine, y: number): void {
  eachColumn(columns, ({ text, align }, x, width) => {
    write(doc, text(line), { x, y, width, align })
  })
}

function rowHeight(doc: PDFKit.PDFDocument, columns: Column[], line: InvoiceLine): number {
  let height = 0
  eachColumn(columns, ({ text }, _, width) => {
    height = Math.max(height, heightOf(doc, text(line), { width }))
  })
  return height + 2 * PADDING
}

function eachColumn(columns: Column[], draw: (column: Column, x: number, width: number) => void): void {
  let x = PAGE.left
  for (const column of columns) {
    const last = column === columns.at(-1)
    const inset = column.align === 'right' ? 0 : GUTTER
    draw(column, x, column.width - (last ? 0 : inset))
    x += column.width
  }
}
