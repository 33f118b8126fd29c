import { Unavailable } from '../../domain/failures.ts'
import type { HttpReply } from './http.ts'

const DASHES = '--'
const LINE_END = '\r\n'

/** Cuts a multipart reply by bytes into its parts, by Content-ID without its angle brackets; a body that does not reach its closing boundary is `Unavailable`. */
export function partsOf(reply: HttpReply, who: string): Map<string, Uint8Array<ArrayBuffer>> {
  const body = Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength)
  const boundary = boundaryOf(body, reply.headers.get('content-type') ?? '')
  const sections = boundary === null ? null : sectionsOf(body, boundary)
  if (sections === null) throw new Unavailable(`${who}: HTTP ${reply.status} with a multipart body cut short`)
  return new Map(sections.map(partOf))
}

/** True when a body is made of parts, by its header or, as the official Colissimo plug-in decides, by its first line. */
export function isMultipart(reply: HttpReply): boolean {
  if (/^multipart\//i.test(reply.headers.get('content-type') ?? '')) return true
  return /^(\r\n)*--/.test(Buffer.from(reply.bytes.subarray(0, 64)).toString('latin1'))
}

/** The header's boundary when the body uses it, else the first line that starts with two dashes. */
function boundaryOf(body: Buffer, contentType: string): string | null {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  const declared = quoted ?? bare
  if (declared && body.includes(DASHES + declared)) return declared
  const start = body.toString('latin1', 0, 300)
  return /(?:^|\r\n)--([^\r\n]+)\r\n/.exec(start)?.[1] ?? null
}

/** What lies between the boundaries; null when the closing one never comes. */
function sectionsOf(body: Buffer, boundary: string): Buffer[] | null {
  const marker = LINE_END + DASHES + boundary
  // The first boundary may stand at the very start: a line end of our own makes it like the others.
  const text = Buffer.concat([Buffer.from(LINE_END), body])
  const sections: Buffer[] = []
  let at = text.indexOf(marker)
  while (at >= 0) {
    const from = at + marker.length
    if (text.toString('latin1', from, from + 2) === DASHES) return sections
    const next = text.indexOf(marker, from)
    if (next < 0) return null
    sections.push(text.subarray(from, next))
    at = next
  }
  return null
}

function partOf(section: Buffer): [id: string, bytes: Uint8Array<ArrayBuffer>] {
  const end = section.indexOf(LINE_END + LINE_END)
  const headers = section.toString('latin1', 0, end < 0 ? section.length : end)
  const id = /^content-id:\s*<?([^>\r\n]*)/im.exec(headers)?.[1]?.trim() ?? ''
  return [id, new Uint8Array(end < 0 ? [] : section.subarray(end + 4))]
}
