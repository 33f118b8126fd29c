import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Json } from './door.ts'
import { trimTo } from './fields.ts'
import type { openGate } from './gate.ts'
import type { Order } from './model.ts'
import { badRequest, internalError, noEntity, noRoute, Refusal } from './problems.ts'
import { findOrder, type Shop } from './shop.ts'

/** What a request of the API carries on its way. */
export type Env = { Bindings: HttpBindings; Variables: { query: URLSearchParams } }

/** One request of the API. */
export type Call = Context<Env>

/** Everything a group of routes needs. */
export interface Api {
  v1: Hono<Env>
  shop: Shop
  /** Lets only those through who may use a resource. */
  only: (resource: string) => MiddlewareHandler<Env>
  maxPageSize?: number
}

const STORE_CODES = ['/default', '/all', '']

/** The API before its routes: `open` puts the routes under every store code. */
export function openApi(o: { shop: Shop; gate: ReturnType<typeof openGate>; maxPageSize?: number }): {
  api: Api
  open: () => Hono<Env>
} {
  const v1 = new Hono<Env>({ strict: false })
  const only =
    (resource: string): MiddlewareHandler<Env> =>
    (c, next) => {
      const { method } = c.req
      o.gate({ method, url: urlOf(c), query: c.var.query, authorization: c.req.header('authorization') }, resource)
      return next()
    }
  const { shop, maxPageSize } = o
  const open = () => {
    const app = new Hono<Env>({ strict: false })
    app.use('/rest/*', (c, next) => {
      const [, query = ''] = /\?(.*)$/s.exec(c.env.incoming.url ?? '') ?? []
      c.set('query', new URLSearchParams(query))
      return next()
    })
    for (const code of STORE_CODES) app.route(`/rest${code}/V1`, v1)
    app.onError((error, c) => answerError(c, error))
    app.notFound((c) => (c.req.path.startsWith('/rest') ? answerError(c, noRoute()) : c.html(NOT_FOUND, 404)))
    return app
  }
  return { api: { v1, shop, only, ...(maxPageSize === undefined ? {} : { maxPageSize }) }, open }
}

const NOT_FOUND = '<!doctype html><title>404 Not Found</title><h1>Whoops, our bad...</h1>'

/** Scheme, host and path as the caller signed them; a proxy that ends TLS says so in X-Forwarded-Proto. */
function urlOf(c: Call): string {
  const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https' : 'http'
  const [path = ''] = (c.env.incoming.url ?? '').split('?')
  return `${scheme}://${c.req.header('host') ?? '127.0.0.1'}${path}`
}

function answerError(c: Context, error: Error): Response {
  if (error instanceof Refusal) return send(c, error.body, error.status)
  console.error(error)
  const { body, status } = internalError()
  return send(c, body, status)
}

function send(c: Context, body: unknown, status = 200): Response {
  c.header('Content-Type', 'application/json; charset=utf-8')
  return c.body(JSON.stringify(body), status as 200)
}

/** Answers JSON, trimmed to `fields=` when asked. */
export const answer = (c: Call, body: unknown): Response => send(c, trimTo(body, c.var.query.get('fields')))

/** The number in the path. */
export function idIn(c: Call): number {
  const text = c.req.param('id') ?? ''
  if (/^\d+$/.test(text)) return Number(text)
  const message = 'The "%value" value\'s type is invalid. The "%type" type was expected. Verify and try again.'
  throw badRequest(message, { value: text, type: 'int' })
}

/** The order named in the path. */
export function orderIn(c: Call, shop: Shop): Order {
  const order = findOrder(shop, idIn(c))
  if (!order) throw noEntity()
  return order
}

/** The JSON object of a request; an empty body is an empty object whatever its type. */
export async function readBody(c: Call): Promise<Json> {
  const text = await c.req.text()
  if (text === '') return {}
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '').toLowerCase().split(';')
  if (type.trim() === '') throw badRequest('Content-Type header is empty.')
  if (type.trim() !== 'application/json') {
    throw badRequest('Server cannot understand Content-Type HTTP header media type %1', [type.trim()])
  }
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) {
    throw badRequest('UTF-8 is the only supported charset.')
  }
  return parseObject(text)
}

function parseObject(text: string): Json {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    throw badRequest('Decoding error.')
  }
}
