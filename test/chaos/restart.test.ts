import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saveMapping } from '../../db/mappings.ts'
import { openCompany, parkedOf, SITE, travel, until } from '../support/company.ts'
import { assertNothingTwice, totalsOf } from '../support/effects.ts'
import { openFleet } from '../support/fleet.ts'

test('an order that waits for a person survives a restart; one decision goes on, earlier steps are not repeated', async () => {
  const company = await openCompany({ namespace: 'restart', workers: 'none' })
  const fleet = openFleet(company.plan)
  try {
    await fleet.ready()
    const { world, db } = company
    const { id } = world.shop.placeOrder({ template: 'unknown-item', seed: 0 })
    await company.tick()
    await until('it is parked', async () => (await parkedOf(db, id)).length > 0)
    await fleet.kill()
    await fleet.ready()
    const earlier = totalsOf(world)
    await saveMapping(db, { site: SITE, operator: 'marie', kind: 'item', source: 'INCONNU-9', target: 'SAV-001' })
    await company.decide(id, 'register', 'retry')
    assert.equal((await travel(company, id)).outcome, 'settled')
    assert.deepEqual(earlier, {})
    assert.equal(totalsOf(world).commande, 1)
    assertNothingTwice(world)
  } finally {
    await fleet.close()
    await company.close()
  }
})

test('a worker that keeps no workflow in memory replays every task, and the order comes out the same', async () => {
  const company = await openCompany({ namespace: 'demo', maxCachedWorkflows: 0 })
  try {
    const { id } = company.world.shop.placeOrder({ template: 'paid-card', seed: 0 })
    await company.tick()
    assert.equal((await travel(company, id)).outcome, 'settled')
    assertNothingTwice(company.world)
  } finally {
    await company.close()
  }
})
