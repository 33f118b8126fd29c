import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** One request as it went over the wire. */
export interface Heard {
  method: string
  path: string
  contentType: string
  body: string
}

/** A door in front of a server that hands everything on and writes down what was asked. */
export async function openRecorder(target: string): Promise<{ url: string; heard: Heard[]; close(): Promise<void> }> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    try {
      const body = await buffer(request)
      const { method = 'GET', url: path = '/', headers } = request
      heard.push({ method, path, contentType: headers['content-type'] ?? '', body: body.toString() })
      const { host: _, connection: __, 'content-length': ___, ...kept } = headers
      const reply = await fetch(`${target}${path}`, {
        method,
        headers: Object.entries(kept).map(([name, value]) => [name, String(value)] as [string, string]),
        ...(body.length > 0 ? { body } : {}),
      })
      const bytes = Buffer.from(await reply.arrayBuffer())
      const {
        'content-encoding': _e,
        'content-length': _l,
        'transfer-encoding': _t,
        ...shown
      } = Object.fromEntries(reply.headers)
      response.writeHead(reply.status, { ...shown, 'content-length': bytes.length })
      response.end(bytes)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url, heard, close }
}
