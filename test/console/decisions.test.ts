import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import {
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import type { Db } from '../../db/connect.ts'
import type { Decision } from '../../domain/decision.ts'
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
  const form = async (fields: Record<string, string>) => {
    const page = await visitor.read(PAGE)
    const hidden = Object.fromEntries(
      ['id', 'workflow', 'step', 'code', 'retour'].map((name) => [name, fieldIn(page, name)]),
    )
    return { ...hidden, ...fields }
  }
  return { ...visitor, sent, form, flash: async () => textOf(await visitor.read(PAGE)) }
}

describe('a decision', () => {
  it('carries operator, branch and note to the life that waits, under an id made with the form', async () => {
    await putParked(db, {
      workflow_id: 'shipment:boutique-bio:1042:BL26-1',
      step: 'make label of parcel 1',
      code: 'address-refused',
    })
    const { post, sent, form, flash } = await operator()
    const fields = await form({ action: 'retry', note: 'adresse corrigée' })
    const reply = await post('/decisions', fields)
    assert.equal(reply.status, 303)
    assert.equal(reply.headers.get('location'), PAGE)
    const decision = {
      id: fields.id,
      step: 'make label of parcel 1',
      action: 'retry',
      operator: 'marie',
      branch: 'LYON',
      note: 'adresse corrigée',
    }
    assert.deepEqual(sent, [
      { what: 'decide', id: 'shipment:boutique-bio:1042:BL26-1', args: [decision], updateId: fields.id },
    ])
    assert.match(await flash(), /« Créer l’étiquette du colis 1 \(BL26-1\) » est relancé/)
  })

  it('sent twice keeps one id; another form makes another', async () => {
    await putParked(db)
    const { post, sent, form } = await operator()
    const fields = await form({ action: 'retry' })
    await Promise.all([post('/decisions', fields), post('/decisions', fields)])
    assert.deepEqual(new Set(sent.map(({ updateId }) => updateId)), new Set([fields.id]))
    assert.notEqual((await form({})).id, fields.id)
  })

  it('skips where the step may be skipped, and shows the button only there', async () => {
    await putParked(db, { may_skip: false })
    const { read, post, sent, form } = await operator()
    assert.doesNotMatch(await read(PAGE), /value="skip"/)
    await putParked(db, { step: 'send registered e-mail', code: 'mail-refused', may_skip: true })
    assert.match(await read(PAGE), /value="skip"/)
    await post('/decisions', await form({ action: 'skip', step: 'send registered e-mail' }))
    assert.equal((sent[0]?.args[0] as Decision | undefined)?.action, 'skip')
  })

  it('to cancel is asked again, with a reason, under the same id', async () => {
    await putParked(db)
    const { post, sent, form } = await operator()
    const fields = await form({ action: 'cancel' })
    const page = await (await post('/decisions', fields)).text()
    assert.match(textOf(page), /Annuler la commande 1042 \? .*Oui, annuler Non, revenir/)
    assert.equal(sent.length, 0)
    assert.equal(fieldIn(page, 'id'), fields.id)
    await post('/decisions', { ...fields, confirme: fieldIn(page, 'confirme'), note: 'doublon' })
    assert.deepEqual(sent[0]?.args, [
      { id: fields.id, step: 'admit', action: 'cancel', operator: 'marie', branch: 'LYON', note: 'doublon' },
    ])
  })

  it('that makes no sense goes nowhere', async () => {
    const { post, sent, form } = await operator()
    const good = {
      ...(await form({})),
      id: 'decision-1',
      workflow: 'order:boutique-bio:1042',
      step: 'admit',
      action: 'retry',
    }
    for (const bad of [{ action: 'destroy' }, { id: '' }, { workflow: 'import-orders:x' }, { step: '' }]) {
      assert.equal((await post('/decisions', { ...good, ...bad })).headers.get('location'), '/a-traiter')
    }
    assert.equal((await post('/decisions', { ...good, retour: 'https://evil.example' })).headers.get('location'), '/')
    assert.equal(sent.length, 1)
  })
})

