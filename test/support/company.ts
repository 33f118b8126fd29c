import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { pino } from 'pino'
import type { Outside } from '../../config.ts'
import type { Db } from '../../db/connect.ts'
import type { DecisionAction } from '../../domain/decision.ts'
import type { Platform } from '../../domain/site.ts'
import { ANY_PORTS, type SandboxWorld, startSandboxWorld } from '../../starters/sandbox-world.ts'
import { connectTemporal, installRuntime, type Temporal } from '../../workers/connect.ts'
import { startWorkers } from '../../workers/run.ts'
import { wire } from '../../workers/wiring.ts'
import { orderId } from '../../workflows/ids.ts'
import { decide, type OrderOutcome, type Patience, type Progress, progress } from '../../workflows/messages.ts'
import { CONNECTOR_QUEUE } from '../../workflows/queues.ts'
import { openTestDatabase, testServers } from './servers.ts'

/** Milliseconds instead of minutes: the same steps, tried and waited for as often. */
export const QUICK: Patience = { short: 5, slow: 10, attempt: 3_000, payment: 600_000, tracking: 600_000 }

/** What a worker needs to know to serve a company, as plain JSON for a child process too. */
export interface WorkerPlan {
  namespace: string
  databaseUrl: string
  temporalAddress: string
  bundle: string
  outside: Outside
  patience: Patience
  maxCachedWorkflows?: number
}

/** Who sells in the tests, as the documents name it. */
export const SELLER = {
  name: 'Comptoir des Pins',
  address: '12 rue des Pins, 69003 Lyon',
  siren: '732829320',
  email: 'contact@comptoir-des-pins.example',
  phone: '+33472000000',
  street: '12 rue des Pins',
  postalCode: '69003',
  city: 'Lyon',
}

/** Starts all workers of a company in this process. */
export async function serve(plan: WorkerPlan, { db, temporal }: { db: Db; temporal: Temporal }) {
  const config = { seller: SELLER }
  const { outside, patience } = plan
  const deps = wire({
    config,
    outside,
    db,
    client: temporal.client,
    publicUrl: 'https://connecteur.example',
    secret: 'x'.repeat(32),
    patience,
    workflowTaskTimeout: 2_000,
    nextCheck: () => 0,
    findsWithin: () => 0,
  })
  return startWorkers({
    connection: temporal.native,
    namespace: plan.namespace,
    deps,
    log: pino({ level: 'error' }, pino.destination(2)),
    identity: `test-${process.pid}`,
    queues: [],
    sites: outside.sites,
    carriers: outside.carriers,
    codialPace: 1_000,
    bundle: plan.bundle,
    overrides: {
      stickyQueueScheduleToStartTimeout: 500,
      shutdownGraceTime: 100,
      shutdownForceTime: 2_000,
      ...(plan.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: plan.maxCachedWorkflows }),
    },
  })
}

/** A company with its shop, ERP, carrier and mailbox, its own database and namespace. */
export interface Company {
  world: SandboxWorld
  db: Db
  client: Client
  plan: WorkerPlan
  temporal: Temporal
  /** Runs each errand once, one after the other. */
  tick(): Promise<void>
  /** Runs the errand that reads the ERP's change feed. */
  followErp(): Promise<void>
  /** Runs the errand that imports the orders of one site. */
  importSite(code: string): Promise<void>
  decide(
    webId: string,
    step: string,
    action: DecisionAction,
    o?: { found?: string; deliveryNote?: string },
  ): Promise<void>
  progress(workflowId: string): Promise<Progress>
  outcome(webId: string): Promise<OrderOutcome>
  close(): Promise<void>
}

