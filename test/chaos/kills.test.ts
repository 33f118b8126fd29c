import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Company, openCompany, orderRow, pack, until } from '../support/company.ts'
import { assertNothingTwice, ONE_ORDER, totalsOf } from '../support/effects.ts'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { decideAll } from '../support/person.ts'

let company: Company
let fleet: Fleet
before(async () => {
  company = await openCompany({ namespace: 'chaos', workers: 'none', patience: { attempt: 1_500 } })
  fleet = openFleet(company.plan)
  await fleet.ready()
})
after(async () => {
  await fleet.close()
  await company.close()
})

/** Kills the worker on the first request that matches, before its effect, and on the next one, after its effect. */
function killAround(server: 'shop' | 'codial' | 'colissimo', match: string, times = 1): void {
  const kill = (): Promise<void> => fleet.kill()
  for (let i = 0; i < times; i += 1) {
    company.world[server].faults.add({ match, drop: 'before', hook: { when: 'before', run: kill } })
    company.world[server].faults.add({ match, drop: 'after', hook: { when: 'after', run: kill } })
  }
}

function killAroundMails(subject: string): void {
  const { smtpFaults } = company.world.mailbox
  smtpFaults.add({ at: 'data-end', match: subject, drop: 'before', hook: { when: 'before', run: () => fleet.kill() } })
  smtpFaults.add({ at: 'data-end', match: subject, drop: 'after', hook: { when: 'after', run: () => fleet.kill() } })
}

test('a worker killed before and after each effect: every effect is counted once on the other side', async () => {
  const { world, db } = company
  killAround('codial', '^POST /v1/commandes$')
  killAround('codial', '^POST /v1/commandes/[^/]+/reglements')
  killAround('colissimo', 'generateLabel')
  killAround('codial', '^POST /v1/livraisons/[^/]+/suivi')
  killAround('codial', '^POST /v1/livraisons/[^/]+/expedition')
  killAround('codial', '^POST /v1/livraisons/[^/]+/evenements-suivi')
  killAround('shop', '^POST .*/notes')
  killAround('shop', '^PUT .*/orders/', 2) // the status, then the link to the invoice
  for (const subject of ['enregistrée', 'expédiée', 'facture']) killAroundMails(subject)

  const { id } = world.shop.placeOrder({ template: 'paid-card', seed: 0 })
  const decisions: string[] = []
  const ended = untilEnded(id, decisions)
  const erpNumber = await until('the order is in Codial', async () => (await orderRow(db, id))?.erp_number, 90_000)
  const note = pack(world, erpNumber)
  await until(
    'it is shipped',
    () => world.codial.deliveryNotes().find((n) => n.numero === note)?.statut === 'expediee',
    90_000,
  )
  world.codial.invoice(erpNumber)
  await ended

  assert.equal(fleet.killed(), 24, 'each kill happened')
  assert.deepEqual(totalsOf(world), ONE_ORDER)
  assertNothingTwice(world)
  assert.deepEqual(
    decisions.filter((d) => !d.startsWith('make label') && !d.startsWith('send')),
    [],
    'only purchases and letters ask a person',
  )
})

/** Runs the errands and decides what waits, until the order's life has ended. */
async function untilEnded(id: string, decisions: string[]): Promise<void> {
  const { world, db } = company
  for (const end = Date.now() + 240_000; ; await delay(50)) {
    await company.tick().catch(() => undefined)
    if (world.codial.deliveryNotes().some(({ statut }) => statut === 'expediee')) world.colissimo.advance()
    await decideAll(company, { taken: decisions })
    if ((await orderRow(db, id))?.closed_at) return
    if (Date.now() > end)
      throw new Error(
        `the order did not end: ${JSON.stringify(await db.selectFrom('parked_steps').selectAll().execute())}`,
      )
  }
}
