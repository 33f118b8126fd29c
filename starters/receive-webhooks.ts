import { ScheduleOverlapPolicy } from '@temporalio/client'
import { openWebhooks } from '../activities/shops/woocommerce/webhooks.ts'
import { ConfigProblem, type Outside, readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/connect.ts'
import { migrateToLatest } from '../db/migrate.ts'
import type { ShopLogin } from '../domain/site.ts'
import { connectTemporal, installRuntime, openLog, type Temporal } from '../workers/connect.ts'
import { startWebhooks, type Webhooks } from './webhooks.ts'

const HOUR = 3_600_000
const TOPICS = ['order.created', 'order.updated']

interface Receiving {
  outside: Outside
  host: string
  port: number
  /** The door's address as the shops reach it; null: nobody tells the shops about it. */
  publicUrl: string | null
  db: Db
  temporal: Temporal
}

/** Opens the door for the webhooks of the sites that have a secret; null when none has. Each call makes the site's next import run now. */
export async function receiveWebhooks({
  outside,
  host,
  port,
  publicUrl,
  db,
  temporal,
}: Receiving): Promise<Webhooks | null> {
  const sites = outside.sites.flatMap(({ webhookSecret: secret, ...site }) => (secret ? [{ ...site, secret }] : []))
  if (sites.length === 0) return null
  const door = await startWebhooks({
    host,
    port,
    db,
    sites: sites.map(({ code, login, secret }) => ({ code, platform: login.platform, secret })),
    wake: (site) =>
      temporal.client.schedule.getHandle(`import-orders:${site}`).trigger(ScheduleOverlapPolicy.BUFFER_ONE),
  })
  if (!publicUrl) return door
  const keep = (): void => void Promise.allSettled(sites.map((site) => keepHooks(site, publicUrl)))
  const hourly = setInterval(keep, HOUR)
  keep()
  return {
    ...door,
    close() {
      clearInterval(hourly)
      return door.close()
    },
  }
}

/** Makes a WooCommerce shop's webhooks, and wakes those it put out after failed deliveries; a shop that is down is asked again in an hour. */
async function keepHooks(
  { code, url, login, secret }: { code: string; url: string; login: ShopLogin; secret: string },
  publicUrl: string,
): Promise<void> {
  if (login.platform !== 'woocommerce') return
  const hooks = openWebhooks({ site: code, url, key: login.key, secret: login.secret })
  await hooks.ensureWebhooks({ deliveryUrl: `${publicUrl}/webhooks/${code}`, secret, topics: TOPICS })
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
