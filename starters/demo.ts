import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Config, keptSecret, readConfig } from '../config.ts'
import type { Platform } from '../domain/site.ts'
import { installRuntime, openLog } from '../workers/connect.ts'
import { type DemoManifest, handOver, spreadOverCarriers } from './demo-carriers.ts'
import { countEffects } from './demo-effects.ts'
import { type DemoOrder, type DemoRow, demoRows, readProgress } from './demo-report.ts'
import { StartProblem } from './embedded/problem.ts'
import { layGround, openClosers, startErrands, startWork } from './installation.ts'
import type { SandboxSite } from './sandbox-shops.ts'
import { ANY_PORTS, type SandboxWorld, startSandboxWorld } from './sandbox-world.ts'

const RHYTHM = { import: 1_000, erp: 1_000, tracking: 1_000 }
const HAND_PACE_MS = 500
const PLATFORMS: readonly Platform[] = ['woocommerce', 'prestashop', 'magento']
/** The recorded orders of the shop, as they are; the others are seeded variations of them. */
const RECORDED = [
  'paid-card',
  'coupons-fee-bank-transfer',
  'gift-card-as-fee',
  'guest-no-tax',
  'free-shipping',
  'prices-include-tax',
  'gift-card-hidden',
]

/** The main job without a page: orders placed, followed to their end, and every effect counted on the other side. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '20' },
      sites: { type: 'string', default: '1' },
      carriers: { type: 'string', default: 'one' },
      json: { type: 'boolean', default: false },
    },
  })
  const orders = numberFrom('--orders', values.orders, 5_000)
  const sites = numberFrom('--sites', values.sites, 12)
  if (!['one', 'all'].includes(values.carriers)) throw new StartProblem('--carriers takes "one" or "all"')
  const byAll = values.carriers === 'all'
  const say = values.json ? () => undefined : (line: string) => console.log(line)
  const closers = openClosers(say)
  const folder = mkdtempSync(join(tmpdir(), 'codial-demo-'))
  chmodSync(folder, 0o755) // PostgreSQL refuses to run as root: as root, another account must be able to enter
  closers.add('folder', async () => rmSync(folder, { recursive: true, force: true }))
  const log = openLog('error')
  installRuntime(log)
  process.once('SIGINT', () => void closers.closeAll().finally(() => process.exit(130)))
  try {
    const config = withoutOutside(readConfig())
    const ground = await layGround({
      config,
      folder,
      ports: { postgres: 0, temporal: 0, temporalUi: null },
      fast: true,
      say,
      closers,
    })
    const more = Array.from({ length: sites - 1 }, (_, i) => PLATFORMS[(i + 1) % PLATFORMS.length] ?? 'woocommerce')
    const world = await startSandboxWorld({ folder: null, ports: ANY_PORTS, more })
    closers.add('sandbox', () => world.close())
    const secret = keptSecret(folder, 'console.secret')
    const wiring = { nextCheck: () => HAND_PACE_MS }
    await startWork({
      config,
      outside: world.outside,
      ground,
      log,
      publicUrl: 'http://127.0.0.1',
      secret,
      closers,
      wiring,
    })
    if (byAll) await spreadOverCarriers(ground.db, world)
    const placed = placeOrders(world, orders)
    await startErrands({ outside: world.outside, ground, rhythm: RHYTHM })
    world.startHands(HAND_PACE_MS)
    if (byAll) world.moveParcels(null) // parcels stand still until they are on a manifest
    const { db, temporal } = ground
    const manifests = byAll ? await handOver({ db, client: temporal.client, world, say }) : []
    if (byAll) world.moveParcels(HAND_PACE_MS)
    const rows = await follow({ world, placed, db, say })
    return conclude({ rows, manifests, counts: await countEffects({ world, placed, db }), json: values.json })
  } finally {
    await closers.closeAll()
  }
}

/** The demo never touches a real system, whatever the settings say. */
const withoutOutside = (config: Config): Config => ({
  ...config,
  databaseUrl: null,
  outside: null,
  temporal: { ...config.temporal, address: null },
})

function numberFrom(option: string, text: string, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new StartProblem(`${option} takes a whole number from 1 to ${most}`)
}

/** The orders go to the sites in turn; the first WooCommerce site gets the recorded ones first. */
function placeOrders({ sites }: SandboxWorld, count: number): DemoOrder[] {
  return Array.from({ length: count }, (_, i) => {
    const site = sites[i % sites.length] as SandboxSite
    const turn = Math.floor(i / sites.length)
    const template = site === sites[0] ? RECORDED[turn] : undefined
    return { ...site.shop.placeOrder(template ? { template, seed: 0 } : { seed: i }), site, placedAt: Date.now() }
  })
}

interface Following {
  world: SandboxWorld
  placed: DemoOrder[]
  db: Parameters<typeof readProgress>[0]
  say: (line: string) => void
}

/** Prints each order as it ends; gives up on orders that do not move for two minutes. */
async function follow({ world, placed, db, say }: Following): Promise<DemoRow[]> {
  const ended = new Map<string, DemoRow>()
  let moved = Date.now()
  let fingerprint = ''
  say(demoRows.header)
  while (ended.size < placed.length && Date.now() - moved < 120_000) {
    await delay(250)
    const progress = await readProgress(db, world, placed)
    for (const row of progress.ended) {
      const name = `${row.site}:${row.id}`
      if (ended.has(name)) continue
      ended.set(name, row)
      say(demoRows.line(row))
    }
    if (progress.fingerprint !== fingerprint) moved = Date.now()
    fingerprint = progress.fingerprint
  }
  return [...ended.values()]
}

interface Conclusion {
  rows: DemoRow[]
  manifests: DemoManifest[]
  counts: Awaited<ReturnType<typeof countEffects>>
  json: boolean
}

function conclude({ rows, manifests, counts, json }: Conclusion): number {
  const settled = rows.filter((row) => row.outcome === 'settled').length
  const parked = rows.filter((row) => row.outcome === 'parked').length
  const summary = {
    orders: counts.orders,
    settled,
    parked,
    'expected-parked': counts.expectedParked,
    lost: counts.lost.length,
    duplicated: counts.duplicated.length,
  }
  const line = `demo: ${Object.entries(summary)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`
  if (json) console.log(JSON.stringify({ rows, manifests, ...counts, summary }))
  else {
    console.log('\neffects counted on the other side:')
    for (const [name, times] of Object.entries(counts.effects)) console.log(`  ${name.padEnd(22)} ${times}`)
    for (const trouble of [...counts.lost, ...counts.duplicated, ...counts.unexpected]) console.log(`  ! ${trouble}`)
  }
  if (!json && manifests.length > 0) console.log(manifests.map(manifestLine).join('\n'))
  console.log(line)
  const unmade = manifests.filter(({ parcels, pages }) => parcels === 0 || pages === 0)
  return counts.lost.length + counts.duplicated.length + counts.unexpected.length + unmade.length > 0 ? 1 : 0
}

const manifestLine = ({ carrier, state, parcels, pages }: DemoManifest): string =>
  `manifest: carrier=${carrier} state=${state} parcels=${parcels} pdf-pages=${pages}`

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error)
    process.exit(1)
  },
)
