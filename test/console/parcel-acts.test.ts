import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, textOf } from './kit.ts'
import { LIFE, layDesk, MARIE, operator, PAGE, rowsOf } from './parcel-desk.ts'
import { putOrder, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(() => layDesk(db))

describe('an act', () => {
  const parcel = { weight: 700, length: 200, width: null, height: null }
  const choice = { carrier: 'CHRONOPOST', service: '86', pickupPoint: '1300P' }
  const acts: [
    path: string,
    fields: Record<string, string>,
    update: string,
    sent: object,
    done: RegExp,
    row: string,
  ][] = [
    [
      'annuler-etiquette',
      { colis: '1' },
      'voidLabel',
      { rank: 1 },
      /L’étiquette du colis 1 est abandonnée/,
      'Annulation étiquette',
    ],
    [
      'ajouter',
      { poids: '700', longueur: '200', largeur: '', hauteur: '' },
      'addParcel',
      { parcel },
      /Le colis est ajouté/,
      'Ajout de colis',
    ],
    [
      'changer-service',
      { transporteur: 'chronopost', service: '86', point: ' 1300P ' },
      'changeService',
      { choice },
      /part avec CHRONOPOST 86, point de retrait 1300P/,
      'Changement de service',
    ],
    [
      'changer-service',
      { transporteur: 'DHL', service: 'n', point: '' },
      'changeService',
      { choice: { carrier: 'DHL', service: 'N', pickupPoint: null } },
      /part avec DHL N ;/,
      'Changement de service',
    ],
  ]
  for (const [path, fields, update, carried, done, type] of acts) {
    it(`"${update}" reaches the life with operator, branch and the form's id, and leaves its row (${fields.transporteur ?? path})`, async () => {
      const { post, sent, flash } = await operator(db)
      const reply = await post(`${PAGE}/${path}`, { id: 'request-1', ...fields })
      assert.deepEqual([reply.status, reply.headers.get('location')], [303, PAGE])
      assert.deepEqual(sent, [
        { what: update, id: LIFE, args: [{ id: 'request-1', ...MARIE, ...carried }], updateId: 'request-1' },
      ])
      assert.match(await flash(), done)
      const [row, ...others] = await rowsOf(db)
      assert.deepEqual(
        [row?.type, row?.light, row?.operator, row?.branch, row?.web_id],
        [type, 'vert', 'marie', 'LYON', '1042'],
      )
      assert.deepEqual(others, [])
    })
  }

  it('has an id that is made with its form, and sent twice keeps it', async () => {
    const { read, post, sent } = await operator(db)
    const page = await read(PAGE)
    const form = page.slice(page.indexOf('annuler-etiquette"'))
    const fields = { id: fieldIn(form, 'id'), colis: fieldIn(form, 'colis') }
    await Promise.all([post(`${PAGE}/annuler-etiquette`, fields), post(`${PAGE}/annuler-etiquette`, fields)])
    assert.match(fields.id, /^[0-9a-f-]{36}$/)
    assert.deepEqual(
      sent.map(({ updateId }) => updateId),
      [fields.id, fields.id],
    )
    assert.equal((await rowsOf(db)).length, 1)
    assert.notEqual(fieldIn((await read(PAGE)).slice(page.indexOf('annuler-etiquette"')), 'id'), fields.id)
  })

  const reasons: [Error, RegExp][] = [
    [
      new WorkflowUpdateFailedError('x', new Error('refused: "void" comes too late, or too early, at "announcing"')),
      /à ce stade de l’expédition, ce n’est plus possible/,
    ],
    [new WorkflowUpdateFailedError('x', new Error('parcel 1 has no label yet')), /ce colis n’a pas encore d’étiquette/],
    [
      new WorkflowUpdateFailedError(
        'x',
        new Error('refused: no label waits for a person, or a purchase is in doubt: decide that first'),
      ),
      /aucune étiquette n’attend de décision, ou un achat est à vérifier/,
    ],
    [new WorkflowNotFoundError('x', LIFE, undefined), /est close, plus rien n’y attend/],
  ]
  for (const [error, words] of reasons) {
    it(`refused is said in French: ${words.source.slice(0, 40)}`, async () => {
      const { post, flash } = await operator(db, () => Promise.reject(error))
      await post(`${PAGE}/annuler-etiquette`, { id: 'request-1', colis: '1' })
      assert.match(await flash(), words)
      const [row] = await rowsOf(db)
      assert.deepEqual([row?.light, row?.error_code], ['rouge', 'refused'])
      assert.match(row?.remedy ?? '', words)
    })
  }

  it('without an answer gives a page to send the very same request again', async () => {
    const { post, sent } = await operator(db, () =>
      Promise.reject(new WorkflowUpdateRPCTimeoutOrCancelledError('late')),
    )
    const fields = { id: 'request-1', transporteur: 'CHRONOPOST', service: '86', point: '1300P' }
    const reply = await post(`${PAGE}/changer-service`, fields)
    assert.equal(reply.status, 503)
    const page = await reply.text()
    assert.match(textOf(page), /Le moteur ne répond pas/)
    assert.match(page, new RegExp(`action="${PAGE}/changer-service"`))
    await post(
      `${PAGE}/changer-service`,
      Object.fromEntries(Object.keys(fields).map((name) => [name, fieldIn(page, name)])),
    )
    assert.deepEqual(sent[1], sent[0])
    assert.equal((await rowsOf(db))[0]?.light, 'violet')
  })

  const bad: [path: string, fields: Record<string, string>, named: string][] = [
    ['annuler-etiquette', { colis: '0' }, 'Colis'],
    ['annuler-etiquette', {}, 'Colis'],
    ['reimprimer', { colis: 'x' }, 'Colis'],
    ['ajouter', { poids: '' }, 'Poids'],
    ['ajouter', { poids: '1.5' }, 'Poids'],
    ['ajouter', { poids: '500', largeur: '-3' }, 'Largeur'],
    ['ajouter', { poids: '500', hauteur: '20000' }, 'Hauteur'],
    ['changer-service', { transporteur: 'DHL', service: '', point: '' }, 'Service'],
    ['changer-service', { transporteur: 'DHL', service: 'N', point: '<b>' }, 'Point de retrait'],
    ['retour', { colis: '1' }, 'Étiquettes de retour déjà faites'],
  ]
  for (const [path, fields, named] of bad) {
    it(`with an impossible field names it: ${path} ${JSON.stringify(fields)}`, async () => {
      const { post, sent, flash } = await operator(db)
      await post(`${PAGE}/${path}`, { id: 'request-1', ...fields })
      assert.ok((await flash()).includes(`Champ « ${named} » : valeur absente ou impossible.`))
      assert.deepEqual([sent, await rowsOf(db)], [[], []])
    })
  }

  it('for a carrier that is not set up, or a parcel without a label, goes nowhere', async () => {
    const { post, sent, flash } = await operator(db)
    await post(`${PAGE}/changer-service`, { id: 'request-1', transporteur: 'GLS', service: 'BP', point: '' })
    assert.match(await flash(), /Le transporteur GLS n’est pas configuré/)
    for (const path of ['reimprimer', 'retour']) {
      await post(`${PAGE}/${path}`, { id: 'request-1', colis: '2', rang: '0' })
      assert.match(await flash(), /Le colis 2 n’a pas d’étiquette/)
    }
    assert.deepEqual([sent, await rowsOf(db)], [[], []])
  })

  it('on a note that the order does not have is a page that is not there', async () => {
    await putOrder(db, webOrder({ webId: '1043', number: '1043' }))
    const { get, post, sent } = await operator(db)
    for (const path of [
      '/commandes/boutique-bio/1042/bons/BL26-9',
      '/commandes/boutique-bio/1043/bons/BL26-1',
      '/commandes/x/1/bons/y',
    ]) {
      assert.equal((await get(path)).status, 404)
      assert.equal((await get(`${path}/propositions`)).status, 404)
      for (const act of ['reimprimer', 'annuler-etiquette', 'ajouter', 'changer-service', 'retour'])
        assert.equal((await post(`${path}/${act}`, { id: 'request-1', colis: '1' })).status, 404)
    }
    assert.deepEqual(sent, [])
  })

  it('of another site is refused before it is looked at', async () => {
    const { post, sent } = await operator(db)
    const reply = await post(
      `${PAGE}/annuler-etiquette`,
      { id: 'request-1', colis: '1' },
      { 'sec-fetch-site': 'cross-site' },
    )
    assert.equal(reply.status, 403)
    assert.deepEqual([sent, await rowsOf(db)], [[], []])
  })
})

describe('a reprint', () => {
  it('gives the stored document again and leaves its row; nothing is asked of anybody', async () => {
    const { post, get, sent } = await operator(db)
    const [first, second] = [
      await post(`${PAGE}/reimprimer`, { id: 'request-1', colis: '1' }),
      await post(`${PAGE}/reimprimer`, { id: 'request-1', colis: '1' }),
    ]
    assert.deepEqual([first.status, first.headers.get('location')], [303, '/documents/label-BL26-1-1'])
    assert.equal(second.headers.get('location'), first.headers.get('location'))
    const paper = await get(first.headers.get('location') ?? '')
    const kept = await db
      .selectFrom('documents')
      .select('bytes')
      .where('id', '=', 'label-BL26-1-1')
      .executeTakeFirstOrThrow()
    assert.deepEqual(Buffer.from(await paper.arrayBuffer()), kept.bytes)
    assert.deepEqual(
      (await rowsOf(db)).map(({ type, light, message, operator, branch }) => [type, light, message, operator, branch]),
      [['Réimpression étiquette', 'vert', 'Étiquette 6A2611 réimprimée.', 'marie', 'LYON']],
    )
    assert.deepEqual(sent, [])
  })
})
