import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { Refused } from '../../domain/failures.ts'
import type { Mail } from './mailer.ts'

/** A mail ready for the wire: who it goes to, and its bytes. */
export interface Composed {
  envelope: { from: string; to: string[] }
  message: Buffer
}

/** Builds the mail; the same `Mail` gives the same bytes, so that a repeat is recognised as such. */
export async function compose(mail: Mail): Promise<Composed> {
  const { text, html, replyTo, inReplyTo, messageId, attachments } = mail
  assertAddress(mail.to.address)
  const node = new MailComposer({
    from: oneLine(mail.from),
    to: oneLine(mail.to),
    ...(replyTo ? { replyTo: oneLine({ name: '', address: replyTo }) } : {}),
    ...(inReplyTo ? { inReplyTo: flat(inReplyTo), references: flat(inReplyTo) } : {}),
    subject: flat(mail.subject),
    messageId: flat(messageId),
    date: new Date(mail.date),
    headers: { 'Auto-Submitted': 'auto-generated' },
    text,
    html,
    attachments: attachments.map(({ name, mediaType, bytes }) => ({
      filename: flat(name),
      contentType: flat(mediaType),
      content: Buffer.from(bytes),
    })),
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const { from, to } = node.getEnvelope()
  return { envelope: { from: from || mail.from.address, to }, message: await node.build() }
}

const flat = (text: string): string => text.replace(/[\r\n]+/g, ' ')
const oneLine = ({ name, address }: Mail['to']): Mail['to'] => ({ name: flat(name), address: flat(address) })

/** A letter with an accent before the @ would need a relay with SMTPUTF8: for our customers it is a typing error. */
function assertAddress(address: string): void {
  if (!/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/.test(address))
    throw new Refused('mail-refused', "l'adresse n'en est pas une")
  if (/[^\x20-\x7e]/.test(address.slice(0, address.indexOf('@'))))
    throw new Refused('mail-refused', "l'adresse porte une lettre accentuée avant l'arobase")
}
