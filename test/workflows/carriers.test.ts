import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readCarrierRules, replaceCarrierRules } from '../../db/carrier-rules.ts'
import { saveMapping } from '../../db/mappings.ts'
import { ANY_ORDER } from '../../domain/carrier-choice.ts'
import { addParcel, cancelOrder, changeService, voidLabel } from '../../workflows/messages.ts'
import { fault } from '../activities/chronopost-samples.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, travel, until } from '../support/company.ts'
import { assertNothingTwice, totalsOf } from '../support/effects.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'carriers' })
})
after(() => company.close())

/** From now on every order of the site goes by this service. */
async function sendAllBy(carrier: string, service: string): Promise<void> {
  const { db } = company
  const { version } = await readCarrierRules(db, SITE)
  const rules = [{ ...ANY_ORDER, choice: { carrier, service } }]
  assert.ok(await replaceCarrierRules(db, { site: SITE, rules, version, operator: 'marie' }))
}

for (const [carrier, service] of [
  ['CHRONOPOST', '01'],
  ['DHL', 'N'],
] as const) {
  test(`an order of two parcels travels with ${carrier} from its labels to the letter that it arrived`, async () => {
    await sendAllBy(carrier, service)
    const earlier = totalsOf(company.world)
    const { id } = company.world.shop.placeOrder({ template: 'paid-card', seed: 0 })
    assert.equal((await travel(company, id, { parcels: 2 })).outcome, 'settled')
    const now = totalsOf(company.world)
    const since = (kind: string): number => (now[kind] ?? 0) - (earlier[kind] ?? 0)
    const sold = company.world.carriers
      .flatMap(({ code, labels }) => labels().map((label) => ({ code, ...label })))
      .filter(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
    assert.deepEqual(
      sold.map(({ code, reference }) => `${code} ${reference.at(-1)}`),
      [`${carrier} 1`, `${carrier} 2`],
    )
    const numbers = new Set(sold.map(({ trackingNumber }) => trackingNumber))
    // Pieces of one DHL shipment share their number: the shop shows it once, Codial has it for each parcel.
    assert.deepEqual([since('label'), since('suivi'), since('order-note')], [2, 2, numbers.size])
    assert.equal(since('mail'), 4)
    assertNothingTwice(company.world)
  })
}

test('a parcel beyond the customs border waits for what customs must know, and goes on once it is entered', async () => {
  const { world, db } = company
  await sendAllBy('DHL', 'P')
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.importSite(SITE)
  const snapshot = await until('it is imported', async () => (await orderRow(db, id))?.snapshot)
  const shipping = {
    ...snapshot.shipping,
    lines: ['Rue du Rhône 8'],
    postalCode: '1204',
    city: 'Genève',
    country: 'CH',
  }
  const abroad = JSON.stringify({ ...snapshot, shipping: { ...shipping, phone: '+41 79 604 31 28' } })
  await db.updateTable('orders').set({ snapshot: abroad }).where('web_id', '=', id).execute()
  const number = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const note = pack(world, number)
  await company.tick()
  const wait = await until('customs are asked about', async () => (await parkedOf(db, id))[0])
  assert.equal(wait.code, 'customs-incomplete')
  await saveMapping(db, {
    site: SITE,
    operator: 'marie',
    kind: 'customs',
    source: '*',
    target: "34011100/FR/Savon d'Alep",
  })
  await company.decide(id, wait.step, 'retry', { deliveryNote: note })
  await until('it is shipped', () =>
    world.codial.deliveryNotes().some((n) => n.numero === note && n.statut === 'expediee'),
  )
  const papers = await db.selectFrom('documents').select('kind').where('web_id', '=', id).execute()
  assert.ok(papers.some(({ kind }) => kind === 'customs-invoice'))
})

test('a shipment cancelled before it left is cancelled at the carrier that can', async () => {
  const { world, db } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.tick()
  const number = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const body = JSON.stringify({ title: 'Interdit', status: 409, detail: 'bon annulé', code: 'etat_interdit' })
  world.codial.faults.add({ match: '/suivi', status: 409, body, contentType: 'application/problem+json' })
  const note = pack(world, number, { parcels: 2 })
  await company.tick()
  const wait = await until('its announcement waits', async () => (await parkedOf(db, id))[0])
  await company.decide(id, wait.step, 'cancel', { deliveryNote: note })
  assert.equal(await company.client.workflow.getHandle(`shipment:${SITE}:${id}:${note}`).result(), 'cancelled')
  const sold = world.chronopost.labels().filter(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
  assert.deepEqual(
    sold.map(({ voided }) => voided),
    [true, true],
  )
})

const MARIE = { operator: 'marie', branch: 'LYON' }

/** An order registered in Codial, to be packed. */
async function registered(): Promise<{ id: string; number: string }> {
  const { id } = company.world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.tick()
  const number = await until('it is in Codial', async () => (await orderRow(company.db, id))?.erp_number)
  return { id, number: number as string }
}

const waiting = (id: string, begins: string) =>
  until(`"${begins}" waits`, async () => (await parkedOf(company.db, id)).find(({ step }) => step.startsWith(begins)))

const handleOf = (id: string, note: string) => company.client.workflow.getHandle(`shipment:${SITE}:${id}:${note}`)
const shipped = (note: string) =>
  until(`${note} is shipped`, () =>
    company.world.codial.deliveryNotes().some((n) => n.numero === note && n.statut === 'expediee'),
  )

test('a label given up while its carrier does not answer is given up there in the end, and watched all the time', async () => {
  const { world, db } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id, number } = await registered()
  const refusal = { match: 'shipping-cxf', status: 500, body: fault('Client').body as string, contentType: 'text/xml' }
  world.chronopost.faults.add(refusal)
  const note = pack(world, number, { parcels: 2 })
  await company.tick()
  const first = await waiting(id, 'make labels of parcels 1, 2')
  const handle = handleOf(id, note)
  const parcel = { weight: 700, length: null, width: null, height: null }
  await handle.executeUpdate(addParcel, { args: [{ ...MARIE, id: 'add', parcel }] })
  world.chronopost.faults.add({ ...refusal, skip: 2 }) // two calls buy the first two, the third parcel is refused
  await company.decide(id, first.step, 'retry', { deliveryNote: note })
  const third = await waiting(id, 'make label of parcel 3')
  world.chronopost.faults.add({ match: 'tracking-cxf', status: 503, times: 3 })
  await handle.executeUpdate(voidLabel, { args: [{ ...MARIE, id: 'void', rank: 1 }] })
  await company.decide(id, third.step, 'retry', { deliveryNote: note })
  await shipped(note)
  const own = (): { reference: string; voided: boolean }[] =>
    world.chronopost.labels().filter(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
  await until('the first label is void', () =>
    own().some(({ reference, voided }) => voided && reference.endsWith('-1')),
  )
  assert.deepEqual(
    own()
      .map(({ reference, voided }) => `${reference.replace(/^.*-26\d+-/, '')} ${voided}`)
      .sort(),
    ['1 true', '1-1 false', '2 false', '3 false'],
  )
  const watched = await db.selectFrom('voided_labels').selectAll().where('web_id', '=', id).execute()
  assert.equal(watched.length, 1)
})

test('parcels that waited to travel together go one by one with a carrier that sells them so', async () => {
  const { world } = company
  await sendAllBy('DHL', 'N')
  const { id, number } = await registered()
  const body = JSON.stringify({ status: '400', title: 'Bad request', detail: '5029: Invalid address' })
  world.dhl.faults.add({ match: 'validateDataOnly', status: 400, body })
  const note = pack(world, number, { parcels: 2 })
  await company.tick()
  await waiting(id, 'make labels of parcels 1, 2')
  const choice = { carrier: 'COLISSIMO', service: 'DOM', pickupPoint: null }
  await handleOf(id, note).executeUpdate(changeService, { args: [{ ...MARIE, id: 'change', choice }] })
  await shipped(note)
  const sold = world.colissimo.labels().filter(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
  assert.equal(sold.length, 2)
  assertNothingTwice(world)
})

test('what has left is not cancelled any more, by a decision or with its order', async () => {
  const { world } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id, number } = await registered()
  world.shop.faults.add({ match: 'POST .*/notes', status: 400, body: JSON.stringify({ code: 'x', message: 'non' }) })
  const note = pack(world, number)
  await company.tick()
  const wait = await waiting(id, 'show parcel 1 on the shop')
  await assert.rejects(company.decide(id, wait.step, 'cancel', { deliveryNote: note }))
  const request = { ...MARIE, id: 'cancel', reason: 'trop tard' }
  const order = company.client.workflow.getHandle(`order:${SITE}:${id}`)
  await until('the order knows', async () => (await company.progress(order.workflowId)).shipments?.[note] === 'shipped')
  await assert.rejects(order.executeUpdate(cancelOrder, { args: [request] }))
  assert.equal(world.chronopost.labels().at(-1)?.voided, false)
  await company.decide(id, wait.step, 'retry', { deliveryNote: note })
})

test('parcels added at once are all written down and labelled', async () => {
  const { world, db } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id, number } = await registered()
  world.chronopost.faults.add({
    match: 'shipping-cxf',
    status: 500,
    body: fault('Client').body as string,
    contentType: 'text/xml',
  })
  const note = pack(world, number)
  await company.tick()
  const wait = await waiting(id, 'make label of parcel 1')
  const parcel = { weight: 700, length: null, width: null, height: null }
  const add = (request: string) =>
    handleOf(id, note).executeUpdate(addParcel, { args: [{ ...MARIE, id: request, parcel }] })
  const added = await Promise.all(['a', 'b', 'c'].map(add))
  assert.deepEqual(added.map(({ rank }) => rank).sort(), [2, 3, 4])
  await company.decide(id, wait.step, 'retry', { deliveryNote: note })
  await shipped(note)
  const kept = await db.selectFrom('parcels').select('rank').where('delivery_note', '=', note).orderBy('rank').execute()
  assert.deepEqual(
    kept.map(({ rank }) => rank),
    [1, 2, 3, 4],
  )
})

test('a shipment cancelled while a purchase is in doubt looks for it, and gives it up', async () => {
  const { world, db } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id, number } = await registered()
  world.chronopost.faults.add({ match: 'shipping-cxf', drop: 'after' })
  world.chronopost.faults.add({ match: 'tracking-cxf', status: 500, body: '', times: 400 })
  const note = pack(world, number)
  await company.followErp()
  const wait = await waiting(id, 'make label of parcel 1')
  const choice = { carrier: 'COLISSIMO', service: 'DOM', pickupPoint: null }
  const changed = handleOf(id, note).executeUpdate(changeService, { args: [{ ...MARIE, id: 'doubt', choice }] })
  await assert.rejects(changed, 'the carrier is not changed over a purchase in doubt')
  world.chronopost.faults.clear()
  await company.decide(id, wait.step, 'cancel', { deliveryNote: note })
  assert.equal(await handleOf(id, note).result(), 'cancelled')
  const sold = world.chronopost.labels().find(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
  assert.equal(sold?.voided, true)
  const row = await db
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', `doubt:${sold?.reference}`)
    .executeTakeFirst()
  assert.equal(row?.light, 'violet')
})

test('a shipment of a carrier that is not set up waits, and may be cancelled', async () => {
  const { world, db } = company
  await sendAllBy('CHRONOPOST', '01')
  const { id, number } = await registered()
  const note = pack(world, number)
  await db.deleteFrom('carrier_rules').execute()
  const order = company.client.workflow.getHandle(`order:${SITE}:${id}`)
  const fact = { id: 'gls', deliveryNote: `${note}-GLS`, carrier: 'GLS', parcels: [1], backOrder: false }
  await order.signal('shipmentReady', fact)
  const wait = await waiting(id, 'make labels')
  assert.equal(wait.code, 'unknown-carrier')
  await company.decide(id, wait.step, 'cancel', { deliveryNote: `${note}-GLS` })
  assert.equal(await handleOf(id, `${note}-GLS`).result(), 'cancelled')
})
