import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { ACT_OUTCOMES, type ShipmentAct, type ShipmentMoment } from '../../domain/shipment.ts'
import { returnId, shipmentId } from '../../workflows/ids.ts'
import { addParcel, changeService, voidLabel } from '../../workflows/messages.ts'
import { CONNECTOR_QUEUE } from '../../workflows/queues.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, QUICK, SITE, until } from '../support/company.ts'
import { assertNothingTwice } from '../support/effects.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'labels' })
})
after(() => company.close())
afterEach(() => {
  for (const { faults } of [company.world.codial, ...company.world.carriers]) faults.clear()
})

const MARIE = { operator: 'marie', branch: 'LYON' }
const REFUSED_ADDRESS = JSON.stringify({ messages: [{ id: '30204', type: 'ERROR', messageContent: 'rue absente' }] })

interface Shipment {
  id: string
  note: string
}

/** An order whose delivery note of two parcels has come as far as this. */
async function driveTo(moment: ShipmentMoment): Promise<Shipment> {
  const { world, db } = company
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.tick()
  const number = await until(`order ${id} is in Codial`, async () => (await orderRow(db, id))?.erp_number)
  const refusal = { match: 'checkGenerateLabel', status: 400, body: REFUSED_ADDRESS, times: 1 }
  if (moment === 'before-label') world.colissimo.faults.add(refusal)
  if (moment === 'between-parcels') world.colissimo.faults.add({ ...refusal, skip: 1 })
  const forbidden = { type: 'about:blank', title: 'Interdit', status: 409, detail: 'bon annulé', code: 'etat_interdit' }
  const contentType = 'application/problem+json'
  if (moment === 'announcing')
    world.codial.faults.add({ match: '/suivi', status: 409, body: JSON.stringify(forbidden), contentType, times: 1 })
  const note = pack(world, number, { parcels: 2 })
  await company.tick()
  const step = { 'before-label': 'make label of parcel 1', 'between-parcels': 'make label of parcel 2' }[
    moment as string
  ]
  if (moment === 'shipped')
    await until('it is shipped', () => world.mailbox.mails().some(({ messageId }) => messageId.includes(note)))
  else
    await until(`it waits (${moment})`, async () =>
      (await parkedOf(db, id)).some((p) => p.step === (step ?? 'announce parcel 1 to Codial')),
    )
  return { id, note }
}

const handleOf = ({ id, note }: Shipment) =>
  company.client.workflow.getHandle(shipmentId({ site: SITE, webId: id }, note))

const request = () => ({ ...MARIE, id: randomUUID() })

async function startReturn({ id, note }: Shipment) {
  const order = { site: SITE, webId: id }
  const input = {
    order,
    deliveryNote: note,
    rank: 1,
    generation: 0,
    carrier: 'COLISSIMO',
    mailed: true,
    patience: QUICK,
  }
  const workflowId = returnId({ order, deliveryNote: note, rank: 1, generation: 0 })
  return company.client.workflow.start('returnLifecycle', { workflowId, taskQueue: CONNECTOR_QUEUE, args: [input] })
}

/** Does one act; rejects when it is refused. */
const ACTS: Record<ShipmentAct, (shipment: Shipment) => Promise<unknown>> = {
  void: (s) => handleOf(s).executeUpdate(voidLabel, { args: [{ ...request(), rank: 1 }] }),
  'add-parcel': (s) => {
    const parcel = { weight: 700, length: 200, width: 150, height: 100 }
    return handleOf(s).executeUpdate(addParcel, { args: [{ ...request(), parcel }] })
  },
  'change-service': (s) => {
    const choice = { carrier: 'COLISSIMO', service: 'DOS', pickupPoint: null }
    return handleOf(s).executeUpdate(changeService, { args: [{ ...request(), choice }] })
  },
  async cancel(s) {
    const [step] = await parkedOf(company.db, s.id)
    await company.decide(s.id, step?.step ?? 'send tracking e-mail', 'cancel', { deliveryNote: s.note })
  },
  async 'return-label'(s) {
    const handle = await startReturn(s)
    const isRefused = async () => (await parkedOf(company.db, s.id)).some(({ code }) => code === 'state-forbidden')
    const isMade = async () => (await handle.describe()).status.name === 'COMPLETED'
    await until('it is made or refused', async () => (await isMade()) || (await isRefused()))
    if (await isMade()) return handle.result()
    const decision = { ...request(), step: 'make return label of parcel 1', action: 'cancel' as const }
    await handle.executeUpdate('decide', { args: [decision] })
    await handle.result()
    throw new Error('refused: it has not left')
  },
}

const soldFor = ({ id }: Shipment): string[] =>
  company.world.colissimo
    .labels()
    .filter(({ reference }) => reference.startsWith(`${SITE}-${id}-`))
    .map(({ reference }) => reference.slice(`${SITE}-${id}-`.length))

/** The note as references hold it. */
const noteIn = (note: string): string => note.replace(/[^A-Za-z0-9]/g, '').slice(-8)

