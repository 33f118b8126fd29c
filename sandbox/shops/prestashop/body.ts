import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Refusal } from './replies.ts'

/** The fields of an entity that was sent, as texts; of an association only its entries. */
export interface Sent {
  fields: Map<string, string>
  associations: Map<string, Map<string, string>[]>
}

type Node = Record<string, unknown>

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
})

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five entities of XML and character numbers; no document can define more. */
const decode = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole
    const point = hex === undefined ? Number.parseInt(String(decimal), 10) : Number.parseInt(String(hex), 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

const childrenOf = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

/** Name and inside of an element; undefined for text. */
function elementOf(node: Node): { name: string; inside: Node[] } | undefined {
  const name = Object.keys(node).find((key) => key !== ':@')
  return name === undefined || name.startsWith('#') ? undefined : { name, inside: childrenOf(node[name]) }
}

const elementsIn = (nodes: Node[]) => nodes.map(elementOf).filter((element) => element !== undefined)

function textIn(nodes: Node[]): string {
  const parts = nodes.map((node) => {
    if (typeof node['#text'] === 'string') return decode(node['#text'])
    const inside = childrenOf(node['#cdata'])
    return inside.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('')
  })
  return parts.join('')
}

function fieldsIn(nodes: Node[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const { name, inside } of elementsIn(nodes)) if (!fields.has(name)) fields.set(name, textIn(inside))
  return fields
}

/** Reads `<prestashop><{one}>...`; what is no XML is refused as PHP words it, and another entity than `one` counts as empty. */
export function readEntity(text: string, one: string): Sent {
  if (/<!DOCTYPE/i.test(text) || text.trim() === '' || XMLValidator.validate(text) !== true) throw notXml(text)
  const root = elementsIn(childrenOf(parser.parse(text))).find(({ name }) => name === 'prestashop')
  const entity = elementsIn(root?.inside ?? []).find(({ name }) => name === one)
  const inside = entity?.inside ?? []
  const groups = elementsIn(inside).find(({ name }) => name === 'associations')?.inside ?? []
  const associations = elementsIn(groups).map(
    (group) => [group.name, elementsIn(group.inside).map((entry) => fieldsIn(entry.inside))] as const,
  )
  return { fields: fieldsIn(inside), associations: new Map(associations) }
}

const AT = '(classes/webservice/WebserviceRequest.php, line 1544)'

function notXml(text: string): Refusal {
  const length = Buffer.byteLength(text)
  const problem = {
    code: 127,
    message: `XML error : String could not be parsed as XML\nXML length : ${length}\nOriginal XML : ${text}`,
  }
  if (text === '') return new Refusal(500, [problem])
  const warnings = libxmlLines(text).map((line) => ({
    code: 3,
    message: `[PHP Warning #2] SimpleXMLElement::__construct(): ${line} ${AT}`,
  }))
  return new Refusal(500, [...warnings, problem])
}

/** What libxml says: the error, the line, and a mark under it. */
function libxmlLines(text: string): string[] {
  const error = 'Entity: line 1: parser error :'
  if (!text.trimStart().startsWith('<')) return [`${error} Start tag expected, '<' not found`, text, '^']
  const open = lastOpenTag(text)
  const what = open ? `Premature end of data in tag ${open} line 1` : 'Opening and ending tag mismatch'
  return [`${error} ${what}`, text, `${' '.repeat(text.length)}^`]
}

function lastOpenTag(text: string): string | undefined {
  const open: string[] = []
  for (const [, slash, name, isClosed] of text.matchAll(/<(\/?)([A-Za-z_][\w-]*)[^<>]*?(\/?)>/g)) {
    if (slash) open.pop()
    else if (!isClosed && name) open.push(name)
  }
  return open.at(-1)
}
