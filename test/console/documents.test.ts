import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isSignedLink, signedLink } from '../../console/links.ts'
import type { Db } from '../../db/connect.ts'
import { storeDocument } from '../../db/documents.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, testOptions } from './kit.ts'

let db: Db
let close: () => Promise<void>
const options = () => testOptions({ db })
const PDF = Buffer.from('%PDF-1.4 invented')
const ref = { site: 'boutique-bio', webId: '1042' }

before(async () => {
  ;({ db, close } = await openTestDatabase())
  const put = (id: string, kind: 'label' | 'invoice' | 'history', name: string, mediaType: string) =>
    storeDocument(db, { id, ref, kind, name, mediaType, bytes: PDF })
  await put('invoice-FA26-1', 'invoice', 'FA26-1.pdf', 'application/pdf')
  await put('label-1', 'label', '6A1.pdf', 'application/pdf')
  await put('label-2', 'label', '6A2.zpl', 'application/zpl')
  await put('history-1', 'history', 'history.json', 'application/json')
  await put('evil', 'label', '../é"\r\nx-evil: 1;.html', 'text/html')
})
after(() => close())

const soon = () => Math.floor(Date.now() / 1000) + 60
const linkTo = (document: string, expires = soon()) =>
  signedLink({ base: '', document, secret: options().secret, expires })

describe('papers for the operator', () => {
  const cases: [id: string, type: string, disposition: RegExp][] = [
    ['invoice-FA26-1', 'application/pdf', /^inline; filename="FA26-1\.pdf"/],
    ['label-2', 'application/octet-stream', /^attachment; filename="6A2\.zpl"/],
    ['history-1', 'application/json; charset=utf-8', /^inline; filename="history\.json"/],
    [
      'evil',
      'application/octet-stream',
      /^attachment; filename="ex-evil 1\.html"; filename\*=UTF-8''\.\.%2F%C3%A9%22%0D%0Ax-evil%3A%201%3B\.html$/,
    ],
  ]
  for (const [id, type, disposition] of cases) {
    it(`${id} comes as ${type}`, async () => {
      const visitor = openVisitor(options())
      await visitor.signIn()
      const reply = await visitor.get(`/documents/${id}`)
      assert.equal(reply.status, 200)
      assert.equal(reply.headers.get('content-type'), type)
      assert.match(reply.headers.get('content-disposition') ?? '', disposition)
      assert.equal(reply.headers.get('x-evil'), null)
      assert.deepEqual(Buffer.from(await reply.arrayBuffer()), PDF)
    })
  }

  it('that are not there are not found', async () => {
    const visitor = openVisitor(options())
    await visitor.signIn()
    assert.equal((await visitor.get('/documents/none')).status, 404)
  })
})

describe('a signed link', () => {
  it('gives its invoice to anybody, to keep', async () => {
    const reply = await openVisitor(options()).get(linkTo('invoice-FA26-1'))
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('content-type'), 'application/pdf')
    assert.match(reply.headers.get('content-disposition') ?? '', /^attachment; filename="FA26-1\.pdf"/)
    assert.deepEqual(Buffer.from(await reply.arrayBuffer()), PDF)
  })

  it('that is expired, changed, or for anything but an invoice looks the same as one to nothing', async () => {
    const good = linkTo('invoice-FA26-1')
    const expires = soon()
    const bad = [
      linkTo('invoice-FA26-1', Math.floor(Date.now() / 1000) - 1),
      good.replace('FA26-1', 'FA26-2'),
      good.replace(/e=\d+/, `e=${expires + 9999}`),
      good.replace(/e=\d+/, 'e=Infinity'),
      good.slice(0, -1),
      `${good}x`,
      good.replace(/&s=.*/, ''),
      '/f/invoice-FA26-1',
      linkTo('label-1'),
      linkTo('history-1'),
      linkTo('nothing'),
      signedLink({ base: '', document: 'invoice-FA26-1', secret: 'another secret of thirty-two characters', expires }),
    ]
    const answers = await Promise.all(
      bad.map(async (path) => {
        const reply = await openVisitor(options()).get(path)
        return [
          reply.status,
          await reply.text(),
          reply.headers.get('content-type'),
          reply.headers.get('content-disposition'),
        ]
      }),
    )
    for (const [i, answer] of answers.entries())
      assert.deepEqual(
        answer,
        [404, 'Ce document n’est pas ou plus disponible.', 'text/plain; charset=UTF-8', null],
        bad[i],
      )
  })

  it('is made of base, document, expiry and a signature, and checked the same way', () => {
    const secret = 's'.repeat(32)
    const link = signedLink({
      base: 'https://console.example/',
      document: 'invoice-FA/1 é',
      secret,
      expires: 2_000_000_000,
    })
    const [, signature = ''] =
      /^https:\/\/console\.example\/f\/invoice-FA%2F1%20%C3%A9\?e=2000000000&s=([\w-]{43})$/.exec(link) ?? []
    const o = { document: 'invoice-FA/1 é', secret, expires: 2_000_000_000, signature }
    assert.equal(isSignedLink({ ...o, now: 1_999_999_999 }), true)
    assert.equal(isSignedLink({ ...o, now: 2_000_000_000 }), false)
    assert.equal(isSignedLink({ ...o, now: 0, document: 'invoice-FA/2 é' }), false)
    assert.equal(isSignedLink({ ...o, now: 0, expires: 2_000_000_001 }), false)
    assert.equal(isSignedLink({ ...o, now: 0, secret: 't'.repeat(32) }), false)
    assert.equal(isSignedLink({ ...o, now: 0, signature: '' }), false)
  })
})
