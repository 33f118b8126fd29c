import type { Invoice } from '../../../domain/invoice.ts'
import { euros } from '../../../domain/money.ts'
import { mentionsOf, paidMention } from './mentions.ts'
import { COLORS, heightOf, PAGE, rule, write } from './pen.ts'
import { day, FEW, methodName, percent, referencesOf } from './words.ts'

const ROW = 15
const SUMS = { x: 312, width: PAGE.right - 312 }
const VAT = { x: PAGE.left, width: 228 }

interface Sum {
  label: string
  value: string
  strong?: true
  bold?: true
}

/** Draws the VAT table and the totals side by side, never cut by a page, then the mentions; says where they end. */
export function drawSums(doc: PDFKit.PDFDocument, invoice: Invoice, o: { y: number; turn: () => number }): number {
  const sums = sumsOf(invoice)
  const height =
    Math.max(
      (invoice.vat.length + 1) * ROW,
      sums.reduce((total, sum) => total + sumHeight(doc, sum), 0),
    ) + 22
  const y = (o.y + height > PAGE.bottom ? o.turn() : o.y) + 14
  const end = Math.max(
    drawVat(doc, invoice, y),
    sums.reduce((at, sum) => drawSum(doc, sum, at), y),
  )
  return drawMentions(doc, invoice, { ...o, y: end + 14 })
}

/** Net, VAT, gross, what was paid and what remains, as the ERP says them. */
function sumsOf({ kind, net, vatTotal, gross, payments, remaining, currency }: Invoice): Sum[] {
  const due = kind === 'invoice' ? 'Reste à payer' : 'Reste à rembourser'
  return [
    { label: 'Total HT', value: euros(net, currency) },
    { label: 'Total TVA', value: euros(vatTotal, currency) },
    { label: 'Total TTC', value: euros(gross, currency), strong: true },
    ...payments.map(({ method, amount, paidOn, reference }) => ({
      label: `${methodName(method)} du ${day(paidOn)}${reference ? ` (${reference})` : ''}`,
      value: euros(-amount, currency),
    })),
    remaining < 0
      ? { label: 'Trop-perçu', value: euros(-remaining, currency), bold: true }
      : { label: due, value: euros(remaining, currency), bold: true },
  ]
}

function drawVat(doc: PDFKit.PDFDocument, { vat, currency }: Invoice, y: number): number {
  const cells = (
    texts: [string, string, string],
    at: number,
    style: { bold?: boolean; color?: string; size?: number },
  ): void => {
    texts.forEach((text, i) => {
      write(doc, text, { ...style, x: VAT.x + i * 76, y: at, width: 70, align: i === 0 ? 'left' : 'right' })
    })
  }
  cells(['Taux de TVA', 'Base HT', 'TVA'], y, { bold: true, color: COLORS.soft, size: 7.5 })
  vat.forEach(({ rate, base, amount }, i) => {
    cells([percent(rate), euros(base, currency), euros(amount, currency)], y + (i + 1) * ROW, {})
  })
  return y + (vat.length + 1) * ROW
}

const labelWidth = SUMS.width - 96
const sumHeight = (doc: PDFKit.PDFDocument, { label, strong }: Sum): number =>
  strong ? 28 : Math.max(ROW, heightOf(doc, label, { width: labelWidth }) + 3)

function drawSum(doc: PDFKit.PDFDocument, sum: Sum, y: number): number {
  const { label, value, strong = false, bold = false } = sum
  if (strong) doc.roundedRect(SUMS.x - 10, y - 1, SUMS.width + 10, 23, 4).fill(COLORS.accent)
  const style = strong ? { size: 11, bold: true, color: '#ffffff', y: y + 3 } : { y, bold }
  write(doc, label, { ...style, x: SUMS.x, width: labelWidth })
  write(doc, value, { ...style, x: PAGE.right - 96 - (strong ? 8 : 0), width: 96, align: 'right' })
  return y + sumHeight(doc, sum)
}

function drawMentions(doc: PDFKit.PDFDocument, invoice: Invoice, o: { y: number; turn: () => number }): number {
  const paid = paidMention(invoice)
  let y = o.y
  rule(doc, y - 6)
  for (const text of [...(paid ? [paid] : []), ...longReferences(invoice), ...mentionsOf(invoice)]) {
    const style = { width: PAGE.width, size: 7.5, bold: text === paid }
    if (y + heightOf(doc, text, style) > PAGE.bottom) y = o.turn()
    y = write(doc, text, { ...style, x: PAGE.left, y, color: text === paid ? COLORS.accent : COLORS.soft }) + 2
  }
  return y
}

/** The references that were too many for the head, a hundred at a time so that each piece holds on a page. */
function longReferences(invoice: Invoice): string[] {
  return referencesOf(invoice)
    .filter(({ values }) => values.length > FEW)
    .flatMap(({ several, values }) =>
      Array.from({ length: Math.ceil(values.length / 100) }, (_, i) => {
        return `${several} : ${values.slice(i * 100, (i + 1) * 100).join(', ')}`
      }),
    )
}
