import type { Field, Row, Schema, Version } from './model.ts'
import { textOf } from './model.ts'
import type { Look } from './xml.ts'

/** One row as an object of the JSON output; empty associations are left out. */
function entityOf(schema: Schema, row: Row, look: Look): Record<string, unknown> {
  const isShown = (name: string) => look.display === null || look.display.has(name)
  const shown: Record<string, unknown> = isShown('id') ? { id: row.id } : {}
  for (const field of schema.fields) if (isShown(field.name)) shown[field.name] = shownOf(field, row, look)
  if (look.display !== null) return shown
  const filled = (schema.associations ?? []).filter(({ name }) => (row.associations?.[name] ?? []).length > 0)
  if (filled.length === 0) return shown
  const associations = filled.map(({ name, fields }) => [
    name,
    (row.associations?.[name] ?? []).map((entry) =>
      Object.fromEntries(fields.map((f) => [f.name, entry[f.name] ?? ''])),
    ),
  ])
  return { ...shown, associations: Object.fromEntries(associations) }
}

function shownOf(field: Field, row: Row, look: Look): unknown {
  if (field.kind !== 'i18n') return row[field.name] === undefined ? '' : row[field.name]
  const text = textOf(row, field.name)
  return look.languages.length === 1 ? text : look.languages.map((id) => ({ id, value: text }))
}

const isFalsy = (value: unknown) => value === '' || value === '0' || value === 0 || value === null || value === false

/** One object as JSON: since 8.0 its falsy fields are dropped. */
export function oneJson(o: { schema: Schema; row: Row; look: Look; version: Version }): string {
  const entity = entityOf(o.schema, o.row, o.look)
  const kept =
    o.version === '1.7.8' ? entity : Object.fromEntries(Object.entries(entity).filter(([, v]) => !isFalsy(v)))
  return JSON.stringify({ [o.schema.one]: kept })
}

/** A list as JSON: every field is kept, and an empty list is a bare array. */
export function listJson(o: { schema: Schema; rows: Row[]; look: Look | null }): string {
  const { schema, look } = o
  if (o.rows.length === 0) return '[]'
  return JSON.stringify({ [schema.many]: o.rows.map((row) => (look ? entityOf(schema, row, look) : { id: row.id })) })
}
