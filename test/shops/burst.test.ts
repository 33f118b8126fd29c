import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { Client, Connection } from '@temporalio/client'
import { MockActivityEnvironment } from '@temporalio/testing'
import type { Lives } from '../../activities/deps.ts'
import { importActivities } from '../../activities/import-orders.ts'
import { LETTER_KINDS, onlyLetters } from '../../domain/letter.ts'
import { startWooCommerce, type WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import { wire } from '../../workers/wiring.ts'
import { SELLER, SITE } from '../support/company.ts'
import { openTestDatabase, testServers } from '../support/servers.ts'

const ORDERS = 3_000
const PER_PAGE = 100
/** A little ago: the shop refuses signed calls that are a quarter of an hour away from its clock. */
const BURST = Math.floor(Date.now() / 1_000) * 1_000 - 12 * 60_000
const LOGIN = { key: `ck_${'5a'.repeat(20)}`, secret: `cs_${'b0'.repeat(20)}` }
const LIST = '^GET /wp-json/wc/v3/orders\\?'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let shop: WooCommerceSandbox
let clock = BURST
let starts: Map<string, number>
let peak = 0

before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())
beforeEach(async () => {
  clock = BURST
  starts = new Map()
  shop = await startWooCommerce({ ...LOGIN, now: () => new Date(clock) })
  await database.db.deleteFrom('orders').execute()
  await database.db.deleteFrom('cursors').execute()
})
afterEach(() => shop.close())

/** The import of the real adapter into the real database; lives only count their starts. */
function openImport(): () => Promise<{ handled: number }> {
  const settings = {
    code: SITE,
    name: 'Boutique Bio',
    url: shop.url,
    login: { platform: 'woocommerce' as const, ...LOGIN },
    from: 'commandes@boutique-bio.example',
    pace: 50,
    slots: 4,
    webhookSecret: null,
    branch: 'LYON',
    letters: onlyLetters(LETTER_KINDS),
    importFrom: '2026-01-01T00:00:00.000Z',
  }
  const nowhere = 'http://127.0.0.1:9'
  const deps = wire({
    config: { seller: SELLER },
    outside: {
      sites: [settings],
      codial: { url: nowhere, token: 'x', pace: 1 },
      carriers: [],
      smtpUrl: 'smtp://127.0.0.1:9',
    },
    db: database.db,
    client: new Client({ connection: Connection.lazy({ address: testServers().temporalAddress }) }),
    publicUrl: 'https://connecteur.example',
    secret: 'x'.repeat(32),
  })
  const lives: Lives = {
    ...deps.lives,
    async startOrder({ ref }) {
      starts.set(ref.webId, (starts.get(ref.webId) ?? 0) + 1)
      peak = Math.max(peak, process.memoryUsage().heapUsed)
      return 'started'
    },
    tellOrder: async () => 'told',
  }
  const { importChangedOrders } = importActivities({ ...deps, lives })
  return () => new MockActivityEnvironment().run(importChangedOrders, { site: SITE, run: `import-${clock}` })
}

/** Places many orders within one second. */
function placeBurst(): string[] {
  return Array.from({ length: ORDERS }, () => shop.placeOrder({ template: 'paid-card', seed: 0 }).id)
}

/** Runs the import until a run finds nothing to do; gives the number of runs. */
async function importAll(run: () => Promise<{ handled: number }>): Promise<number> {
  for (let runs = 1; runs <= 60; runs += 1) if ((await run()).handled === 0) return runs
  throw new Error('the import did not come to rest')
}

async function assertEachOnce(ids: string[]): Promise<void> {
  const rows = await database.db.selectFrom('orders').select(['web_id', 'life_started']).execute()
  const known = new Set(rows.map((row) => row.web_id))
  const lost = ids.filter((id) => !known.has(id))
  assert.deepEqual(lost, [], `${lost.length} orders are lost`)
  assert.equal(rows.length, ids.length)
  assert.ok(rows.every((row) => row.life_started))
  assert.deepEqual(
    ids.filter((id) => starts.get(id) !== 1),
    [],
    'each was started exactly once',
  )
}

/** Pages asked for by one run that finds nothing to do. */
async function pagesAtRest(run: () => Promise<{ handled: number }>): Promise<number> {
  let pages = 0
  const count = () => {
    pages += 1
  }
  shop.faults.clear()
  shop.faults.add({ match: LIST, times: 1_000, hook: { when: 'before', run: count } })
  assert.equal((await run()).handled, 0)
  return pages
}

for (const [name, step] of [
  ['in the second of the burst', 0],
  ['in the minutes after', 30_000],
] as const) {
  test(`3,000 orders of one second, while orders of pages already read change ${name}: each is imported once`, async (t) => {
    const ids = placeBurst()
    let page = 0
    const change = () => {
      clock += step
      const first = (page % (ORDERS / PER_PAGE)) * PER_PAGE
      const [moved = '', changed = ''] = ids.slice(first + Math.floor(page / (ORDERS / PER_PAGE)) * 2)
      shop.moveStatus(moved, 'completed')
      shop.changeAddress(changed)
      page += 1
    }
    shop.faults.add({ match: LIST, times: 45, hook: { when: 'after', run: change } })
    const before = process.memoryUsage().heapUsed
    const run = openImport()
    const runs = await importAll(run)
    assert.deepEqual(shop.faults.list(), [], 'every change was made')
    await assertEachOnce(ids)
    const pages = await pagesAtRest(run)
    if (step > 0) assert.equal(pages, 1, 'the cursor has moved past the burst')
    const grown = Math.round((peak - before) / 2 ** 20)
    t.diagnostic(`${runs} runs, ${pages} pages at rest, heap grown by at most ${grown} MiB`)
  })
}
