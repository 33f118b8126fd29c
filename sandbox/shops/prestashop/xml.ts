import type { AssociationSchema, Field, Row, Schema } from './model.ts'
import { textOf } from './model.ts'

/** How rows are shown: from where, in which languages, all fields or some. */
export interface Look {
  /** Scheme and host, without a slash. */
  home: string
  languages: string[]
  /** Fields asked for; null: all of them, with the associations. */
  display: Set<string> | null
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** The root element around an answer. */
export const documentXml = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n${inside}</prestashop>\n`

/** Errors as XML. */
export function errorsXml(problems: { code: number; message: string }[]): string {
  const each = problems.map(
    ({ code, message }) =>
      `<error>\n<code>${cdata(String(code))}</code>\n<message>${cdata(message)}</message>\n</error>\n`,
  )
  return documentXml(`<errors>\n${each.join('')}</errors>\n`)
}

/** One row as XML. */
export function entityXml(schema: Schema, row: Row, look: Look): string {
  const isShown = (name: string) => look.display === null || look.display.has(name)
  const id = isShown('id') ? `\t<id>${cdata(String(row.id))}</id>\n` : ''
  const fields = schema.fields.filter(({ name }) => isShown(name)).map((field) => fieldXml(field, row, look))
  const inside = look.display === null ? associationsXml(schema, row, look.home) : ''
  return `<${schema.one}>\n${id}${fields.join('')}${inside}</${schema.one}>\n`
}

function fieldXml(field: Field, row: Row, look: Look): string {
  const { name } = field
  const value = textOf(row, name)
  if (field.kind === 'i18n') return `\t<${name}>${languagesXml(value, look)}</${name}>\n`
  const isLink = field.href !== undefined && value !== '' && (value !== '0' || field.linksZero)
  const href = isLink ? ` xlink:href="${look.home}/api/${field.href}/${value}"` : ''
  const mark = field.notFilterable ? ' notFilterable="true"' : ''
  return `\t<${name}${href}${mark}>${cdata(value)}</${name}>\n`
}

const languagesXml = (value: string, { home, languages }: Look) =>
  languages
    .map((id) => `<language id="${id}" xlink:href="${home}/api/languages/${id}">${cdata(value)}</language>`)
    .join('')

function associationsXml(schema: Schema, row: Row, home: string): string {
  if (!schema.associations) return ''
  const each = schema.associations.map((kind) => associationXml(kind, row.associations?.[kind.name] ?? [], home))
  return `<associations>\n${each.join('')}</associations>\n`
}

function associationXml(kind: AssociationSchema, entries: Record<string, string>[], home: string): string {
  const head = `${kind.name} nodeType="${kind.one}"${kind.api ? ` api="${kind.api}"` : ' virtualEntity="true"'}`
  if (entries.length === 0) return `<${head}/>\n`
  const each = entries.map((entry) => {
    const href = kind.api ? ` xlink:href="${home}/api/${kind.api}/${entry.id}"` : ''
    const fields = kind.fields.map(({ name, href: target }) => {
      const link = target ? ` xlink:href="${home}/api/${target}/${entry[name] ?? ''}"` : ''
      return `\t<${name}${link}>${cdata(entry[name] ?? '')}</${name}>\n`
    })
    return `\t<${kind.one}${href}>\n${fields.join('')}\t</${kind.one}>\n`
  })
  return `<${head}>\n${each.join('')}</${kind.name}>\n`
}

/** A list as XML: whole rows when fields were asked for, else ids with links. */
export function listXml(o: { schema: Schema; resource: string; rows: Row[]; look: Look | null; home: string }): string {
  const { schema, rows, look } = o
  const each = rows.map((row) =>
    look
      ? entityXml(schema, row, look)
      : `<${schema.one} id="${row.id}" xlink:href="${o.home}/api/${o.resource}/${row.id}"/>\n`,
  )
  return documentXml(`<${schema.many}>\n${each.join('')}</${schema.many}>\n`)
}
