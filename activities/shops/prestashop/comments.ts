import { randomBytes } from 'node:crypto'
import { Unavailable } from '../../../domain/failures.ts'
import type { PsClient } from './client.ts'
import { unknownOrder } from './status.ts'
import { psCustomer, psMessage, psNote, psOrderPeople, psThread } from './wire.ts'

/** Everything written on an order: the shop's notes, and the messages that the customer reads on the order's page. */
export interface Written {
  notes: string[]
  messages: string[]
}

/** Reads what stands on an order already. */
export async function readWritten(client: PsClient, webId: string): Promise<Written> {
  if (!/^\d{1,10}$/.test(webId)) throw unknownOrder(client.who, webId)
  const ofOrder = { filter: { id_order: `[${webId}]` }, sort: '[id_ASC]' }
  const notes = await client.list('messages', psNote, { display: '[id,id_order,id_customer,message]', ...ofOrder })
  const threads = await threadsOf(client, webId)
  const messages = threads.length === 0 ? [] : await messagesOf(client, threads)
  return { notes: notes.map((note) => note.message), messages }
}

async function messagesOf(client: PsClient, threads: string[]): Promise<string[]> {
  const rows = await client.list('customer_messages', psMessage, {
    display: '[id,message,private]',
    filter: { id_customer_thread: `[${threads.join('|')}]` },
    sort: '[id_ASC]',
  })
  return rows.filter((row) => row.private !== '1').map((row) => row.message)
}

/** Writes a note for the shop's people: `messages`, as the order's own `note` holds one text only and cannot be added to. */
export async function writeNote(client: PsClient, webId: string, text: string): Promise<void> {
  const query = { display: '[id_customer,id_lang,id_shop,id_carrier]', filter: { id: `[${webId}]` } }
  const [order] = await client.list('orders', psOrderPeople, query)
  if (!order) throw unknownOrder(client.who, webId)
  const fields = { id_order: webId, message: text, private: '1' }
  await client.write({ method: 'POST', resource: 'messages', entity: 'message', fields })
}

/** Writes a message that the customer reads on the order's page, in the order's thread; a shop employee must be its author. */
export async function writeMessage(
  client: PsClient,
  { webId, text, employee }: { webId: string; text: string; employee: string },
): Promise<void> {
  const known = await threadsOf(client, webId)
  const made = known.length === 0 ? await openThread(client, webId) : ''
  const thread = known[0] || made || (await threadsOf(client, webId))[0]
  if (!thread) throw new Unavailable(`${client.who}: the message thread that was made is not shown`)
  await client.write({
    method: 'POST',
    resource: 'customer_messages',
    entity: 'customer_message',
    fields: { id_employee: employee, id_customer_thread: thread, message: text, private: '0' },
  })
}

async function threadsOf(client: PsClient, webId: string): Promise<string[]> {
  const query = { display: '[id,status]', filter: { id_order: `[${webId}]` }, sort: '[id_ASC]' }
  const rows = await client.list('customer_threads', psThread, query)
  return rows.map((row) => row.id)
}

async function openThread(client: PsClient, webId: string): Promise<string> {
  const display = '[id_customer,id_lang,id_shop,id_carrier]'
  const [order] = await client.list('orders', psOrderPeople, { display, filter: { id: `[${webId}]` } })
  if (!order) throw unknownOrder(client.who, webId)
  const fields = '[id,lastname,firstname,email,company,siret,is_guest]'
  const [customer] = await client.list('customers', psCustomer, {
    display: fields,
    filter: { id: `[${order.id_customer}]` },
  })
  return client.write({
    method: 'POST',
    resource: 'customer_threads',
    entity: 'customer_thread',
    fields: {
      id_lang: order.id_lang,
      id_shop: order.id_shop,
      id_customer: order.id_customer,
      id_order: webId,
      id_contact: '0',
      email: customer?.email ?? '',
      token: randomBytes(6).toString('hex'),
      status: 'open',
    },
  })
}

/** The message that shows an invoice; its number and link are how we know it again. */
export const invoiceMessage = ({ number, url }: { number: string; url: string }): string =>
  `Facture ${number} disponible : ${url}`

/** True when a message is the one of this invoice, and not of a longer number. */
export const showsInvoiceOf = (message: string, number: string): boolean =>
  flat(message).startsWith(`Facture ${number} disponible : `)

/** True when two texts are the same for a reader: white space and the entities of HTML do not count. */
export const saysSame = (one: string, other: string): boolean => flat(one) === flat(other)

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'" }
const flat = (text: string): string =>
  text
    .replace(/&(amp|lt|gt|quot|#039);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
