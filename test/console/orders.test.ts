import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, testOptions, textOf } from './kit.ts'
import { emptyWorld, putEffect, putOperation, putOrder, putParked, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  ;({ db, close } = await openTestDatabase())
  visitor = openVisitor(testOptions({ db }))
  await visitor.signIn()
})
after(() => close())

describe('the list of orders', () => {
  before(async () => {
    await emptyWorld(db)
    const now = new Date().toISOString()
    await putOrder(db, webOrder({ webId: '1', number: '1', placedAt: now }), {
      erp_number: 'CC26-000001',
      state: 'shipped',
      payment_state: 'matched',
    })
    await putOrder(db, webOrder({ webId: '2', number: '2' }), {
      state: 'closed',
      closed_at: now,
      imported_at: new Date('2020-01-01T00:00:00Z'),
    })
    await putOrder(db, webOrder({ site: 'atelier-bois', webId: '3', number: 'AB_3' }), {
      imported_at: new Date('2020-01-01T00:00:00Z'),
    })
    await putParked(db, { web_id: '1', code: 'in-doubt' })
    await putParked(db, { web_id: '1', step: 'register', since: '2026-11-24T09:00:00Z' })
  })

  const cases: [query: string, numbers: string[]][] = [
    ['', ['1', '3', '2']],
    ['site=atelier-bois', ['3']],
    ['etat=closed', ['2']],
    ['etat=en-cours', ['1', '3']],
    ['etat=toString', ['1', '3', '2']],
    ['reference=cc26', ['1']],
    ['reference=b_3', ['3']],
    ['attente=oui', ['1']],
    ['reference=zzz', []],
  ]
  for (const [query, numbers] of cases) {
    it(`"${query}" shows ${numbers.join(', ') || 'none'}`, async () => {
      const page = await visitor.read(`/commandes?${query}`)
      const shown = [...page.matchAll(/href="\/commandes\/[\w-]+\/(\d+)"/g)].map(([, id]) => id)
      assert.deepEqual(shown, numbers)
    })
  }

  it('counts in big numbers, and says what waits', async () => {
    const text = textOf(await visitor.read('/commandes'))
    assert.match(text, /1 reçues aujourd’hui 2 en cours 1 à traiter 1 soldées/)
    assert.match(
      text,
      /Expédiée 1 Boutique Bio CC26-000001 Jeanne D&#39;Arcy-Éluard .* 54,03 € Réglée Résultat inconnu, à vérifier et 1 de plus/,
    )
  })

  it('pages by fifty', async () => {
    await emptyWorld(db)
    for (let i = 0; i < 51; i++) await putOrder(db, webOrder({ webId: String(1000 + i), number: String(1000 + i) }))
    assert.match(textOf(await visitor.read('/commandes')), /Lignes 1 à 50 sur 51/)
    assert.ok((await visitor.read('/commandes?page=2')).includes('/commandes/boutique-bio/1000"'))
  })
})

