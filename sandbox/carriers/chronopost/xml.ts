/** What a reply is made of: members become elements in their order, lists repeat theirs, undefined is left out. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml }

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A text that may stand between two tags; control characters, which XML cannot hold, are left out. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>]|(?![\t\n\r])\p{Cc}/gu, (character) => ESCAPES[character] ?? '')

/** Writes one element, or one for each of a list. */
export function writeXml(name: string, value: Xml): string {
  if (value === undefined) return ''
  if (isList(value)) return value.map((each) => writeXml(name, each)).join('')
  const inside = typeof value === 'object' ? writeMembers(value) : escapeXml(String(value))
  return inside === '' ? `<${name}/>` : `<${name}>${inside}</${name}>`
}

const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value)

const writeMembers = (members: { readonly [name: string]: Xml }): string =>
  Object.entries(members)
    .map(([name, value]) => writeXml(name, value))
    .join('')
