import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { jsonOf, type RawReply, send } from './raw-http.ts'

/** The bytes of a recorded file of the carrier. */
export const fixture = (name: string) => readFileSync(new URL(`../fixtures/colissimo/${name}`, import.meta.url))
/** A recorded JSON file of the carrier. */
export const readJson = (name: string) => JSON.parse(fixture(name).toString('utf8'))

/** A recorded request with some members changed, named by their path; undefined takes a member away. */
export const requestWith = (sample: 'DOS' | 'HD' | 'COM-cn23', changes: Record<string, unknown> = {}) => {
  const request = readJson(`generateLabel-${sample}-request.json`)
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let inner = request
    for (const name of names) inner = inner[name]
    if (value === undefined) delete inner[last]
    else inner[last] = value
  }
  return request
}

/** Sends one operation to the label service. */
export const askLabels = (
  url: string,
  operation: string,
  body: unknown,
  o: { version?: string; apiKey?: string } = {},
): Promise<RawReply> =>
  send({
    url: `${url}/sls-ws/SlsServiceWSRest/${o.version ?? '3.1'}/${operation}`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', apiKey: o.apiKey ?? 'key' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** The codes of a plain reply. */
export const idsOf = (reply: RawReply): string[] =>
  (jsonOf(reply) as { messages: { id: string }[] }).messages.map((message) => message.id)

/** Cuts a multipart reply by its bytes: the recorded shape, with CRLF everywhere between the parts. */
export const partsOf = (bytes: Buffer): { head: string; body: Buffer }[] => {
  const text = bytes.toString('latin1')
  const boundary = text.slice(0, text.indexOf('\r\n'))
  assert.match(boundary, /^--uuid:[0-9a-f-]{36}$/)
  assert.ok(text.endsWith(`\r\n${boundary}--`))
  return text
    .slice(0, -`\r\n${boundary}--`.length)
    .split(`${boundary}\r\n`)
    .slice(1)
    .map((part, index, all) => (index < all.length - 1 ? part.slice(0, -2) : part))
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n')
      return { head, body: Buffer.from(rest.join('\r\n\r\n'), 'latin1') }
    })
}

/** The JSON part of a multipart reply. */
export const infosOf = (reply: RawReply) => JSON.parse(partsOf(reply.bytes)[0]?.body.toString('utf8') ?? '')
/** The parcel number of a label. */
export const numberOf = (reply: RawReply): string => infosOf(reply).labelV31Response.parcelNumber

/** The names and types of all members, without their values. */
export const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length ? [shapeOf(value[0])] : []
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]))
}

/** The text of an uncompressed PDF, without its layout. */
export const pdfTextOf = (pdf: Buffer): string =>
  [...pdf.toString('latin1').matchAll(/\[(.*)\] TJ/g)]
    .map(([, line = '']) =>
      [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(''),
    )
    .join('\n')
