import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, ConfigProblem, keptSecret, type Outside, readConfig } from '../config.ts'
import { consoleSiteOf } from '../console/options.ts'
import { startConsole } from '../console/server.ts'
import { installRuntime, openLog } from '../workers/connect.ts'
import { spreadOverCarriers } from './demo-carriers.ts'
import { freePort } from './embedded/ports.ts'
import { StartProblem } from './embedded/problem.ts'
import { holdFolder } from './hold-folder.ts'
import {
  type Closers,
  type Ground,
  layGround,
  openClosers,
  type Say,
  signingSecret,
  startErrands,
  startWork,
} from './installation.ts'
import { receiveWebhooks } from './receive-webhooks.ts'
import { type SandboxWorld, startSandboxWorld } from './sandbox-world.ts'
import { RHYTHM } from './schedules.ts'

const SANDBOX_RHYTHM = { import: 2_000, erp: 1_000, tracking: 2_000 }
const HAND_PACE_MS = 1_500

const usage = `npm start [-- --fresh] [-- --by-hand]
  --fresh    forget the state in the data folder and begin anew
  --by-hand  in the sandbox, nobody acts by itself: you are the customer, the branch and the carrier`

/** Brings everything up on one machine, then works until it is told to stop. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { fresh: { type: 'boolean' }, 'by-hand': { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) return console.log(usage)
  const began = Date.now()
  const config = readConfig()
  const say: Say = (line) => console.log(line)
  const closers = openClosers(say)
  const stopped = untilToldToStop()
  try {
    const folder = resolve(config.dataFolder)
    closers.add('data folder', await holdFolder(folder))
    if (values.fresh) forget(folder, say)
    const log = openLog(config.logLevel, join(folder, 'connector.log'))
    installRuntime(log)
    const ground = await layGround({
      config,
      folder,
      ports: { postgres: 4006, temporal: 4007, temporalUi: 4008 },
      fast: false,
      say,
      closers,
    })
    const world = config.outside ? null : await openSandbox(folder, say, closers)
    const outside = config.outside ?? (world as SandboxWorld).outside
    const console_ = await openConsole({ config, folder, ground, outside, closers })
    const publicUrl = config.console.publicUrl ?? console_.url
    const rhythm = world ? SANDBOX_RHYTHM : RHYTHM
    const wiring = world ? { nextCheck: () => SANDBOX_RHYTHM.tracking / 2 } : {}
    const workers = await startWork({
      config,
      outside,
      ground,
      log,
      publicUrl,
      secret: console_.secret,
      closers,
      wiring,
    })
    say('workers    ready')
    await startErrands({ outside, ground, rhythm })
    const door = await receiveWebhooks({ outside, ...config.webhooks, db: ground.db, temporal: ground.temporal })
    if (door) {
      closers.add('webhooks', () => door.close())
      say(`webhooks   ready (${door.url}/webhooks/<site>)`)
    }
    if (world && !values['by-hand']) await setInMotion(world, ground)
    announce({ began, console_, ground, world, say })
    await Promise.race([workers.finished, stopped])
    say('\nstopping: work under way is finished first, the rest goes on at the next start')
  } finally {
    await closers.closeAll()
  }
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function forget(folder: string, say: Say): void {
  for (const name of ['postgres', 'sandbox', 'temporal.db', 'temporal.db-wal', 'temporal.db-shm'])
    rmSync(join(folder, name), { recursive: true, force: true })
  say('fresh      the earlier state is forgotten')
}

async function openSandbox(folder: string, say: Say, closers: Closers): Promise<SandboxWorld> {
  const world = await startSandboxWorld({
    folder: join(folder, 'sandbox'),
    ports: [4001, 4002, 4003, 4004, 4005, 4010, 4011],
  })
  closers.add('sandbox', () => world.close())
  say('sandbox    ready (shop, Codial, carriers, mailbox)')
  return world
}

/** The first hour: ten orders that travel by themselves, by three carriers, and two that show how a person decides. */
async function setInMotion(world: SandboxWorld, { db }: Ground): Promise<void> {
  if (world.shop.orders().length === 0) {
    await spreadOverCarriers(db, world)
    for (const [seed, template] of FIRST_ORDERS.entries()) world.shop.placeOrder({ template, seed })
  }
  world.startHands(HAND_PACE_MS)
}

const FIRST_ORDERS = [
  ...['paid-card', 'gift-card-as-fee', 'guest-no-tax', 'prices-include-tax', 'pickup-point'],
  ...['coupons-fee-bank-transfer', 'free-shipping', 'paid-card', 'pickup-point', 'prices-include-tax'],
  ...['unknown-payment-method', 'gift-card-hidden'],
]

interface OpenConsole {
  config: Config
  folder: string
  ground: Ground
  outside: Outside
  closers: Closers
}

async function openConsole({ config, folder, ground, outside, closers }: OpenConsole) {
  const { operator, host, port } = config.console
  const password = operator.password ?? keptSecret(folder, 'operator.password', 9)
  const secret = signingSecret(config, folder)
  const server = await startConsole({
    host,
    port: await freePort(port),
    db: ground.db,
    client: ground.temporal.client,
    namespace: config.temporal.namespace,
    temporalUi: ground.uiUrl,
    operator: { ...operator, password },
    secret,
    sites: outside.sites.map(consoleSiteOf),
    carriers: outside.carriers.map(({ login }) => login.carrier),
    printers: config.printers.map(({ code }) => code),
  })
  closers.add('console', () => server.close())
  return { url: server.url, secret, login: `${operator.code} / ${operator.password ? 'OPERATOR_PASSWORD' : password}` }
}

interface Announcement {
  began: number
  console_: { url: string; login: string }
  ground: Ground
  world: SandboxWorld | null
  say: Say
}

function announce({ began, console_, ground, world, say }: Announcement): void {
  say(`ready in ${Math.round((Date.now() - began) / 1000)} s; Ctrl-C stops, the same command goes on where it was`)
  say(`  console         ${console_.url}   sign in as ${console_.login}`)
  if (ground.uiUrl) say(`  Temporal UI     ${ground.uiUrl}`)
  if (!world) return
  say(`  sandbox shop    ${world.shop.url}   place orders here`)
  say(`  sandbox Codial  ${world.codial.url}`)
  say(`  mailbox         ${world.mailbox.url}`)
  for (const { code, url } of world.carriers) say(`  sandbox ${code.padEnd(10)} ${url}`)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known = error instanceof StartProblem || error instanceof ConfigProblem
    console.error(known ? error.message : error)
    process.exit(1)
  },
)
