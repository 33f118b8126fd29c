import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { openManifest } from '../../db/manifests.ts'
import { askId, manifestId, orderId, printId, returnId } from '../../workflows/ids.ts'
import { addParcel, changeService, voidLabel } from '../../workflows/messages.ts'
import { CONNECTOR_QUEUE } from '../../workflows/queues.ts'
import { globalSetup, globalTeardown } from '../setup.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, QUICK, SITE, travel, until } from '../support/company.ts'

// Records one history per stage and per parked state, from invented orders, for the replay gate: npm run record-histories.

const idOf = (webId: string): string => orderId({ site: SITE, webId })

async function keep({ client }: Company, workflowId: string, name: string): Promise<void> {
  const file = fileURLToPath(new URL(`../histories/${name}.json`, import.meta.url))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory()))
  console.log(`recorded ${name}`)
}

async function place(company: Company, template: string): Promise<string> {
  const { id } = company.world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  return id
}

async function recordOrders(company: Company): Promise<void> {
  const { db, world } = company
  const settled = await place(company, 'paid-card')
  await travel(company, settled)
  const [note] = world.codial.deliveryNotes()
  await keep(company, idOf(settled), 'order-lifecycle/settled')
  await keep(company, `shipment:${SITE}:${settled}:${note?.numero}`, 'shipment-lifecycle/delivered')

  for (const [template, name] of [
    ['unknown-payment-method', 'parked-admit'],
    ['unknown-item', 'parked-register'],
  ] as const) {
    const id = await place(company, template)
    await until(`${template} is parked`, async () => (await parkedOf(db, id)).length > 0)
    await keep(company, idOf(id), `order-lifecycle/${name}`)
    await company.decide(id, name === 'parked-admit' ? 'admit' : 'register', 'cancel')
    await company.outcome(id)
    await keep(company, idOf(id), `order-lifecycle/cancelled-from-${name}`)
  }

  const waiting = await place(company, 'coupons-fee-bank-transfer')
  await until('it waits', async () => (await orderRow(db, waiting))?.state === 'awaiting-payment')
  await keep(company, idOf(waiting), 'order-lifecycle/awaiting-payment')
}

async function recordShipments(company: Company): Promise<void> {
  const { db, world } = company
  const id = await place(company, 'paid-card')
  const erpNumber = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  await keep(company, idOf(id), 'order-lifecycle/registered')
  world.colissimo.faults.add({ match: '/generateLabel', drop: 'before' })
  const note = pack(world, erpNumber, { parcels: 2 })
  await company.tick()
  const step = await until('the label is in doubt', async () => (await parkedOf(db, id))[0]?.step)
  const shipment = `shipment:${SITE}:${id}:${note}`
  await keep(company, shipment, 'shipment-lifecycle/parked-label')
  await company.decide(id, step, 'retry', { deliveryNote: note })
  await until('it is shipped', () => world.codial.deliveryNotes().find((n) => n.numero === note)?.statut === 'expediee')
  await until('the order knows', async () => (await orderRow(db, id))?.state === 'shipped')
  await keep(company, idOf(id), 'order-lifecycle/shipped')
  await keep(company, shipment, 'shipment-lifecycle/in-transit')
}

/** A shipment whose labels were given up, whose service was changed, that got a parcel more, and met an incident. */
async function recordActs(company: Company): Promise<void> {
  const { db, world, client } = company
  const id = await place(company, 'paid-card')
  const erpNumber = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const body = JSON.stringify({ messages: [{ id: '30204', type: 'ERROR', messageContent: 'rue absente' }] })
  world.colissimo.faults.add({ match: '/checkGenerateLabel', status: 400, body, skip: 1 })
  const note = pack(world, erpNumber, { parcels: 2 })
  await company.tick()
  await until('a label waits', async () => (await parkedOf(db, id)).some(({ step }) => step.endsWith('parcel 2')))
  const handle = client.workflow.getHandle(`shipment:${SITE}:${id}:${note}`)
  const by = (request: string) => ({ id: request, operator: 'marie', branch: 'LYON' })
  await handle.executeUpdate(voidLabel, { args: [{ ...by('void'), rank: 1 }] })
  const parcel = { weight: 500, length: null, width: null, height: null }
  await handle.executeUpdate(addParcel, { args: [{ ...by('add'), parcel }] })
  const choice = { carrier: 'COLISSIMO', service: 'DOS', pickupPoint: null }
  await handle.executeUpdate(changeService, { args: [{ ...by('change'), choice }] })
  await until('it is shipped', () => world.codial.deliveryNotes().find((n) => n.numero === note)?.statut === 'expediee')
  const [labelled] = await db.selectFrom('parcels').selectAll().where('delivery_note', '=', note).execute()
  world.colissimo.send(labelled?.tracking_number ?? '', 'incident')
  world.colissimo.advance(labelled?.tracking_number)
  await company.tick()
  await until('the customer knows', () => world.mailbox.mails().some(({ messageId }) => messageId.includes('incident')))
  await keep(company, handle.workflowId, 'shipment-lifecycle/acts')
}

