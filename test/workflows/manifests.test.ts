import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { readDocument, storeDocument } from '../../db/documents.ts'
import { openManifest, readManifest } from '../../db/manifests.ts'
import { readOperation } from '../../db/operations.ts'
import { parisDay } from '../../domain/days.ts'
import { printRef } from '../../domain/manifest.ts'
import type { ManifestOutcome } from '../../workflows/carrier-manifest.ts'
import { manifestId, printId } from '../../workflows/ids.ts'
import { decide, type PrintProgress, printProgress, progress } from '../../workflows/messages.ts'
import type { PrintInput } from '../../workflows/print-batch.ts'
import { CONNECTOR_QUEUE } from '../../workflows/queues.ts'
import { pdfPages } from '../activities/pdf-text.ts'
import { emptyWorld, putOrder, webOrder } from '../console/world.ts'
import { openBranchOffice, playCarrier } from '../support/branch-office.ts'
import { until } from '../support/company.ts'
import { A4, putParcel, SMALL } from '../support/parcels.ts'

const DAY = '2026-11-24'
const colissimo = playCarrier({ manifestBatch: 2 })
const chronopost = playCarrier({ manifestBatch: null })
const dhl = playCarrier({ manifestBatch: null, fetches: true })
const sent: string[] = []
const printer = {
  code: 'prepa',
  takesPdf: false,
  send: async (label: Uint8Array) => void sent.push(Buffer.from(label).toString()),
}
let office: Awaited<ReturnType<typeof openBranchOffice>>

before(async () => {
  office = await openBranchOffice({
    namespace: 'manifests',
    carriers: { COLISSIMO: colissimo, CHRONOPOST: chronopost, DHL: dhl },
    fetchHours: (carrier) => (carrier === 'DHL' ? { from: '14:00', until: '18:00' } : null),
    printerOf: () => printer,
  })
})
after(() => office.close())
beforeEach(async () => {
  await emptyWorld(office.db)
  await office.db.deleteFrom('manifests').execute()
  await putOrder(office.db, webOrder())
  for (const played of [colissimo, chronopost, dhl]) Object.assign(played, { manifests: [], pickups: [], next: [] })
  sent.length = 0
})

