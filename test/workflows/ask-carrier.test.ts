import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { openEngine } from '../../console/engine.ts'
import type { CarrierAnswer, CarrierQuestion } from '../../workflows/ask-carrier.ts'
import { fieldIn, openVisitor, testOptions, textOf } from '../console/kit.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, until } from '../support/company.ts'
import { personalDataIn } from '../support/histories.ts'

type About = Pick<CarrierQuestion, 'order' | 'deliveryNote'>

let company: Company
/** Lyon, of one parcel, whose label waits because of the address; and Marseille, where Colissimo knows no point. */
let lyon: About
let marseille: About

before(async () => {
  company = await openCompany({ namespace: 'questions' })
  lyon = await waitingLabel('prices-include-tax')
  marseille = await waitingLabel('paid-card')
})
after(() => company.close())
afterEach(() => {
  for (const { faults } of company.world.carriers) faults.clear()
})

const REFUSED_ADDRESS = JSON.stringify({ messages: [{ id: '30204', type: 'ERROR', messageContent: 'rue absente' }] })

async function waitingLabel(template: string): Promise<About> {
  const { world, db } = company
  const { id } = world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  const number = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  world.colissimo.faults.add({ match: 'checkGenerateLabel', status: 400, body: REFUSED_ADDRESS })
  const deliveryNote = pack(world, number)
  await company.tick()
  await until('the label waits', async () => (await parkedOf(db, id)).some(({ code }) => code === 'address-refused'))
  return { order: { site: SITE, webId: id }, deliveryNote }
}

/** Asks as the console does. */
async function ask(about: About, o: Omit<CarrierQuestion, keyof About>): Promise<CarrierAnswer> {
  const answer = await openEngine({ client: company.client }).askCarrier({ ...about, ...o })
  assert.ok(answer, 'somebody answered in time')
  return answer
}

async function placesAt(about: About, carrier: string, service: string) {
  const answer = await ask(about, { carrier, service, question: 'pickup-points' })
  assert.ok('places' in answer, JSON.stringify(answer))
  return answer.places
}

async function offersOf(carrier: string) {
  const answer = await ask(lyon, { carrier, service: '', question: 'offers' })
  assert.ok('offers' in answer, JSON.stringify(answer))
  return answer.offers
}

async function troubleOf(o: Omit<CarrierQuestion, keyof About>) {
  const answer = await ask(lyon, o)
  assert.ok('trouble' in answer, JSON.stringify(answer))
  return answer.trouble
}

describe('pickup points near the order’s address', () => {
  test('of Colissimo, nearest first', async () => {
    const places = await placesAt(lyon, 'COLISSIMO', 'HD')
    assert.deepEqual(
      places.map(({ id, distance }) => [id, distance]),
      [
        ['693031', 310],
        ['693400', 640],
        ['690714', 2980],
      ],
    )
    const { name, postalCode, city, country, opening } = places[1] ?? assert.fail()
    assert.deepEqual([name, postalCode, city, country], ['LA POSTE LYON PART DIEU', '69003', 'LYON', 'FR'])
    assert.deepEqual(
      [opening.lundi, opening.samedi, opening.dimanche],
      ['09:00-12:00 14:00-18:00', '09:00-12:00', undefined],
    )
  })

  test('of Colissimo, where there are none', async () => {
    assert.deepEqual(await placesAt(marseille, 'COLISSIMO', 'HD'), [])
  })

  test('of Chronopost', async () => {
    const [first] = await placesAt(marseille, 'CHRONOPOST', '86')
    assert.deepEqual(
      [first?.id, first?.name, first?.postalCode, first?.distance],
      ['1300P', 'TABAC PRESSE DU MARCHE', '13009', 180],
    )
  })

  test('of DHL', async () => {
    const found = (await placesAt(lyon, 'DHL', 'N')).find(({ id }) => id === 'LYS001')
    assert.deepEqual([found?.name, found?.city, found?.opening.lundi], ['DHL Lyon Part-Dieu', 'LYON', '09:00-19:00'])
  })
})

describe('what is sold on the lane', () => {
  test('by Colissimo, which tells neither price nor day', async () => {
    assert.deepEqual(
      (await offersOf('COLISSIMO')).map(({ service, price, deliveredOn }) => [service, price, deliveredOn]),
      [
        ['DOM', null, null],
        ['DOS', null, null],
        ['HD', null, null],
      ],
    )
  })

  test('by Chronopost, with prices', async () => {
    const relay = (await offersOf('CHRONOPOST')).find(({ service }) => service === '86')
    assert.equal(relay?.name, 'Chrono Relais')
    assert.ok(Number.isInteger(relay?.price) && (relay?.price ?? 0) > 0)
  })

  test('by DHL, with prices and days', async () => {
    const domestic = (await offersOf('DHL')).find(({ service }) => service === 'N')
    assert.equal(domestic?.name, 'EXPRESS DOMESTIC')
    assert.match(domestic?.deliveredOn ?? '', /^\d{4}-\d\d-\d\d$/)
    assert.ok((domestic?.price ?? 0) > 0)
  })
})

