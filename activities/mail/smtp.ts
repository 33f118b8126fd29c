import { Readable } from 'node:stream'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { Refused, Unavailable } from '../../domain/failures.ts'
import type { Mailer } from './mailer.ts'
import { type Composed, compose } from './mime.ts'

/** The relay, as smtp:// or smtps:// with its login if it has one, and the name we greet it with. */
export interface SmtpSettings {
  url: string
  name?: string
}

const TIMEOUT = 30_000

/** Opens the mailer of one relay; each send has its own connection, and nothing is ever requeued. */
export function openSmtp(settings: SmtpSettings): Mailer {
  const { options, login } = relayOf(settings)
  return {
    async send(mail, { beforeData }) {
      const letter = await compose(mail)
      await deliver({ ...letter, connection: new SMTPConnection(options), login, beforeData })
    },
  }
}

interface Login {
  user: string
  pass: string
}

function relayOf({ url, name }: SmtpSettings): { options: SMTPConnectionOptions; login: Login | null } {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const login = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null
  const secure = protocol === 'smtps:'
  return {
    options: {
      host,
      ...(port ? { port } : {}),
      ...(name ? { name } : {}),
      secure,
      // A password never travels in clear, except to a relay on this very machine.
      requireTLS: login !== null && !secure && !/^(localhost|127\.|::1$)/.test(host),
      connectionTimeout: TIMEOUT,
      greetingTimeout: TIMEOUT,
      socketTimeout: TIMEOUT,
      dnsTimeout: TIMEOUT,
    },
    login,
  }
}

interface Delivery extends Composed {
  connection: SMTPConnection
  login: Login | null
  beforeData: () => Promise<void>
}

async function deliver({ connection, login, envelope, message, beforeData }: Delivery): Promise<void> {
  const departure = openDeparture(message, beforeData)
  const broken = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    connection.once('end', () => reject(new Error('connection closed')))
  })
  broken.catch(() => undefined)
  try {
    await Promise.race([broken, settled((done) => connection.connect((error) => done(error ?? null)))])
    if (login && connection.allowsAuth) await Promise.race([broken, settled((done) => connection.login(login, done))])
    await Promise.race([broken, settled((done) => connection.send(envelope, departure.stream, done))])
    connection.quit()
  } catch (error) {
    connection.close()
    throw (await departure.stop()) ?? failureOf(error, departure.left())
  }
}

function settled(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
}

/** The message as a stream that nodemailer reads only after the server said 354; `beforeData` is the first thing it waits for. */
function openDeparture(message: Buffer, beforeData: () => Promise<void>) {
  let waited: Promise<unknown> = Promise.resolve(null)
  let left = false
  let stopped = false
  async function* bytes() {
    waited = Promise.resolve()
      .then(beforeData)
      .then(
        () => null,
        (error: unknown) => error,
      )
    if ((await waited) !== null || stopped) throw new Error('the message stays here')
    left = true
    yield message
  }
  return {
    stream: Readable.from(bytes(), { objectMode: false }),
    /** True when at least a byte of the message may have left. */
    left: () => left,
    /** Lets nothing more leave; waits for a running `beforeData`, and gives the error it ended with, if any. */
    stop: (): Promise<unknown> => {
      stopped = true
      return waited
    },
  }
}

interface SmtpFault {
  code?: string
  originalCode?: string
  response?: string
  responseCode?: number
  permanent?: boolean
}

/** What a fault means; a reply of the server is certain, silence after the first byte is not. */
function failureOf(error: unknown, left: boolean): Refused | Unavailable {
  const { code = 'fault', originalCode, response = '', responseCode = 0, permanent } = error as SmtpFault
  const reply = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? ''
  if (code === 'EAUTH' && permanent !== false) return new Refused('login-refused', `SMTP ${reply}`.trim())
  if (responseCode === 530) return new Refused('login-refused', `SMTP ${reply}`)
  if (permanent) return new Refused('mail-refused', `SMTP ${reply}`)
  if (code === 'EENVELOPE' && !reply) return new Refused('mail-refused', "l'adresse n'en est pas une")
  // 4xx, and 503 (the session was out of step): the server did not take the message, for sure.
  if (responseCode >= 400) return new Unavailable(`SMTP: ${reply}`, { nothingHappened: true })
  return new Unavailable(`SMTP: ${originalCode ?? code}`, { nothingHappened: !left })
}
