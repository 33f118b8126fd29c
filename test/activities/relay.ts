import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { after } from 'node:test'

/** The replies of a relay that takes everything. */
export const POLITE = {
  EHLO: '250 PIPELINING',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  QUIT: '221 bye',
  '.': '250 ok',
}

const servers: { close(): void }[] = []
after(() => {
  for (const server of servers) server.close()
})

/** A relay that answers each line with the reply of its first word, and tells what it heard. */
export async function speak(
  replies: Record<string, string>,
  onHeard: (line: string, socket: Socket) => void = () => undefined,
) {
  const heard: string[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.write('220 ready\r\n')
    createInterface(socket).on('line', (line) => {
      heard.push(line)
      const reply = replies[line.split(/[ :]/)[0] ?? '']
      if (reply) socket.write(`${reply}\r\n`)
      onHeard(line, socket)
    })
  })
  servers.push(
    { close: () => server.close(() => undefined) },
    { close: () => sockets.map((socket) => socket.destroy()) },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { heard, port, url: `smtp://127.0.0.1:${port}` }
}
