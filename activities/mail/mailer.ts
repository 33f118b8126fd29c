/** A letter to a customer: what it says, the same in text and HTML. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/** A letter ready for the post; a fixed Message-ID and date make two builds of it the same mail. */
export interface Mail extends Letter {
  to: { name: string; address: string }
  from: { name: string; address: string }
  replyTo: string | null
  messageId: string
  /** Message-ID of the order's first mail, so that all of them form one thread. */
  inReplyTo: string | null
  /** ISO moment of the fact. */
  date: string
  attachments: { name: string; mediaType: string; bytes: Uint8Array }[]
}

/** Sends mails; throws `Unavailable` (in doubt unless `nothingHappened`) or `Refused` only. */
export interface Mailer {
  /** `beforeData` is awaited at the point of no return: after the server said 354, before the first byte of the message. */
  send(mail: Mail, o: { beforeData: () => Promise<void> }): Promise<void>
}