describe('one order', () => {
  before(async () => {
    await emptyWorld(db)
    await putOrder(db, webOrder(), {
      erp_number: 'CC26-000042',
      state: 'preparing',
      payment_state: 'matched',
      imported_at: new Date('2026-11-24T08:12:30Z'),
    })
    const order = { site: 'boutique-bio', web_id: '1042' }
    await putOperation(db, { ...order, id: 'order:boutique-bio:1042', message: 'Commande en cours.' })
    await putOperation(db, {
      ...order,
      id: 'decision:1',
      type: 'Décision',
      message: 'Étape « register » relancée : Codial était arrêté.',
      operator: 'marie',
      branch: 'LYON',
      started_at: new Date('2026-11-24T08:14:00Z'),
    })
    await putEffect(db, 'erp-order', { outside_number: 'CC26-000042', attempts: 3, done_at: '2026-11-24T08:15:00Z' })
    await putEffect(db, 'status:registered', {
      answer: '{"shown":"processing","pushed":false}',
      outside_number: 'processing',
      done_at: '2026-11-24T08:16:00Z',
    })
    await putEffect(db, 'label:BL26-1:1', { outside_number: '6A1', done_at: '2026-11-24T08:17:00Z' })
    await putEffect(db, 'label:BL26-1:2', {
      state: 'started',
      done_at: null,
      started_at: new Date('2026-11-24T08:18:00Z'),
    })
    await putEffect(db, 'mail:registered', {
      state: 'started',
      done_at: null,
      started_at: new Date('2026-11-24T08:19:00Z'),
    })
    await putParked(db, {
      ...order,
      workflow_id: 'shipment:boutique-bio:1042:BL26-1',
      step: 'make label of parcel 2',
      code: 'in-doubt',
      remedy: 'Vérifiez.',
    })
    const note = {
      number: 'BL26-1',
      carrier: 'COLISSIMO',
      service: 'DOM',
      pickupPoint: null,
      parcels: [],
      backOrder: false,
    }
    await db
      .insertInto('shipments')
      .values({ ...order, delivery_note: 'BL26-1', content: JSON.stringify(note), state: 'ready' })
      .execute()
    const parcel = {
      ...order,
      delivery_note: 'BL26-1',
      carrier: 'COLISSIMO',
      service: 'DOM',
      branch: 'LYON',
      status_at: new Date(),
      status: 'announced',
    } as const
    await db
      .insertInto('parcels')
      .values([
        {
          ...parcel,
          reference: 'r1',
          rank: 1,
          tracking_number: '6A1',
          tracking_url: 'https://suivi.example/6A1',
          document: 'label-r1',
        },
        {
          ...parcel,
          reference: 'r2',
          rank: 2,
          tracking_number: '6A2',
          tracking_url: 'javascript:alert(1)',
          document: 'label-r2',
        },
      ])
      .execute()
  })

  it('tells its story in order, truly', async () => {
    const text = textOf(await visitor.read('/commandes/boutique-bio/1042'))
    const story = [
      'Fait Commande reçue de la boutique',
      'Décision Étape « Créer la commande dans Codial » relancée : Codial était arrêté. Par Marie Dubois, LYON',
      'Fait Commande créée dans Codial N° Codial : CC26-000042 3 tentatives',
      'Fait Statut « Enregistrée » affiché sur la boutique (il l’était déjà) Statut de la boutique : processing',
      'Fait Étiquette du colis 1 créée (BL26-1) N° de suivi : 6A1 Ouvrir le document',
      'À vérifier Créer l’étiquette du colis 2 (BL26-1)',
      'En cours Envoyer l’e-mail « commande enregistrée » au client',
    ]
    let from = 0
    for (const sentence of story) {
      const at = text.indexOf(sentence, from)
      assert.ok(at >= 0, sentence)
      from = at
    }
    assert.match(text, /Commande En préparation Règlement Réglée Expédition En préparation Facture Aucune/)
  })

  it('links to Temporal, to parcels and papers, and to nothing unsafe', async () => {
    const page = await visitor.read('/commandes/boutique-bio/1042')
    const base = 'http://127.0.0.1:8233/namespaces/default/workflows'
    for (const href of [
      `${base}/order%3Aboutique-bio%3A1042`,
      `${base}/shipment%3Aboutique-bio%3A1042%3ABL26-1`,
      'https://suivi.example/6A1',
      '/documents/label-r1',
    ])
      assert.ok(page.includes(`href="${href}"`), href)
    assert.doesNotMatch(page, /javascript:/)
  })

  it('writes hostile customers as text', async () => {
    const hostile = '<b onclick=alert(1)>"\'Bobby</b>'
    const customer = { ...webOrder().customer, lastName: hostile, company: hostile, email: hostile }
    const lines = webOrder().lines.map((line) => ({ ...line, name: hostile, code: hostile }))
    await putOrder(
      db,
      webOrder({ webId: hostile, number: hostile, customer, lines, note: hostile, coupons: [hostile] }),
    )
    for (const path of ['/commandes', `/commandes/boutique-bio/${encodeURIComponent(hostile)}`]) {
      const page = await visitor.read(path)
      assert.ok(page.includes('&lt;b onclick=alert(1)&gt;&quot;&#39;Bobby&lt;/b&gt;'), path)
      assert.doesNotMatch(page, /<b onclick/, path)
    }
  })

  it('that is not known is said so', async () => {
    const reply = await visitor.get('/commandes/boutique-bio/9999')
    assert.equal(reply.status, 404)
    assert.match(textOf(await reply.text()), /Page introuvable/)
  })

  it('that could not be read shows the remedy', async () => {
    await putOrder(db, webOrder({ webId: '77', number: '77' }), {
      snapshot: null as never,
      refusal: JSON.stringify({ code: 'unreadable-order', remedy: 'le champ « total » est illisible' }),
    })
    assert.match(textOf(await visitor.read('/commandes/boutique-bio/77')), /Le champ « total » est illisible/)
  })
})
