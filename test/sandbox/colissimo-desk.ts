import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { jsonOf, type RawReply, send } from './raw-http.ts'

/** The bytes of a recorded file of the carrier. */
export const fixture = (name: string) => readFileSync(new URL(`../fixtures/colissimo/${name}`, import.meta.url))
/** A recorded JSON file of the carrier. */
export const readJson = (name: string) => JSON.parse(fixture(name).toString('utf8'))

/** A recorded request with some members changed, named by their path; undefined takes a member away. */
export const requestWith = (sample: 'DOS' | 'HD' | 'COM-cn23', changes: Record<string, unknown> = {}) => {
  return changed(readJson(`generateLabel-${sample}-request.json`), changes)
}

// biome-ignore lint/suspicious/noExplicitAny: a recorded request, changed member by member
const changed = (request: any, changes: Record<string, unknown>) => {
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

/** Another way than inside France, with all that the carrier asks of it. */
export const WAYS: Record<string, { countryCode: string; zipCode: string; city: string; mobileNumber: string }> =
  Object.fromEntries(
    [
      ['FR', '06500', 'Menton', '0600000000'],
      ['MC', '98000', 'Monaco', '+37740610020'],
      ['AD', 'AD500', 'Andorra la Vella', '+376312345'],
      ['BE', '1000', 'Bruxelles', '+32456001234'],
      ['CH', '1204', 'Geneve', '+41791100220'],
      ['DE', '10117', 'Berlin', '+4915112345670'],
      ['ES', '28013', 'Madrid', '+34600110022'],
      ['GB', 'SW1A 1AA', 'London', '+447700900123'],
      ['JP', '100-0001', 'Tokyo', '+819011002200'],
      ['LV', '1050', 'Riga', '+37120001122'],
      ['US', '10001', 'New York', '+12125550100'],
      ['RE', '97400', 'Saint-Denis', '0692001122'],
      ['GP', '97110', 'Pointe-a-Pitre', '0690001122'],
      ['NC', '98800', 'Noumea', '+687760011'],
    ].map(([countryCode = '', zipCode = '', city = '', mobileNumber = '']) => [
      countryCode,
      { countryCode, zipCode, city, mobileNumber },
    ]),
  )

/** The recorded request with its customs form, sent from one country to another; a form that nobody needs is taken too. */
export const onTheWay = (from: string, to: string, changes: Record<string, unknown> = {}) => {
  const request = requestWith('COM-cn23', { 'letter.parcel.ftd': undefined, 'letter.service.productCode': 'DOS' })
  const { mobileNumber: _, ...place } = WAYS[from] ?? {}
  Object.assign(request.letter.sender.address, place)
  Object.assign(request.letter.addressee.address, WAYS[to])
  return changed(request, changes)
}

const GOODS_BACK = {
  description: 'Tee-shirt coton',
  quantity: 1,
  weight: 0.25,
  value: 25,
  currency: 'EUR',
  hsCode: '610910',
  originCountry: 'FR',
  artref: 'TS-001',
  originalIdent: 'A',
}

/** A parcel on its way back from a customer to the shop. */
export const backHome = (from: string, to: string, productCode: string, changes: Record<string, unknown> = {}) => {
  const request = onTheWay(from, to, {
    'letter.service.productCode': productCode,
    'letter.addressee.address.companyName': 'BOUTIQUE EXEMPLE',
    'letter.customsDeclarations.contents': {
      article: [structuredClone(GOODS_BACK)],
      category: { value: 6 },
      original: [
        {
          originalIdent: 'A',
          originalInvoiceNumber: 'FA-2026-0456',
          originalInvoiceDate: '2026-03-01',
          originalParcelNumber: '6A15984040331',
        },
      ],
    },
  })
  return changed(request, changes)
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

/** The parts of a multipart reply, by the name between the brackets of their id. */
export const namedParts = (reply: RawReply) =>
  partsOf(reply.bytes).map(({ head, body }) => ({ name: /<(\w+)>/.exec(head)?.[1], body }))
/** The bytes of the part with this name; none when there is none. */
export const partOf = (reply: RawReply, name: string): Buffer =>
  namedParts(reply).find((part) => part.name === name)?.body ?? Buffer.alloc(0)

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