describe('a trouble is an answer', () => {
  const DOWN = { code: 'unavailable', remedy: 'CHRONOPOST ne répond pas pour l’instant : réessayez dans une minute.' }

  test('when the carrier is down: it is asked twice, not more', async () => {
    const { faults } = company.world.chronopost
    faults.add({ match: '.', status: 503, body: '', times: 10 })
    assert.deepEqual(await troubleOf({ carrier: 'CHRONOPOST', service: '86', question: 'pickup-points' }), DOWN)
    assert.equal(faults.list()[0]?.times, 8)
  })

  test('when the carrier is mute: nobody waits longer than told', async () => {
    company.world.chronopost.faults.add({ match: '.', delayMs: 4_000 })
    const began = Date.now()
    assert.deepEqual(
      await troubleOf({ carrier: 'CHRONOPOST', service: '86', question: 'offers', patience: 1_000 }),
      DOWN,
    )
    assert.ok(Date.now() - began < 3_500)
  })

  test('when the service has no pickup points: the carrier’s remedy', async () => {
    const { code, remedy } = await troubleOf({ carrier: 'COLISSIMO', service: 'DOM', question: 'pickup-points' })
    assert.equal(code, 'not-offered')
    assert.match(remedy, /DOM ne livre pas en point de retrait, utilisez HD — Choisissez un autre service/)
  })

  test('when nobody works for the carrier', async () => {
    const { code } = await troubleOf({ carrier: 'GLS', service: '', question: 'offers', patience: 500 })
    assert.equal(code, 'unavailable')
  })

  test('but no answer at all when Temporal is too slow for the page', async () => {
    const hasty = openEngine({ client: company.client, patience: 1 })
    const question = { ...lyon, carrier: 'DHL', service: '', question: 'offers' as const }
    assert.equal(await hasty.askCarrier(question), null)
  })
})

test('an operator finds a point from the order that waits, chooses it, and the parcel leaves for it', async () => {
  const { db, client, world } = company
  const carriers = ['COLISSIMO', 'CHRONOPOST', 'DHL']
  const visitor = openVisitor(testOptions({ db, client, carriers }))
  await visitor.signIn()
  const order = await visitor.read(`/commandes/${SITE}/${lyon.order.webId}`)
  const [, link = ''] = /href="([^"]+)">Choisir un autre service ou point de retrait/.exec(order) ?? []
  const colissimo = await visitor.read(link.replaceAll('&amp;', '&'))
  assert.match(textOf(colissimo), /3 points près de 69003 Lyon/)
  const note = `/commandes/${SITE}/${lyon.order.webId}/bons/${lyon.deliveryNote}`
  const page = await visitor.read(`${note}/propositions?question=points&transporteur=CHRONOPOST`)
  const [, id = ''] = /name="id" value="([^"]+)"><[^>]+><[^>]+><[^>]+name="point" value="6900P"/.exec(page) ?? []
  assert.match(id, /^[\w-]{36}$/)
  const choice = { id, transporteur: 'CHRONOPOST', service: fieldIn(page, 'service'), point: '6900P' }
  assert.equal((await visitor.post(`${note}/changer-service`, choice)).headers.get('location'), note)
  assert.match(textOf(await visitor.read(note)), /Le bon part avec CHRONOPOST 86, point de retrait 6900P/)
  const shipped = db
    .selectFrom('shipments')
    .where('state', '=', 'shipped')
    .where('delivery_note', '=', lyon.deliveryNote)
  await until('it is shipped', () => shipped.select('state').executeTakeFirst())
  const sold = world.chronopost.labels().filter(({ reference }) => reference.startsWith(`${SITE}-${lyon.order.webId}-`))
  assert.deepEqual(
    sold.map(({ productCode, voided }) => [productCode, voided]),
    [['86', false]],
  )
  assert.equal((await visitor.get(`${note}/propositions`)).headers.get('location'), note)
})

test('nothing of the customer is in any history', async () => {
  const asked = "WorkflowType = 'askCarrier'"
  await until('the questions are listed', async () => (await company.client.workflow.count(asked)).count >= 10)
  assert.deepEqual(await personalDataIn(company), [])
})
