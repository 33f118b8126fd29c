import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Front } from './harness.ts'

/** A reply on its way; the headers may be changed in place. */
export interface Passing {
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** Opens a host in front of a shop that changes every reply; requests pass as they are, their Host included. */
export const frontThat =
  (change: (reply: Passing) => Buffer): Front =>
  async (url) => {
    const { hostname, port } = new URL(url)
    const server = createServer(async (incoming, outgoing) => {
      const { method, url: path, headers } = incoming
      const body = await buffer(incoming)
      const passed = request({ hostname, port, method, path, headers }, async (reply) => {
        const passing = { headers: { ...reply.headers }, body: await buffer(reply) }
        const changed = change(passing)
        const { 'transfer-encoding': _, ...kept } = passing.headers
        outgoing.writeHead(reply.statusCode ?? 502, { ...kept, 'content-length': changed.length })
        outgoing.end(changed)
      })
      passed.once('error', () => outgoing.destroy())
      passed.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const close = () => {
      server.close()
      server.closeAllConnections()
    }
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
  }
