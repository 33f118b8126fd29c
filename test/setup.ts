import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { startPostgres } from '../starters/embedded/postgres.ts'
import { startTemporal } from '../starters/embedded/temporal.ts'
import { findTemporalBinary } from '../starters/embedded/temporal-binary.ts'
import { SEARCH_ATTRIBUTES } from '../starters/namespace.ts'
import { NAMESPACES, type TestServers } from './support/servers.ts'

let stop: (() => Promise<void>) | undefined

/** Starts the real servers that all test files share: one PostgreSQL, one Temporal server, one bundle of the workflows. */
export async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'codial-test-'))
  chmodSync(folder, 0o755)
  const say = (line: string): void => console.log(`# ${line}`)
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), port: 0, fast: true, say })
  const binary = await findTemporalBinary({
    say,
    cli: process.env.TEMPORAL_CLI,
    path: process.env.PATH,
    cacheHome: process.env.XDG_CACHE_HOME,
  })
  const temporal = await startTemporal({
    binary,
    port: 0,
    fastTimers: true,
    namespaces: NAMESPACES,
    searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`),
    logFile: join(folder, 'temporal.log'),
  })
  const { code } = await bundleWorkflowCode({
    logger: new DefaultLogger('WARN'),
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  })
  const bundle = join(folder, 'workflows.js')
  writeFileSync(bundle, code)
  const servers: TestServers = {
    databaseUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalBinary: binary,
    bundle,
  }
  process.env.TEST_SERVERS = JSON.stringify(servers)
  stop = async () => {
    await temporal.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Stops them again. */
export async function globalTeardown(): Promise<void> {
  await stop?.()
}
