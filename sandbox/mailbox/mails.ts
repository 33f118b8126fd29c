import { type AddressObject, type Attachment, simpleParser } from 'mailparser'

/** One file that came with a mail; `bytes` is base64. */
export interface ReceivedAttachment {
  name: string
  type: string
  bytes: string
  size: number
}

/** A mail that the mailbox accepted, read by a mail parser. */
export interface ReceivedMail {
  id: string
  receivedAt: string
  from: string
  /** Addresses of the To header, without names. */
  to: string[]
  subject: string
  /** With its angle brackets. */
  messageId: string
  inReplyTo: string | null
  references: string[]
  /** ISO moment of the Date header. */
  date: string | null
  text: string
  html: string
  attachments: ReceivedAttachment[]
  /** Bytes of the mail as it travelled. */
  size: number
  /** What MAIL FROM and RCPT TO said. */
  envelope: { from: string; to: string[] }
}

/** Reads the bytes of a mail; text and HTML stay as they were sent, none is made from the other. */
export async function readMail(
  raw: Buffer,
  envelope: ReceivedMail['envelope'],
): Promise<Omit<ReceivedMail, 'id' | 'receivedAt'>> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true })
  return {
    from: mail.from?.text ?? envelope.from,
    to: [mail.to ?? []].flat().flatMap(addressesOf),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    inReplyTo: mail.inReplyTo ?? null,
    references: [mail.references ?? []].flat(),
    date: mail.date?.toISOString() ?? null,
    text: mail.text ?? '',
    html: mail.html || '',
    attachments: mail.attachments.map(attachmentOf),
    size: raw.length,
    envelope,
  }
}

const addressesOf = (header: AddressObject): string[] => header.value.flatMap(({ address }) => address ?? [])

function attachmentOf({ filename, contentType, content, size }: Attachment, index: number): ReceivedAttachment {
  return { name: filename ?? `piece-${index + 1}`, type: contentType, bytes: content.toString('base64'), size }
}
