import { ConfigProblem, keptSecret, readConfig } from '../config.ts'
import { openDatabase } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { connectTemporal, installRuntime, openLog } from '../workers/connect.ts'
import { consoleSiteOf } from './options.ts'
import { startConsole } from './server.ts'

/** The console process of a real installation: answers until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig()
  const { outside, databaseUrl, temporal: settings, dataFolder } = config
  if (!outside || !databaseUrl || !settings.address) {
    throw new ConfigProblem(
      'A console alone needs DATABASE_URL, TEMPORAL_ADDRESS and SITES (see .env.example); "npm start" needs none of them.',
    )
  }
  const log = openLog(config.logLevel)
  installRuntime(log)
  const db = openDatabase(databaseUrl)
  await migrateToLatest(db)
  const temporal = await connectTemporal({ ...settings, address: settings.address })
  const { host, port, operator, secret } = config.console
  const server = await startConsole({
    host,
    port,
    db,
    client: temporal.client,
    namespace: settings.namespace,
    temporalUi: settings.uiUrl,
    operator: { ...operator, password: operator.password ?? keptSecret(dataFolder, 'operator.password', 9) },
    secret: secret ?? keptSecret(dataFolder, 'console.secret'),
    sites: outside.sites.map(consoleSiteOf),
    carriers: outside.carriers.map(({ login }) => login.carrier),
    printers: config.printers.map(({ code }) => code),
  })
  log.info({ url: server.url }, 'ready')
  await untilToldToStop()
  await server.close()
  await temporal.close()
  await db.destroy()
}

const untilToldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigProblem ? error.message : error)
    process.exit(1)
  },
)
