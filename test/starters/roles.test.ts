import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { type Company, openCompany, orderRow, pack, SITE, until } from '../support/company.ts'
import { assertNothingTwice } from '../support/effects.ts'

/** The settings of a real installation, with the sandbox's servers as the real systems. */
function settingsOf(company: Awaited<ReturnType<typeof openCompany>>): Record<string, string> {
  const { outside } = company.world
  const [site] = outside.sites
  assert.ok(site?.login.platform === 'woocommerce')
  const carrier = outside.carriers[0]?.login
  assert.ok(carrier?.carrier === 'COLISSIMO')
  return {
    DATABASE_URL: company.plan.databaseUrl,
    TEMPORAL_ADDRESS: company.plan.temporalAddress,
    TEMPORAL_NAMESPACE: company.plan.namespace,
    CONSOLE_PORT: '0',
    CONSOLE_SECRET: 'x'.repeat(32),
    OPERATOR_PASSWORD: 'un-mot-de-passe',
    SITES: SITE,
    SITE_BOUTIQUE_BIO_NAME: site.name,
    SITE_BOUTIQUE_BIO_URL: site.url,
    SITE_BOUTIQUE_BIO_KEY: site.login.key,
    SITE_BOUTIQUE_BIO_SECRET: site.login.secret,
    SITE_BOUTIQUE_BIO_FROM: site.from,
    SITE_BOUTIQUE_BIO_PACE: '100',
    SITE_BOUTIQUE_BIO_IMPORT_FROM: '2026-01-01T00:00:00Z',
    CODIAL_URL: outside.codial.url,
    CODIAL_TOKEN: outside.codial.token,
    CODIAL_PACE: '100',
    COLISSIMO_URL: carrier.url,
    COLISSIMO_API_KEY: carrier.apiKey,
    COLISSIMO_TRACKING_URL: carrier.trackingUrl,
    COLISSIMO_OKAPI_KEY: carrier.okapiKey,
    COLISSIMO_PICKUP_URL: carrier.pickupUrl,
    SMTP_URL: outside.smtpUrl,
  }
}

function start(
  script: string,
  args: string[],
  settings: Record<string, string>,
): { process: ChildProcess; said: () => string; ready: Promise<void> } {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.includes('"ready"')) resolve()
      })
    }
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${text}`)))
  })
  ready.catch(() => undefined)
  return { process: child, said: () => text, ready }
}

test('each role alone, on the settings of a real installation: an order travels, SIGTERM ends each gracefully', async () => {
  const company = await openCompany({ namespace: 'roles', workers: 'none' })
  const settings = settingsOf(company)
  const roles = [
    start('workers/main.ts', ['--queues', 'connector,codial,carrier-*,documents,print'], settings),
    start('workers/main.ts', ['--queues', 'shop-*,mail'], settings),
    start('console/main.ts', [], settings),
  ]
  try {
    const schedules = start('starters/keep-schedules.ts', [], settings)
    const [code] = await once(schedules.process, 'exit')
    assert.equal(code, 0, schedules.said())
    assert.match(schedules.said(), /import-orders:boutique-bio, follow-erp, track-parcels:COLISSIMO/)
    for await (const { scheduleId } of company.client.schedule.list())
      await company.client.schedule.getHandle(scheduleId).pause('the test drives')
    await Promise.all(roles.map(({ ready }) => ready))
    const id = company.world.shop.placeOrder({ template: 'paid-card', seed: 0 }).id
    await travelAtRealPace(company, id)
    assert.equal((await orderRow(company.db, id))?.payment_state, 'matched')
    assertNothingTwice(company.world)
  } finally {
    const ends = roles.map(async ({ process: child }) => {
      if (child.exitCode !== null) return child.exitCode
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      return (await gone)[0]
    })
    assert.deepEqual(await Promise.all(ends), [0, 0, 0])
    await company.close()
  }
})

test('a role without its settings says which ones are missing, without a stack', async () => {
  for (const script of ['workers/main.ts', 'console/main.ts', 'starters/keep-schedules.ts']) {
    const role = start(script, [], { SITES: 'boutique-bio' })
    const [code] = await once(role.process, 'exit')
    assert.equal(code, 1)
    assert.match(role.said(), /CODIAL_URL/)
    assert.doesNotMatch(role.said(), /\n\s+at /)
  }
})

/** A real installation asks carriers every two hours: here each parcel is made due at once. */
async function travelAtRealPace(company: Company, id: string): Promise<void> {
  const { world, db } = company
  await company.tick()
  const erpNumber = await until('it is in Codial', async () => (await orderRow(db, id))?.erp_number)
  const note = pack(world, erpNumber)
  await company.tick()
  await until('it is shipped', () => world.codial.deliveryNotes().find((n) => n.numero === note)?.statut === 'expediee')
  world.codial.invoice(erpNumber)
  await until('it is settled', async () => {
    world.colissimo.advance()
    await db.updateTable('parcels').set({ next_check_at: new Date() }).where('next_check_at', 'is not', null).execute()
    await company.tick()
    return (await orderRow(db, id))?.outcome === 'settled'
  })
}