/** Opens a company on a namespace of its own; `workers: 'here'` serves it in this process. */
export async function openCompany(o: {
  namespace: string
  workers?: 'here' | 'none'
  patience?: Partial<Patience>
  maxCachedWorkflows?: number
  /** Platforms of further sites. */
  more?: Platform[]
}): Promise<Company> {
  const servers = testServers()
  installRuntimeOnce()
  const database = await openTestDatabase()
  const world = await startSandboxWorld({ folder: null, ports: ANY_PORTS, more: o.more ?? [] })
  const temporal = await connectTemporal({
    address: servers.temporalAddress,
    namespace: o.namespace,
    login: { tls: undefined },
  })
  const plan: WorkerPlan = {
    namespace: o.namespace,
    databaseUrl: database.url,
    temporalAddress: servers.temporalAddress,
    bundle: servers.bundle,
    outside: world.outside,
    patience: { ...QUICK, ...o.patience },
    ...(o.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: o.maxCachedWorkflows }),
  }
  const workers = o.workers === 'none' ? null : await serve(plan, { db: database.db, temporal })
  const { client } = temporal
  const errand = (type: string, args: object[]) =>
    client.workflow.execute(type, {
      workflowId: `${type}-${randomUUID()}`,
      taskQueue: CONNECTOR_QUEUE,
      args,
      workflowTaskTimeout: 2_000,
    })
  const followErp = (): Promise<void> => errand('followErp', [{ silence: 1_500 }])
  const importSite = (site: string): Promise<void> => errand('importOrders', [{ site, silence: 1_500 }])
  return {
    world,
    db: database.db,
    client,
    plan,
    temporal,
    importSite,
    followErp,
    async tick() {
      await importSite(SITE)
      await followErp()
      for (const { code } of world.carriers.filter((carrier) => carrier.labels().length > 0))
        await errand('trackParcels', [{ carrier: code, silence: 1_500 }])
    },
    async decide(webId, step, action, { found, deliveryNote } = {}) {
      const id = randomUUID()
      const workflowId = deliveryNote ? `shipment:${SITE}:${webId}:${deliveryNote}` : orderId({ site: SITE, webId })
      const decision = { id, step, action, operator: 'marie', branch: 'LYON', ...(found ? { found } : {}) }
      await client.workflow.getHandle(workflowId).executeUpdate(decide, { args: [decision], updateId: id })
    },
    progress: (workflowId) => client.workflow.getHandle(workflowId).query(progress),
    outcome: (webId) => client.workflow.getHandle(orderId({ site: SITE, webId })).result(),
    async close() {
      await workers?.shutdown()
      await temporal.close()
      await world.close()
      await database.close()
    },
  }
}

/** The sandbox's one site. */
export const SITE = 'boutique-bio'

let installed = false
function installRuntimeOnce(): void {
  if (!installed) installRuntime(pino({ level: 'silent' }))
  installed = true
}

/** Waits until something is true, looking often; fails with a sentence after `within` milliseconds. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  within = 30_000,
): Promise<T> {
  for (const end = Date.now() + within; ; await delay(20)) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
  }
}

/** What waits for a person in an order, as the console shows it. */
export const parkedOf = (db: Db, webId: string) =>
  db.selectFrom('parked_steps').selectAll().where('web_id', '=', webId).execute()

/** Drives an order through the branch's acts and the carrier's scans until its life has ended. */
export async function travel(company: Company, webId: string, o: { parcels?: 1 | 2 } = {}): Promise<OrderOutcome> {
  const { world, db } = company
  await company.tick()
  const erpNumber = await until(`order ${webId} is in Codial`, async () => (await orderRow(db, webId))?.erp_number)
  const note = pack(world, erpNumber, o)
  await company.tick()
  await until(
    `${note} is shipped`,
    () => world.codial.deliveryNotes().find((n) => n.numero === note)?.statut === 'expediee',
  )
  world.codial.invoice(erpNumber)
  for (let step = 0; step < 5; step += 1) {
    await company.tick()
    for (const carrier of world.carriers) carrier.advance()
  }
  await company.tick()
  return company.outcome(webId)
}

/** The branch prepares an order and makes its delivery note; gives the note's number. */
export function pack(
  { codial }: SandboxWorld,
  erpNumber: string,
  o: { parcels?: 1 | 2; backOrder?: boolean } = {},
): string {
  if (codial.order(erpNumber).statut === 'Enregistrée') codial.prepare(erpNumber)
  return codial.makeDeliveryNote(erpNumber, o)
}

/** The row of an order. */
export const orderRow = (db: Db, webId: string) =>
  db.selectFrom('orders').selectAll().where('web_id', '=', webId).executeTakeFirst()
