import { COLORS, PAGE, rule, write } from '../invoice/pen.ts'
import type { ManifestLine } from '../manifest-pdf.ts'
import { countryName, kilos } from './words.ts'

/** Finds where something of a height stands: here, or on a further page. */
export type Room = (y: number, height: number) => number

const ROW = 15
/** Totals higher than this may go over to another page. */
const LONG = 500
const COLUMNS = [
  { x: PAGE.left, width: 200, align: 'left' },
  { x: PAGE.left + 200, width: 60, align: 'right' },
  { x: PAGE.left + 270, width: 90, align: 'right' },
] as const

/** Draws how many parcels and kilograms go to each country and in all; says where it ends. */
export function drawTotals(doc: PDFKit.PDFDocument, lines: ManifestLine[], o: { y: number; room: Room }): number {
  const rows = totalsOf(lines)
  const whole = (rows.length + 2) * ROW
  let y = o.room(o.y + 16, whole < LONG ? whole : 2 * ROW)
  y = drawRow(doc, ['Destination', 'Colis', 'Poids (kg)'], { y, color: COLORS.soft, bold: true })
  for (const row of rows) y = drawRow(doc, row, { y: o.room(y, ROW) })
  y = o.room(y, ROW)
  rule(doc, y - 2, { color: COLORS.accent, weight: 1 })
  const weight = lines.reduce((sum, line) => sum + line.weight, 0)
  return drawRow(doc, ['Total', String(lines.length), kilos(weight)], { y: y + 2, bold: true })
}

function totalsOf(lines: ManifestLine[]): string[][] {
  const byCountry = new Map<string, { parcels: number; weight: number }>()
  for (const { country, weight } of lines) {
    const so = byCountry.get(country) ?? { parcels: 0, weight: 0 }
    byCountry.set(country, { parcels: so.parcels + 1, weight: so.weight + weight })
  }
  const home = (code: string): number => (code === 'FR' ? 0 : 1)
  return [...byCountry]
    .sort(([a], [b]) => home(a) - home(b) || a.localeCompare(b))
    .map(([country, { parcels, weight }]) => [countryName(country), String(parcels), kilos(weight)])
}

function drawRow(doc: PDFKit.PDFDocument, texts: string[], o: { y: number; bold?: boolean; color?: string }): number {
  COLUMNS.forEach((column, i) => {
    write(doc, texts[i] ?? '', { ...column, ...o })
  })
  return o.y + ROW
}
