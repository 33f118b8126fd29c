import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readCarrierRules, replaceCarrierRules } from '../../db/carrier-rules.ts'
import { saveMapping } from '../../db/mappings.ts'
import { ANY_ORDER } from '../../domain/carrier-choice.ts'
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
