import assert from 'node:assert/strict'
import { it } from 'node:test'
import { admit } from '../../../../domain/admission.ts'
import { inWorld, readIn, type ShopHarness, type World } from './harness.ts'

type Case = (world: World, harness: ShopHarness) => Promise<void>

/** Places an order, lets time go by, does something to it; gives what a reading from there on shows. */
async function after({ shop, sandbox, since, wait }: World, template: string, act: (id: string) => void) {
  const { id } = sandbox.placeOrder({ template, seed: 0 })
  const before = await readIn(shop, since, id)
  wait(30)
  act(id)
  wait(1)
  const order = await readIn(shop, new Date(Date.parse(before.modifiedAt) + 5_000).toISOString(), id)
  assert.ok(Date.parse(order.modifiedAt) > Date.parse(before.modifiedAt))
  return { id, before, order }
}

const CASES: Record<string, Case> = {
  'an unpaid order waits and has no payment': async ({ shop, sandbox, rules }, { templates, words }) => {
    const { id } = sandbox.placeOrder({ template: templates.unpaid, seed: 0 })
    const { webStatus, payments } = await shop.readOrder(id)
    assert.deepEqual([webStatus, payments], [words.awaiting, []])
    assert.equal(rules.admission[webStatus], 'wait')
  },
  'a paid order has one payment of its total': async ({ shop, sandbox, rules }, { templates }) => {
    const { id } = sandbox.placeOrder({ template: templates.paid, seed: 0 })
    const { webStatus, payments, total } = await shop.readOrder(id)
    assert.deepEqual(
      payments.map(({ amount }) => amount),
      [total],
    )
    assert.equal(rules.admission[webStatus], 'import')
  },
  'money that comes later is seen once': async (world, { templates }) => {
    const { id, before, order } = await after(world, templates.unpaid, (it) => world.sandbox.markPaid(it))
    assert.deepEqual(before.payments, [])
    assert.equal(order.payments.length, 1)
    assert.equal(order.payments[0]?.amount, order.total)
    assert.equal(world.rules.admission[order.webStatus], 'import')
    assert.deepEqual((await world.shop.readOrder(id)).payments, order.payments)
  },
  'the same money is never seen twice, whatever happens to the order': async (
    { shop, sandbox, wait },
    { templates },
  ) => {
    const { id } = sandbox.placeOrder({ template: templates.unpaid, seed: 0 })
    sandbox.markPaid(id)
    const seen = new Set<string>()
    const acts = [sandbox.markPaid, sandbox.changeAddress, (it: string) => sandbox.refund(it, 100)]
    for (const act of [() => undefined, ...acts]) {
      wait(5)
      act(id)
      for (const payment of (await shop.readOrder(id)).payments) seen.add(payment.id)
    }
    assert.equal(seen.size, 1)
  },
  'some money given back': async (world, { templates }) => {
    const { id, before, order } = await after(world, templates.paid, (it) => world.sandbox.refund(it, 500))
    assert.deepEqual([before.refunds.length, order.refunds.length], [0, 1])
    assert.equal(order.refunds[0]?.amount, 500)
    assert.equal(order.total, before.total)
    assert.deepEqual(order.payments, before.payments)
    const known = order.refunds.map((refund) => refund.id)
    world.wait(10)
    world.sandbox.refund(id, 250)
    const later = await world.shop.readOrder(id)
    assert.deepEqual(
      later.refunds.filter(({ id: it }) => !known.includes(it)).map(({ amount }) => amount),
      [250],
    )
    assert.equal(later.refunds.length, 2)
  },
  'all money given back': async (world, { templates }) => {
    const { id, order } = await after(world, templates.paid, (it) => world.sandbox.refund(it))
    assert.deepEqual(
      order.refunds.map(({ amount }) => amount),
      [order.total],
    )
    assert.equal(order.webStatus, world.sandbox.order(id).status)
  },
  'another delivery address': async (world, { templates }) => {
    const { before, order } = await after(world, templates.paid, world.sandbox.changeAddress)
    assert.notDeepEqual(order.shipping, before.shipping)
    assert.ok(order.shipping.lines.length > 0 && order.shipping.city)
    assert.deepEqual([order.total, order.payments], [before.total, before.payments])
  },
  'one more of an item': async (world, { templates }) => {
    const { id, before, order } = await after(world, templates.unpaid, world.sandbox.changeLines)
    assert.equal(order.lines[0]?.quantity, (before.lines[0]?.quantity ?? 0) + 1)
    assert.ok(order.total > before.total)
    assert.equal(order.total, world.sandbox.order(id).total)
    assert.equal(admit(order, world.rules).gross, order.total)
  },
  'a cancelled order': async (world, { templates, words }) => {
    const { order } = await after(world, templates.unpaid, world.sandbox.cancel)
    assert.equal(order.webStatus, words.cancelled)
    assert.equal(world.rules.admission[order.webStatus], 'ignore')
  },
  'a status moved by the merchant': async (world, { templates, words }) => {
    const { order } = await after(world, templates.paid, (it) => world.sandbox.moveStatus(it, words.complete))
    assert.equal(order.webStatus, words.complete)
  },
}

/** What customers and the merchant do to an order is seen in a later reading. */
export function checkChanges(harness: ShopHarness): void {
  for (const [name, check] of Object.entries(CASES)) it(name, () => inWorld(harness, (world) => check(world, harness)))
}
