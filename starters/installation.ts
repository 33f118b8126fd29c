import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type Config, keptSecret, type Outside } from '../config.ts'
import { type Db, openDatabase } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { connectTemporal, type Temporal } from '../workers/connect.ts'
import { type RunningWorkers, startWorkers } from '../workers/run.ts'
import { PATIENCE, type Wiring, wire } from '../workers/wiring.ts'
import { startPostgres } from './embedded/postgres.ts'
import { startTemporal } from './embedded/temporal.ts'
import { findTemporalBinary } from './embedded/temporal-binary.ts'
import { prepareNamespace, SEARCH_ATTRIBUTES } from './namespace.ts'
import { keepSchedules, RHYTHM, type Rhythm } from './schedules.ts'

/** Says one line to the person at the terminal. */
export type Say = (line: string) => void

/** What was brought up, to be closed in the opposite order. */
export interface Closers {
  add(name: string, close: () => Promise<void>): void
  closeAll(): Promise<void>
}

/** Opens the list of what must be closed; one that fails to close does not keep the others open. */
export function openClosers(say: Say): Closers {
  const closers: { name: string; close: () => Promise<void> }[] = []
  return {
    add: (name, close) => void closers.unshift({ name, close }),
    async closeAll() {
      for (const { name, close } of closers.splice(0)) {
        await close().catch((error: unknown) =>
          say(`${name} did not close well: ${error instanceof Error ? error.message : String(error)}`),
        )
      }
    },
  }
}

/** The ground that everything stands on: our database, and a Temporal server. */
export interface Ground {
  db: Db
  databaseUrl: string
  temporal: Temporal
  address: string
  uiUrl: string | null
}

/** Where the ground is put. `fast`: for the demo and tests, gives up safety against a power cut. */
export interface GroundOptions {
  config: Config
  folder: string
  ports: { postgres: number; temporal: number; temporalUi: number | null }
  fast: boolean
  say: Say
  closers: Closers
}

/** Brings up the database and the Temporal server, or connects to the ones in the settings. */
export async function layGround(o: GroundOptions): Promise<Ground> {
  mkdirSync(o.folder, { recursive: true })
  const databaseUrl = o.config.databaseUrl ?? (await embeddedPostgres(o))
  const db = openDatabase(databaseUrl)
  o.closers.add('database', () => db.destroy())
  await migrateToLatest(db)
  o.say(`database   ready (${o.config.databaseUrl ? 'DATABASE_URL' : 'embedded PostgreSQL'})`)
  const server = o.config.temporal.address
    ? { address: o.config.temporal.address, uiUrl: o.config.temporal.uiUrl }
    : await embeddedTemporal(o)
  const { namespace, login } = o.config.temporal
  const temporal = await connectTemporal({ address: server.address, namespace, login })
  o.closers.add('Temporal connection', () => temporal.close())
  await prepareNamespace({ connection: temporal.connection, namespace })
  o.say(`temporal   ready (${o.config.temporal.address ? 'TEMPORAL_ADDRESS' : 'embedded server'})`)
  return { db, databaseUrl, temporal, address: server.address, uiUrl: server.uiUrl ?? null }
}

async function embeddedPostgres({ folder, ports, fast, say, closers }: GroundOptions): Promise<string> {
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), port: ports.postgres, say, fast })
  closers.add('PostgreSQL', () => postgres.stop())
  return postgres.url
}

async function embeddedTemporal({ config, folder, ports, fast, say, closers }: GroundOptions) {
  const { cli, path, cacheHome, namespace } = config.temporal
  const binary = await findTemporalBinary({ say, cli, path, cacheHome })
  const server = await startTemporal({
    binary,
    dbFile: join(folder, 'temporal.db'),
    port: ports.temporal,
    ...(ports.temporalUi === null ? {} : { uiPort: ports.temporalUi }),
    namespaces: [namespace],
    searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`),
    fastTimers: fast,
    logFile: join(folder, 'temporal.log'),
    say,
  })
  closers.add('Temporal server', () => server.stop())
  return server
}

/** How the connector works: for whom, how fast, and for which part of the queues. */
export interface WorkOptions {
  config: Config
  outside: Outside
  ground: Ground
  log: Logger
  publicUrl: string
  secret: string
  closers: Closers
  queues?: string[]
  rhythm?: Rhythm
  wiring?: Partial<Pick<Wiring, 'patience' | 'nextCheck'>>
}

/** Starts the workers; `finished` rejects when one of them dies. */
export async function startWork(o: WorkOptions): Promise<RunningWorkers> {
  const { config, outside, ground, publicUrl, secret, wiring = {} } = o
  const { db, temporal } = ground
  const workers = await startWorkers({
    connection: temporal.native,
    namespace: config.temporal.namespace,
    deps: wire({ config, outside, db, client: temporal.client, publicUrl, secret, patience: PATIENCE, ...wiring }),
    log: o.log,
    identity: config.identity,
    queues: o.queues ?? [],
    sites: outside.sites,
    carriers: outside.carriers,
    codialPace: outside.codial.pace,
  })
  o.closers.add('workers', () => workers.shutdown())
  return workers
}

/** Sets the errands going. */
export async function startErrands({
  outside,
  ground,
  rhythm = RHYTHM,
}: Pick<WorkOptions, 'outside' | 'ground' | 'rhythm'>): Promise<void> {
  await keepSchedules(ground.temporal.client, {
    sites: outside.sites.map(({ code }) => code),
    carriers: outside.carriers.map(({ login }) => login.carrier),
    rhythm,
  })
}

/** The secret that signs cookies and links: from the settings, else kept in the data folder. */
export const signingSecret = (config: Config, folder: string): string =>
  config.console.secret ?? keptSecret(folder, 'console.secret')