describe('a doubt', () => {
  const cases: [string, Record<string, string>, string | { found?: string }][] = [
    ['without a word', {}, 'dites ce que vous avez constaté'],
    ['found, but no number', { constat: 'fait' }, 'Indiquez le numéro trouvé'],
    ['both at once', { constat: 'rien', trouve: '6A1' }, 'l’un ou l’autre'],
    ['found under a number', { constat: 'fait', trouve: ' 6A1 ' }, { found: '6A1' }],
    ['a number alone', { trouve: '6A1' }, { found: '6A1' }],
    ['surely nothing done', { constat: 'rien' }, {}],
  ]
  for (const [name, fields, expected] of cases) {
    it(`${name}: ${typeof expected === 'string' ? 'is asked again' : 'is decided'}`, async () => {
      await putParked(db, { code: 'in-doubt' })
      const { post, sent, form, flash } = await operator()
      await post('/decisions', { ...(await form({ action: 'retry', code: 'refused' })), ...fields })
      if (typeof expected === 'string') {
        assert.deepEqual(sent, [])
        assert.ok((await flash()).includes(expected))
      } else assert.equal((sent[0]?.args[0] as Decision | undefined)?.found, expected.found)
    })
  }

  it('is never retried in bulk', async () => {
    await putParked(db, { code: 'in-doubt' })
    await putParked(db, { code: 'in-doubt', step: 'register' })
    const { read, post, sent } = await operator()
    assert.doesNotMatch(textOf(await read('/a-traiter')), /Relancer les 2/)
    await post('/a-traiter/relancer', { id: 'bulk-0001', code: 'in-doubt', site: '', retour: '/a-traiter' })
    assert.deepEqual(sent, [])
  })
})

describe('an answer', () => {
  const reasons: [Error, RegExp][] = [
    [
      new WorkflowUpdateFailedError('x', new Error('"admit" does not wait for a decision')),
      /cette étape n’attend plus de décision/,
    ],
    [new WorkflowUpdateFailedError('x', new Error('"admit" may not be skipped')), /ne peut pas être ignorée/],
    [new WorkflowUpdateFailedError('x', new Error('something <new>')), /something &lt;new&gt;/],
    [new WorkflowNotFoundError('x', 'order:boutique-bio:1042', undefined), /est close, plus rien n’y attend/],
  ]
  for (const [error, words] of reasons) {
    it(`"${error.cause instanceof Error ? error.cause.message : error.name}" is said in French`, async () => {
      await putParked(db)
      const { post, form, flash } = await operator(() => Promise.reject(error))
      assert.equal((await post('/decisions', await form({ action: 'retry' }))).status, 303)
      assert.match(await flash(), words)
    })
  }

  it('that does not come gives a page to send the very same decision again', async () => {
    await putParked(db, { code: 'in-doubt' })
    for (const error of [new WorkflowUpdateRPCTimeoutOrCancelledError('too late'), new ServiceError('no connection')]) {
      const { post, sent, form } = await operator(() => Promise.reject(error))
      const fields = await form({ action: 'retry', constat: 'fait', trouve: '6A1', note: 'vu' })
      const reply = await post('/decisions', fields)
      assert.equal(reply.status, 503)
      const page = await reply.text()
      assert.match(textOf(page), /Le moteur ne répond pas .* la même demande ne compte qu’une fois.* Réessayer/)
      const again = Object.fromEntries(
        ['id', 'workflow', 'step', 'code', 'action', 'constat', 'trouve', 'note', 'retour'].map((name) => [
          name,
          fieldIn(page, name),
        ]),
      )
      assert.equal(again.id, fields.id)
      await post('/decisions', again)
      assert.deepEqual(sent[1], sent[0])
    }
  })

  it('that nobody foresaw is a problem with a reference, not a lie', async () => {
    await putParked(db)
    const { post, form } = await operator(() => Promise.reject(new TypeError('a bug')))
    const reply = await post('/decisions', await form({ action: 'retry' }))
    assert.equal(reply.status, 500)
    assert.match(textOf(await reply.text()), /donnez la référence [0-9a-f]{8}/)
  })
})
