import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../../sandbox/kit.ts'
import { type Company, openCompany, orderRow, pack, until } from '../support/company.ts'
import { assertNothingTwice, ONE_ORDER, totalsOf } from '../support/effects.ts'
import { decideAll } from '../support/person.ts'

let company: Company
before(async () => {
  company = await openCompany({ namespace: 'drops' })
})
after(() => company.close())

/** Every request that has an effect outside. */
const EFFECTS = [
  ['codial', '^POST /v1/commandes$'],
  ['codial', '^POST /v1/commandes/[^/]+/reglements'],
  ['colissimo', '/generateLabel'],
  ['codial', '^POST /v1/livraisons/[^/]+/suivi'],
  ['codial', '^POST /v1/livraisons/[^/]+/expedition'],
  ['codial', '^POST /v1/livraisons/[^/]+/evenements-suivi'],
  ['shop', '^POST .*/notes'],
  ['shop', '^PUT .*/orders/'],
] as const

const FAULTS: Record<string, Omit<Fault, 'match'>> = {
  'the connection is cut before the effect': { drop: 'before' },
  'the reply is lost after the effect': { drop: 'after' },
  'half a body comes back after the effect': { cut: true },
  '429 with Retry-After': { status: 429, headers: { 'Retry-After': '1' } },
  '500 without an effect': { status: 500 },
  '503 with an HTML page': { status: 503, contentType: 'text/html', body: '<html><h1>Maintenance</h1></html>' },
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`${name}, on each effect: every effect is counted once`, async () => {
    const { world, db } = company
    const earlier = totalsOf(world)
    for (const [server, match] of EFFECTS) world[server].faults.add({ match, ...fault })
    const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
    await live(id)
    const now = totalsOf(world)
    const difference = Object.fromEntries(Object.entries(now).map(([kind, n]) => [kind, n - (earlier[kind] ?? 0)]))
    assert.deepEqual(difference, ONE_ORDER)
    assertNothingTwice(world)
    assert.equal((await orderRow(db, id))?.outcome, 'settled')
    for (const [server] of EFFECTS) assert.deepEqual(world[server].faults.list(), [], 'each fault was met')
  })
}

/** One order from the shop to its end, deciding what waits. */
async function live(id: string): Promise<void> {
  const { world, db } = company
  let invoiced = false
  for (const end = Date.now() + 60_000; ; await delay(20)) {
    await company.tick()
    await decideAll(company)
    const row = await orderRow(db, id)
    const notes = world.codial.deliveryNotes().filter((n) => n.reference_web === id)
    if (row?.erp_number && notes.length === 0) pack(world, row.erp_number)
    if (row?.erp_number && notes[0]?.statut === 'expediee') {
      if (!invoiced) world.codial.invoice(row.erp_number)
      invoiced = true
      world.colissimo.advance() // a parcel moves once it has left
    }
    if (row?.closed_at) return
    if (Date.now() > end)
      throw new Error(
        `order ${id} did not end: ${JSON.stringify(await db.selectFrom('parked_steps').selectAll().execute())}`,
      )
  }
}

test('the mail server refuses, hangs up early or late: the customer never gets a letter twice, and the screen says the truth', async () => {
  const { world, db } = company
  world.mailbox.smtpFaults.add({ at: 'rcpt', reply: { code: 451, message: 'later' } })
  world.mailbox.smtpFaults.add({ at: 'data-start', drop: 'before' })
  world.mailbox.smtpFaults.add({ at: 'data-end', match: 'expédiée', drop: 'after' })
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await live(id)
  const mails = world.mailbox.mails().filter(({ messageId }) => messageId.includes(`.${id}.`))
  assert.equal(mails.length, 4)
  assertNothingTwice(world)
  const doubt = await db
    .selectFrom('operations')
    .selectAll()
    .where('web_id', '=', id)
    .where('type', '=', 'Décision')
    .execute()
  assert.deepEqual(
    doubt.map((d) => [d.step, d.operator, d.branch]),
    [['send tracking e-mail', 'marie', 'LYON']],
  )
})

test('an ERP that is down for long is waited for slowly, then a person is asked, and one decision goes on from that step', async () => {
  const { world, db } = company
  world.codial.faults.add({ match: '^POST /v1/commandes$', status: 503, times: 17 })
  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  await company.tick()
  const parked = await until('it is parked', () =>
    db.selectFrom('parked_steps').selectAll().where('web_id', '=', id).executeTakeFirst(),
  )
  assert.equal(parked.code, 'unavailable')
  assert.equal(parked.step, 'register')
  assert.deepEqual(world.codial.faults.list(), [], 'five quick tries and twelve slow ones')
  await live(id)
  assertNothingTwice(world)
})
