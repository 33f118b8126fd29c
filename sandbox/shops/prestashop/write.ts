import { readEntity, type Sent } from './body.ts'
import { applyEffects, checkBefore } from './effects.ts'
import { faultIn, storedOf } from './formats.ts'
import type { Field, Row, Schema } from './model.ts'
import { textOf } from './model.ts'
import { type Call, showOne } from './read.ts'
import { type Answer, refuse } from './replies.ts'
import { classOf, schemaOf } from './schemas.ts'
import { findRow, insertRow, rowsOf, type Shop, timeOf } from './shop.ts'

/** Answers a POST, PUT, PATCH or DELETE. */
export function write(call: Call, text: string): Answer {
  if (call.method === 'DELETE') return remove(call)
  const schema = schemaOf(call.resource)
  const sent = readEntity(text, schema.one)
  const id = sent.fields.get('id') ?? ''
  if (call.method === 'POST') {
    if (id !== '') throw refuse(400, 91, 'id is forbidden when adding a new resource')
    return create(call, schema, sent)
  }
  if (id === '') throw refuse(400, 90, 'id is required when modifying a resource')
  const row = findRow(call.shop, call.resource, Number.parseInt(id, 10))
  if (!row) throw refuse(404, 92, 'Invalid ID')
  return change(call, { schema, sent, row })
}

function remove({ shop, resource, id }: Call): Answer {
  const rows = rowsOf(shop, resource)
  const index = rows.findIndex((row) => String(row.id) === id)
  if (index < 0) throw refuse(404, 87, `Id(s) not exists: ${id ?? ''}`)
  rows.splice(index, 1)
  shop.store.save()
  return { status: 200, body: '', type: 'none' }
}

function create(call: Call, schema: Schema, sent: Sent): Answer {
  const { shop, resource } = call
  const values = valuesOf(schema, { sent, before: null })
  stampDates(shop, schema, values, { isNew: true })
  checkValues(schema, values)
  checkBefore(shop, resource, sent)
  const row = insertRow(shop, resource, storedValues(schema, values))
  const shown = { id: row.id, ...values }
  applyEffects(call, { row, sent })
  return showOne(call, shown, 201)
}

/** PUT replaces: what is left out is blanked. PATCH keeps it. The reply shows what was sent, not what the database made of it. */
function change(call: Call, o: { schema: Schema; sent: Sent; row: Row }): Answer {
  const { schema, sent, row } = o
  const { shop, resource, method } = call
  checkAssociations(schema, sent)
  const values = valuesOf(schema, { sent, before: method === 'PATCH' ? row : null })
  stampDates(shop, schema, values, { isNew: false })
  checkValues(schema, method === 'PATCH' ? pick(values, sent) : values, method === 'PATCH')
  checkBefore(shop, resource, sent)
  Object.assign(row, storedValues(schema, values))
  shop.store.save()
  applyEffects(call, { row, sent })
  return showOne(call, method === 'PUT' ? { ...row, ...shownValues(values, row, sent) } : row, 200)
}

/** What the effects changed is shown as they left it. */
const shownValues = (values: Record<string, string>, row: Row, sent: Sent) =>
  sent.fields.has('current_state') ? { ...values, ...row } : { ...values, id: row.id }

function pick(values: Record<string, string>, sent: Sent): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => sent.fields.has(name)))
}

/** The values of the entity, field by field as the program goes through them: the first wrong one is refused. */
function valuesOf(schema: Schema, o: { sent: Sent; before: Row | null }): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of schema.fields) {
    const given = o.sent.fields.get(field.name)
    if (given !== undefined && field.readOnly) throw notWritable(field.name)
    if (given === undefined && o.before === null && field.required) {
      throw refuse(400, 41, `parameter "${field.name}" required`)
    }
    values[field.name] = given ?? (o.before ? textOf(o.before, field.name) : '')
  }
  return values
}

const notWritable = (name: string) =>
  refuse(400, 93, `parameter "${name}" not writable. Please remove this attribute of this XML`)

/** The lines of an order are not changed through the web service here; entries with read-only fields never are. */
function checkAssociations(schema: Schema, sent: Sent): void {
  for (const kind of schema.associations ?? []) {
    const entries = sent.associations.get(kind.name)
    if (!entries || kind.api) continue
    const readOnly = kind.fields.find(({ name, readOnly }) => readOnly && entries.some((entry) => entry.has(name)))
    throw notWritable(readOnly?.name ?? kind.name)
  }
}

function checkValues(schema: Schema, values: Record<string, string>, isPartial = false): void {
  const check = (fields: Field[], code: number) => {
    for (const field of fields) {
      const value = values[field.name]
      const fault = value === undefined && isPartial ? undefined : faultIn(field, value ?? '')
      if (!fault) continue
      const end = fault === 'is empty' ? '.' : ''
      const message = `Validation error: "Property ${classOf(schema)}-&gt;${field.name} ${fault}${end}"`
      throw refuse(400, code, message)
    }
  }
  check(
    schema.fields.filter(({ kind }) => kind === 'i18n'),
    84,
  )
  check(
    schema.fields.filter(({ kind }) => kind !== 'i18n'),
    85,
  )
}

/** New rows are dated now whatever was sent; changed ones get a new `date_upd`, and a `date_add` only when theirs was blanked. */
function stampDates(shop: Shop, schema: Schema, values: Record<string, string>, o: { isNew: boolean }): void {
  const has = (name: string) => schema.fields.some((field) => field.name === name)
  const now = timeOf(shop)
  if (has('date_add') && (o.isNew || !values.date_add)) values.date_add = now
  if (has('date_upd')) values.date_upd = now
}

const storedValues = (schema: Schema, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(schema.fields.map((field) => [field.name, storedOf(field, values[field.name] ?? '')]))
