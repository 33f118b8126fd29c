import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { replaceCarrierRules } from '../../db/carrier-rules.ts'
import { saveMapping } from '../../db/mappings.ts'
import { ANY_ORDER, type CarrierRule } from '../../domain/carrier-choice.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { orderId } from '../../workflows/ids.ts'
import { decideInBulk } from '../../workflows/messages.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, travel, until } from '../support/company.ts'
import { assertNothingTwice, countsOf, ONE_ORDER, totalsOf } from '../support/effects.ts'
import { personalDataIn, stepsIn } from '../support/histories.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'flows' })
})
after(() => company.close())

/** Differences of the totals since a moment, kinds that did not move left out. */
function since(earlier: Record<string, number>): Record<string, number> {
  const now = totalsOf(company.world)
  return Object.fromEntries(
    Object.entries(now).flatMap(([kind, n]) => (n > (earlier[kind] ?? 0) ? [[kind, n - (earlier[kind] ?? 0)]] : [])),
  )
}

async function place(template: string): Promise<string> {
  const { id } = company.world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  return id
}

test('one order travels from the shop to the archived invoice, each effect once, in the order of the business', async () => {
  const earlier = totalsOf(company.world)
  const id = await place('paid-card')
  assert.deepEqual(await travel(company, id), { outcome: 'settled', state: 'closed' })
  assert.deepEqual(since(earlier), ONE_ORDER)
  assertNothingTwice(company.world)
  assert.equal(company.world.shop.order(id)?.status, 'completed')
  const row = await orderRow(company.db, id)
  assert.equal(row?.payment_state, 'matched')
  const erp = company.world.codial.order(row?.erp_number ?? '')
  assert.equal(erp.total_ttc, '92.85')
  const order = await stepsIn(company, orderId({ site: SITE, webId: id }))
  assert.deepEqual(order.slice(0, 2), ['admitOrder', 'createErpOrder'])
  assert.equal(order.at(-1), 'closeOrder')
  const [note] = company.world.codial.deliveryNotes().filter((n) => n.reference_web === id)
  const shipment = await stepsIn(company, `shipment:${SITE}:${id}:${note?.numero}`)
  assert.deepEqual(shipment.slice(0, 7), [
    'parcelsPerPurchase',
    'createLabels',
    'pushTrackingToErp',
    'shipDeliveryNote',
    'pushTrackingToShop',
    'pushOrderStatus',
    'sendTrackingEmail',
  ])
})

test('no name, address, e-mail, key or token is in any history', async () => {
  assert.deepEqual(await personalDataIn(company), [])
})

const DOM = { carrier: 'COLISSIMO', service: 'DOM' }
const BY_RELAY: CarrierRule = { ...ANY_ORDER, methods: ['mondial_relay'], choice: DOM }
const MENDED = [
  {
    template: 'unknown-payment-method',
    step: 'admit',
    mapping: { kind: 'payment-method', source: 'alma_3x', target: 'CB' },
  },
  { template: 'unknown-carrier', step: 'admit', rule: BY_RELAY },
  { template: 'unknown-item', step: 'register', mapping: { kind: 'item', source: 'INCONNU-9', target: 'SAV-001' } },
  { template: 'unknown-vat-rate', step: 'register', mapping: { kind: 'vat-rate', source: '21.00', target: '20.00' } },
  {
    template: 'gift-card-hidden',
    step: 'admit',
    mapping: { kind: 'gap', source: '*', target: 'CHEQUE_CADEAU' },
    code: 'totals-mismatch',
  },
] as const

for (const { template, step, ...other } of MENDED) {
  test(`an order parked as ${template} goes on from that step once the table is mended`, async () => {
    const id = await place(template)
    const [parked] = await until(`${template} is parked`, async () =>
      ((found) => found.length > 0 && found)(await parkedOf(company.db, id)),
    )
    assert.equal(parked?.step, step)
    assert.equal(parked?.code, 'code' in other ? other.code : template)
    assert.ok((parked?.remedy.length ?? 0) > 20)
    assert.equal(
      company.world.codial.orders().some((o) => o.reference_web === id),
      false,
    )
    const by = { site: SITE, operator: 'marie' }
    if ('mapping' in other) await saveMapping(company.db, { ...by, ...other.mapping })
    else {
      const rules = [...WOOCOMMERCE_RULES.carrierRules, other.rule]
      assert.ok(await replaceCarrierRules(company.db, { ...by, rules, version: '' }))
    }
    const earlier = totalsOf(company.world)
    await company.decide(id, step, 'retry')
    const outcome = await travel(company, id)
    assert.equal(outcome.outcome, 'settled')
    assert.equal(since(earlier).commande, 1)
    assert.deepEqual(await parkedOf(company.db, id), [])
    assertNothingTwice(company.world)
  })
}

test('one order in trouble does not hold the others', async () => {
  const bad = company.world.shop.placeOrder({ template: 'unknown-item', seed: 3 })
  const good = company.world.shop.placeOrder({ template: 'paid-card', seed: 4 })
  await company.db.deleteFrom('mappings').where('kind', '=', 'item').execute()
  assert.equal((await travel(company, good.id)).outcome, 'settled')
  await until('the bad one is parked', async () => (await parkedOf(company.db, bad.id)).length > 0)
  await company.decide(bad.id, 'register', 'cancel')
  assert.deepEqual(await company.outcome(bad.id), { outcome: 'cancelled', state: 'cancelled' })
})

