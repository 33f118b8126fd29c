import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { Connection, ScheduleOverlapPolicy } from '@temporalio/client'
import { prepareNamespace } from '../../starters/namespace.ts'
import { orderId } from '../../workflows/ids.ts'
import { type Company, openCompany, orderRow, parkedOf, SITE, until } from '../support/company.ts'
import { testServers } from '../support/servers.ts'
import { fieldIn, openVisitor, testOptions, textOf } from './kit.ts'

const NAMESPACE = 'console'
let company: Company
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  const connection = await Connection.connect({ address: testServers().temporalAddress })
  await prepareNamespace({ connection, namespace: NAMESPACE })
  await connection.close()
  company = await openCompany({ namespace: NAMESPACE })
  visitor = openVisitor(testOptions({ db: company.db, client: company.client, namespace: NAMESPACE, patience: 5_000 }))
  await visitor.signIn()
})
after(() => company.close())

const pathOf = (id: string): string => `/commandes/${SITE}/${id}`

/** Places an order and waits until it is parked with this code. */
async function placeParked(template: string, code: string): Promise<string> {
  const { id } = company.world.shop.placeOrder({ template, seed: 0 })
  await company.tick()
  await until(`${template} is parked`, async () => (await parkedOf(company.db, id)).some((row) => row.code === code))
  return id
}

async function formOf(id: string): Promise<Record<string, string>> {
  const page = await visitor.read(pathOf(id))
  return Object.fromEntries(['id', 'workflow', 'step', 'code', 'retour'].map((name) => [name, fieldIn(page, name)]))
}

async function acceptedUpdates(id: string): Promise<string[]> {
  const { events } = await company.client.workflow.getHandle(orderId({ site: SITE, webId: id })).fetchHistory()
  const accepted = (events ?? []).flatMap((event) => event.workflowExecutionUpdateAcceptedEventAttributes ?? [])
  return accepted.map(({ acceptedRequest }) => acceptedRequest?.meta?.updateId ?? '')
}

it('a decision sent twice at once is taken once by Temporal; then the cause is mended and the order goes on', async () => {
  const id = await placeParked('unknown-payment-method', 'unknown-payment-method')
  const [before] = await parkedOf(company.db, id)
  const fields: Record<string, string> = { ...(await formOf(id)), action: 'retry' }
  const replies = await Promise.all([visitor.post('/decisions', fields), visitor.post('/decisions', fields)])
  assert.deepEqual(
    replies.map(({ status }) => status),
    [303, 303],
  )
  assert.match(textOf(await visitor.read(pathOf(id))), /est relancé/)
  assert.deepEqual(await acceptedUpdates(id), [fields.id])

  await until('it waits again: nothing was mended', async () => {
    const [row] = await parkedOf(company.db, id)
    return row && before && row.since > before.since && (await formOf(id)).step === 'admit'
  })
  const mending =
    /href="(\/correspondances[^"#]+)/.exec(await visitor.read(pathOf(id)))?.[1]?.replaceAll('&amp;', '&') ?? ''
  const source = fieldIn(await visitor.read(mending), 'source')
  assert.equal(source, 'alma_3x')
  const saved = await visitor.post('/correspondances', {
    site: SITE,
    kind: 'payment-method',
    source,
    target: 'CB',
    code: 'unknown-payment-method',
  })
  const touched = await visitor.read(saved.headers.get('location') ?? '')
  assert.match(textOf(touched), /Relancer la ligne touchée/)
  await visitor.post('/a-traiter/relancer', {
    id: fieldIn(touched, 'id'),
    code: 'unknown-payment-method',
    site: SITE,
    retour: '/a-traiter',
  })
  assert.match(textOf(await visitor.read('/a-traiter')), /1 étape relancée/)
  await until('it is in Codial', async () => (await orderRow(company.db, id))?.erp_number)
})

it('what the life refuses is said in French', async () => {
  const id = await placeParked('unknown-carrier', 'unknown-carrier')
  const fields = await formOf(id)
  await visitor.post('/decisions', { ...fields, action: 'skip' })
  assert.match(textOf(await visitor.read(pathOf(id))), /cette étape ne peut pas être ignorée/)
  await visitor.post('/decisions', { ...fields, id: randomUUID(), step: 'register', action: 'retry' })
  assert.match(textOf(await visitor.read(pathOf(id))), /cette étape n’attend plus de décision/)
  await visitor.post('/decisions', { ...fields, id: randomUUID(), workflow: `order:${SITE}:999999`, action: 'retry' })
  assert.match(textOf(await visitor.read(pathOf(id))), /est close, plus rien n’y attend/)
})

it('a whole order is cancelled, with its reason in the report', async () => {
  const id = await placeParked('unknown-carrier', 'unknown-carrier')
  const request = fieldIn(await visitor.read(`${pathOf(id)}/annuler`), 'id')
  await visitor.post(`${pathOf(id)}/annuler`, { id: request, motif: 'doublon' })
  assert.deepEqual(await company.outcome(id), { outcome: 'cancelled', state: 'cancelled' })
  const text = textOf(await visitor.read(pathOf(id)))
  assert.match(text, /Annulation Annulation demandée : doublon\. Par Marie Dubois, LYON/)
  assert.match(text, /Commande close : annulée Ouvrir le document/)
})

it('without a worker the page answers in time, and the same decision waits to be sent again', async () => {
  const workflowId = `order:${SITE}:424242`
  await company.client.workflow.start('orderLifecycle', { workflowId, taskQueue: 'nobody-works-here', args: [{}] })
  const hasty = openVisitor(testOptions({ db: company.db, client: company.client, patience: 700 }))
  await hasty.signIn()
  const fields = {
    id: randomUUID(),
    workflow: workflowId,
    step: 'admit',
    code: 'refused',
    action: 'retry',
    retour: '/',
  }
  const began = Date.now()
  const reply = await hasty.post('/decisions', fields)
  assert.ok(Date.now() - began < 5_000)
  assert.equal(reply.status, 503)
  assert.equal(fieldIn(await reply.text(), 'id'), fields.id)
  await company.client.workflow.getHandle(workflowId).terminate()
})

it('tasks are listed, run now, paused with a note and resumed', async () => {
  const id = `import-orders:${SITE}`
  await company.client.schedule.create({
    scheduleId: id,
    spec: { intervals: [{ every: 86_400_000 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP },
    action: {
      type: 'startWorkflow',
      workflowType: 'importOrders',
      taskQueue: 'nobody-works-here',
      args: [{ site: SITE }],
    },
  })
  const handle = company.client.schedule.getHandle(id)
  try {
    await until('it is listed', async () =>
      (await visitor.read('/taches')).includes('Import des commandes · Boutique Bio'),
    )
    const act = (name: string, fields: Record<string, string> = {}) =>
      visitor.post(`/taches/${name}`, { tache: id, id: randomUUID(), ...fields })
    await act('lancer')
    await until('it ran', async () => (await handle.describe()).info.numActionsTaken === 1)
    await act('pause', { note: 'inventaire' })
    assert.deepEqual((await handle.describe()).state, {
      paused: true,
      note: 'inventaire (Marie Dubois, LYON)',
      remainingActions: undefined,
    })
    await until('the page shows it', async () =>
      /En pause .* inventaire \(Marie Dubois, LYON\)/.test(textOf(await visitor.read('/taches'))),
    )
    await act('reprendre')
    assert.equal((await handle.describe()).state.paused, false)
  } finally {
    await handle.delete()
  }
})