const voidedOf = async ({ note }: Shipment): Promise<string[]> => {
  const rows = await company.db
    .selectFrom('voided_labels')
    .select('reference')
    .where('delivery_note', '=', note)
    .execute()
  return rows.map(({ reference }) => reference.slice(reference.indexOf(noteIn(note)))).sort()
}

/** One decision sends the waiting step on; the shipment leaves. */
async function goOn(shipment: Shipment): Promise<void> {
  const [waiting] = await parkedOf(company.db, shipment.id)
  if (waiting) await company.decide(shipment.id, waiting.step, 'retry', { deliveryNote: shipment.note })
  await shipped(shipment)
}

const shipped = ({ note }: Shipment) =>
  until(`${note} is shipped`, () =>
    company.world.codial.deliveryNotes().some((n) => n.numero === note && n.statut === 'expediee'),
  )

const MOMENTS: ShipmentMoment[] = ['before-label', 'between-parcels', 'announcing', 'shipped']
const bl = ({ note }: Shipment): string => noteIn(note)

for (const moment of MOMENTS) {
  const acts = Object.keys(ACT_OUTCOMES) as ShipmentAct[]
  test(`at "${moment}", what the table refuses is refused, and changes nothing`, async () => {
    const shipment = await driveTo(moment)
    const sold = soldFor(shipment)
    for (const act of acts.filter((one) => ACT_OUTCOMES[one][moment] === 'refused'))
      await assert.rejects(ACTS[act](shipment), act)
    assert.deepEqual(soldFor(shipment), sold)
    await goOn(shipment)
    assertNothingTwice(company.world)
  })
}

test('a label given up between parcels is made again under a new reference, and stays watched', async () => {
  const shipment = await driveTo('between-parcels')
  await ACTS.void(shipment)
  await goOn(shipment)
  assert.deepEqual(soldFor(shipment).sort(), [`${bl(shipment)}-1`, `${bl(shipment)}-1-1`, `${bl(shipment)}-2`])
  assert.deepEqual(await voidedOf(shipment), [`${bl(shipment)}-1`])
  const lost = company.world.colissimo.labels().find(({ reference }) => reference.endsWith(`${bl(shipment)}-1`))
  for (let i = 0; i < 2; i += 1) company.world.colissimo.advance(lost?.trackingNumber)
  await company.tick()
  const row = await company.db
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', `voided-scan:${lost?.reference}`)
    .executeTakeFirst()
  assert.equal(row?.light, 'violet')
  assert.match(row?.message ?? '', /a été scannée/)
})

for (const moment of ['before-label', 'between-parcels'] as const) {
  test(`a parcel added at "${moment}" gets its label; Codial goes by its own parcels`, async () => {
    const shipment = await driveTo(moment)
    assert.deepEqual(await ACTS['add-parcel'](shipment), { rank: 3 })
    await goOn(shipment)
    assert.deepEqual(
      soldFor(shipment).sort(),
      [1, 2, 3].map((rank) => `${bl(shipment)}-${rank}`),
    )
    const note = company.world.codial.deliveryNotes().find((n) => n.numero === shipment.note)
    assert.equal(note?.colis.length, 2)
  })

  test(`another service at "${moment}" sends the waiting step on; labels made before are given up`, async () => {
    const shipment = await driveTo(moment)
    const before = soldFor(shipment)
    await ACTS['change-service'](shipment)
    await shipped(shipment)
    assert.deepEqual(await voidedOf(shipment), before)
    const products = company.world.colissimo
      .labels()
      .filter(({ reference }) => reference.includes(bl(shipment)) && !before.some((old) => reference.endsWith(old)))
      .map(({ productCode }) => productCode)
    assert.deepEqual(products, ['DOS', 'DOS'])
  })
}

for (const moment of ['before-label', 'between-parcels', 'announcing'] as const) {
  test(`cancelled at "${moment}": the shipment ends, its labels are given up`, async () => {
    const shipment = await driveTo(moment)
    const before = soldFor(shipment)
    await ACTS.cancel(shipment)
    assert.equal(await handleOf(shipment).result(), 'cancelled')
    assert.deepEqual(await voidedOf(shipment), before.sort())
    assert.equal(before.length, { 'before-label': 0, 'between-parcels': 1, announcing: 2 }[moment])
  })
}

test('a return label is bought once, kept, and mailed to the customer', async () => {
  const shipment = await driveTo('shipped')
  const made = (await ACTS['return-label'](shipment)) as { document: string }
  const paper = await company.db.selectFrom('documents').selectAll().where('id', '=', made.document).executeTakeFirst()
  assert.equal(paper?.kind, 'return-label')
  assert.equal(paper?.bytes.toString('latin1', 0, 5), '%PDF-')
  assert.deepEqual(soldFor(shipment).filter((reference) => reference.endsWith('-R1')).length, 1)
  const letter = company.world.mailbox.mails().filter(({ messageId }) => messageId.includes('return-label'))
  assert.equal(letter.length, 1)
})
