import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What an adapter sent. */
export interface Sent {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: unknown
}

/** What the next calls get; a text body goes out as it is. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body: unknown
}

/** A small server that writes down every call and answers what it was told last. */
export async function startAnswering() {
  const seen: Sent[] = []
  let next: Answer = { status: 200, body: {} }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const url = new URL(request.url ?? '', 'http://shop')
    seen.push({
      method: request.method ?? '',
      url,
      headers: request.headers,
      body: body ? JSON.parse(body) : undefined,
    })
    response.writeHead(next.status, next.headers)
    response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer(reply: Answer): void {
      next = reply
    },
    close: () => server.close(),
  }
}
