import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { readDocument } from '../../db/documents.ts'
import { openManifest, readManifest } from '../../db/manifests.ts'
import type { ManifestOutcome } from '../../workflows/carrier-manifest.ts'
import { manifestId } from '../../workflows/ids.ts'
import { decide } from '../../workflows/messages.ts'
import { CONNECTOR_QUEUE } from '../../workflows/queues.ts'
import { type Company, openCompany, orderRow, pack, parkedOf, until } from '../support/company.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'slips' })
})
after(() => company.close())

/** Places an order and brings it to its labels; gives the delivery note. */
async function label(parcels: 1 | 2): Promise<string> {
  const { world, db } = company
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.tick()
  const erpNumber = await until(`order ${id} is in Codial`, async () => (await orderRow(db, id))?.erp_number)
  const note = pack(world, erpNumber, { parcels })
  await company.tick()
  await until(`${note} has its labels`, async () => {
    const rows = await db.selectFrom('parcels').select('reference').where('delivery_note', '=', note).execute()
    return rows.length === parcels
  })
  return note
}

/** Asks for the slip of the branch as the console does. */
async function ask() {
  const { db, client, plan } = company
  const place = { carrier: 'COLISSIMO', branch: 'LYON', day: '2026-11-24' }
  const { row } = await openManifest(db, { ...place, operator: 'marie', idOf: (n) => manifestId(place, n) })
  const handle = await client.workflow.start('carrierManifest', {
    workflowId: row.id,
    taskQueue: CONNECTOR_QUEUE,
    args: [{ ...place, manifest: row.id, patience: plan.patience }],
    workflowTaskTimeout: 2_000,
  })
  return { id: row.id, end: (): Promise<ManifestOutcome> => handle.result() }
}

const slips = (): number => Object.keys(company.world.colissimo.counters().manifest ?? {}).length

test('the two parcels of a note go on one slip of Colissimo; a second press finds nothing; a lost reply waits for one decision', async () => {
  const { db, client, world } = company
  await label(2)
  const first = await ask()
  assert.deepEqual(await first.end(), { state: 'done', parcels: 2 })
  assert.equal(slips(), 1)
  const row = await readManifest(db, first.id)
  assert.match(row.number ?? '', /^\d+$/)
  assert.ok(row.weight > 0)
  const paper = await readDocument(db, row.document ?? '')
  assert.equal((await PDFDocument.load(new Uint8Array(paper.bytes))).getPageCount(), 1)

  assert.deepEqual(await (await ask()).end(), { state: 'nothing', parcels: 0 })
  assert.equal(slips(), 1)

  await label(1)
  world.colissimo.faults.add({ match: 'generateBordereauByParcelsNumbers', drop: 'after' })
  const doubtful = await ask()
  const [parked] = await until('it waits in doubt', async () => {
    const rows = await parkedOf(db, doubtful.id)
    return rows.length > 0 && rows
  })
  assert.deepEqual([parked?.code, parked?.step], ['in-doubt', 'make manifest 1'])
  assert.equal(slips(), 2)
  const found = Object.keys(world.colissimo.counters().manifest ?? {}).at(-1) ?? ''
  const decision = {
    id: randomUUID(),
    step: 'make manifest 1',
    action: 'retry' as const,
    operator: 'marie',
    branch: 'LYON',
    found,
  }
  await client.workflow.getHandle(doubtful.id).executeUpdate(decide, { args: [decision], updateId: decision.id })
  assert.deepEqual(await doubtful.end(), { state: 'done', parcels: 1 })
  assert.equal(slips(), 2, 'never made a second time')
  assert.equal((await readManifest(db, doubtful.id)).number, found)
})
