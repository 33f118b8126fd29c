import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { type Logger, pino } from 'pino'
import type { Config } from '../config.ts'

/** Our way to one Temporal server: for asking, and for working. */
export interface Temporal {
  client: Client
  connection: Connection
  native: NativeConnection
  close(): Promise<void>
}

/** The log of every role: one JSON line an event, in a file or on standard error, never with personal data. */
export const openLog = (level: string, file?: string): Logger =>
  pino({ level }, pino.destination(file ? { dest: file, mkdir: true } : 2))

/** Prepares the SDK of this process; must come before any connection. Signals are ours to handle, in order. */
export function installRuntime(log: Logger): void {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (message.startsWith('No workflows registered')) return // each seam has its own queue, on purpose
    const say = level === 'ERROR' ? log.error : log.warn
    say.call(log, { meta }, message)
  })
  Runtime.install({ logger, shutdownSignals: [] })
}

/** Connects to a Temporal server. */
export async function connectTemporal({
  address,
  namespace,
  login,
}: {
  address: string
  namespace: string
  login: Config['temporal']['login']
}): Promise<Temporal> {
  const connection = await Connection.connect({ address, ...login })
  const native = await NativeConnection.connect({ address, ...login })
  const client = new Client({ connection, namespace })
  return {
    client,
    connection,
    native,
    async close() {
      await connection.close()
      await native.close()
    },
  }
}
