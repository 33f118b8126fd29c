import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type ReceivedMail, readMail } from './mails.ts'
import { openSmtpFaults, type SmtpFault, type SmtpFaults } from './smtp-faults.ts'

/** A mail read from the wire, not yet kept. */
export type IncomingMail = Omit<ReceivedMail, 'id' | 'receivedAt'>

/** A running SMTP server. */
export interface Smtp {
  port: number
  faults: SmtpFaults
  close(): Promise<void>
}

const MAX_BYTES = 25 * 1024 * 1024

/** Takes mails on 127.0.0.1 without TLS or login; each one is handed to `keep` before the final 250. */
export async function startSmtp(o: { port: number; keep: (mail: IncomingMail) => void }): Promise<Smtp> {
  const faults = openSmtpFaults()
  const server = new FaultySmtpServer(faults, o.keep)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(o.port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', () => {}) // a client that went away: the conversation is over, nothing to tell
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(resolve)
      for (const connection of server.connections) connection._socket.destroy()
    })
  return { port: (server.server.address() as AddressInfo).port, faults, close }
}

/** What a step of the conversation comes to: it goes on, it is refused, or nothing more is said. */
type Verdict = Error | null | 'silence'

class FaultySmtpServer extends SMTPServer {
  readonly #faults: ReturnType<typeof openSmtpFaults>
  readonly #keep: (mail: IncomingMail) => void

  constructor(faults: ReturnType<typeof openSmtpFaults>, keep: (mail: IncomingMail) => void) {
    super({
      name: 'mailbox.sandbox',
      logger: false,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAX_BYTES,
      rejectOversized: true,
      closeTimeout: 1,
    })
    this.#faults = faults
    this.#keep = keep
  }

  /** The DATA command is taken over on each connection: only there can it be answered before the 354. */
  override connect(...parameters: Parameters<SMTPServer['connect']>): void {
    super.connect(...parameters)
    const connection = [...this.connections].at(-1)
    if (!connection) return
    const readData = connection.handler_DATA.bind(connection)
    connection.handler_DATA = (command, done) => {
      const recipients = connection.session.envelope.rcptTo.map(({ address }) => address)
      const step = {
        session: connection.session,
        fault: this.#faults.take('data-start', recipients),
        effect: () => readData(command, done),
      }
      this.#play(step, (verdict) => {
        if (!(verdict instanceof Error)) return
        connection.send(codeOf(verdict), verdict.message)
        done()
      })
    }
  }

  override onConnect(session: SMTPServerSession, callback: (error?: Error | null) => void): void {
    this.#play({ session, fault: this.#faults.take('connect', []) }, answering(callback))
  }

  override onRcptTo(
    { address }: { address: string },
    session: SMTPServerSession,
    callback: (error?: Error | null) => void,
  ): void {
    this.#play({ session, fault: this.#faults.take('rcpt', [address]) }, answering(callback))
  }

  override onData(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    callback: (error?: Error | null) => void,
  ): void {
    this.#receive(stream, session).then(answering(callback), (error: Error) => callback(error))
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Verdict> {
    const raw = Buffer.concat((await stream.toArray()) as Buffer[])
    if (stream.sizeExceeded) return null // answered 552 by the server itself
    const { mailFrom, rcptTo } = session.envelope
    const to = rcptTo.map(({ address }) => address)
    const mail = await readMail(raw, { from: mailFrom ? mailFrom.address : '', to })
    const fault = this.#faults.take('data-end', [mail.subject, ...to])
    return this.#strike({ session, fault, effect: () => this.#keep(mail) })
  }

  #play(step: Step, end: (verdict: Verdict) => void): void {
    if (step.fault) {
      this.#strike(step).then(end, (error: Error) => end(error))
      return
    }
    step.effect?.()
    end(null)
  }

  async #strike({ session, fault, effect }: Step): Promise<Verdict> {
    if (fault?.hook?.when === 'before') await fault.hook.run()
    if (fault?.drop === 'before') return this.#cut(session)
    if (fault?.reply) return smtpError(fault.reply)
    effect?.()
    if (fault?.hook?.when === 'after') await fault.hook.run()
    return fault?.drop === 'after' ? this.#cut(session) : null
  }

  #cut(session: SMTPServerSession): 'silence' {
    for (const connection of this.connections) {
      if (connection.id === session.id) connection._socket.destroySoon()
    }
    return 'silence'
  }
}

interface Step {
  session: SMTPServerSession
  fault: SmtpFault | undefined
  effect?: () => void
}

const answering = (callback: (error?: Error | null) => void) => (verdict: Verdict) => {
  if (verdict !== 'silence') callback(verdict)
}

function smtpError({ code, message }: { code: number; message: string }): Error {
  return Object.assign(new Error(message), { responseCode: code })
}

const codeOf = (error: Error): number => ('responseCode' in error ? Number(error.responseCode) : 451)
