import type { Sheet } from './drawing.ts'
import { type LabelTexts, labelTextsOf, SPECIMEN } from './label-texts.ts'
import type { Shipment } from './model.ts'

/** Writes the pages of a shipment for a thermal printer: Zebra (`zpl`), or Eltron for `epl` and `lp2`. */
export function writeThermal(o: { shipment: Shipment; sheets: Sheet[]; encoding: string }): Buffer {
  const write = o.encoding === 'zpl' ? zebraOf : eltronOf
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

function zebraOf(texts: LabelTexts): string {
  // ^ and ~ start commands of the printer.
  const fields = linesOf(texts).map(
    (line, index) => `^FO40,${40 + index * 34}^A0N,28,28^FD${line.replaceAll(/[\^~]/g, ' ')}^FS`,
  )
  const bars = [texts.waybill, texts.pieceNumber]
    .filter((number) => number !== undefined)
    .map((number, index) => `^FO40,${900 + index * 200}^BCN,120,Y,N,N^FD${number}^FS`)
  return ['^XA', '^CI28', ...fields, ...bars, '^XZ', ''].join('\n')
}

function eltronOf(texts: LabelTexts): string {
  const fields = [...linesOf(texts), texts.waybill, texts.pieceNumber ?? ''].map(
    (line, index) => `A40,${40 + index * 34},0,3,1,1,N,"${line.replaceAll('"', "'")}"`,
  )
  return ['N', ...fields, 'P1', ''].join('\n')
}
