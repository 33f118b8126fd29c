import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, beforeEach, test } from 'node:test'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { type Mailbox, startMailbox } from '../../sandbox/mailbox/mailbox.ts'

let mailbox: Mailbox

before(async () => {
  mailbox = await startMailbox({})
})
beforeEach(() => mailbox.smtpFaults.clear())
after(() => mailbox.close())

let sent = 0

/** Sends one letter to the mailbox; answers its Message-ID. */
async function send(changes: SendMailOptions = {}, to = mailbox): Promise<string> {
  sent += 1
  const messageId = `<shipped/boutique-bio/${sent}@boutique.example>`
  const transport = createTransport({ host: '127.0.0.1', port: to.smtpPort, ignoreTLS: true })
  const letter = { subject: 'Votre commande 1042 est en route', text: 'Bonjour', html: '<p>Bonjour</p>' }
  await transport.sendMail({
    from: '"Boutique Bio" <commandes@boutique.example>',
    to: 'lea@example.org',
    messageId,
    ...letter,
    ...changes,
  })
  return messageId
}

const kept = (messageId: string) => mailbox.mails().filter((mail) => mail.messageId === messageId)
const count = (messageId: string) => mailbox.counters().mail?.[messageId]
const lastId = () => `<shipped/boutique-bio/${sent}@boutique.example>`

test('a mail is kept as it was sent, counted by its Message-ID, and shown as JSON', async () => {
  const bytes = Buffer.from([0, 1, 2, 255])
  const id = await send({
    to: 'Léa Durand <lea@example.org>',
    inReplyTo: '<a@b>',
    attachments: [{ filename: 'facture.pdf', content: bytes, contentType: 'application/pdf' }],
  })
  const [mail] = kept(id)
  assert.deepEqual(
    [mail?.from, mail?.to, mail?.subject, mail?.inReplyTo],
    ['"Boutique Bio" <commandes@boutique.example>', ['lea@example.org'], 'Votre commande 1042 est en route', '<a@b>'],
  )
  assert.deepEqual([mail?.text.trim(), mail?.html.trim()], ['Bonjour', '<p>Bonjour</p>'])
  assert.deepEqual(mail?.attachments, [
    { name: 'facture.pdf', type: 'application/pdf', bytes: bytes.toString('base64'), size: 4 },
  ])
  assert.deepEqual(mail?.envelope, { from: 'commandes@boutique.example', to: ['lea@example.org'] })
  assert.ok((mail?.size ?? 0) > 500)
  assert.equal(count(id), 1)
  const json = (await (await fetch(`${mailbox.url}/_mails`)).json()) as unknown[]
  assert.deepEqual(json, mailbox.mails())
})

test('a refused or cut connection keeps nothing; the next one passes', async () => {
  mailbox.smtpFaults.add({ at: 'connect', reply: { code: 421, message: 'occupé' } })
  await assert.rejects(send(), { responseCode: 421 })
  mailbox.smtpFaults.add({ at: 'connect', drop: 'before' })
  await assert.rejects(send())
  assert.equal(count(lastId()), undefined)
  assert.equal(count(await send()), 1)
})

test('a refused recipient, only the one that matches, as often as asked', async () => {
  mailbox.smtpFaults.add({ at: 'rcpt', match: '^nobody@', times: 2, reply: { code: 550, message: 'inconnu' } })
  assert.equal(count(await send()), 1)
  await assert.rejects(send({ to: 'nobody@example.org' }), { responseCode: 550 })
  await assert.rejects(send({ to: 'nobody@example.org' }), { responseCode: 550 })
  assert.equal(count(await send({ to: 'nobody@example.org' })), 1)
})

test('DATA refused before the 354, or cut around it: nothing is kept', async () => {
  mailbox.smtpFaults.add({ at: 'data-start', reply: { code: 451, message: 'plus tard' } })
  await assert.rejects(send(), { responseCode: 451, command: 'DATA' })
  for (const drop of ['before', 'after'] as const) {
    mailbox.smtpFaults.add({ at: 'data-start', drop })
    const lines = await talk()
    assert.equal(lines.at(-1)?.startsWith('354'), drop === 'after')
    assert.equal(kept('<raw@x>').length, 0)
  }
  assert.equal((await talk()).at(-1)?.slice(0, 3), '221')
  assert.equal(kept('<raw@x>').length, 1)
})

