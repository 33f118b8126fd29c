import { fileURLToPath } from 'node:url'
import { printable } from './words.ts'

const font = (name: string): string => fileURLToPath(new URL(`../fonts/IBMPlexSans-${name}.ttf`, import.meta.url))

/** The embedded font, IBM Plex Sans: its figures are all of one width, so that amounts align. */
export const FONTS = { regular: font('Regular'), bold: font('SemiBold') }

/** The page, in points: A4 with its margins; nothing but the foot stands below `bottom`. */
export const PAGE = { left: 48, right: 547, width: 499, top: 46, bottom: 768, foot: 782 }

/** The few colours of the paper; each keeps its contrast in black and white. */
export const COLORS = {
  ink: '#1b2320',
  soft: '#56605b',
  rule: '#d5dbd8',
  accent: '#17603f',
  pale: '#f0f4f2',
  warning: '#9a3412',
}

/** Where and how a text stands; sizes in points. */
export interface Place {
  x: number
  y: number
  width: number
  size?: number
  bold?: boolean
  color?: string
  align?: 'left' | 'right' | 'center'
}

/** Writes a text and says where it ends. */
export function write(doc: PDFKit.PDFDocument, text: string, place: Place): number {
  const { x, y, width, color = COLORS.ink, align = 'left' } = place
  const shown = printable(text)
  if (!shown) return y
  take(doc, place).fillColor(color).text(shown, x, y, { width, align, lineGap: 1.5 })
  return y + doc.heightOfString(shown, { width, lineGap: 1.5 })
}

/** Writes several texts under each other and says where the last one ends. */
export function writeAll(doc: PDFKit.PDFDocument, texts: string[], place: Place): number {
  return texts.reduce((y, text) => write(doc, text, { ...place, y }), place.y)
}

/** How high a text would stand. */
export function heightOf(doc: PDFKit.PDFDocument, text: string, place: Pick<Place, 'width' | 'size' | 'bold'>): number {
  return take(doc, place).heightOfString(printable(text), { width: place.width, lineGap: 1.5 })
}

function take(doc: PDFKit.PDFDocument, { size = 8.5, bold = false }: Pick<Place, 'size' | 'bold'>): PDFKit.PDFDocument {
  return doc.font(bold ? FONTS.bold : FONTS.regular).fontSize(size)
}

/** Draws a thin line over the whole width, or a part of it. */
export function rule(
  doc: PDFKit.PDFDocument,
  y: number,
  o: { x?: number; color?: string; weight?: number } = {},
): void {
  const { x = PAGE.left, color = COLORS.rule, weight = 0.6 } = o
  doc.moveTo(x, y).lineTo(PAGE.right, y).lineWidth(weight).strokeColor(color).stroke()
}
