import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type ApiKey, openGate } from './auth.ts'
import { noRoute, notLoggedIn, Refusal } from './replies.ts'
import type { Shop } from './shop.ts'
import type { Seen } from './view.ts'

/** What a request of the API carries on its way. */
export type Env = {
  Bindings: HttpBindings
  Variables: { seen: Seen; query: URLSearchParams; url: string; isKnown: boolean }
}

/** One request of the API. */
export type Call = Context<Env>

type Handler = (c: Call) => Response | Promise<Response>

/** How the host of the shop is set up: addresses without rewriting, an Authorization header that never reaches PHP. */
export interface Host {
  hasPlainPermalinks?: boolean
  dropsAuthorization?: boolean
}

/** Every shop answers to `rest_route`; with plain permalinks nothing else leads to the API. */
function pathOf(address: string, { hasPlainPermalinks }: Host): string {
  const { pathname, searchParams } = new URL(address)
  const route = ['/', '/index.php'].includes(pathname) ? searchParams.get('rest_route') : null
  const path = route === null ? pathname : `/wp-json${route}`
  if (hasPlainPermalinks && route === null && path.startsWith('/wp-json')) return '/not-found'
  return path.length > 1 ? path.replace(/\/$/, '') : path
}

/** Scheme and host as the caller asked for them; a proxy that ends TLS says so in X-Forwarded-Proto. */
export function homeOf(c: { req: { header(name: string): string | undefined } }): string {
  const isSecure = c.req.header('x-forwarded-proto') === 'https'
  return `${isSecure ? 'https' : 'http'}://${c.req.header('host') ?? '127.0.0.1'}`
}

/** The API before its routes: who is asking, the headers of every reply, refusals as WordPress writes them. */
export function openApi(o: { shop: Shop; apiKey: ApiKey } & Host): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => pathOf(request.url, o) })
  const enter = openGate({ apiKey: o.apiKey, now: o.shop.now })
  app.use('/wp-json/*', async (c, next) => {
    const home = homeOf(c)
    const { pathname, searchParams } = new URL(c.env.incoming.url ?? '/', home)
    c.header('Link', `<${home}/wp-json/>; rel="https://api.w.org/"`)
    c.set('seen', { shop: o.shop, home })
    c.set('query', searchParams)
    c.set('url', `${home}${pathname}`)
    const authorization = o.dropsAuthorization ? undefined : c.req.header('authorization')
    const isSecure = home.startsWith('https:')
    const asked = { method: c.req.method, url: `${home}${pathname}`, query: searchParams, isSecure, authorization }
    c.set('isKnown', (c.env.incoming.url ?? '').includes('wp-json/wc/') && enter(asked))
    return next()
  })
  app.onError((error, c) => {
    if (error instanceof Refusal) return send(c, error.body, error.status)
    console.error(error)
    return send(
      c,
      {
        code: 'internal_server_error',
        message: 'There has been a critical error on this website.',
        data: { status: 500 },
      },
      500,
    )
  })
  app.notFound((c) => {
    if (!c.req.path.startsWith('/wp-json/'))
      return c.html('<!DOCTYPE html><title>Page not found</title><h1>Page not found</h1>', 404)
    return send(c, noRoute().body, 404)
  })
  return app
}

/** Answers JSON with the content type that WordPress writes. */
export function send(c: Context, body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  c.header('Content-Type', 'application/json; charset=UTF-8')
  return c.body(JSON.stringify(body), status as 200)
}

/** Puts one address of `wc/v3` in place; `allow` is what the real shop lists there. */
export function addRoute(
  app: Hono<Env>,
  path: string,
  o: { kind: 'collection' | 'item' | 'batch'; allow: string; handlers: Record<string, Handler> },
): void {
  app.all(`/wp-json/wc/v3${path}`, (c) => {
    const handler = Object.hasOwn(o.handlers, c.req.method) ? o.handlers[c.req.method] : undefined
    if (!handler) throw noRoute()
    if (!c.var.isKnown) throw notLoggedIn(c.req.method, o.kind)
    c.header('Allow', o.allow)
    return handler(c)
  })
}

/** The JSON object of a request; a body of another content type is not looked at, as WordPress does not. */
export async function readBody(c: Call): Promise<Record<string, unknown>> {
  if (!(c.req.header('content-type') ?? '').toLowerCase().startsWith('application/json')) return {}
  const text = await c.req.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
  } catch {
    const data = { status: 400, json_error_code: 4, json_error_message: 'Syntax error' }
    throw new Refusal(400, 'rest_invalid_json', 'Invalid JSON body passed.', data)
  }
}
