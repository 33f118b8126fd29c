import type { Hono } from 'hono'
import { addRoute, type Call, type Env, readBody, send } from './api.ts'
import { applyChanges, readChanges } from './changes.ts'
import { instantOfGmt } from './clock.ts'
import { createOrder } from './creation.ts'
import type { Order } from './model.ts'
import { type ListQuery, paginate, readListQuery, trimFields } from './query.ts'
import { Refusal } from './replies.ts'
import { findOrder, removeOrder, trashOrder } from './shop.ts'
import { showOrder } from './view.ts'

const ITEM = 'GET, POST, PUT, PATCH, DELETE'

/** Puts the routes of orders in place: list, create, read, change, trash, batch. */
export function addOrderRoutes(app: Hono<Env>): void {
  const item = { GET: getOrder, POST: changeOrder, PUT: changeOrder, PATCH: changeOrder, DELETE: deleteOrder }
  const batch = { POST: changeBatch, PUT: changeBatch, PATCH: changeBatch }
  addRoute(app, '/orders', { kind: 'collection', allow: 'GET, POST', handlers: { GET: listOrders, POST: createOrder } })
  addRoute(app, '/orders/:id{[0-9]+}', { kind: 'item', allow: ITEM, handlers: item })
  addRoute(app, '/orders/batch', { kind: 'batch', allow: 'POST, PUT, PATCH', handlers: batch })
}

/** The order a route names; unknown: 404 when read, 400 when changed. */
export function orderOf(c: Call, status: number): Order {
  const order = findOrder(c.var.seen.shop, Number(c.req.param('id')))
  if (!order) throw new Refusal(status, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.')
  return order
}

function listOrders(c: Call): Response {
  const { seen, query, url } = c.var
  const read = readListQuery(query, seen.shop.zone)
  const found = sortOrders(
    seen.shop.store.data.orders.filter((order) => isListed(order, read)),
    read,
  )
  const { items, headers } = paginate(found, { read, url, query })
  const shown = items.map((order) => trimFields(showOrder(seen, order), query))
  return send(c, shown, 200, headers)
}

function isListed(order: Order, read: ListQuery): boolean {
  const isShown = read.statuses.includes(order.status) || (read.statuses.includes('any') && order.status !== 'trash')
  const isAsked = read.include.length === 0 || read.include.includes(order.id)
  const [created, modified] = [instantOfGmt(order.date_created_gmt), instantOfGmt(order.date_modified_gmt)]
  const isInTime =
    isBetween(created, read.after, read.before) && isBetween(modified, read.modifiedAfter, read.modifiedBefore)
  return isShown && isAsked && !read.exclude.includes(order.id) && isInTime && isFound(order, read.search)
}

const isBetween = (instant: number, after: number | undefined, before: number | undefined) =>
  (after === undefined || instant > after) && (before === undefined || instant < before)

function isFound(order: Order, search: string): boolean {
  if (search === '') return true
  const addresses = [order.billing, order.shipping].map((address) => Object.values(address).join(' '))
  const names = order.line_items.map((line) => line.name)
  return [order.number, ...addresses, ...names].some((text) => text.toLowerCase().includes(search.toLowerCase()))
}

/** Equal times are told apart by the number, as from WooCommerce 10.4 on. */
function sortOrders(orders: Order[], read: ListQuery): Order[] {
  if (read.orderby === 'include') return orders.sort((a, b) => read.include.indexOf(a.id) - read.include.indexOf(b.id))
  const field = { date: 'date_created_gmt', modified: 'date_modified_gmt' }[read.orderby] as
    | 'date_created_gmt'
    | 'date_modified_gmt'
    | undefined
  const compare = (a: Order, b: Order) => (field ? a[field].localeCompare(b[field]) : 0) || a.id - b.id
  return orders.sort((a, b) => (read.order === 'asc' ? compare(a, b) : compare(b, a)))
}

function getOrder(c: Call): Response {
  return sendOrder(c, showOrder(c.var.seen, orderOf(c, 404)))
}

/** Of a single order, `_fields` does not take the links away. */
function sendOrder(c: Call, shown: ReturnType<typeof showOrder>): Response {
  return send(c, { ...trimFields(shown, c.var.query), _links: shown._links })
}

async function changeOrder(c: Call): Promise<Response> {
  const changes = readChanges(await readBody(c))
  const order = orderOf(c, 400)
  applyChanges(c.var.seen.shop, order, changes)
  return sendOrder(c, showOrder(c.var.seen, order))
}

function deleteOrder(c: Call): Response {
  const { seen, query } = c.var
  const order = orderOf(c, 404)
  const before = showOrder(seen, order)
  if (['true', '1'].includes(query.get('force') ?? '')) removeOrder(seen.shop, order)
  else if (order.status === 'trash') {
    throw new Refusal(410, 'woocommerce_rest_already_trashed', 'The order has already been deleted.')
  } else trashOrder(seen.shop, order)
  return sendOrder(c, before)
}

async function changeBatch(c: Call): Promise<Response> {
  const { seen } = c.var
  const body = await readBody(c)
  const lists = ['create', 'update', 'delete'].map((name) => (Array.isArray(body[name]) ? body[name].length : 0))
  if (lists.reduce((a, b) => a + b, 0) > 100) {
    throw new Refusal(
      413,
      'woocommerce_rest_request_entity_too_large',
      'Unable to accept more than 100 items for this request.',
    )
  }
  if (body.create !== undefined || body.delete !== undefined) {
    throw new Refusal(501, 'sandbox_not_modelled', 'The sandbox only updates in a batch of orders.')
  }
  const updates: unknown[] = Array.isArray(body.update) ? body.update : []
  return send(c, { update: updates.map((item) => changeOne(seen, item)) })
}

function changeOne(seen: Call['var']['seen'], item: unknown): unknown {
  const given = typeof item === 'object' && item !== null ? { ...item } : {}
  const id = 'id' in given ? Number(given.id) : 0
  try {
    const changes = readChanges(given as Record<string, unknown>)
    const order = findOrder(seen.shop, id)
    if (!order) throw new Refusal(400, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.')
    applyChanges(seen.shop, order, changes)
    return showOrder(seen, order)
  } catch (error) {
    if (error instanceof Refusal) return { id, error: error.body }
    throw error
  }
}
