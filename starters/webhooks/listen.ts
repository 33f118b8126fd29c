import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Calls that may be under way at once; each is read in pieces, so this bounds the memory. */
const CONNECTIONS = 256

/** Milliseconds that a caller has to send all of a call. */
const PATIENCE = 15_000

/** Milliseconds that callers have to finish once the door closes. */
const LAST_CALL = 2000

/** Listens on an address; `stop` ends once the calls under way are answered and done with. */
export async function listen(o: {
  host: string
  port: number
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}): Promise<{ port: number; stop(): Promise<void> }> {
  const busy = new Set<Promise<void>>()
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE }, (request, response) => {
    const work: Promise<void> = o
      .answer(request, response)
      .catch(() => reply(response, 500)) // nothing of a call is kept, not even in an error
      .finally(() => busy.delete(work))
    busy.add(work)
  })
  server.maxConnections = CONNECTIONS
  const port = await bind(server, o)
  return {
    port,
    async stop() {
      await shut(server)
      await Promise.all(busy)
    },
  }
}

/** Answers a status without a word; `unread` is the request whose body stays unread: its connection ends. */
export function reply(response: ServerResponse, status: number, unread?: IncomingMessage): void {
  if (response.headersSent || response.destroyed) return
  if (unread && hasMore(unread)) {
    unread.pause()
    response.setHeader('Connection', 'close')
  }
  response.writeHead(status, status === 204 ? {} : { 'Content-Length': 0 }).end()
}

function hasMore({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0)
}

function bind(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), LAST_CALL)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
  })
}
