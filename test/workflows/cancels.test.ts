import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { orderId } from '../../workflows/ids.ts'
import { cancelOrder } from '../../workflows/messages.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, until } from '../support/company.ts'
import { assertNothingTwice, countsOf } from '../support/effects.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'cancels' })
})
after(() => company.close())

const handleOf = (id: string) => company.client.workflow.getHandle(orderId({ site: SITE, webId: id }))

function ask(id: string): Promise<void> {
  const request = { id: randomUUID(), operator: 'marie', branch: 'LYON', reason: 'le client renonce' }
  return handleOf(id).executeUpdate(cancelOrder, { args: [request], updateId: request.id })
}

async function place(template = 'paid-card'): Promise<string> {
  const { id } = company.world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  return id
}

const registered = (id: string) => until('it is in Codial', async () => (await orderRow(company.db, id))?.erp_number)

/** Cancelled on both sides; in the ERP only when it was there. */
async function assertCancelled(id: string, { inErp }: { inErp: boolean }): Promise<void> {
  assert.deepEqual(await company.outcome(id), { outcome: 'cancelled', state: 'cancelled' })
  assert.equal(company.world.shop.order(id)?.status, 'cancelled')
  const erp = company.world.codial.orders().find((o) => o.reference_web === id)
  assert.equal(erp?.statut, inErp ? 'Annulée' : undefined)
  assert.deepEqual(await parkedOf(company.db, id), [])
  assertNothingTwice(company.world)
}

test('cancelled while it waits to be admitted', async () => {
  const id = await place('unknown-payment-method')
  await until('it is parked', async () => (await parkedOf(company.db, id)).length > 0)
  await ask(id)
  await assertCancelled(id, { inErp: false })
})

test('cancelled while it waits for its payment', async () => {
  const id = await place('coupons-fee-bank-transfer')
  await until('it waits', async () => (await orderRow(company.db, id))?.state === 'awaiting-payment')
  await ask(id)
  await assertCancelled(id, { inErp: false })
})

test('cancelled while the ERP is asked: the order that was made meanwhile is cancelled there', async () => {
  const { world } = company
  const asked = new Promise<void>((resolve) => {
    world.codial.faults.add({ match: '^POST /v1/commandes$', delayMs: 400, hook: { when: 'after', run: resolve } })
  })
  const id = await place()
  await asked
  await ask(id)
  await assertCancelled(id, { inErp: true })
})

test('cancelled after it was registered', async () => {
  const id = await place()
  await registered(id)
  await ask(id)
  await assertCancelled(id, { inErp: true })
})

test('a native cancel from the Temporal UI undoes as well', async () => {
  const id = await place()
  await registered(id)
  await handleOf(id).cancel()
  await assertCancelled(id, { inErp: true })
})

test('cancelled while its label waits for a person: no label is bought, the shipment ends', async () => {
  const { world, db } = company
  world.colissimo.faults.add({ match: 'checkGenerateLabel', status: 400, body: REFUSED_ADDRESS, times: 50 })
  const id = await place()
  const note = pack(world, await registered(id))
  await company.tick()
  await until('the label is parked', async () => (await parkedOf(db, id)).some((p) => p.step.startsWith('make label')))
  await ask(id)
  await assertCancelled(id, { inErp: true })
  world.colissimo.faults.clear()
  assert.equal(await company.client.workflow.getHandle(`shipment:${SITE}:${id}:${note}`).result(), 'cancelled')
  assert.equal(
    Object.keys(countsOf(world).label ?? {}).some((key) => key.includes(`-${id}-`)),
    false,
  )
})

const REFUSED_ADDRESS = JSON.stringify({
  messages: [
    {
      id: '30204',
      type: 'ERROR',
      messageContent: "La rue du destinataire n'a pas été transmise",
      replacementValues: [],
    },
  ],
  labelXmlV2Reponse: null,
  labelV31Response: null,
})

test('refused once something has left: the order goes on', async () => {
  const { world } = company
  const id = await place()
  const erpNumber = await registered(id)
  const note = pack(world, erpNumber)
  await company.tick()
  await until(
    'it is shipped',
    async () => (await company.progress(orderId({ site: SITE, webId: id }))).shipments?.[note] === 'shipped',
  )
  await assert.rejects(ask(id))
  world.codial.invoice(erpNumber)
  for (let i = 0; i < 5; i += 1) {
    await company.tick()
    world.colissimo.advance()
  }
  await company.tick()
  assert.equal((await company.outcome(id)).outcome, 'settled')
})

test('cancelled by the branch in Codial: the shop shows it, nothing is undone twice', async () => {
  const id = await place()
  company.world.codial.cancel(await registered(id), 'rupture')
  await company.tick()
  await assertCancelled(id, { inErp: true })
})

test('cancelled by the customer on the shop before shipping: cancelled in Codial', async () => {
  const id = await place()
  await registered(id)
  company.world.shop.cancel(id)
  await company.tick()
  await assertCancelled(id, { inErp: true })
})

test('cancelled on the shop after shipping: a person decides, the parcel goes on', async () => {
  const { world, db } = company
  const id = await place()
  const erpNumber = await registered(id)
  const note = pack(world, erpNumber)
  await company.tick()
  await until(
    'it is shipped',
    async () => (await company.progress(orderId({ site: SITE, webId: id }))).shipments?.[note] === 'shipped',
  )
  world.shop.cancel(id)
  await company.tick()
  await until('a person is asked', async () => (await parkedOf(db, id)).some((p) => p.code === 'cancel-too-late'))
  await company.decide(id, 'cancel asked by the shop', 'skip')
  world.codial.invoice(erpNumber)
  for (let i = 0; i < 5; i += 1) {
    await company.tick()
    world.colissimo.advance()
  }
  await company.tick()
  assert.equal((await company.outcome(id)).outcome, 'settled')
})

test('unpaid past the delay of the site: closed as unpaid on both sides', async () => {
  const impatient = await openCompany({ namespace: 'messages', patience: { payment: 50 } })
  try {
    const { id } = impatient.world.shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    await impatient.tick()
    assert.equal((await impatient.outcome(id)).outcome, 'unpaid')
    assert.equal(impatient.world.shop.order(id)?.status, 'cancelled')
    assert.equal(impatient.world.codial.orders().length, 0)
  } finally {
    await impatient.close()
  }
})
