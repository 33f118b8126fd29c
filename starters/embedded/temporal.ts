import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { isThere } from './files.ts'
import { withLock } from './lock.ts'
import { endOrphan } from './orphans.ts'
import { freePort } from './ports.ts'
import { asStartProblem, StartProblem } from './problem.ts'
import { type RunningProgram, startProgram } from './program.ts'
import { explainTemporal, serverArguments, type TemporalOptions } from './temporal-server.ts'

export type { TemporalOptions } from './temporal-server.ts'

/** A Temporal server that runs; stop() ends it and waits. */
export interface RunningTemporal {
  address: string
  uiUrl?: string
  stop(): Promise<void>
}

const endSignals: [NodeJS.Signals, number][] = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
]
const startPatienceMs = 60_000

/**
 * The Temporal development server on 127.0.0.1, for a machine without a real one: ends what a killed start left on the
 * same file, and is back when the server answers. The next free port is taken when `port` is not. What a person can
 * mend is a StartProblem.
 */
export async function startTemporal(o: TemporalOptions): Promise<RunningTemporal> {
  try {
    if (o.dbFile === undefined) return await run(o)
    await mkdir(dirname(o.dbFile), { recursive: true })
    const dbFile = join(await realpath(dirname(o.dbFile)), basename(o.dbFile))
    return await withLock({ lock: `${dbFile}.starting` }, async () => {
      await endPrevious(dbFile)
      return await run({ ...o, dbFile })
    })
  } catch (error) {
    throw asStartProblem(error, o.dbFile ?? tmpdir())
  }
}

async function endPrevious(dbFile: string): Promise<void> {
  const isOurs = (command: string) => command.includes(`--db-filename ${dbFile} `)
  const files = { pidFile: `${dbFile}.pid`, ownerFile: `${dbFile}.owner` }
  await endOrphan({ ...files, isOurs, signals: endSignals, what: `The Temporal database ${dbFile}` })
  if (await isThere(`${dbFile}.new`)) await removeDatabase(dbFile)
  if (!(await isThere(dbFile))) await writeFile(`${dbFile}.new`, '')
}

/** Only a file whose very first start was killed (it has a mark, `.new`): it holds nothing, and the server refuses it half-made. */
async function removeDatabase(dbFile: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${dbFile}${end}`, { force: true })
}

async function run(o: TemporalOptions): Promise<RunningTemporal> {
  const port = await freePort(o.port)
  const uiPort = o.uiPort === undefined ? undefined : await freePort(o.uiPort)
  const logFile = await chooseLog(o)
  if (o.dbFile) await writeFile(`${o.dbFile}.owner`, String(process.pid))
  const server = await startProgram({
    program: o.binary,
    args: serverArguments({ ...o, port, uiPort }),
    log: logFile,
    endSignals,
  })
  const address = `127.0.0.1:${port}`
  try {
    if (o.dbFile) await writeFile(`${o.dbFile}.pid`, String(server.pid))
    await waitUntilReady({ server, address, logFile, dbFile: o.dbFile })
  } catch (error) {
    await server.stop()
    throw error
  }
  server.whenEndedByItself(() => o.say?.(`The Temporal server ended by itself: see ${logFile}.`))
  const stop = async () => {
    await server.stop()
    if (!o.logFile && !o.dbFile) await rm(dirname(logFile), { recursive: true, force: true })
  }
  return { address, ...(uiPort && { uiUrl: `http://127.0.0.1:${uiPort}` }), stop }
}

async function chooseLog({ logFile, dbFile }: TemporalOptions): Promise<string> {
  if (logFile) await mkdir(dirname(logFile), { recursive: true })
  return (
    logFile ?? (dbFile ? `${dbFile}.log` : join(await mkdtemp(join(tmpdir(), 'codial-connector-')), 'temporal.log'))
  )
}

async function waitUntilReady(o: {
  server: RunningProgram
  address: string
  logFile: string
  dbFile: string | undefined
}): Promise<void> {
  for (const end = Date.now() + startPatienceMs; Date.now() < end; await delay(50)) {
    if (!o.server.isRunning()) throw await explainTemporal(o)
    if (!(await answers(o.address))) continue
    if (o.dbFile) await rm(`${o.dbFile}.new`, { force: true })
    return
  }
  throw new StartProblem(`The Temporal server did not answer within a minute: see ${o.logFile}.`)
}

async function answers(address: string): Promise<boolean> {
  let connection: Connection | undefined
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 })
    const service = 'temporal.api.workflowservice.v1.WorkflowService'
    return (await connection.healthService.check({ service })).status === 1
  } catch {
    return false
  } finally {
    await connection?.close()
  }
}
