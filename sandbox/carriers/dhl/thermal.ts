import type { Sheet } from './drawing.ts'
import { type LabelTexts, labelTextsOf, SPECIMEN } from './label-texts.ts'
import type { Shipment } from './model.ts'

/** Writes the pages of a shipment for a thermal printer: Zebra (`zpl`), or Eltron for `epl` and `lp2`. */
export function writeThermal(o: { shipment: Shipment; sheets: Sheet[]; encoding: string }): Buffer {
  const dots = o.shipment.request.outputImageProperties?.printerDPI === 300 ? 300 : 203
  const write = o.encoding === 'zpl' ? (texts: LabelTexts) => zebraOf(texts, dots) : eltronOf
  return Buffer.from(o.sheets.map(({ piece }) => write(labelTextsOf(o.shipment, piece))).join(''))
}

const linesOf = (texts: LabelTexts): string[] => [
  `DHL EXPRESS ${texts.product} ${texts.content}`,
  SPECIMEN,
  ...texts.sender,
  ...texts.receiver,
  texts.lane,
  ...texts.details,
]

/** Millimetres on a label of 10 x 15 cm: the margin, the text, and the bars of waybill and piece with what is written under them. */
const PAPER = { width: 100, height: 150, margin: 5, texts: 92, line: 4.2, bars: 99, barsHeight: 15, barsStep: 24 }
/** A capital of the scalable font is about so wide, against the width that the font command is given. */
const CAPITAL = 0.6

function zebraOf(texts: LabelTexts, dots: number): string {
  const at = (millimetres: number): number => Math.round((millimetres * dots) / 25.4)
  const lines = linesOf(texts)
  const step = Math.min(PAPER.line, PAPER.texts / lines.length)
  const room = at(PAPER.width - 2 * PAPER.margin)
  const fields = lines.map((line, index) => {
    const width = Math.min(at(step * 0.85), Math.floor(room / (line.length * CAPITAL)))
    const place = `^FO${at(PAPER.margin)},${at(PAPER.margin + index * step)}`
    // ^ and ~ start commands of the printer.
    return `${place}^A0N,${at(step * 0.85)},${width}^FD${line.replaceAll(/[\^~]/g, ' ')}^FS`
  })
  const bars = [texts.waybill, texts.pieceNumber]
    .filter((number) => number !== undefined)
    .map((number, index) => {
      const place = `^FO${at(PAPER.margin)},${at(PAPER.bars + index * PAPER.barsStep)}`
      return `${place}^BY${dots < 300 ? 2 : 3}^BCN,${at(PAPER.barsHeight)},Y,N,N^FD${number}^FS`
    })
  const size = [`^PW${at(PAPER.width)}`, `^LL${at(PAPER.height)}`]
  return ['^XA', '^CI28', ...size, ...fields, ...bars, '^XZ', ''].join('\n')
}

function eltronOf(texts: LabelTexts): string {
  const fields = [...linesOf(texts), texts.waybill, texts.pieceNumber ?? ''].map(
    (line, index) => `A40,${40 + index * 34},0,3,1,1,N,"${line.replaceAll('"', "'")}"`,
  )
  return ['N', ...fields, 'P1', ''].join('\n')
}
