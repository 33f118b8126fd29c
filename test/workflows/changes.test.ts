import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { orderId } from '../../workflows/ids.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, travel, until } from '../support/company.ts'
import { assertNothingTwice } from '../support/effects.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'changes' })
})
after(() => company.close())

async function registered(template = 'paid-card'): Promise<{ id: string; erpNumber: string }> {
  const { id } = company.world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  return { id, erpNumber: await until('it is in Codial', async () => (await orderRow(company.db, id))?.erp_number) }
}

const asked = (id: string, code: string) =>
  until(`a person is asked: ${code}`, async () => (await parkedOf(company.db, id)).find((wait) => wait.code === code))

async function shipped(erpNumber: string): Promise<string> {
  const { codial } = company.world
  const note = pack(company.world, erpNumber)
  await company.tick()
  const ref = { site: SITE, webId: codial.order(erpNumber).reference_web }
  await until('the order knows that it is shipped', async () => {
    return (await company.progress(orderId(ref))).shipments?.[note] === 'shipped'
  })
  return note
}

test('a changed address before shipping: a person corrects Codial, the label carries the new address', async () => {
  const { world } = company
  const { id } = await registered()
  world.shop.changeAddress(id)
  await company.tick()
  const wait = await asked(id, 'order-changed')
  assert.equal(wait.step, 'look at the changed address')
  await company.decide(id, wait.step, 'retry')
  assert.equal((await travel(company, id)).outcome, 'settled')
  const label = world.colissimo.labels().find(({ orderNumber }) => orderNumber.includes(`-${id}-`))
  const known = (await orderRow(company.db, id))?.snapshot
  assert.ok(known && JSON.stringify(label?.letter).includes(known.shipping.postalCode))
  assertNothingTwice(world)
})

test('changed lines before shipping wait for a person, who may ignore them', async () => {
  const { id } = await registered()
  company.world.shop.changeLines(id)
  await company.tick()
  const wait = await asked(id, 'order-changed')
  assert.match(wait.step, /lines/)
  await company.decide(id, wait.step, 'skip')
  assert.equal((await travel(company, id)).outcome, 'settled')
})

test('a change after shipping is parked with the choice', async () => {
  const { world } = company
  const { id, erpNumber } = await registered()
  await shipped(erpNumber)
  world.shop.changeAddress(id)
  await company.tick()
  const wait = await asked(id, 'changed-too-late')
  await company.decide(id, wait.step, 'skip')
})

test('all money back before shipping cancels the order in Codial; the shop keeps its own status', async () => {
  const { world } = company
  const { id, erpNumber } = await registered()
  world.shop.refund(id)
  await company.tick()
  assert.equal((await company.outcome(id)).outcome, 'cancelled')
  assert.equal(world.codial.order(erpNumber).statut, 'Annulée')
  assert.equal(world.shop.order(id).status, 'refunded')
})

test('a partial refund waits for its credit note, made by a person; the rest goes on', async () => {
  const { world } = company
  const { id, erpNumber } = await registered()
  await shipped(erpNumber)
  world.shop.refund(id, 500)
  await company.tick()
  const wait = await asked(id, 'refund-made')
  await company.decide(id, wait.step, 'skip')
  world.codial.invoice(erpNumber)
  for (let i = 0; i < 5; i += 1) {
    await company.tick()
    world.colissimo.advance()
  }
  await company.tick()
  assert.equal((await company.outcome(id)).outcome, 'settled')
  assertNothingTwice(world)
})

test('a status that the merchant moved by hand is not fought: the report shows the difference', async () => {
  const { world, db } = company
  const { id, erpNumber } = await registered()
  world.shop.moveStatus(id, 'completed')
  world.codial.prepare(erpNumber)
  await company.tick()
  await until('the difference is shown', async () =>
    (await db.selectFrom('operations').selectAll().where('web_id', '=', id).execute()).some(
      (o) => o.type === 'Différence de statut',
    ),
  )
  assert.equal(world.shop.order(id).status, 'completed')
})

test('a late payment is recorded once and the order goes on', async () => {
  const { world } = company
  const { id } = world.shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
  await company.tick()
  await until('it waits', async () => (await orderRow(company.db, id))?.state === 'awaiting-payment')
  world.shop.markPaid(id)
  await company.tick()
  assert.equal((await travel(company, id)).outcome, 'settled')
  assertNothingTwice(world)
})
