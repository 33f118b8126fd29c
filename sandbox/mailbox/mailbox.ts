import { type Counters, openLedger, openStore, type SandboxServer, serveSandbox } from '../kit.ts'
import type { ReceivedMail } from './mails.ts'
import { mailboxRoutes } from './pages.ts'
import { type IncomingMail, startSmtp } from './smtp.ts'
import type { SmtpFaults } from './smtp-faults.ts'

export type { ReceivedAttachment, ReceivedMail } from './mails.ts'
export type { SmtpFault } from './smtp-faults.ts'

/** A running mailbox: what every customer of the sandbox received. */
export interface Mailbox extends SandboxServer {
  smtpPort: number
  smtpUrl: string
  /** Oldest first; the last two thousand. */
  mails(): ReceivedMail[]
  smtpFaults: SmtpFaults
}

interface State {
  counters: Counters
  received: number
  mails: ReceivedMail[]
}

const CAP = 2000

/** Starts a mail server that keeps what it accepts, and the page that shows it, both on 127.0.0.1. */
export async function startMailbox(o: { smtpPort?: number; port?: number; file?: string } = {}): Promise<Mailbox> {
  const store = openStore<State>(o.file, () => ({ counters: {}, received: 0, mails: [] }))
  const { data } = store
  const ledger = openLedger({ data, save() {} })
  const keep = (mail: IncomingMail) => {
    data.received += 1
    data.mails.push({ id: String(data.received), receivedAt: new Date().toISOString(), ...mail })
    data.mails.splice(0, data.mails.length - CAP)
    ledger.count('mail', mail.messageId || '(sans Message-ID)')
    store.save()
  }
  const smtp = await startSmtp({ port: o.smtpPort ?? 0, keep })
  const server = await serveSandbox({ app: mailboxRoutes(() => data.mails), port: o.port ?? 0, ledger }).catch(
    async (error: unknown) => {
      await smtp.close()
      throw error
    },
  )
  return {
    ...server,
    smtpPort: smtp.port,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    mails: () => [...data.mails],
    smtpFaults: smtp.faults,
    close: async () => {
      await smtp.close()
      await server.close()
    },
  }
}
