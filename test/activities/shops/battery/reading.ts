import assert from 'node:assert/strict'
import { it } from 'node:test'
import { inWorld, readAll, readIn, refuses, type ShopHarness, type World } from './harness.ts'

type Case = (world: World, harness: ShopHarness) => Promise<void>

const places = (count: number, place: () => { id: string }) => Array.from({ length: count }, () => place().id)

const CASES: Record<string, Case> = {
  'a shop without orders shows none': async ({ shop, since }) => {
    assert.deepEqual(await readAll(shop, since), [])
  },
  'nothing changed after a moment to come': async ({ shop, sandbox }, { templates }) => {
    sandbox.placeOrder({ template: templates.paid, seed: 0 })
    const since = new Date(Date.now() + 3_600_000).toISOString()
    assert.deepEqual(await readAll(shop, since), [])
  },
  'an order is read with its status, number and moments': async ({ shop, sandbox, since }, { templates, words }) => {
    const { id, number } = sandbox.placeOrder({ template: templates.paid, seed: 0 })
    const order = await shop.readOrder(id)
    assert.deepEqual([order.webId, order.number, order.webStatus], [id, number, words.imported])
    assert.match(order.placedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    assert.ok(Date.parse(order.modifiedAt) > Date.parse(since))
    assert.equal(await shop.readStatus(id), words.imported)
  },
  'an order is the same read alone and in the list': async ({ shop, sandbox, since }, { templates }) => {
    for (const template of [templates.paid, templates.unpaid]) {
      const { id } = sandbox.placeOrder({ template, seed: 1 })
      assert.deepEqual(await readIn(shop, since, id), await shop.readOrder(id))
    }
  },
  'an order that the shop does not know is refused': async (ground) => {
    await refuses(ground, () => ground.shop.readOrder('999999'), 'refused')
    await refuses(ground, () => ground.shop.readStatus('999999'), 'refused')
  },
  'an older change is left out, one within the overlap comes again': async (
    { shop, sandbox, since, wait },
    { templates },
  ) => {
    const older = sandbox.placeOrder({ template: templates.paid, seed: 1 }).id
    wait(60)
    const newer = sandbox.placeOrder({ template: templates.paid, seed: 2 }).id
    const { modifiedAt } = await shop.readOrder(newer)
    const idsSince = async (ms: number) => (await readAll(shop, new Date(ms).toISOString())).map(({ webId }) => webId)
    assert.deepEqual(await idsSince(Date.parse(modifiedAt) - 5_000), [newer])
    assert.deepEqual(await idsSince(Date.parse(modifiedAt) - 120_000), [older, newer])
    assert.deepEqual((await readAll(shop, since)).length, 2)
  },
  '260 orders of one second come once each, over the borders of pages': async (
    { shop, sandbox, since },
    { templates },
  ) => {
    const placed = places(260, () => sandbox.placeOrder({ template: templates.paid }))
    const read = (await readAll(shop, since)).map(({ webId }) => webId)
    assert.deepEqual(read.toSorted(), placed.toSorted())
  },
  '260 orders of many seconds come once each, oldest change first': async (
    { shop, sandbox, since, wait },
    { templates },
  ) => {
    const placed = places(260, () => {
      wait(0.25)
      return sandbox.placeOrder({ template: templates.paid })
    })
    wait(1)
    for (const id of placed.slice(0, 30)) sandbox.changeAddress(id)
    const read = await readAll(shop, since)
    assert.deepEqual(read.map(({ webId }) => webId).toSorted(), placed.toSorted())
    const moments = read.map(({ modifiedAt }) => Date.parse(modifiedAt))
    assert.ok(moments.every((moment, i) => i === 0 || moment >= (moments[i - 1] ?? 0)))
    assert.deepEqual(
      read
        .slice(-30)
        .map(({ webId }) => webId)
        .toSorted(),
      placed.slice(0, 30).toSorted(),
    )
  },
  'a thousand orders are read by pages of at most a hundred': async ({ shop, sandbox, since }, { templates }) => {
    const placed = places(1_000, () => sandbox.placeOrder({ template: templates.paid }))
    const seen = new Set<string>()
    let page: string | null = null
    let pages = 0
    do {
      const reading: Awaited<ReturnType<typeof shop.readChangedOrders>> = await shop.readChangedOrders({
        since,
        page,
      })
      assert.ok(reading.orders.length <= 100)
      for (const { webId } of reading.orders) seen.add(webId)
      pages += 1
      page = reading.next
    } while (page !== null && pages < 200)
    assert.equal(seen.size, placed.length)
    assert.ok(pages >= 10 && pages < 200, `${pages} pages`)
  },
}

/** What changed since a moment, page by page, and one order. */
export function checkReading(harness: ShopHarness): void {
  for (const [name, check] of Object.entries(CASES)) it(name, () => inWorld(harness, (world) => check(world, harness)))
}
