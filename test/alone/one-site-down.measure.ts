import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Fault } from '../../sandbox/kit.ts'
import { type Company, openCompany, SITE, until } from '../support/company.ts'
import { assertNothingTwice } from '../support/effects.ts'

const ORDERS = 12
const WAITING = 6
const ROUNDS = 3
/** How often a comparison is made before B counts as slowed. */
const ATTEMPTS = 5
/** Milliseconds that a busy machine may add to any measure. */
const NOISE = 50

const TROUBLES = {
  'A answers 503': { status: 503, contentType: 'text/html', body: '<html><h1>Maintenance</h1></html>' },
  'A throttles': { status: 429, headers: { 'Retry-After': '1' } },
}

interface Times {
  median: number
  p95: number
}

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'sites', more: ['woocommerce'] })
})
after(() => company.close())

/** The site that gets into trouble. */
function siteA() {
  const site = company.world.sites[1]
  if (!site) throw new Error('there is no second site')
  return { shop: site.shop, code: site.settings.code }
}

/** Orders of a site that are in the ERP. */
async function registeredOf(site: string): Promise<Set<string>> {
  const rows = await company.db
    .selectFrom('orders')
    .select('web_id')
    .where('site', '=', site)
    .where('erp_number', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.web_id))
}

/** Places orders on B and imports them; how long each took from its placing to its number in the ERP. */
async function roundOnB(): Promise<Times> {
  const placed = new Map<string, number>()
  const took: number[] = []
  for (let n = 0; n < ORDERS; n += 1)
    placed.set(company.world.shop.placeOrder({ template: 'paid-card', seed: 0 }).id, performance.now())
  const look = async () => {
    const registered = await registeredOf(SITE)
    for (const [id, since] of placed) {
      if (!registered.has(id)) continue
      took.push(performance.now() - since)
      placed.delete(id)
    }
    return placed.size === 0
  }
  await Promise.all([company.importSite(SITE), until('all orders of B are in the ERP', look, 20_000)])
  took.sort((a, b) => a - b)
  return { median: took[Math.floor(ORDERS / 2)] ?? 0, p95: took[Math.ceil(0.95 * ORDERS) - 1] ?? 0 }
}

/** The best of some rounds, so that a hiccup of the machine is no finding. */
async function bestOnB(): Promise<Times> {
  const rounds: Times[] = []
  for (let n = 0; n < ROUNDS; n += 1) rounds.push(await roundOnB())
  return { median: Math.min(...rounds.map((r) => r.median)), p95: Math.min(...rounds.map((r) => r.p95)) }
}

const shown = ({ median, p95 }: Times) => `median ${Math.round(median)} ms, p95 ${Math.round(p95)} ms`

const isClose = (calm: Times, troubled: Times): boolean =>
  troubled.median <= 1.3 * calm.median + NOISE && troubled.p95 <= 1.3 * calm.p95 + NOISE

/** B alone, then B while the import of A fails beside it: measured close together, as the machine's other work comes and goes. */
async function compare(fault: Omit<Fault, 'match'>): Promise<{ calm: Times; troubled: Times }> {
  const { shop, code } = siteA()
  shop.faults.clear()
  const calm = await bestOnB()
  shop.faults.add({ match: '.', times: 100_000, ...fault })
  const [ofA, ofB] = await Promise.allSettled([company.importSite(code), bestOnB()])
  assert.equal(ofA.status, 'rejected', 'the errand of A fails')
  assert.ok((shop.faults.list()[0]?.times ?? 0) <= 100_000 - 5, 'A was asked again and again')
  assert.ok(ofB.status === 'fulfilled', 'B goes on')
  assert.equal((await registeredOf(code)).size, 0)
  return { calm, troubled: ofB.value }
}

test('a site that is down or throttles does not slow another one, and loses nothing', async (t) => {
  const A = siteA()
  await roundOnB() // the first one warms up
  const waiting = Array.from({ length: WAITING }, () => A.shop.placeOrder({ template: 'paid-card', seed: 0 }).id)

  for (const [name, fault] of Object.entries(TROUBLES)) {
    let isHeld = false
    for (let attempt = 1; attempt <= ATTEMPTS && !isHeld; attempt += 1) {
      const { calm, troubled } = await compare(fault)
      t.diagnostic(`B calm: ${shown(calm)}; while ${name}: ${shown(troubled)}`)
      isHeld = isClose(calm, troubled)
    }
    assert.ok(isHeld, `${name}: B was slower each time`)
  }

  A.shop.faults.clear()
  await Promise.allSettled([company.importSite(A.code), company.importSite(SITE)])
  await until('the orders of A are in the ERP', async () => (await registeredOf(A.code)).size === WAITING)
  assert.deepEqual([...(await registeredOf(A.code))].sort(), waiting.sort())
  assertEachRegisteredOnce(A.code, waiting)
})

/** Every order of both sites is in the ERP once, A's as well as B's. */
function assertEachRegisteredOnce(code: string, waiting: string[]): void {
  const counted = company.world.codial.counters().commande ?? {}
  for (const id of waiting) assert.equal(counted[`${code}:${id}`], 1)
  const ofB = Object.keys(counted).filter((key) => key.startsWith(`${SITE}:`))
  assert.equal(ofB.length, company.world.shop.orders().length)
  assertNothingTwice(company.world)
  const counts = Object.values(siteA().shop.counters()).flatMap((keys) => Object.values(keys))
  assert.ok(counts.every((times) => times === 1))
}
