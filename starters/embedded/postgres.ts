import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { withLock } from './lock.ts'
import { endOrphan, readPid } from './orphans.ts'
import { freePort } from './ports.ts'
import { type Cluster, makeCluster, placeCluster, readPassword, roleName } from './postgres-cluster.ts'
import { explainPostgres } from './postgres-problems.ts'
import { identityOf } from './postgres-user.ts'
import { asStartProblem, codeOf, StartProblem } from './problem.ts'
import { type RunningProgram, startProgram } from './program.ts'

/** A PostgreSQL that runs; stop() shuts it down and waits until it has written everything. */
export interface RunningPostgres {
  url: string
  port: number
  stop(): Promise<void>
}

/** Smart shutdown would wait for clients: SIGINT is fast shutdown, SIGQUIT the immediate one that recovers at the next start. */
const endSignals: [NodeJS.Signals, number][] = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
]
const previousPatienceMs = 15_000
const startPatienceMs = 120_000
/** synchronous_commit stays on: without it a kill loses the last commits, and with fsync off it costs next to nothing. */
const fastSettings = ['fsync=off', 'full_page_writes=off']

/**
 * A PostgreSQL of our own on 127.0.0.1, for a machine without one: makes the cluster in `folder` at first use, ends
 * what a killed start left running there, and creates the database. The next free port is taken when `port` is not.
 * `fast` gives up safety against a power cut, for tests and the demo. What a person can mend is a StartProblem.
 */
export async function startPostgres(o: {
  folder: string
  port: number
  say?: (line: string) => void
  fast?: boolean
}): Promise<RunningPostgres> {
  const { say = () => {}, fast = false } = o
  try {
    const cluster = await placeCluster({ folder: o.folder, say })
    const whenWaiting = () => say('PostgreSQL: another start is at work in the same folder, waiting for it.')
    return await withLock({ lock: join(cluster.folder, 'starting'), whenWaiting }, async () => {
      await endPrevious(cluster)
      await makeCluster(cluster, { fast })
      return await run(cluster, { port: await freePort(o.port), fast, say })
    })
  } catch (error) {
    throw asStartProblem(error, o.folder)
  }
}

async function endPrevious({ data, ownerFile }: Cluster): Promise<void> {
  const pidFile = join(data, 'postmaster.pid')
  const isOurs = (command: string) => command.includes('postgres') && command.includes(`-D ${data} `)
  await endOrphan({ pidFile, ownerFile, isOurs, signals: endSignals, what: `The database in ${data}` })
  await disownPid(pidFile)
}

/**
 * PostgreSQL refuses to start when its old process number now belongs to a stranger. It ignores its parent's number, so
 * ours is put there; the rest stays, by which it sees whether old processes still hold its memory (CreateLockFile, miscinit.c).
 */
async function disownPid(pidFile: string): Promise<void> {
  if ((await readPid(pidFile)) === undefined) return await rm(pidFile, { force: true })
  const lines = (await readFile(pidFile, 'utf8')).split('\n')
  await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
}

interface Settings {
  url: string
  port: number
  fast: boolean
}

async function run(
  cluster: Cluster,
  o: Omit<Settings, 'url'> & { say: (line: string) => void },
): Promise<RunningPostgres> {
  const url = `postgres://${roleName}:${await readPassword(cluster)}@127.0.0.1:${o.port}/connector`
  await writeFile(cluster.ownerFile, String(process.pid))
  const server = await startServer(cluster, { ...o, url })
  server.whenEndedByItself(() => o.say(`PostgreSQL ended by itself: see ${cluster.log}.`))
  return { url, port: o.port, stop: server.stop }
}

/** Processes of a killed server hold its memory until they notice: then the start is repeated for a while. */
async function startServer(cluster: Cluster, settings: Settings): Promise<RunningProgram> {
  for (const end = Date.now() + previousPatienceMs; ; await delay(100)) {
    const server = await spawnServer(cluster, settings)
    try {
      if (await createDatabaseWhenReady({ server, url: settings.url })) return server
    } catch (error) {
      await server.stop()
      throw error instanceof pg.DatabaseError ? await explain(cluster, `FATAL: ${error.message}`) : error
    }
    const output = await readFile(cluster.log, 'utf8')
    if (Date.now() > end || !output.includes('pre-existing shared memory')) throw await explain(cluster, output)
  }
}

function explain({ folder }: Cluster, output: string): Promise<StartProblem> {
  return explainPostgres({ folder, output, doing: 'start' })
}

function spawnServer(cluster: Cluster, { port, fast }: Settings): Promise<RunningProgram> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    ...(fast ? fastSettings : []),
  ]
  return startProgram({
    program: cluster.programs.postgres,
    args: ['-D', cluster.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    log: cluster.log,
    options: { ...identityOf(cluster.user), cwd: cluster.folder, env: { LC_ALL: 'C' } },
    endSignals,
  })
}

/** False when the server ended before it answered; after a crash it first replays its journal, which takes a while. */
async function createDatabaseWhenReady({ server, url }: { server: RunningProgram; url: string }): Promise<boolean> {
  for (const end = Date.now() + startPatienceMs; Date.now() < end; await delay(30)) {
    if (!server.isRunning()) return false
    const client = new pg.Client({ connectionString: url.replace(/connector$/, 'postgres') })
    try {
      await client.connect()
      const { rowCount } = await client.query("select from pg_database where datname = 'connector'")
      if (rowCount === 0) await client.query('create database connector')
      return true
    } catch (error) {
      if (!isStarting(error)) throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
  throw new StartProblem('PostgreSQL did not answer within two minutes: see postgres.log beside its data.')
}

/** Not listening yet, connection cut, or "the database system is starting up" (57P03). */
function isStarting(error: unknown): boolean {
  const code = codeOf(error)
  if (code === '28P01')
    throw new StartProblem('The password beside the data of PostgreSQL is not the right one: put it back.')
  return code === undefined || code === '57P03' || code.startsWith('E')
}
