import { XMLParser } from 'fast-xml-parser'
import { Refused, Unavailable } from '../../domain/failures.ts'
import { call, type HttpReply } from './http.ts'

/** Child elements in the order they are written, since schemas fix it; an empty or absent value leaves its element out. */
export type XmlFields = readonly (readonly [name: string, value: XmlValue])[]

/** What stands in an element: a text, a number, or its children. */
export type XmlValue = string | number | XmlFields | null | undefined

/** One operation of a SOAP 1.1 service (document/literal wrapped): only the operation's element is qualified. */
export interface SoapCall {
  who: string
  url: string
  namespace: string
  operation: string
  fields: XmlFields
  /** Milliseconds. */
  timeout?: number
}

/** What a service answers: its `return`, with texts unparsed and repeated elements as lists, or a fault. */
export type SoapReply = { result: unknown } | { fault: SoapFault }

/** A SOAP fault; `blame` is "Client" when the message was wrong and "Server" when it was not. */
export interface SoapFault {
  blame: string
  text: string
}

/** Calls one operation; faults are given back, and whatever is no SOAP reply is `Unavailable`. */
export async function callSoap({ namespace, operation, fields, ...o }: SoapCall): Promise<SoapReply> {
  const reply = await call({
    ...o,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', SOAPAction: '""' },
    body: envelopeOf({ namespace, operation, fields }),
    reads5xx: (reply) => bodyIn(reply)?.Fault !== undefined,
  })
  return readSoap(reply, { who: o.who, operation })
}

/** Writes the envelope of one operation. */
export function envelopeOf({ namespace, operation, fields }: Omit<SoapCall, 'who' | 'url' | 'timeout'>): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cxf="${namespace}">` +
    `<soapenv:Header/><soapenv:Body><cxf:${operation}>${written(fields)}</cxf:${operation}></soapenv:Body></soapenv:Envelope>`
  )
}

function written(fields: XmlFields): string {
  return fields.map(([name, value]) => element(name, value)).join('')
}

function element(name: string, value: XmlValue): string {
  const inside = Array.isArray(value) ? written(value) : escaped(String(value ?? ''))
  return inside && `<${name}>${inside}</${name}>`
}

/** Characters that XML 1.0 cannot hold, even escaped. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escaped = (value: string): string =>
  value.replace(UNWRITABLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Reads a reply of this operation; a login that a gateway refuses is `Refused`, whatever else is no SOAP is `Unavailable`. */
export function readSoap(reply: HttpReply, { who, operation }: { who: string; operation: string }): SoapReply {
  const body = bodyIn(reply)
  if (body?.Fault !== undefined) return { fault: faultOf(body.Fault) }
  if (reply.status === 401 || reply.status === 403) throw new Refused('login-refused', `HTTP ${reply.status}`)
  const answer = body?.[`${operation}Response`]
  if (reply.status !== 200 || !isTree(answer))
    throw new Unavailable(`${who}: HTTP ${reply.status} without a readable SOAP answer`)
  return { result: answer.return }
}

/** One element of a reply as a list: absent, empty, single or repeated. */
export function listOf(value: unknown): unknown[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one) => one !== undefined && one !== '')
}

type Tree = Record<string, unknown>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

function faultOf(fault: unknown): SoapFault {
  const { faultcode, faultstring } = isTree(fault) ? fault : {}
  return { blame: String(faultcode ?? '').replace(/^.*:/, ''), text: String(faultstring ?? '') }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five named entities and the numbered ones: there are no others without a DTD, which is refused. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (written, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    if (code === null) return ENTITIES[name] ?? written
    return code <= 0x10ffff ? String.fromCodePoint(code) : written
  })
}

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  tagValueProcessor: (_, value) => unescaped(value),
})

function bodyIn(reply: HttpReply): Tree | undefined {
  try {
    const text = textOf(reply)
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) return undefined
    const tree: unknown = parser.parse(text, true)
    const envelope = isTree(tree) ? tree.Envelope : undefined
    return isTree(envelope) && isTree(envelope.Body) ? envelope.Body : undefined
  } catch {
    return undefined
  }
}

/** The text in the encoding that the XML declaration, else the header, says; UTF-8 when neither does, or says wrong. */
function textOf({ headers, bytes }: HttpReply): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const [declared] = /(?<=<\?xml[^>]*?encoding=["'])[\w.:-]+/i.exec(start) ?? []
  const [charset] = /(?<=charset=["']?)[\w.:-]+/i.exec(headers.get('content-type') ?? '') ?? []
  for (const encoding of [declared, charset]) {
    try {
      if (encoding) return new TextDecoder(encoding, { fatal: true }).decode(bytes).trim()
    } catch {}
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
}
