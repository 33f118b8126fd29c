import type { AssociationSchema, Field, Schema } from './model.ts'
import { documentXml } from './xml.ts'

const EMPTY = '<![CDATA[]]>'
const READ_ONLY = ' read_only="true" readOnly="true"'

/** The description of a resource that `?schema=` asks for: its empty form, or its fields with their rules. */
export function schemaXml(schema: Schema, type: 'blank' | 'synopsis', home: string): string {
  const id = type === 'blank' ? `\t<id>${EMPTY}</id>\n` : ''
  const fields = schema.fields.map((field) => fieldXml(field, type, home))
  const each = (schema.associations ?? []).map((kind) => associationXml(kind, type, home))
  const inside = each.length > 0 ? `<associations>\n${each.join('')}</associations>\n` : ''
  return documentXml(`<${schema.one}>\n${id}${fields.join('')}${inside}</${schema.one}>\n`)
}

function rulesOf(field: Field): string {
  const rules = [
    field.notFilterable ? 'notFilterable="true"' : '',
    field.required ? 'required="true"' : '',
    field.maxSize ? `maxSize="${field.maxSize}"` : '',
    field.format ? `format="${field.format}"` : '',
    field.readOnly ? 'readOnly="true"' : '',
  ]
  return rules.map((rule) => (rule ? ` ${rule}` : '')).join('')
}

function fieldXml(field: Field, type: 'blank' | 'synopsis', home: string): string {
  const rules = type === 'synopsis' ? rulesOf(field) : ''
  if (field.kind !== 'i18n') return `\t<${field.name}${rules}>${EMPTY}</${field.name}>\n`
  const link = type === 'synopsis' ? ` xlink:href="${home}/api/languages/1" format="isUnsignedId" ` : ''
  return `\t<${field.name}${rules}><language id="1"${link}>${EMPTY}</language></${field.name}>\n`
}

function associationXml(kind: AssociationSchema, type: 'blank' | 'synopsis', home: string): string {
  const isFull = type === 'synopsis'
  const head = kind.api ? ` nodeType="${kind.one}" api="${kind.api}"` : ` nodeType="${kind.one}" virtualEntity="true"`
  const fields = kind.fields.map(({ name, href, readOnly, required }) => {
    const link = href ? ` xlink:href="${home}/api/${href}/"` : ''
    const rules = `${link}${required ? ' required="true"' : ''}${readOnly ? READ_ONLY : ''}`
    return `\t<${name}${isFull ? rules : ''}>${EMPTY}</${name}>\n`
  })
  return `<${kind.name}${isFull ? head : ''}>\n\t<${kind.one}>\n${fields.join('')}\t</${kind.one}>\n</${kind.name}>\n`
}
