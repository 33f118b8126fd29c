import { createServer } from 'node:net'
import { StartProblem } from './problem.ts'

/** The wanted port of 127.0.0.1 if nothing listens there, else the next free one above it; 0 takes any free port. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < 65536; port++) {
    const free = await tryPort(port)
    if (free !== undefined) return free
  }
  throw new StartProblem(`No free port from ${wanted} on: choose a lower port in the settings.`)
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
