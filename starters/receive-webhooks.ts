import { ScheduleOverlapPolicy } from '@temporalio/client'
import { ConfigProblem, type Outside, readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import { connectTemporal, installRuntime, openLog, type Temporal } from '../workers/connect.ts'
import { startWebhooks, type Webhooks } from './webhooks.ts'

/** Opens the door for the webhooks of the sites that have a secret; null when none has. Each call makes the site's next import run now. */
export async function receiveWebhooks(o: {
  outside: Outside
  host: string
  port: number
  db: Db
  temporal: Temporal
}): Promise<Webhooks | null> {
  const sites = o.outside.sites.flatMap(({ code, login, webhookSecret }) =>
    webhookSecret ? [{ code, platform: login.platform, secret: webhookSecret }] : [],
  )
  if (sites.length === 0) return null
  const { client } = o.temporal
  return startWebhooks({
    host: o.host,
    port: o.port,
    db: o.db,
    sites,
    wake: (site) => client.schedule.getHandle(`import-orders:${site}`).trigger(ScheduleOverlapPolicy.BUFFER_ONE),
  })
}

/** The webhook door of a real installation as a process of its own. */
async function main(): Promise<void> {
  const { outside, databaseUrl, temporal: settings, webhooks, logLevel } = readConfig()
  if (!outside || !databaseUrl || !settings.address)
    throw new ConfigProblem('Webhooks need DATABASE_URL, TEMPORAL_ADDRESS and SITES (see .env.example).')
  const log = openLog(logLevel)
  installRuntime(log)
  const db = openDatabase(databaseUrl)
  await migrateToLatest(db)
  const temporal = await connectTemporal({ ...settings, address: settings.address })
  const door = await receiveWebhooks({ outside, ...webhooks, db, temporal })
  if (!door) throw new ConfigProblem('No site has a SITE_<CODE>_WEBHOOK_SECRET: there is nothing to receive.')
  log.info({ url: door.url }, 'ready')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await door.close()
  await temporal.close()
  await db.destroy()
}

if (import.meta.main) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof ConfigProblem ? error.message : error)
      process.exit(1)
    },
  )
}
