import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A reply of a carrier. */
export interface Reply {
  status?: number
  type?: string
  headers?: Record<string, string>
  body: Buffer | string
  /** Cut the connection after the body. */
  cut?: boolean
}

/** A reply, or what happens instead of one once the request was read. */
export type Played = Reply | 'silence' | 'reset'

/** A small server that writes down what it hears and plays the given replies in turn; without a reply left it answers 500. */
export async function startPlaying<Heard>(o: {
  /** The content type of a reply that names none. */
  type: string
  read: (request: IncomingMessage, body: string) => Heard
}) {
  const heard: Heard[] = []
  let player: (heard: Heard) => Played
  const playBy = (next: typeof player) => {
    player = next
  }
  const play = (...next: Played[]) => playBy(() => next.shift() ?? { status: 500, body: '' })
  play()
  const server = createServer(async (request, response) => {
    const message = o.read(request, await text(request))
    heard.push(message)
    const reply = player(message)
    if (reply === 'silence') return
    if (reply === 'reset') return void request.socket.resetAndDestroy()
    const { status = 200, type = o.type, headers, body, cut } = reply
    const length = cut ? { 'content-length': Buffer.byteLength(body) + 10 } : {}
    response.writeHead(status, { 'content-type': type, ...length, ...headers })
    if (cut) response.write(body, () => response.destroy())
    else response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref() // a failing test must not keep the process alive
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, play, playBy, close }
}
