import { linesOf } from './lines.ts'
import type { Parcel } from './model.ts'
import { productOf } from './products.ts'

/** Millimetres: the label, its margin, its lines of text, and its bars. */
const PAPER = { width: 100, height: 150, margin: 5, line: 6, bars: 105, barsHeight: 28 }
/** A capital of the scalable font is about so wide, against the width that the font command is given. */
const CAPITAL = 0.6

/** The label of one parcel in the language of Zebra printers, from ^XA to ^XZ; `dots` per inch. */
export function zebraOf(parcel: Parcel, dots: number): string {
  const at = (millimetres: number): number => Math.round((millimetres * dots) / 25.4)
  const height = at(PAPER.line * 0.7)
  const room = at(PAPER.width - 2 * PAPER.margin)
  const fields = textsOf(parcel).map((text, index) => {
    const width = Math.min(height, Math.floor(room / (text.length * CAPITAL)))
    const place = `^FO${at(PAPER.margin)},${at(PAPER.margin + index * PAPER.line)}`
    return `${place}^A0N,${height},${width}^FD${text.replaceAll(/[\^~]/g, ' ')}^FS`
  })
  const bars = `^FO${at(PAPER.margin)},${at(PAPER.bars)}^BY${dots < 300 ? 3 : 4}^BCN,${at(PAPER.barsHeight)},Y,N,N`
  const size = [`^PW${at(PAPER.width)}`, `^LL${at(PAPER.height)}`]
  return ['^XA', '^CI28', ...size, ...fields, `${bars}^FD${parcel.skybillNumber}^FS`, '^XZ', ''].join('\n')
}

const textsOf = ({ productCode, shipper, recipient, shipperRef, rank, outOf, weightKg }: Parcel): string[] => [
  `CHRONOPOST ${productOf(productCode)?.name ?? productCode} SPECIMEN`,
  `De ${shipper.Name ?? ''}`,
  ...linesOf(recipient),
  `Ref. ${shipperRef}`,
  `${rank}/${outOf} - ${weightKg} kg`,
]
