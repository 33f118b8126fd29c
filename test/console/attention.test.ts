import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ServiceError, WorkflowUpdateFailedError } from '@temporalio/client'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, openVisitor, type Reply, stubClient, testOptions, textOf } from './kit.ts'
import { emptyWorld, putOrder, putParked, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(async () => {
  await emptyWorld(db)
  await putOrder(db, webOrder())
})

const PAGE = '/commandes/boutique-bio/1042'

/** A signed-in operator in front of a stub of Temporal (see stubClient for what that proves). */
async function operator(reply?: Reply) {
  const { client, sent } = stubClient(reply ? { reply } : {})
  const visitor = openVisitor(testOptions({ db, client }))
  await visitor.signIn()
  return { ...visitor, sent }
}

describe('what waits', () => {
  it('stands together by cause, with counts, remedies and the way to mend it', async () => {
    await putOrder(db, webOrder({ webId: '1043', number: '1043' }))
    await putParked(db)
    await putParked(db, { web_id: '1043', workflow_id: 'order:boutique-bio:1043' })
    await putParked(db, {
      step: 'register',
      code: 'unknown-item',
      remedy: 'Codial : article_inconnu, article INC-9 inconnu — Créez l’article.',
    })
    const { read } = await operator()
    const page = await read('/a-traiter')
    assert.match(
      textOf(page),
      /À traiter 3 .* Mode de règlement inconnu 2 étapes .* Relancer les 2 .* Article inconnu 1 étape/,
    )
    assert.ok(
      page.includes(
        'href="/correspondances?site=boutique-bio&amp;table=payment-method&amp;source=alma_3x&amp;code=unknown-payment-method#payment-method"',
      ),
    )
    assert.ok(page.includes('table=item&amp;source=INC-9&amp;code=unknown-item#item'))
  })

  it('says so when nothing waits', async () => {
    assert.match(textOf(await (await operator()).read('/a-traiter')), /Aucune étape n’attend de décision/)
  })

  it('shows all of one cause page by page', async () => {
    for (let i = 0; i < 60; i++)
      await putParked(db, { web_id: String(i), workflow_id: `order:boutique-bio:${i}`, step: 'admit' })
    const { read } = await operator()
    const cards = async (path: string) => (await read(path)).match(/<article/g)?.length
    assert.equal(await cards('/a-traiter'), 5)
    assert.equal(await cards('/a-traiter?erreur=unknown-payment-method'), 50)
    assert.equal(await cards('/a-traiter?erreur=unknown-payment-method&page=2'), 10)
    assert.equal(await cards('/a-traiter?site=atelier-bois'), undefined)
  })

  it('is retried together, each step under an id that stays the same when sent again', async () => {
    for (let i = 0; i < 25; i++) await putParked(db, { web_id: String(i), workflow_id: `order:boutique-bio:${i}` })
    await putParked(db, { site: 'atelier-bois', web_id: '1', workflow_id: 'order:atelier-bois:1' })
    const { read, post, sent } = await operator()
    const page = await read('/a-traiter?site=boutique-bio')
    const fields = {
      id: fieldIn(page, 'id'),
      code: 'unknown-payment-method',
      site: 'boutique-bio',
      retour: '/a-traiter',
    }
    assert.equal((await post('/a-traiter/relancer', fields)).headers.get('location'), '/a-traiter')
    assert.match(textOf(await read('/a-traiter')), /25 étapes relancées/)
    const ids = sent.map(({ updateId }) => updateId)
    assert.equal(new Set(ids).size, 25)
    await post('/a-traiter/relancer', fields)
    assert.deepEqual(new Set(sent.slice(25).map(({ updateId }) => updateId)), new Set(ids))
  })

  it('stops being sent when the engine is silent', async () => {
    for (let i = 0; i < 40; i++) await putParked(db, { web_id: String(i), workflow_id: `order:boutique-bio:${i}` })
    const { post, sent } = await operator(() => Promise.reject(new ServiceError('down')))
    const reply = await post('/a-traiter/relancer', {
      id: 'bulk-0001',
      code: 'unknown-payment-method',
      site: '',
      retour: '/a-traiter',
    })
    assert.equal(reply.status, 503)
    assert.equal(fieldIn(await reply.text(), 'id'), 'bulk-0001')
    assert.ok(sent.length <= 10)
  })
})

describe('cancelling a whole order', () => {
  it('asks for a reason, tells the life, and leaves its row in the report', async () => {
    const { read, post, sent } = await operator()
    assert.match(await read(PAGE), /href="\/commandes\/boutique-bio\/1042\/annuler"/)
    const id = fieldIn(await read(`${PAGE}/annuler`), 'id')
    assert.equal((await post(`${PAGE}/annuler`, { id, motif: ' ' })).headers.get('location'), `${PAGE}/annuler`)
    assert.deepEqual(sent, [])
    await post(`${PAGE}/annuler`, { id, motif: 'demande du client' })
    assert.deepEqual(sent, [
      {
        what: 'cancelOrder',
        id: 'order:boutique-bio:1042',
        args: [{ id, operator: 'marie', branch: 'LYON', reason: 'demande du client' }],
        updateId: id,
      },
    ])
    const row = await db.selectFrom('operations').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual(
      [row.id, row.light, row.operator, row.branch, row.message],
      [`cancel:${id}`, 'vert', 'marie', 'LYON', 'Annulation demandée : demande du client.'],
    )
  })

  it('is red in the report when the life refuses, violet when nobody answers', async () => {
    const lightAfter = async (error: Error) => {
      const { read, post } = await operator(() => Promise.reject(error))
      const id = fieldIn(await read(`${PAGE}/annuler`), 'id')
      const reply = await post(`${PAGE}/annuler`, { id, motif: 'essai' })
      const row = await db.selectFrom('operations').select('light').where('id', '=', `cancel:${id}`).executeTakeFirst()
      return [reply.status, row?.light]
    }
    assert.deepEqual(
      await lightAfter(
        new WorkflowUpdateFailedError('x', new Error('the order has been shipped: handle the return instead')),
      ),
      [303, 'rouge'],
    )
    assert.deepEqual(await lightAfter(new ServiceError('down')), [503, 'violet'])
  })

  it('is not offered once something has left', async () => {
    const content = JSON.stringify({
      number: 'BL',
      carrier: 'C',
      service: 'S',
      pickupPoint: null,
      parcels: [],
      backOrder: false,
    })
    await db
      .insertInto('shipments')
      .values({ delivery_note: 'BL', site: 'boutique-bio', web_id: '1042', content, state: 'shipped' })
      .execute()
    const { read } = await operator()
    assert.doesNotMatch(await read(PAGE), /1042\/annuler"/)
    await db.deleteFrom('shipments').execute()
  })
})
