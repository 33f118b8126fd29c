import { inflateSync } from 'node:zlib'

/** The text of each page of a PDF made by pdfkit, one line per piece drawn: enough to check what a reader sees, on any machine. */
export function pdfPages(bytes: Uint8Array): string[] {
  const objects = objectsOf(Buffer.from(bytes))
  return [...objects.values()]
    .filter(({ dict }) => /\/Type \/Page\b(?!s)/.test(dict))
    .map((page) => pageText(page, objects))
}

/** What the streams of a PDF hold, inflated. */
export function pdfStreams(bytes: Uint8Array): string {
  return [...objectsOf(Buffer.from(bytes)).values()].map(({ dict, stream }) => dict + stream).join('\n')
}

interface PdfObject {
  dict: string
  stream: string
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>()
  const source = pdf.toString('latin1')
  for (const { 1: id, index, 0: opening } of source.matchAll(/(\d+) 0 obj\n/g)) {
    const start = index + opening.length
    const end = source.indexOf('\nendobj', start)
    const body = source.slice(start, end)
    const at = body.indexOf('stream\n')
    const dict = at < 0 ? body : body.slice(0, at)
    const raw = at < 0 ? '' : body.slice(at + 7, body.lastIndexOf('\nendstream'))
    objects.set(Number(id), { dict, stream: dict.includes('/FlateDecode') ? inflate(raw) : raw })
  }
  return objects
}

const inflate = (raw: string): string => inflateSync(Buffer.from(raw, 'latin1')).toString('latin1')

function pageText({ dict }: PdfObject, objects: Map<number, PdfObject>): string {
  const follow = (from: string, key: string): PdfObject | undefined =>
    objects.get(Number(new RegExp(`/${key} (\\d+) 0 R`).exec(from)?.[1]))
  const resources = follow(dict, 'Resources')?.dict ?? ''
  const letters = (font: string): string[] =>
    lettersOf(follow(follow(resources, font)?.dict ?? '', 'ToUnicode')?.stream ?? '')
  const lines: string[] = []
  let font = ''
  for (const [, name, pieces] of (follow(dict, 'Contents')?.stream ?? '').matchAll(
    /\/(F\d+) [\d.]+ Tf|\[(<[^\]]*)\] TJ/g,
  )) {
    if (name) font = name
    else lines.push(decode(pieces ?? '', letters(font)))
  }
  return lines.join('\n')
}

/** pdfkit names the glyphs of a subset in order, in lists of at most 256. */
function lettersOf(cmap: string): string[] {
  return [...cmap.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) =>
      Buffer.from(hex ?? '', 'hex')
        .swap16()
        .toString('utf16le'),
    ),
  )
}

/** The text of all pages. */
export const pdfTextOf = (bytes: Uint8Array): string => pdfPages(bytes).join('\n')

/** A subset's glyphs by their list; the letters of a standard font as they are. */
function decode(pieces: string, letters: string[]): string {
  if (letters.length === 0)
    return [...pieces.matchAll(/<([0-9a-f]+)>/gi)]
      .map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString('latin1'))
      .join('')
  return [...pieces.matchAll(/<([0-9a-f]+)>/gi)]
    .flatMap(([, hex]) => (hex ?? '').match(/.{4}/g) ?? [])
    .map((glyph) => letters[Number.parseInt(glyph, 16)] ?? '\u0000')
    .join('')
}
