import { isSince, type PsClient } from './client.ts'
import { unknownOrder } from './status.ts'
import { psOrderPeople, psParcelRow } from './wire.ts'
import type { Fields } from './xml.ts'

/** The column of `order_carriers.tracking_number` holds this many characters. */
const COLUMN = 64

type Row = Record<string, unknown>

/** True when one of the order's rows holds the number; several are joined by ", ". */
export async function showsNumber(client: PsClient, webId: string, number: string): Promise<boolean> {
  return (await numbersOf(client, webId)).some(({ numbers }) => numbers.includes(number))
}

/** Adds a number beside those shown: in the last row while it has room, else in a row of its own. */
export async function addNumber(client: PsClient, webId: string, number: string): Promise<void> {
  const rows = await numbersOf(client, webId)
  const last = rows.at(-1)
  const joined = last && [...last.numbers, number].join(', ')
  if (!last || !joined || joined.length > COLUMN) await addRow(client, webId, { number, like: last?.row })
  else await setNumber(client, last, joined)
}

async function numbersOf(client: PsClient, webId: string) {
  if (!/^\d{1,10}$/.test(webId)) throw unknownOrder(client.who, webId)
  const rows = await client.listRaw('order_carriers', {
    display: 'full',
    filter: { id_order: `[${webId}]` },
    sort: '[id_ASC]',
  })
  return rows.map((row) => {
    const { id, tracking_number: text } = psParcelRow.parse(row)
    return { id, row, numbers: text.split(/[,\s]+/).filter(Boolean) }
  })
}

/** PATCH exists since 8.0.2; before, a row is written whole as it was read, as a field left out would be emptied. */
async function setNumber(client: PsClient, { id, row }: { id: string; row: Row }, number: string): Promise<void> {
  const write = { resource: 'order_carriers', entity: 'order_carrier', sendEmail: true }
  if (isSince(client.version(), '8.0.2'))
    await client.write({ ...write, method: 'PATCH', fields: { id, tracking_number: number } })
  else await client.write({ ...write, method: 'PUT', fields: { ...wholeOf(row), id, tracking_number: number } })
}

/** Every field of a row, also those that we have no use for. */
const wholeOf = (row: Row): Fields =>
  Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (isField(value) ? [[name, textOf(value)]] : [])))

const isField = (value: unknown): boolean => typeof value !== 'object' || value === null
const textOf = (value: unknown): string =>
  value === null || value === undefined || value === false ? '' : value === true ? '1' : String(value)

/** A parcel more, without weight or costs of its own: those stand in the order's first row. */
async function addRow(client: PsClient, webId: string, o: { number: string; like: Row | undefined }): Promise<void> {
  const { id_carrier, id_order_invoice } = o.like ? wholeOf(o.like) : { id_carrier: await carrierOf(client, webId) }
  await client.write({
    method: 'POST',
    resource: 'order_carriers',
    entity: 'order_carrier',
    sendEmail: true,
    fields: {
      id_order: webId,
      id_carrier: id_carrier || '0',
      id_order_invoice: id_order_invoice || '0',
      weight: '0',
      shipping_cost_tax_excl: '0',
      shipping_cost_tax_incl: '0',
      tracking_number: o.number,
    },
  })
}

async function carrierOf(client: PsClient, webId: string): Promise<string> {
  const query = { display: '[id_customer,id_lang,id_shop,id_carrier]', filter: { id: `[${webId}]` } }
  const [order] = await client.list('orders', psOrderPeople, query)
  if (!order) throw unknownOrder(client.who, webId)
  return order.id_carrier
}