/** Asks for a manifest as the console does; gives its id and how to wait for its end. */
async function ask(carrier: string, branch = 'LYON') {
  const { db, client, patience } = office
  const place = { carrier, branch, day: DAY }
  // ids of a test are its own: a namespace keeps the closed ones
  const { row, isNew } = await openManifest(db, {
    ...place,
    operator: 'marie',
    idOf: (n) => `${manifestId(place, n)}${randomUUID()}`,
  })
  const handle = await client.workflow.start<typeof import('../../workflows/carrier-manifest.ts').carrierManifest>(
    'carrierManifest',
    {
      workflowId: row.id,
      taskQueue: CONNECTOR_QUEUE,
      args: [{ ...place, manifest: row.id, patience }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowTaskTimeout: 2_000,
    },
  )
  return { id: row.id, isNew, end: (): Promise<ManifestOutcome> => handle.result(), handle }
}

const report = async (id: string) => {
  const { light, message, handled, created, operator, branch, type } = (await readOperation(office.db, id)) ?? {}
  return { light, message, handled, created, operator, branch, type }
}

const claims = async () => {
  const rows = await office.db.selectFrom('parcels').select(['reference', 'manifest']).orderBy('reference').execute()
  return Object.fromEntries(rows.map(({ reference, manifest }) => [reference, manifest]))
}

const parked = (id: string, code: string) =>
  until(`${id} waits as ${code}`, () =>
    office.db
      .selectFrom('parked_steps')
      .selectAll()
      .where('workflow_id', '=', id)
      .where('code', '=', code)
      .executeTakeFirst(),
  )

async function say(
  id: string,
  step: string,
  o: { action?: 'retry' | 'skip' | 'cancel'; found?: string } = {},
): Promise<void> {
  const decision = { id: randomUUID(), step, action: o.action ?? ('retry' as const), operator: 'paul', branch: 'LYON' }
  const args: [typeof decision & { found?: string }] = [{ ...decision, ...(o.found ? { found: o.found } : {}) }]
  await office.client.workflow.getHandle(id).executeUpdate(decide, { args, updateId: decision.id })
}

test('what waits in one branch for one carrier goes on its papers, in picking order and in parts; a second run finds nothing', async () => {
  const { db } = office
  for (const [note, rank] of [
    ['BL26-000047', 1],
    ['BL26-000045', 2],
    ['BL26-000045', 1],
  ] as const)
    await putParcel(db, { note, rank })
  await putParcel(db, { note: 'BL26-000050', branch: 'PARIS' })
  await putParcel(db, { note: 'BL26-000051', status: 'taken' })
  await putParcel(db, { note: 'BL26-000052', shipment: 'cancelled' })
  await putParcel(db, { note: 'BL26-000053', carrier: 'CHRONOPOST' })
  const first = await ask('COLISSIMO')
  assert.deepEqual(await first.end(), { state: 'done', parcels: 3 })
  assert.deepEqual(colissimo.manifests, [['6A260000451', '6A260000452'], ['6A260000471']])
  const row = await readManifest(db, first.id)
  assert.deepEqual([row.number, row.parcels, row.weight, row.state], ['B1, B2', 3, 3000, 'done'])
  const paper = await PDFDocument.load((await readDocument(db, row.document ?? '')).bytes)
  assert.equal(paper.getPageCount(), 2)
  assert.deepEqual(await report(first.id), {
    light: 'vert',
    message: 'Bordereaux n° B1, B2 : 3 colis à remettre.',
    ...{ handled: 3, created: 2, operator: 'marie', branch: 'LYON', type: 'Bordereau COLISSIMO' },
  })
  const {
    'BL26-000050-1': paris,
    'BL26-000051-1': taken,
    'BL26-000052-1': cancelled,
    'BL26-000053-1': other,
  } = await claims()
  assert.deepEqual([paris, taken, cancelled, other], [null, null, null, null])

  const second = await ask('COLISSIMO')
  assert.deepEqual(await second.end(), { state: 'nothing', parcels: 0 })
  assert.equal(colissimo.manifests.length, 2)
  const { light, message } = await report(second.id)
  assert.deepEqual([light, message], ['gris', "Rien à remettre : aucun colis COLISSIMO de LYON n'attend."])
})

test('a lost reply waits for a person: the number that was found ends it, with our own list as its paper', async () => {
  const { db } = office
  await putParcel(db, { note: 'BL26-000045' })
  colissimo.next = ['lost']
  const { id, end } = await ask('COLISSIMO')
  const { step, remedy, site, may_skip } = await parked(id, 'in-doubt')
  assert.deepEqual([step, site, may_skip], ['make manifest 1', 'bordereaux', false])
  assert.match(remedy, /portail COLISSIMO un bordereau de 1 colis/)
  assert.equal((await report(id)).light, 'violet')

  await putParcel(db, { note: 'BL26-000046' })
  const joined = await ask('COLISSIMO')
  assert.deepEqual([joined.id, joined.isNew], [id, false])

  await say(id, step, { found: '26000123' })
  assert.deepEqual(await end(), { state: 'done', parcels: 1 })
  assert.equal(colissimo.manifests.length, 1, 'never made a second time')
  const row = await readManifest(db, id)
  assert.equal(row.number, '26000123')
  const [page = ''] = pdfPages((await readDocument(db, row.document ?? '')).bytes)
  assert.match(page, /n° 26000123/)
  assert.match(page, /6A260000451\nBL26-000045-1\nDOM\n1,000\n13009\nFR/)
  assert.equal((await claims())['BL26-000046-1'], null)
  const decision = await db
    .selectFrom('operations')
    .selectAll()
    .where('type', '=', 'Décision')
    .executeTakeFirstOrThrow()
  assert.deepEqual([decision.operator, decision.branch, decision.site], ['paul', 'LYON', null])
  assert.equal(await db.selectFrom('parked_steps').selectAll().executeTakeFirst(), undefined)
})

test('a lost reply of which nothing is found outside is made again by one decision', async () => {
  await putParcel(office.db, { note: 'BL26-000045' })
  colissimo.next = ['lost']
  const { id, end } = await ask('COLISSIMO')
  await say(id, (await parked(id, 'in-doubt')).step)
  assert.deepEqual(await end(), { state: 'done', parcels: 1 })
  assert.equal(colissimo.manifests.length, 2)
  assert.equal((await readManifest(office.db, id)).number, 'B2')
})

test('a parcel refused on the paper parks it; once its label is given up, the others leave and it waits for the next one', async () => {
  const { db } = office
  await putParcel(db, { note: 'BL26-000045' })
  const bad = await putParcel(db, { note: 'BL26-000044' })
  colissimo.next = ['refused']
  const { id, end, handle } = await ask('COLISSIMO')
  const { step, remedy } = await parked(id, 'refused')
  assert.match(remedy, /^le colis 6A260000441 est refusé sur le bordereau/)
  assert.deepEqual((await handle.query(progress)).parked.length, 1)
  await db.updateTable('shipments').set({ state: 'cancelled' }).where('delivery_note', '=', 'BL26-000044').execute()
  await say(id, step)
  assert.deepEqual(await end(), { state: 'done', parcels: 1 })
  assert.deepEqual(colissimo.manifests, [['6A260000451']])
  assert.equal((await claims())[bad.reference], null)
})

test('a manifest given up keeps the papers that were made and frees the other parcels; one in doubt keeps its own', async () => {
  const { db } = office
  for (const n of [1, 2, 3, 4, 5]) await putParcel(db, { note: `BL26-00004${n}` })
  colissimo.next = ['lost']
  const { id, end } = await ask('COLISSIMO')
  await parked(id, 'in-doubt')
  await say(id, 'make manifest 1', { action: 'cancel' })
  assert.deepEqual(await end(), { state: 'cancelled', parcels: 2 })
  const { light, message } = await report(id)
  assert.deepEqual(
    [light, message],
    ['orange', 'Bordereau annulé en partie : 2 colis restent à vérifier chez COLISSIMO.'],
  )
  const next = await ask('COLISSIMO')
  assert.deepEqual(await next.end(), { state: 'done', parcels: 3 })
  assert.deepEqual(colissimo.manifests.slice(1), [['6A260000431', '6A260000441'], ['6A260000451']])
})

test('a manifest whose run was killed goes on with the parcels it had claimed, and takes no others', async () => {
  const { db } = office
  await putParcel(db, { note: 'BL26-000045' })
  colissimo.next = ['refused']
  const { id, handle } = await ask('COLISSIMO')
  await parked(id, 'refused')
  await handle.terminate('test')
  await putParcel(db, { note: 'BL26-000041' })
  const again = await ask('COLISSIMO')
  assert.equal(again.id, id)
  assert.deepEqual(await again.end(), { state: 'done', parcels: 1 })
  assert.deepEqual(colissimo.manifests, [['6A260000451']])
  assert.equal((await claims())['BL26-000041-1'], null)
})

test('two people who ask at once get one manifest', async () => {
  await putParcel(office.db, { note: 'BL26-000045' })
  const asked = await Promise.all([1, 2, 3].map(() => ask('COLISSIMO')))
  const ends = await Promise.all(asked.map(({ end }) => end()))
  const made = ends.filter(({ state }) => state === 'done')
  assert.equal(colissimo.manifests.length, 1)
  assert.ok(made.length >= 1)
})

test('a carrier without manifests gets our own list; its courier is called once a day, and may be skipped when in doubt', async () => {
  const { db } = office
  await putParcel(db, { note: 'BL26-000045', carrier: 'CHRONOPOST', weight: 2500 })
  const list = await ask('CHRONOPOST')
  assert.deepEqual(await list.end(), { state: 'done', parcels: 1 })
  const row = await readManifest(db, list.id)
  const [page = ''] = pdfPages((await readDocument(db, row.document ?? '')).bytes)
  assert.match(page, /Comptoir des Pins[\s\S]*6A260000451\nBL26-000045-1\nDOM\n2,500\n13009\nFR/)
  assert.match(row.number ?? '', /^CHRONOPOST-LYON-2026-11-24-1/)
  assert.equal(chronopost.pickups.length, 0)

  await putParcel(db, { note: 'BL26-000046', carrier: 'DHL', weight: 800 })
  const fetched = await ask('DHL')
  await fetched.end()
  assert.deepEqual(dhl.pickups, [{ day: parisDay(new Date()), parcels: 1, weight: 800 }])
  assert.match((await report(fetched.id)).message ?? '', /1 colis à remettre\. Enlèvement demandé \(n° P1\)\.$/)
  await putParcel(db, { note: 'BL26-000047', carrier: 'DHL' })
  const later = await ask('DHL')
  await later.end()
  assert.deepEqual([dhl.pickups.length, (await readManifest(db, later.id)).pickup_number], [1, 'P1'])

  await putParcel(db, { note: 'BL26-000048', carrier: 'DHL', branch: 'PARIS' })
  dhl.next = ['lost']
  const doubtful = await ask('DHL', 'PARIS')
  const { may_skip } = await parked(doubtful.id, 'in-doubt')
  assert.equal(may_skip, true)
  await say(doubtful.id, 'call the courier', { action: 'skip' })
  assert.deepEqual(await doubtful.end(), { state: 'done', parcels: 1 })
  assert.equal((await readManifest(db, doubtful.id)).pickup_number, null)
})

const print = (o: Omit<PrintInput, 'print' | 'operator' | 'branch'>): Promise<PrintProgress & { id: string }> => {
  const id = printId(randomUUID())
  const args = [{ ...o, print: id, operator: 'marie', branch: 'LYON' }]
  return office.client.workflow
    .execute('printBatch', { workflowId: id, taskQueue: CONNECTOR_QUEUE, args, workflowTaskTimeout: 2_000 })
    .then((end: PrintProgress) => ({ ...end, id }))
}

test('a batch in one PDF keeps the order asked for, the pages and their sizes, and names what a PDF cannot hold', async () => {
  const { db, client } = office
  const big = await putParcel(db, { note: 'BL26-000045', size: A4 })
  const small = await putParcel(db, { note: 'BL26-000046', size: SMALL })
  const zpl = await putParcel(db, { note: 'BL26-000047', zpl: '^XA^XZ' })
  const old = { ref: printRef('print:old'), kind: 'print' as const, name: 'old.pdf', mediaType: 'application/pdf' }
  for (const id of ['print-old', 'print-fresh']) await storeDocument(db, { ...old, id, bytes: new Uint8Array(1) })
  const week = new Date(Date.now() - 8 * 86_400_000)
  await db.updateTable('documents').set({ created_at: week }).where('id', '=', 'print-old').execute()

  const { id, ...end } = await print({ documents: [small.document, zpl.document, big.document], target: 'pdf' })
  assert.deepEqual([end.stage, end.total, end.sent], ['done', 3, 2])
  assert.deepEqual(await client.workflow.getHandle(id).query(printProgress), end)
  const pdf = await PDFDocument.load((await readDocument(db, end.document ?? '')).bytes)
  assert.deepEqual(
    pdf.getPages().map((page) => Math.round(page.getHeight())),
    [425, 842],
  )
  const { light, message, handled, operator, branch, type } = await report(id)
  assert.deepEqual([light, handled, operator, branch, type], ['orange', 2, 'marie', 'LYON', "Impression d'étiquettes"])
  assert.equal(
    message,
    '2 étiquettes en un PDF de 2 pages. Pas dans le PDF, à envoyer à une imprimante d’étiquettes : 6A260000471.zpl.',
  )
  const kept = await db.selectFrom('documents').select('id').where('kind', '=', 'print').orderBy('id').execute()
  assert.deepEqual(kept.map((row) => row.id).sort(), ['print-fresh', end.document].sort())
})

test('a batch to a printer is sent in order; a PDF among them is refused before the first one', async () => {
  const { db } = office
  const all = []
  for (let n = 10; n < 40; n += 1) all.push(await putParcel(db, { note: `BL26-0000${n}`, zpl: `^XA${n}^XZ` }))
  const documents = all.map(({ document }) => document)
  const done = await print({ documents, target: 'prepa' })
  assert.deepEqual([done.stage, done.sent, sent.length, sent[0], sent[29]], ['done', 30, 30, '^XA10^XZ', '^XA39^XZ'])
  assert.equal((await report(done.id)).message, '30 étiquettes envoyées à l’imprimante « prepa ».')

  const pdf = await putParcel(db, { note: 'BL26-000099' })
  const refused = await print({ documents: [...documents, pdf.document], target: 'prepa' })
  assert.deepEqual([refused.stage, refused.sent, sent.length], ['failed', 0, 30])
  const row = await readOperation(db, refused.id)
  assert.deepEqual([row?.light, row?.error_code], ['rouge', 'refused'])
  assert.match(row?.remedy ?? '', /^6A260000991\.pdf est un PDF, que l'imprimante « prepa » ne lit pas/)
})
