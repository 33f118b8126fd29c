import { decimal, detailsOf, linesOf, productName } from './label-texts.ts'
import type { Parcel } from './model.ts'

/** A paper of a label printer: centimetres, and dots per inch. */
export interface PrinterPaper {
  width: number
  height: number
  dots: number
}

const LINE_MM = 6
const CODE_MM = { height: 22, foot: 34 }
const LEFT_MM = 4
/** A capital of the scalable font is about so wide, against the width that the font command is given. */
const CAPITAL = 0.6

function textsOf(parcel: Parcel): string[] {
  const { letter } = parcel.request
  const product = letter.service.productCode ?? ''
  const sender = linesOf(letter.sender?.address)
  return [
    'SPECIMEN',
    `COLISSIMO ${product} ${productName(product)}`,
    `Poids : ${decimal(letter.parcel.weight ?? 0)} kg`,
    ...detailsOf(parcel),
    ...(sender.length ? [`De : ${sender[0]}`, `${sender.at(-1)}`] : []),
    ...linesOf(letter.addressee.address),
  ]
}

/** The label in the language of Zebra printers (ZPL II): texts, and the number as a Code 128. */
export function zebraOf(parcel: Parcel, { width, height, dots }: PrinterPaper): string {
  const at = (millimetres: number) => Math.round((millimetres * dots) / 25.4)
  const step = Math.min(LINE_MM, (height * 10 - CODE_MM.foot) / (textsOf(parcel).length + 1))
  const texts = textsOf(parcel).map((text, index) => {
    const size = at(step * 0.75)
    const slim = Math.min(size, Math.floor(at(width * 10 - 2 * LEFT_MM) / (text.length * CAPITAL)))
    return `^FO${at(LEFT_MM)},${at(4 + index * step)}^A0N,${size},${slim}^FD${text.replace(/[\^~_]/g, ' ')}^FS`
  })
  const code = `^FO${at(8)},${at(height * 10 - CODE_MM.foot)}^BY${dots < 300 ? 2 : 3}^BCN,${at(CODE_MM.height)},Y,N,N^FD${parcel.parcelNumber}^FS`
  return ['^XA', '^CI28', `^PW${at(width * 10)}`, `^LL${at(height * 10)}`, ...texts, code, '^XZ'].join('\n')
}

/** The label in the language of Datamax printers (DPL): a record is turn, font, widths, height, row, column (hundredths of inches), text; rows rise. */
export function datamaxOf(parcel: Parcel, { height }: PrinterPaper): string {
  const at = (millimetres: number) => String(Math.round((millimetres / 25.4) * 100)).padStart(4, '0')
  const step = Math.min(LINE_MM, (height * 10 - CODE_MM.foot) / (textsOf(parcel).length + 1))
  const texts = textsOf(parcel).map(
    (text, index) =>
      `121100${'0'}${at(height * 10 - 8 - index * step)}${at(4)}${text.replace(/[^\u0020-\u00ff]/g, ' ')}`,
  )
  const code = `1E22${at(CODE_MM.height).slice(1)}${at(8)}${at(8)}${parcel.parcelNumber}`
  return `\u0002${['L', 'D11', 'H10', ...texts, code, 'Q0001', 'E', ''].join('\r')}`
}
