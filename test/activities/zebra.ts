/** One field of a label for Zebra printers, in dots from the upper left corner. */
export interface ZebraField {
  text: string
  kind: 'text' | 'bars'
  left: number
  top: number
  right: number
  bottom: number
  /** Width of the thinnest bar; 0 for a text. */
  module: number
}

/** A label from ^XA to ^XZ; its size in dots is null where the printer's own is taken. */
export interface ZebraLabel {
  width: number | null
  height: number | null
  fields: ZebraField[]
}

/** Reads the labels of a file, as far as carriers use the language: ^PW ^LL ^BY ^FO ^A0 ^BC ^FD. */
export const readZebra = (text: string): ZebraLabel[] =>
  [...text.matchAll(/\^XA([\s\S]*?)\^XZ/g)].map(([, body = '']) => ({
    width: numberOf(body, /\^PW(\d+)/),
    height: numberOf(body, /\^LL(\d+)/),
    fields: fieldsOf(body),
  }))

const numberOf = (body: string, pattern: RegExp): number | null => {
  const found = pattern.exec(body)?.[1]
  return found === undefined ? null : Number(found)
}

const FIELD = /\^FO(\d+),(\d+)([\s\S]*?)\^FD([\s\S]*?)\^FS/g

/** A bar's width holds from one ^BY to the next; the printer's own is 2 dots (ZPL II programming guide, ^BY). */
function fieldsOf(body: string): ZebraField[] {
  let module = 2
  return [...body.matchAll(FIELD)].map(([, x, y, commands = '', text = '']) => {
    module = numberOf(commands, /\^BY(\d+)/) ?? module
    const place = { left: Number(x), top: Number(y) }
    return /\^BC/.test(commands) ? barsAt(place, { commands, text, module }) : textAt(place, { commands, text })
  })
}

type Corner = Pick<ZebraField, 'left' | 'top'>

/** Capitals of the scalable font are 0.6 of its width on the average of any name, with a little to spare. */
function textAt({ left, top }: Corner, { commands, text }: { commands: string; text: string }): ZebraField {
  const [, height, width] = /\^A0N,(\d+),(\d+)/.exec(commands) ?? []
  if (!height || !width) throw new Error(`a field without its font: ${commands}${text}`)
  const right = left + text.length * Number(width) * 0.6
  return { text, kind: 'text', left, top, right, bottom: top + Number(height), module: 0 }
}

/** Code 128, set B: start, check and each letter are 11 modules wide, the stop 13; the line below is 12 modules high at most. */
function barsAt({ left, top }: Corner, o: { commands: string; text: string; module: number }): ZebraField {
  const { commands, text, module } = o
  const [, height, isSaid] = /\^BCN,(\d+),([YN])/.exec(commands) ?? []
  if (!height) throw new Error(`bars without their height: ${commands}${text}`)
  const right = left + (11 * (text.length + 2) + 13) * module
  const bottom = top + Number(height) + (isSaid === 'Y' ? 12 * module : 0)
  return { text, kind: 'bars', left, top, right, bottom, module }
}

/** Pairs of fields that are printed over each other. */
export const findOverprinted = (fields: ZebraField[]): [string, string][] =>
  fields.flatMap((one, i) =>
    fields
      .slice(i + 1)
      .filter((other) => Math.min(one.right, other.right) > Math.max(one.left, other.left))
      .filter((other) => Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top))
      .map((other): [string, string] => [one.text, other.text]),
  )
