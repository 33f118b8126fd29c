import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Db } from '../../db/connect.ts'
import { readMappings } from '../../db/mappings.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, testOptions, textOf } from './kit.ts'
import { emptyWorld, putParked } from './world.ts'

let db: Db
let close: () => Promise<void>
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  ;({ db, close } = await openTestDatabase())
  visitor = openVisitor(testOptions({ db }))
  await visitor.signIn()
})
after(() => close())
beforeEach(() => emptyWorld(db))

const SITE = 'boutique-bio'

describe('correspondences', () => {
  it('show what holds by default and what was entered over it', async () => {
    await visitor.post('/correspondances', { site: SITE, kind: 'payment-method', source: 'stripe', target: 'CB_WEB' })
    const text = textOf(await visitor.read(`/correspondances?site=${SITE}`))
    assert.match(
      text,
      /stripe CB_WEB Marie Dubois, le .* Supprimer .*stripe CB Par défaut, remplacée — paypal PAYPAL Par défaut —/,
    )
    assert.doesNotMatch(textOf(await visitor.read('/correspondances?site=atelier-bois')), /CB_WEB/)
  })

  const good: [kind: string, source: string, target: string, kept: { source: string; target: string }][] = [
    ['payment-method', ' alma_3x ', ' CB ', { source: 'alma_3x', target: 'CB' }],
    ['vat-rate', '20', '20,0 %', { source: '20.00', target: '20.00' }],
    ['vat-rate', '5.50', '5.5', { source: '5.50', target: '5.50' }],
    ['erp-status', 'Picking', 'preparing', { source: 'Picking', target: 'preparing' }],
    ['item', 'Café moulu 250 g', 'CAF-250', { source: 'Café moulu 250 g', target: 'CAF-250' }],
    ['fee', 'Consigne', 'CONS', { source: 'Consigne', target: 'CONS' }],
    ['gap', 'whatever', 'CHEQUE_CADEAU', { source: '*', target: 'CHEQUE_CADEAU' }],
  ]
  for (const [kind, source, target, kept] of good) {
    it(`${kind} "${source}" → "${target}" is kept, with its row in the report`, async () => {
      const reply = await visitor.post('/correspondances', { site: SITE, kind, source, target })
      assert.equal(reply.headers.get('location'), `/correspondances?site=${SITE}#${kind}`)
      assert.deepEqual(await readMappings(db, SITE), [{ kind, ...kept }])
      const row = await db.selectFrom('operations').selectAll().executeTakeFirstOrThrow()
      assert.deepEqual(
        [row.type, row.light, row.operator, row.branch, row.site],
        ['Correspondance', 'vert', 'marie', 'LYON', SITE],
      )
    })
  }

  const bad: [kind: string, source: string, target: string, problem: RegExp][] = [
    ['vat-rate', '20.00', 'vingt', /deux décimales/],
    ['vat-rate', '20.001', '20.00', /deux décimales/],
    ['vat-rate', '-5', '20.00', /deux décimales/],
    ['erp-status', 'x', 'toString', /Choisissez l’état/],
    ['payment-method', 'x', '', /Remplissez les deux côtés/],
    ['item', 'x', '<b>', /Un code de Codial/],
  ]
  for (const [kind, source, target, problem] of bad) {
    it(`${kind} "${source}" → "${target}" is sent back, as it was entered`, async () => {
      const reply = await visitor.post('/correspondances', { site: SITE, kind, source, target })
      assert.equal(reply.status, 422)
      const page = await reply.text()
      assert.match(textOf(page), problem)
      assert.ok(page.includes(`name="source" value="${source}"`))
      assert.deepEqual(await readMappings(db, SITE), [])
    })
  }

  it('of an unknown site or kind go nowhere', async () => {
    for (const fields of [
      { site: 'nulle-part', kind: 'item' },
      { site: SITE, kind: 'toString' },
      { site: SITE, kind: 'carrier' },
    ]) {
      assert.equal(
        (await visitor.post('/correspondances', { ...fields, source: 'a', target: 'B' })).headers.get('location'),
        '/correspondances',
      )
    }
  })

  it('taken back leave the default, and a row in the report', async () => {
    const fields = { site: SITE, kind: 'payment-method', source: 'stripe', target: 'CB_WEB' }
    await visitor.post('/correspondances', fields)
    await visitor.post('/correspondances/supprimer', fields)
    assert.deepEqual(await readMappings(db, SITE), [])
    assert.match(
      textOf(await visitor.read(`/correspondances?site=${SITE}`)),
      /la valeur par défaut s’applique de nouveau/,
    )
    assert.match(textOf(await visitor.read('/')), /« stripe » supprimé/)
  })

  it('that mend a failure come filled in, and then offer the steps they unblock', async () => {
    await putParked(db)
    await putParked(db, { web_id: '1043' })
    await putParked(db, { site: 'atelier-bois', web_id: '9' })
    const page = await visitor.read(
      `/correspondances?site=${SITE}&table=payment-method&source=alma_3x&code=unknown-payment-method`,
    )
    assert.ok(page.includes('name="source" value="alma_3x"'))
    const reply = await visitor.post('/correspondances', {
      site: SITE,
      kind: 'payment-method',
      source: 'alma_3x',
      target: 'CB',
      code: 'unknown-payment-method',
    })
    const next = reply.headers.get('location') ?? ''
    assert.equal(next, `/correspondances?site=${SITE}&touchees=unknown-payment-method`)
    assert.match(
      textOf(await visitor.read(next)),
      /2 étapes attendent pour « Mode de règlement inconnu ».* Relancer les 2 lignes touchées/,
    )
  })
})
