import { parseArgs } from 'node:util'
import { ConfigProblem, keptSecret, readConfig } from '../config.ts'
import { openDatabase } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { connectTemporal, installRuntime, openLog } from './connect.ts'
import { startWorkers } from './run.ts'
import { wire } from './wiring.ts'

/** One worker process of a real installation: serves the chosen queues until SIGTERM, then finishes what is under way. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { queues: { type: 'string', default: '' } } })
  const config = readConfig()
  const { outside, databaseUrl, temporal: settings } = config
  if (!outside || !databaseUrl || !settings.address) {
    throw new ConfigProblem(
      'A worker alone needs DATABASE_URL, TEMPORAL_ADDRESS and SITES (see .env.example); "npm start" needs none of them.',
    )
  }
  const log = openLog(config.logLevel)
  installRuntime(log)
  const db = openDatabase(databaseUrl)
  await migrateToLatest(db)
  const temporal = await connectTemporal({ ...settings, address: settings.address })
  const secret = config.console.secret ?? keptSecret(config.dataFolder, 'console.secret')
  const publicUrl = config.console.publicUrl ?? `http://${config.console.host}:${config.console.port}`
  const workers = await startWorkers({
    connection: temporal.native,
    namespace: settings.namespace,
    deps: wire({ config, outside, db, client: temporal.client, publicUrl, secret }),
    log,
    identity: config.identity,
    queues: values.queues.split(',').filter(Boolean),
    sites: outside.sites,
    carriers: outside.carriers,
    codialPace: outside.codial.pace,
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void workers.shutdown())
  log.info('ready')
  await workers.finished
  await temporal.close()
  await db.destroy()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigProblem ? error.message : error)
    process.exit(1)
  },
)
