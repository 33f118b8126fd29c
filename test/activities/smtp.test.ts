import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, afterEach, test } from 'node:test'
import type { Mail } from '../../activities/mail/mailer.ts'
import { openSmtp } from '../../activities/mail/smtp.ts'
import { Refused } from '../../domain/failures.ts'
import { startMailbox } from '../../sandbox/mailbox/mailbox.ts'
import { unavailable } from './outcomes.ts'
import { POLITE, speak } from './relay.ts'

const mailbox = await startMailbox()
const mailer = openSmtp({ url: mailbox.smtpUrl })
after(() => mailbox.close())
afterEach(() => mailbox.smtpFaults.clear())

const MAIL: Mail = {
  subject: 'Commande 1042 enregistrée',
  text: 'Bonjour Lucie, votre commande est enregistrée.\n.\n..deux points\n',
  html: '<p>Bonjour Lucie, votre commande est enregistrée.</p>',
  to: { name: 'Lucie Martin', address: 'lucie@example.com' },
  from: { name: 'Boutique Bio', address: 'commandes@boutique.example' },
  replyTo: 'contact@boutique.example',
  messageId: '<mail-registered.1042.boutique-bio@boutique.example>',
  inReplyTo: null,
  date: '2026-11-24T09:30:00.000Z',
  attachments: [],
}

/** A mail of its own for each test, with a count of its points of no return. */
function prepare(over: Partial<Mail> = {}) {
  const name = `client${Math.random().toString(36).slice(2)}`
  const mail = { ...MAIL, to: { name: 'Lucie Martin', address: `${name}@example.com` }, ...over }
  const seen = { passed: 0 }
  return {
    mail,
    seen,
    send: (through = mailer) =>
      through.send(mail, {
        beforeData: async () => {
          seen.passed += 1
        },
      }),
    received: () => mailbox.mails().filter((received) => received.envelope.to.includes(mail.to.address)),
  }
}

const refused = (code: string) => (error: unknown) =>
  error instanceof Refused && error.code === code && !error.message.includes('@') && !error.remedy.includes('example')

test('a mail is sent once, with all its headers', async () => {
  const pdf = { name: 'FA26-000123.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 facture') }
  const { send, received, seen, mail } = prepare({ inReplyTo: '<first@boutique.example>', attachments: [pdf] })
  await send()
  const [only, ...more] = received()
  assert.ok(only)
  assert.equal(more.length, 0)
  assert.equal(seen.passed, 1)
  assert.equal(only.messageId, mail.messageId)
  assert.equal(only.date, mail.date)
  assert.equal(only.subject, mail.subject)
  assert.equal(only.text.trim(), mail.text.trim())
  assert.equal(only.inReplyTo, '<first@boutique.example>')
  assert.deepEqual(only.references, ['<first@boutique.example>'])
  assert.deepEqual(only.envelope, { from: 'commandes@boutique.example', to: [mail.to.address] })
  assert.equal(Buffer.from(only.attachments[0]?.bytes ?? '', 'base64').toString(), '%PDF-1.7 facture')
  assert.equal(only.attachments[0]?.name, 'FA26-000123.pdf')
})

test('a repeat of a mail keeps its Message-ID and its size', async () => {
  const { send, received } = prepare()
  await send()
  await send()
  const [first, second] = received()
  assert.equal(first?.messageId, second?.messageId)
  assert.equal(first?.size, second?.size)
})

test('header values lose their line breaks', async () => {
  const { send, received } = prepare({
    subject: 'Commande 7\r\nBcc: pirate@example.com',
    from: { name: 'Bio\r\nX-Evil: 1', address: 'a@boutique.example' },
  })
  await send()
  const [only] = received()
  assert.equal(only?.subject, 'Commande 7 Bcc: pirate@example.com')
  assert.equal(only?.envelope.to.length, 1)
})

test('a 451 at any step says that nothing happened', async () => {
  for (const at of ['connect', 'rcpt', 'data-start', 'data-end'] as const) {
    const { send, received } = prepare()
    mailbox.smtpFaults.add({ at, reply: { code: 451, message: '4.3.0 essayez plus tard' } })
    await assert.rejects(send(), unavailable(true), at)
    assert.equal(received().length, 0)
    await send()
    assert.equal(received().length, 1)
  }
})

test('a 554 is refused, and its message holds no address', async () => {
  for (const at of ['rcpt', 'data-start', 'data-end'] as const) {
    const { send, mail, received } = prepare()
    mailbox.smtpFaults.add({ at, reply: { code: 554, message: `5.1.1 <${mail.to.address}> inconnu` } })
    await assert.rejects(send(), refused('mail-refused'), at)
    assert.equal(received().length, 0)
  }
})

