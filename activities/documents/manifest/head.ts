import { COLORS, heightOf, PAGE, rule, write, writeAll } from '../invoice/pen.ts'
import { addressLines, day } from '../invoice/words.ts'
import type { ManifestPaper } from '../manifest-pdf.ts'

const HALF = 240

/** Draws what opens each page: who sends, by whom, when, how much; says where it ends. */
export function drawManifestHead(
  doc: PDFKit.PDFDocument,
  paper: ManifestPaper,
  { isFirst }: { isFirst: boolean },
): number {
  return isFirst ? drawWholeHead(doc, paper) : drawShortHead(doc, paper)
}

function drawWholeHead(doc: PDFKit.PDFDocument, paper: ManifestPaper): number {
  const { carrier, number, sender } = paper
  const [name = '', ...address] = addressLines(sender)
  const ways = [sender.phone, sender.email].filter(Boolean).join(' · ')
  const left = { x: PAGE.left, width: 270 }
  const under = write(doc, 'Expéditeur', { ...left, y: PAGE.top, size: 7.5, color: COLORS.soft })
  const named = write(doc, name, { ...left, y: under + 1, size: 13, bold: true })
  const lefts = writeAll(doc, [...address, ways], { ...left, y: named + 2, color: COLORS.soft })
  const right = { x: PAGE.right - HALF, width: HALF, align: 'right' as const, bold: true }
  const title = write(doc, 'Bordereau de remise', { ...right, y: PAGE.top - 3, size: 19, color: COLORS.accent })
  const rights = writeAll(doc, [carrier, `n° ${number}`], { ...right, y: title + 2, size: 11 })
  return drawFacts(doc, paper, Math.max(lefts, rights) + 14)
}

function drawFacts(doc: PDFKit.PDFDocument, { carrier, branch, day: on, lines }: ManifestPaper, y: number): number {
  const facts: [label: string, value: string][] = [
    ['Transporteur', carrier],
    ['Date', day(on)],
    ['Agence', branch],
    ['Colis', String(lines.length)],
  ]
  const width = PAGE.width / facts.length - 14
  const height = Math.max(...facts.map(([, value]) => heightOf(doc, value, { width, size: 10, bold: true }))) + 27
  doc.roundedRect(PAGE.left, y, PAGE.width, height, 4).fill(COLORS.pale)
  facts.forEach(([label, value], i) => {
    const x = PAGE.left + 10 + (i * PAGE.width) / facts.length
    const under = write(doc, label, { x, y: y + 8, width, size: 7.5, color: COLORS.soft })
    write(doc, value, { x, y: under + 1, width, size: 10, bold: true })
  })
  return y + height + 14
}

function drawShortHead(doc: PDFKit.PDFDocument, { sender, number }: ManifestPaper): number {
  const place = { y: PAGE.top, size: 10, bold: true }
  write(doc, sender.company ?? '', { ...place, x: PAGE.left, width: 160 })
  const title = `Bordereau n° ${number} (suite)`
  return write(doc, title, { ...place, x: PAGE.right - 330, width: 330, align: 'right' }) + 12
}

/** Draws what every page carries: the number, and the page among all. */
export function drawManifestFeet(doc: PDFKit.PDFDocument, { carrier, number, day: on, branch }: ManifestPaper): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    rule(doc, PAGE.foot)
    const place = { y: PAGE.foot + 7, size: 7, color: COLORS.soft }
    const what = `Bordereau ${carrier} n° ${number} · ${branch} · ${day(on)}`
    write(doc, what, { ...place, x: PAGE.left, width: 375 })
    write(doc, `Page ${page - start + 1}/${count}`, { ...place, x: PAGE.right - 120, width: 120, align: 'right' })
  }
}