/** What persons ask for once parcels have their labels: a manifest, a batch of labels, a return. */
async function recordHandOver(company: Company): Promise<void> {
  const { db } = company
  const lyon = { carrier: 'COLISSIMO', branch: 'LYON', day: new Date().toISOString().slice(0, 10) }
  const idOfManifest = (n: number) => manifestId(lyon, n)
  const { row } = await openManifest(db, { ...lyon, operator: 'marie', idOf: idOfManifest })
  await execute(company, 'carrierManifest', row.id, { ...lyon, manifest: row.id, patience: QUICK })
  await keep(company, row.id, 'hand-over/manifest')
  const [parcel] = await db.selectFrom('parcels').selectAll().where('status', '=', 'announced').execute()
  if (!parcel) throw new Error('no parcel to print')
  const print = printId('recorded')
  const printed = { print, documents: [parcel.document], target: 'pdf', operator: 'marie', branch: 'LYON' }
  await execute(company, 'printBatch', print, printed)
  await keep(company, print, 'hand-over/print')
  const order = { site: parcel.site, webId: parcel.web_id }
  const asked = { order, deliveryNote: parcel.delivery_note, rank: parcel.rank, generation: 0 }
  const comesBack = returnId(asked)
  await execute(company, 'returnLifecycle', comesBack, {
    ...asked,
    carrier: 'COLISSIMO',
    mailed: true,
    patience: QUICK,
  })
  await keep(company, comesBack, 'hand-over/return')
}

/** What a person asks carriers before choosing: an answer, and a carrier that is down. */
async function recordQuestions(company: Company): Promise<void> {
  const { db, world } = company
  const parcel = await db.selectFrom('parcels').selectAll().executeTakeFirstOrThrow()
  const order = { site: parcel.site, webId: parcel.web_id }
  const about = { order, deliveryNote: parcel.delivery_note, carrier: 'CHRONOPOST', service: '86' }
  for (const question of ['offers', 'pickup-points'] as const) {
    await execute(company, 'askCarrier', askId(question), { ...about, question })
    await keep(company, askId(question), `ask-carrier/${question}`)
  }
  world.chronopost.faults.add({ match: '.', status: 503, body: '', times: 2 })
  await execute(company, 'askCarrier', askId('down'), { ...about, question: 'offers' })
  await keep(company, askId('down'), 'ask-carrier/down')
}

const execute = ({ client }: Company, type: string, workflowId: string, input: object) =>
  client.workflow.execute(type, { workflowId, taskQueue: CONNECTOR_QUEUE, args: [input] })

async function recordErrands(company: Company): Promise<void> {
  for (const type of ['importOrders', 'followErp', 'trackParcels']) {
    for await (const { workflowId } of company.client.workflow.list({
      query: `WorkflowType = '${type}' AND ExecutionStatus = 'Completed'`,
    })) {
      await keep(company, workflowId, `errands/${type}`)
      break
    }
  }
}

await globalSetup()
const company = await openCompany({ namespace: 'replay' })
await recordOrders(company)
await recordShipments(company)
await recordActs(company)
await recordHandOver(company)
await recordQuestions(company)
await recordErrands(company)
await company.close()
await globalTeardown()
process.exit(0)
