import { listJson, oneJson } from './json.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { readDisplay, readListQuery, select } from './query.ts'
import type { Answer } from './replies.ts'
import { schemaXml } from './schema-docs.ts'
import { schemaOf } from './schemas.ts'
import { findRow, rowsOf, rowsWith, type Shop } from './shop.ts'
import { documentXml, entityXml, type Look, listXml } from './xml.ts'

/** One request of the web service whose key was accepted. */
export interface Call {
  shop: Shop
  home: string
  method: string
  resource: string
  /** The id in the address. */
  id: string | undefined
  query: URLSearchParams
  isJson: boolean
}

const ROW_FIELDS = [
  'product_id',
  'product_attribute_id',
  'product_quantity',
  'product_name',
  'product_reference',
  'product_ean13',
  'product_isbn',
  'product_upc',
  'product_price',
  'id_customization',
  'unit_price_tax_incl',
  'unit_price_tax_excl',
]

/** A row with what the program computes when it shows it. */
function expand(shop: Shop, resource: string, row: Row): Row {
  if (resource === 'orders') {
    const details = rowsWith(shop, 'order_details', 'id_order', row.id)
    const rows = details.map((detail) => ({
      id: String(detail.id),
      ...Object.fromEntries(ROW_FIELDS.map((name) => [name, textOf(detail, name)])),
    }))
    const [carrier] = rowsWith(shop, 'order_carriers', 'id_order', row.id)
    const number = carrier ? textOf(carrier, 'tracking_number') : ''
    return { ...row, shipping_number: number, associations: { order_rows: rows } }
  }
  if (resource !== 'customer_threads') return row
  const messages = rowsWith(shop, 'customer_messages', 'id_customer_thread', row.id)
  return { ...row, associations: { customer_messages: messages.map(({ id }) => ({ id: String(id) })) } }
}

function languagesOf({ shop, query }: Call): string[] {
  const all = rowsOf(shop, 'languages').map(({ id }) => String(id))
  const asked = query.get('language')
  const one = all.filter((id) => id === asked || `[${id}]` === asked)
  return one.length > 0 ? one : all
}

const lookOf = (call: Call, display: Look['display']): Look => ({
  home: call.home,
  languages: languagesOf(call),
  display,
})

/** Answers a GET of one object, or of a list. */
export function read(call: Call): Answer {
  const type = call.query.get('schema')
  if (call.id === undefined && (type === 'blank' || type === 'synopsis')) {
    return { status: 200, body: schemaXml(schemaOf(call.resource), type, call.home), type: 'xml' }
  }
  return call.id === undefined ? readList(call) : readOne(call, call.id)
}

function readOne(call: Call, id: string): Answer {
  const row = /^\d+$/.test(id) ? findRow(call.shop, call.resource, Number(id)) : undefined
  if (!row) return { status: 404, body: '', type: 'none' }
  return showOne(call, row, 200)
}

/** Answers with one object, as read or as just written. */
export function showOne(call: Call, row: Row, status: number): Answer {
  const { shop, resource, isJson } = call
  const schema = schemaOf(resource)
  const display = readDisplay(call.query.get('display'), schema, shop.version)
  const look = lookOf(call, display === 'full' ? null : display)
  const shown = expand(shop, resource, row)
  const body = isJson
    ? oneJson({ schema, row: shown, look, version: shop.version })
    : documentXml(entityXml(schema, shown, look))
  return { status, body, type: isJson ? 'json' : 'xml' }
}

function readList(call: Call): Answer {
  const { shop, resource, home, isJson } = call
  const schema = schemaOf(resource)
  const query = readListQuery(call.query, schema, shop.version)
  const isWhole = query.display !== null
  const rows = select(inTableOrder(resource, rowsOf(shop, resource)), query)
  const shown = isWhole ? rows.map((row) => expand(shop, resource, row)) : rows
  const look = isWhole ? lookOf(call, query.display === 'full' ? null : query.display) : null
  const body = isJson ? listJson({ schema, rows: shown, look }) : listXml({ schema, resource, rows: shown, look, home })
  return { status: 200, body, type: isJson ? 'json' : 'xml' }
}

/** Without a sort the database answers in the order of an index: addresses come by customer. */
function inTableOrder(resource: string, rows: Row[]): Row[] {
  if (resource !== 'addresses') return [...rows]
  return rows.toSorted((a, b) => Number(a.id_customer) - Number(b.id_customer) || a.id - b.id)
}
