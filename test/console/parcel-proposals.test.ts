import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { WorkflowFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import type { Db } from '../../db/connect.ts'
import type { CarrierAnswer } from '../../workflows/ask-carrier.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, type Reply, textOf } from './kit.ts'
import { layDesk, MARIE, ORDER, operator, PAGE, plain, rowsOf, ship, waits } from './parcel-desk.ts'

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())
beforeEach(() => layDesk(db))

describe('what a carrier proposes', () => {
  const answering =
    (answer: CarrierAnswer): Reply =>
    async () =>
      answer
  const place = {
    id: '1300P',
    network: null,
    name: 'TABAC <du Marché>',
    lines: ['4 place du Marché'],
    postalCode: '13009',
    city: 'MARSEILLE',
    country: 'FR',
    distance: 1350,
    opening: {
      lundi: '07:00-12:30 14:00-19:00',
      mardi: '07:00-12:30 14:00-19:00',
      mercredi: '07:00-12:30 14:00-19:00',
      samedi: '09:00-12:00',
    },
  }
  const at = (query: string) => `${PAGE}/propositions${query}`

  it('is asked with the order and the note, and nothing of the customer', async () => {
    const { read, sent } = await operator(db, answering({ offers: [] }))
    await read(at(''))
    await read(at('?question=offres&transporteur=DHL&service=u'))
    await read(at('?question=points&transporteur=CHRONOPOST&service=DOM'))
    const about = { order: ORDER, deliveryNote: 'BL26-1' }
    assert.deepEqual(
      sent.map(({ what, args }) => [what, args[0]]),
      [
        ['askCarrier', { ...about, carrier: 'COLISSIMO', service: 'DOM', question: 'offers' }],
        ['askCarrier', { ...about, carrier: 'DHL', service: 'U', question: 'offers' }],
        ['askCarrier', { ...about, carrier: 'CHRONOPOST', service: '86', question: 'pickup-points' }],
      ],
    )
    assert.ok(sent.every(({ id }) => /^ask:[0-9a-f-]{36}$/.test(id)))
    assert.equal(new Set(sent.map(({ id }) => id)).size, 3)
    assert.deepEqual(await rowsOf(db), [])
  })

  it('as points: each with address, distance, hours, and a button that chooses it', async () => {
    await waits(db, 'address-refused')
    const { read, post, sent } = await operator(db, async ({ what }) =>
      what === 'askCarrier' ? { places: [place] } : undefined,
    )
    const page = await read(at('?question=points&transporteur=CHRONOPOST'))
    const text = plain(textOf(page))
    assert.match(text, /1 point près de 13009 Marseille, avec le service 86 \(Chrono Relais\)/)
    assert.match(
      text,
      /TABAC &lt;du Marché&gt; 1300P 4 place du Marché 13009 MARSEILLE 1,4 km lundi à mercredi : 07:00–12:30 et 14:00–19:00 samedi : 09:00–12:00 Choisir/,
    )
    assert.match(page, /aria-label="Choisir TABAC &lt;du Marché&gt;, 1300P"/)
    const form = page.slice(page.indexOf('/changer-service"'))
    const fields = Object.fromEntries(
      ['id', 'transporteur', 'service', 'point'].map((name) => [name, fieldIn(form, name)]),
    )
    await post(`${PAGE}/changer-service`, fields)
    assert.deepEqual(sent[1]?.args, [
      { id: fields.id, ...MARIE, choice: { carrier: 'CHRONOPOST', service: '86', pickupPoint: '1300P' } },
    ])
  })

  it('as services: price and day where they are told; one that goes to a point needs it first', async () => {
    const offers = [
      { service: '01', name: 'Chrono 13', price: 4860, deliveredOn: '2026-11-25' },
      { service: '86', name: 'Chrono Relais', price: null, deliveredOn: null },
    ]
    const { read } = await operator(db, answering({ offers }))
    const page = await read(at('?transporteur=CHRONOPOST'))
    const text = plain(textOf(page))
    assert.match(text, /Pour 3 colis vers 13009 Marseille\./)
    assert.match(text, /01 Chrono 13 48,60 € mercredi 25 novembre Choisir 86 Chrono Relais — — Choisir un point…/)
    assert.ok(page.includes(`href="${PAGE}/propositions?question=points&amp;transporteur=CHRONOPOST&amp;service=86"`))
    assert.equal(page.match(/action="[^"]*changer-service"/g)?.length, 1)
  })

  it('of a carrier without services of its own for points: any of them may go to one, once it is chosen', async () => {
    const { read, sent } = await operator(
      db,
      answering({ offers: [{ service: 'N', name: 'EXPRESS DOMESTIC', price: 2596, deliveredOn: null }] }),
    )
    assert.match(plain(textOf(await read(at('?question=points&transporteur=DHL')))), /Avec quel service \?/)
    assert.equal(sent.length, 0)
    const page = await read(at('?transporteur=DHL'))
    assert.match(textOf(page), /EXPRESS DOMESTIC .* Choisir Choisir un point…/)
    await read(at('?question=points&transporteur=DHL&service=N'))
    assert.deepEqual(sent[1]?.args, [
      { order: ORDER, deliveryNote: 'BL26-1', carrier: 'DHL', service: 'N', question: 'pickup-points' },
    ])
  })

  it('that is nothing says so, and where to look instead', async () => {
    const none = await operator(db, answering({ places: [] }))
    assert.match(
      plain(textOf(await none.read(at('?question=points')))),
      /Aucun point de retrait trouvé COLISSIMO n’en a pas près de 13009 Marseille .* Voir les services/,
    )
    const nothing = await operator(db, answering({ offers: [] }))
    assert.match(textOf(await nothing.read(at(''))), /Aucun service proposé/)
  })

  it('in trouble: the remedy on a whole page, and the same question again', async () => {
    const { get } = await operator(
      db,
      answering({ trouble: { code: 'not-offered', remedy: 'utilisez HD — Choisissez un autre service.' } }),
    )
    const reply = await get(at('?question=points'))
    assert.equal(reply.status, 200)
    const page = await reply.text()
    assert.match(textOf(page), /Non proposé par ce transporteur Utilisez HD — Choisissez un autre service\. Réessayer/)
    assert.ok(
      page.includes(`href="${PAGE}/propositions?question=points&amp;transporteur=COLISSIMO&amp;service=HD">Réessayer`),
    )
  })

  it('without an answer says that nothing was changed', async () => {
    for (const error of [
      new WorkflowUpdateRPCTimeoutOrCancelledError('late'),
      new WorkflowFailedError('timed out', undefined, 'TIMEOUT'),
    ]) {
      const { get } = await operator(db, () => Promise.reject(error))
      const reply = await get(at('?question=points'))
      assert.equal(reply.status, 503)
      assert.match(
        textOf(await reply.text()),
        /Le moteur ne répond pas .* Rien n’a été changé ni acheté\. .* Réessayer Revenir/,
      )
    }
  })

  it('is not asked for a note that has left, nor of a carrier that is not set up', async () => {
    const { get, sent, flash } = await operator(db)
    assert.equal((await get(at('?transporteur=GLS'))).headers.get('location'), PAGE)
    assert.match(await flash(), /Le transporteur GLS n’est pas configuré/)
    await ship(db)
    assert.equal((await get(at(''))).headers.get('location'), PAGE)
    assert.match(await flash(), /Ce bon est parti ou annulé/)
    assert.deepEqual(sent, [])
  })
})

describe('a label that waits', () => {
  const link = /<a class="button ([a-z]*)" href="([^"]+)">Choisir un autre service ou point de retrait/
  const cases: [code: string, style: string, question: string][] = [
    ['not-offered', 'primary', 'offres'],
    ['address-refused', '', 'points'],
  ]
  for (const [code, style, question] of cases) {
    it(`with "${code}" leads from its order to what carriers have instead`, async () => {
      await waits(db, code)
      const { read } = await operator(db)
      for (const page of ['/commandes/boutique-bio/1042', PAGE, '/a-traiter']) {
        const found = link.exec(await read(page))
        assert.deepEqual([found?.[1], found?.[2]], [style, `${PAGE}/propositions?question=${question}`], page)
      }
    })
  }

  it('elsewhere, or for another cause, does not', async () => {
    await waits(db, 'refused')
    await waits(db, 'not-offered', { step: 'void label of parcel 1' })
    await waits(db, 'address-refused', {
      step: 'make return label of parcel 1',
      workflow_id: 'return:boutique-bio:1042:BL26-1:1:0',
    })
    const { read } = await operator(db)
    assert.doesNotMatch(await read('/commandes/boutique-bio/1042'), link)
  })

  it('may get another service; while none waits, or a purchase is in doubt, the page says that it may not', async () => {
    const refused = /Aucune étiquette n’attend votre décision : pour l’instant, le service ne se change pas/
    const { read } = await operator(db, async () => ({ offers: [] }))
    const both = async () =>
      Promise.all([PAGE, `${PAGE}/propositions`].map(async (page) => refused.test(plain(textOf(await read(page))))))
    assert.deepEqual(await both(), [true, true])
    await waits(db, 'in-doubt')
    assert.deepEqual(await both(), [true, true])
    await waits(db, 'not-offered', { step: 'make label of parcel 2' })
    assert.deepEqual(await both(), [false, false])
  })
})