test('a connection lost before the 354 says that nothing happened, and beforeData was not reached', async () => {
  const { send, seen, received } = prepare()
  mailbox.smtpFaults.add({ at: 'data-start', drop: 'before' })
  await assert.rejects(send(), unavailable(true))
  assert.equal(seen.passed, 0)
  assert.equal(received().length, 0)
})

test('a connection lost after the final dot is in doubt, whether the mail was kept or not', async () => {
  for (const drop of ['before', 'after'] as const) {
    const { send, seen, received } = prepare()
    mailbox.smtpFaults.add({ at: 'data-end', drop })
    await assert.rejects(send(), unavailable(false))
    assert.equal(seen.passed, 1)
    assert.equal(received().length, drop === 'after' ? 1 : 0)
  }
})

test('a connection lost right after the 354 is in doubt', async () => {
  const { send, seen, received } = prepare()
  mailbox.smtpFaults.add({ at: 'data-start', drop: 'after' })
  await assert.rejects(send(), unavailable(false))
  assert.equal(seen.passed, 1)
  assert.equal(received().length, 0)
})

test('a failing beforeData gives its own error, and the message stays', async () => {
  const { mail, received } = prepare()
  const broken = new Refused('state-forbidden', 'trop tard')
  const sending = mailer.send(mail, {
    beforeData: async () => {
      throw broken
    },
  })
  await assert.rejects(sending, (error) => error === broken && broken.code === 'state-forbidden')
  assert.equal(received().length, 0)
  await mailer.send(mail, { beforeData: async () => undefined })
  assert.equal(received().length, 1)
})

test('a relay that is not there says that nothing happened', async () => {
  const { send, seen } = prepare()
  await assert.rejects(send(openSmtp({ url: 'smtp://127.0.0.1:1' })), unavailable(true))
  assert.equal(seen.passed, 0)
})

test('an address that is none, or two, is refused without asking the relay', async () => {
  for (const address of [
    '',
    'lucie',
    'lucie@',
    'a@b.fr, c@d.fr',
    'lu cie@example.com',
    'lucie@example.com\r\nRCPT TO:<x@y.fr>',
    'hélène@example.com',
  ]) {
    const { send, seen } = prepare({ to: { name: 'Lucie', address } })
    await assert.rejects(send(), refused('mail-refused'), address)
    assert.equal(seen.passed, 0)
  }
})

test('no byte of the message leaves before beforeData has ended, and none when the line dies meanwhile', async () => {
  const dying = Promise.withResolvers<Socket>()
  const relay = await speak(POLITE, (line, socket) => {
    if (line === 'DATA') dying.resolve(socket)
  })
  let ended = false
  const sending = openSmtp({ url: relay.url }).send(MAIL, {
    beforeData: async () => {
      const socket = await dying.promise
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.destroy()
      await closed
      // Our side of the line hears of it in one of the next turns of the loop.
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      ended = true
    },
  })
  await assert.rejects(sending, unavailable(true))
  assert.equal(ended, true, 'the rejection waits for beforeData')
  assert.deepEqual(relay.heard.slice(-1), ['DATA'])
})

test('a login that is refused says so, and one that must wait says that nothing happened', async () => {
  const replies = { ...POLITE, EHLO: '250-hi\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 no' }
  const closed = await speak(replies)
  await assert.rejects(
    openSmtp({ url: `smtp://user:secret@127.0.0.1:${closed.port}` }).send(MAIL, { beforeData: async () => undefined }),
    refused('login-refused'),
  )
  const later = await speak({ ...replies, AUTH: '454 4.7.0 later' })
  await assert.rejects(
    openSmtp({ url: `smtp://user:secret@127.0.0.1:${later.port}` }).send(MAIL, { beforeData: async () => undefined }),
    unavailable(true),
  )
})

test('the bytes of a mail are the same twice, with the headers that letters of a machine need', async () => {
  const relay = await speak(POLITE)
  const through = openSmtp({ url: relay.url, name: 'connecteur.example' })
  for (const _ of [1, 2]) await through.send(MAIL, { beforeData: async () => undefined })
  const [first, second] = relay.heard
    .filter((line) => line !== 'QUIT')
    .join('\r\n')
    .split('EHLO connecteur.example\r\n')
    .slice(1)
  assert.equal(first?.trimEnd(), second?.trimEnd())
  assert.match(first ?? '', /Auto-Submitted: auto-generated\r\n/)
  assert.match(first ?? '', /Reply-To: contact@boutique\.example\r\n/)
  assert.match(first ?? '', /Date: Tue, 24 Nov 2026 09:30:00 \+0000\r\n/)
})
