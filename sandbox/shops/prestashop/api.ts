import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { checkMethod, checkResource, checkShop, enter, type Permissions, presentedKey } from './auth.ts'
import { type Call, read } from './read.ts'
import { type Answer, answerOf, Crash, Refusal, send, sendCrash, sendUnauthorized } from './replies.ts'
import { rootXml } from './root.ts'
import type { Shop } from './shop.ts'
import { write } from './write.ts'

type Env = { Bindings: HttpBindings }

/** The web service, under `/api`. */
export function openApi(o: { shop: Shop; key: string; permissions: Permissions }): Hono<Env> {
  const app = new Hono<Env>({ strict: false })
  app.all('/api', (c) => serve(c, o))
  app.all('/api/*', (c) => serve(c, o))
  return app
}

/** Scheme and host as the caller asked for them; a proxy that ends TLS says so in X-Forwarded-Proto. */
export function homeOf(c: { req: { header(name: string): string | undefined } }): string {
  const isSecure = c.req.header('x-forwarded-proto') === 'https'
  return `${isSecure ? 'https' : 'http'}://${c.req.header('host') ?? '127.0.0.1'}`
}

async function serve(c: Context<Env>, o: { shop: Shop; key: string; permissions: Permissions }): Promise<Response> {
  const startedAt = performance.now()
  const home = homeOf(c)
  const { pathname, searchParams: query } = new URL(c.env.incoming.url ?? '/', home)
  const given = presentedKey(c.req.header('authorization'), query)
  if (given === undefined) return sendUnauthorized()
  const [, , resource = '', id] = pathname.split('/')
  const method = c.req.method === 'POST' ? (query.get('ps_method') ?? 'POST') : c.req.method
  const isJson = [query.get('output_format'), c.req.header('output-format')].some((format) => format === 'JSON')
  const call: Call = { shop: o.shop, home, method, resource, id: id === '' ? undefined : id, query, isJson }
  const finish = (answer: Answer) =>
    send(answer, {
      version: o.shop.version,
      startedAt,
      isHead: method === 'HEAD',
      localSha1: c.req.header('local-content-sha1'),
    })
  let isStranger = true
  try {
    enter(o.shop, { given, key: o.key })
    isStranger = false
    return finish(await answer(call, { permissions: o.permissions, readBody: () => c.req.text() }))
  } catch (error) {
    if (error instanceof Refusal) return finish(answerOf(error, { isJson, isStranger }))
    if (error instanceof Crash) return sendCrash()
    console.error(error)
    return sendCrash()
  }
}

async function answer(call: Call, o: { permissions: Permissions; readBody: () => Promise<string> }): Promise<Answer> {
  const { method, resource, shop, home } = call
  checkShop(call.query)
  if (resource === '' && (method === 'GET' || method === 'HEAD')) {
    return { status: 200, body: rootXml(home, shop, o.permissions), type: 'xml' }
  }
  checkResource(resource, o.permissions)
  checkMethod(shop, { method, resource, permissions: o.permissions })
  if (method === 'GET' || method === 'HEAD') return read(call)
  return write(call, await o.readBody())
}