test('an order on hold waits for its payment, then goes on; the transfer is recorded once', async () => {
  const id = await place('coupons-fee-bank-transfer')
  await until('it waits', async () => (await orderRow(company.db, id))?.state === 'awaiting-payment')
  assert.equal(
    company.world.codial.orders().some((o) => o.reference_web === id),
    false,
  )
  company.world.shop.markPaid(id)
  assert.equal((await travel(company, id)).outcome, 'settled')
  const erp = company.world.codial.orders().find((o) => o.reference_web === id)
  assert.equal(erp?.total_ttc, '82.90')
  const recorded = Object.entries(countsOf(company.world).reglement ?? {}).filter(([key]) =>
    key.startsWith(`${erp?.numero}:`),
  )
  assert.deepEqual(
    recorded.map(([, times]) => times),
    [1],
  )
})

test('two parcels and a back order: two shipments, one tracking e-mail each, settled after the second', async () => {
  const { world, db } = company
  const id = await place('paid-card')
  const erpNumber = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const first = pack(world, erpNumber, { parcels: 2, backOrder: true })
  await company.tick()
  await until(
    'the first note is shipped',
    () => world.codial.deliveryNotes().find((n) => n.numero === first)?.statut === 'expediee',
  )
  await until('the state is partial', async () => (await orderRow(db, id))?.state === 'partially-shipped')
  const second = pack(world, erpNumber)
  await company.tick()
  await until(
    'the second note is shipped',
    () => world.codial.deliveryNotes().find((n) => n.numero === second)?.statut === 'expediee',
  )
  world.codial.invoice(erpNumber)
  for (let i = 0; i < 5; i += 1) {
    await company.tick()
    world.colissimo.advance()
  }
  await company.tick()
  assert.equal((await company.outcome(id)).outcome, 'settled')
  const labels = world.colissimo.labels().filter((l) => l.orderNumber.startsWith(`${SITE}-${id}-`))
  assert.equal(
    labels.length,
    world.codial
      .deliveryNotes()
      .filter((n) => n.reference_web === id)
      .flatMap((n) => n.colis).length,
  )
  assertNothingTwice(world)
})

test('facts told twice, late or out of order change nothing', async () => {
  const { world, db, client } = company
  const id = await place('paid-card')
  const handle = client.workflow.getHandle(orderId({ site: SITE, webId: id }))
  const erpNumber = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const note = pack(world, erpNumber)
  await company.tick()
  const ready = { id: 'again', deliveryNote: note, carrier: 'COLISSIMO', parcels: [1], backOrder: false }
  await handle.signal('shipmentReady', ready)
  await handle.signal('shipmentReady', { ...ready, id: 'and-again' })
  await handle.signal('erpStatusChanged', { id: 'old', status: 'En préparation', state: 'preparing' })
  await handle.signal('paymentReceived', { id: 'payment-1', amount: 9285 })
  await db.deleteFrom('cursors').execute() // the whole feed and the whole shop are read again from the beginning
  assert.equal((await travelOn(id, erpNumber)).outcome, 'settled')
  assertNothingTwice(world)
  assert.equal(world.shop.order(id)?.status, 'completed')
})

async function travelOn(id: string, erpNumber: string) {
  const { world } = company
  await company.tick()
  await until('it is shipped', () =>
    world.codial.deliveryNotes().some((n) => n.commande === erpNumber && n.statut === 'expediee'),
  )
  world.codial.invoice(erpNumber)
  for (let i = 0; i < 5; i += 1) {
    await company.tick()
    world.colissimo.advance()
  }
  await company.tick()
  return company.outcome(id)
}

test('a decision is taken once: a step that does not wait, a wrong skip and a repeat are refused; bulk repair works by signal', async () => {
  const { world, client } = company
  await company.db.deleteFrom('mappings').where('kind', '=', 'item').execute()
  const id = await place('unknown-item')
  await until('it is parked', async () => (await parkedOf(company.db, id)).length > 0)
  await assert.rejects(company.decide(id, 'register', 'skip'))
  await assert.rejects(company.decide(id, 'admit', 'retry'))
  await saveMapping(company.db, { site: SITE, operator: 'marie', kind: 'item', source: 'INCONNU-9', target: 'SAV-001' })
  const handle = client.workflow.getHandle(orderId({ site: SITE, webId: id }))
  const decision = { id: 'bulk-7', step: 'register', action: 'retry' as const, operator: 'marie', branch: 'LYON' }
  await handle.signal(decideInBulk, decision)
  await handle.signal(decideInBulk, decision)
  assert.equal((await travel(company, id)).outcome, 'settled')
  assertNothingTwice(world)
})

test('the parked order shows in search attributes and current details, and no longer once decided', async () => {
  const { client } = company
  await company.db.deleteFrom('mappings').where('kind', '=', 'payment-method').execute()
  const id = await place('unknown-payment-method')
  await until('it is parked', async () => (await parkedOf(company.db, id)).length > 0)
  const handle = client.workflow.getHandle(orderId({ site: SITE, webId: id }))
  const attributes = await until('the attributes are there', async () => {
    const { typedSearchAttributes } = await handle.describe()
    const all = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]))
    return all.NeedsAttention ? all : null
  })
  assert.deepEqual(attributes.PendingStep, ['admit'])
  assert.equal(attributes.FailureCode, 'unknown-payment-method')
  assert.equal(attributes.Site, SITE)
  assert.ok(attributes.ParkedAt instanceof Date)
  await company.decide(id, 'admit', 'cancel')
  await company.outcome(id)
  const { typedSearchAttributes } = await handle.describe()
  assert.equal(
    Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).NeedsAttention,
    undefined,
  )
})
