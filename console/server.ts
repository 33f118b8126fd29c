import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { buildConsole } from './app.ts'
import type { ConsoleOptions } from './options.ts'

export type { ConsoleOptions } from './options.ts'

/** A browser that does not hang up by then is cut off. */
const LONGEST_GOODBYE_MS = 5_000

/** A console that listens. */
export interface RunningConsole {
  url: string
  port: number
  /** Answers what is under way, then stops. */
  close(): Promise<void>
}

/** Starts the console; rejects when its port is taken. */
export async function startConsole(o: ConsoleOptions): Promise<RunningConsole> {
  const host = o.host ?? '127.0.0.1'
  const server = createServer(getRequestListener(buildConsole(o).fetch))
  const port = await listen(server, { host, port: o.port })
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${port}`, port, close: () => close(server) }
}

function listen(server: Server, where: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), LONGEST_GOODBYE_MS).unref()
  })
}
