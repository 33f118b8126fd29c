import { XMLParser } from 'fast-xml-parser'
import { Unavailable } from '../../../domain/failures.ts'
import type { HttpReply } from '../../wire/http.ts'

/** Fields of one resource, in the order they are written. */
export type Fields = Record<string, string>

/** Writes one resource as PrestaShop reads it: `<prestashop><order_history><id_order>7</id_order>...`. */
export function xmlOf(resource: string, fields: Fields): string {
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
  return `<prestashop><${resource}>${inside.join('')}</${resource}></prestashop>`
}

/** Characters that XML 1.0 cannot hold, even escaped. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escaped = (value: string): string =>
  value.replace(UNWRITABLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: false,
  parseTagValue: false,
})

/** Reads what stands in `<prestashop>`; notices of PHP before it are passed over, a DOCTYPE or anything else is `Unavailable`. */
export function xmlIn(reply: HttpReply, who: string): unknown {
  const text = new TextDecoder().decode(reply.bytes)
  const tree = text.includes('<!DOCTYPE') || text.includes('<!ENTITY') ? undefined : treeOf(text)
  if (tree === undefined) throw new Unavailable(`${who}: HTTP ${reply.status} without readable XML`)
  return tree
}

function treeOf(text: string): unknown {
  const start = text.search(/<\?xml\s|<prestashop[\s>/]/)
  if (start < 0) return undefined
  try {
    const parsed: unknown = parser.parse(text.slice(start), true)
    return parsed && typeof parsed === 'object' && 'prestashop' in parsed ? parsed.prestashop : undefined
  } catch {
    return undefined
  }
}
