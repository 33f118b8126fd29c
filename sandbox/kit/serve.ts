import type { Server } from 'node:http'
import { type HttpBindings, serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Fault, type Faults, faultShape, openFaults } from './faults.ts'
import type { Counters, Ledger } from './ledger.ts'

/** A running server of the sandbox, seen from the process that started it. */
export interface SandboxServer {
  /** Without a slash at the end. */
  url: string
  port: number
  counters(): Counters
  faults: Faults
  close(): Promise<void>
}

/** What serves the requests: any Hono application. */
export interface SandboxApp {
  fetch(request: Request, env?: HttpBindings): Response | Promise<Response>
}

type Env = { Bindings: HttpBindings }
type FaultList = ReturnType<typeof openFaults>

/** Puts one application on 127.0.0.1 (port 0 = any free one), behind the faults, with `/_counters` and `/_faults` beside it. */
export async function serveSandbox(o: {
  app: SandboxApp
  port?: number
  ledger: Ledger
  /** Called first when the server closes, for instance to stop a timer. */
  onClose?: () => void
}): Promise<SandboxServer> {
  const faults = openFaults()
  const closing = new AbortController()
  const front = new Hono<Env>()
  front.get('/_counters', (c) => c.json(o.ledger.snapshot()))
  addFaultRoutes(front, faults)
  front.all('*', (c) => {
    const fault = c.req.path.startsWith('/_') ? undefined : faults.take(`${c.req.method} ${c.env.incoming.url}`)
    const handle = async () => o.app.fetch(c.req.raw, c.env)
    return fault ? answerWithFault({ c, fault, handle, closing: closing.signal }) : handle()
  })
  const { server, port } = await listen({ app: front, port: o.port ?? 0 })
  const close = () =>
    new Promise<void>((resolve) => {
      o.onClose?.()
      closing.abort()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, port, counters: () => o.ledger.snapshot(), faults, close }
}

function listen(o: { app: Hono<Env>; port: number }): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const fetch = (request: Request, env: unknown) => o.app.fetch(request, env as HttpBindings)
    const server = serve({ fetch, port: o.port, hostname: '127.0.0.1' }, (info) => {
      server.off('error', reject)
      resolve({ server, port: info.port })
    }) as Server
    server.once('error', reject)
  })
}

function addFaultRoutes(front: Hono<Env>, faults: FaultList): void {
  const visible = () => faults.list().map(({ hook, ...fault }) => (hook ? { ...fault, hook: hook.when } : fault))
  front.get('/_faults', (c) => c.json(visible()))
  front.post('/_faults', async (c) => {
    const text = await c.req.text()
    const parsed = z.union([faultShape, z.array(faultShape)]).safeParse(parseJson(text))
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400)
    for (const fault of [parsed.data].flat()) faults.add(fault)
    return c.json(visible(), 201)
  })
  front.delete('/_faults', (c) => {
    faults.clear()
    return c.json([])
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function answerWithFault(o: {
  c: Context<Env>
  fault: Fault
  handle: () => Promise<Response>
  closing: AbortSignal
}): Promise<Response> {
  const { c, fault } = o
  if (fault.hook?.when === 'before') await fault.hook.run()
  const isInstead = fault.status !== undefined && fault.drop === undefined
  const response = fault.drop === 'before' ? undefined : isInstead ? invent(fault) : await o.handle()
  const body = response === undefined ? undefined : Buffer.from(await response.arrayBuffer())
  if (fault.hook?.when === 'after') await fault.hook.run()
  if (fault.delayMs !== undefined) await wait(fault.delayMs, o.closing)
  if (fault.drop !== undefined || response === undefined) return cutNow(c)
  if (fault.cut) return cutInTheMiddle({ c, response, body: body ?? Buffer.alloc(0) })
  return new Response(body?.length ? new Uint8Array(body) : null, {
    status: response.status,
    headers: response.headers,
  })
}

function invent(fault: Fault): Response {
  const headers = new Headers(fault.headers)
  if (fault.contentType !== undefined) headers.set('content-type', fault.contentType)
  else if (!headers.has('content-type')) headers.set('content-type', 'application/json; charset=UTF-8')
  const isBodyless = fault.status === 204 || fault.status === 205 || fault.status === 304
  const body =
    fault.body ??
    JSON.stringify({ code: 'sandbox_fault', message: 'A fault of the sandbox', data: { status: fault.status } })
  return new Response(isBodyless ? null : body, { status: fault.status ?? 500, headers })
}

function wait(milliseconds: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (closing.aborted) return resolve()
    const timer = setTimeout(resolve, milliseconds)
    const stop = () => {
      clearTimeout(timer)
      resolve()
    }
    closing.addEventListener('abort', stop, { once: true })
  })
}

function cutNow(c: Context<Env>): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

async function cutInTheMiddle(o: { c: Context<Env>; response: Response; body: Buffer }): Promise<Response> {
  const { outgoing, incoming } = o.c.env
  const headers = Object.fromEntries(o.response.headers)
  outgoing.writeHead(o.response.status, { ...headers, 'content-length': String(o.body.length) })
  const half = o.body.subarray(0, Math.floor(o.body.length / 2))
  await new Promise<void>((resolve) => outgoing.write(half.length ? half : '', () => resolve()))
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}