/** A conversation by hand; answers all that the server said until the connection ended. */
async function talk(): Promise<string[]> {
  const socket = connect(mailbox.smtpPort, '127.0.0.1')
  socket.on('error', () => {})
  const words = [
    'HELO x',
    'MAIL FROM:<a@example.org>',
    'RCPT TO:<b@example.org>',
    'DATA',
    'Message-ID: <raw@x>\r\n\r\nx\r\n.',
    'QUIT',
  ]
  const lines: string[] = []
  createInterface({ input: socket }).on('line', (line) => {
    lines.push(line)
    const next = words.shift()
    if (next !== undefined) socket.write(`${next}\r\n`)
  })
  await once(socket, 'close')
  return lines
}

test('after the whole message: refused, cut before keeping it, or kept without an answer', async () => {
  mailbox.smtpFaults.add({ at: 'data-end', match: 'commande 1042', reply: { code: 554, message: 'refusé' } })
  assert.equal(count(await send({ subject: 'Autre' })), 1)
  await assert.rejects(send(), { responseCode: 554 })
  assert.equal(count(lastId()), undefined)
  mailbox.smtpFaults.add({ at: 'data-end', drop: 'before' })
  await assert.rejects(send())
  assert.equal(count(lastId()), undefined)
  mailbox.smtpFaults.add({ at: 'data-end', drop: 'after' })
  await assert.rejects(send(), (error: Error) => !('responseCode' in error && error.responseCode))
  assert.deepEqual([count(lastId()), kept(lastId()).length], [1, 1])
})

test('a hook runs before or after the mail is kept, and the same mail twice is counted twice', async () => {
  const seen: (number | undefined)[] = []
  for (const when of ['before', 'after'] as const) {
    mailbox.smtpFaults.add({ at: 'data-end', hook: { when, run: () => void seen.push(count(lastId())) } })
    assert.equal(count(await send()), 1)
  }
  assert.deepEqual(seen, [undefined, 1])
  const messageId = await send()
  await send({ messageId })
  assert.deepEqual([count(messageId), kept(messageId).length], [2, 2])
})

test('the pages lock the HTML part in a frame and give attachments safe names', async () => {
  const attachments = [{ filename: '../../étiquette "1".html', content: '<script>', contentType: 'text/html' }]
  const id = await send({ subject: '<b>Sujet</b>', html: '<script>alert(1)</script><p title="x">é</p>', attachments })
  const [mail] = kept(id)
  const list = await (await fetch(mailbox.url)).text()
  assert.match(list, /&lt;b&gt;Sujet&lt;\/b&gt;.*1 pièce jointe/s)
  assert.ok(list.indexOf(`/mails/${mail?.id}"`) < list.indexOf('/mails/1"'))
  const page = await fetch(`${mailbox.url}/mails/${mail?.id}`)
  const text = await page.text()
  assert.match(text, /<iframe sandbox title="[^"]+" srcdoc="&lt;script&gt;alert/)
  assert.ok(!text.includes('<script>'))
  assert.match(page.headers.get('Content-Security-Policy') ?? '', /default-src 'none'/)
  const file = await fetch(`${mailbox.url}/mails/${mail?.id}/pieces/1`)
  assert.equal(
    file.headers.get('Content-Disposition'),
    'attachment; filename="etiquette 1.html"; filename*=UTF-8\'\'%C3%A9tiquette%20%221%22.html',
  )
  assert.equal(file.headers.get('X-Content-Type-Options'), 'nosniff')
  assert.equal(await file.text(), '<script>')
  assert.equal((await fetch(`${mailbox.url}/mails/99999`)).status, 404)
  assert.equal((await fetch(`${mailbox.url}/mails/${mail?.id}/pieces/2`)).status, 404)
})

test('the mails and their count survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailbox-'))
  const file = join(folder, 'mailbox.json')
  const first = await startMailbox({ file })
  const messageId = await send({}, first)
  await first.close()
  const second = await startMailbox({ file })
  await send({}, second)
  assert.deepEqual(
    second.mails().map(({ id }) => id),
    ['1', '2'],
  )
  assert.equal(second.counters().mail?.[messageId], 1)
  await second.close()
  rmSync(folder, { recursive: true })
})
