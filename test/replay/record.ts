import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { orderId } from '../../workflows/ids.ts'
import { globalSetup, globalTeardown } from '../setup.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, SITE, travel, until } from '../support/company.ts'

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
await recordErrands(company)
await company.close()
await globalTeardown()
process.exit(0)
