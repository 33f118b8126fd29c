import type { Hono } from 'hono'
import { addRoute, type Call, type Env, readBody, send } from './api.ts'
import type { Order } from './model.ts'
import { notInEnum, notOfType } from './parameters.ts'
import { invalidParameters, Refusal } from './replies.ts'
import { addNote, findOrder } from './shop.ts'
import { showNote } from './view.ts'

/** Puts the routes of the notes of an order in place. */
export function addNoteRoutes(app: Hono<Env>): void {
  const handlers = { GET: listNotes, POST: createNote }
  addRoute(app, '/orders/:id{[0-9]+}/notes', { kind: 'collection', allow: 'GET, POST', handlers })
}

function orderOf(c: Call): Order {
  const order = findOrder(c.var.seen.shop, Number(c.req.param('id')))
  if (!order) throw new Refusal(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.')
  return order
}

/** Newest first; of one second, in the order they were written. */
function listNotes(c: Call): Response {
  const { seen, query } = c.var
  const type = query.get('type') ?? 'any'
  const types = ['any', 'customer', 'internal']
  if (!types.includes(type)) throw invalidParameters([notInEnum('type', types)])
  const { id } = orderOf(c)
  const notes = seen.shop.store.data.notes
    .filter((note) => note.order_id === id && (type === 'any' || note.customer_note === (type === 'customer')))
    .sort((a, b) => b.date_created_gmt.localeCompare(a.date_created_gmt) || a.id - b.id)
  return send(
    c,
    notes.map((note) => showNote(seen, note)),
  )
}

async function createNote(c: Call): Promise<Response> {
  const { seen } = c.var
  const { note, customer_note: isForCustomer = false } = await readBody(c)
  if (note === undefined) {
    const data = { status: 400, params: ['note'] }
    throw new Refusal(400, 'rest_missing_callback_param', 'Missing parameter(s): note', data)
  }
  if (typeof note !== 'string') throw invalidParameters([notOfType('note', 'string')])
  if (typeof isForCustomer !== 'boolean') throw invalidParameters([notOfType('customer_note', 'boolean')])
  const order = orderOf(c)
  seen.shop.ledger.count('order-note', `${order.id}:${note}`)
  const written = showNote(seen, addNote(seen.shop, order, { note, isForCustomer }))
  return send(c, written, 201, { Location: `${c.var.url.replace(/\/$/, '')}/${written.id}` })
}
