import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Unavailable } from '../../../../domain/failures.ts'
import type { Fault } from '../../../../sandbox/kit.ts'
import { fails, inWorld, type ShopHarness, type World } from './harness.ts'
import { parcel } from './writing.ts'

const NUMBER = '6A99999999999'
const TEXT = "Préparée à l'atelier"
const INVOICE = { number: 'FA26-000077', url: 'https://connecteur.example/documents/x' }
const HTML = {
  contentType: 'text/html; charset=UTF-8',
  body: '<!DOCTYPE html><html lang="fr"><p>Bientôt de retour</p>',
}

type Calls = Record<string, () => Promise<unknown>>

const readsOf = ({ shop, since }: World, webId: string): Calls => ({
  readChangedOrders: () => shop.readChangedOrders({ since, page: null }),
  readOrder: () => shop.readOrder(webId),
  readStatus: () => shop.readStatus(webId),
  showsTracking: () => shop.showsTracking({ webId, trackingNumber: NUMBER }),
  showsComment: () => shop.showsComment({ webId, text: TEXT }),
  ...(shop.abilities.invoice === 'none'
    ? {}
    : { showsInvoice: () => shop.showsInvoice({ webId, number: INVOICE.number }) }),
})

const writesOf = ({ shop }: World, webId: string, status: string): Calls => ({
  pushStatus: () => shop.pushStatus({ webId, status }),
  pushTracking: () => shop.pushTracking({ webId, tracking: parcel(NUMBER) }),
  pushComment: () => shop.pushComment({ webId, text: TEXT, forCustomer: false }),
  ...(shop.abilities.invoice === 'none' ? {} : { publishInvoice: () => shop.publishInvoice({ webId, ...INVOICE }) }),
})

/** Faults that leave everything undone, and what the failure must say. */
const UNDONE: Record<string, { fault: Omit<Fault, 'match'>; says?: (failure: Unavailable) => void }> = {
  'a connection cut before anything': { fault: { drop: 'before' } },
  'too many requests, with how long to wait': {
    fault: { status: 429, headers: { 'retry-after': '7' } },
    says: ({ retryAfterMs, nothingHappened }) => assert.deepEqual([retryAfterMs, nothingHappened], [7_000, true]),
  },
  'an error of the server': {
    fault: { status: 500 },
    says: ({ nothingHappened }) => assert.equal(nothingHappened, false),
  },
  maintenance: {
    fault: { status: 503, headers: { 'retry-after': '600' }, ...HTML },
    says: ({ retryAfterMs }) => assert.equal(retryAfterMs, 600_000),
  },
  'a page for people instead of a reply': { fault: { status: 200, ...HTML } },
  'an empty reply': { fault: { status: 200, body: '' } },
}

/** Whatever the shop answers, the failure says whether to wait, and each effect comes once. */
export function checkFaults(harness: ShopHarness): void {
  for (const [name, { fault, says }] of Object.entries(UNDONE)) {
    it(`${name}: every call waits, and goes through once it is over`, () =>
      withOrder(harness, async (world, webId) => {
        const calls = { ...readsOf(world, webId), ...writesOf(world, webId, harness.words.complete) }
        for (const [call, work] of Object.entries(calls)) {
          world.sandbox.faults.add({ match: '.', times: 1_000, ...fault })
          const failure = await fails(world, work).catch((error) => assert.fail(`${call}: ${error}`))
          says?.(failure)
          world.sandbox.faults.clear()
        }
        for (const work of Object.values(calls)) await work()
        isDoneOnce(world, webId, harness)
      }))
  }
  it('a reply cut in its middle: every look waits', () =>
    withOrder(harness, async (world, webId) => {
      for (const work of Object.values(readsOf(world, webId))) {
        world.sandbox.faults.add({ match: '.', times: 1_000, cut: true })
        await fails(world, work)
        world.sandbox.faults.clear()
        await work()
      }
    }))
  for (const drop of ['before', 'after'] as const) {
    it(`a write cut ${drop} its effect: the look-up tells, and it is done once`, () =>
      withOrder(harness, async (world, webId) => {
        for (const { match, work, isShown } of stepsOf(harness, world, webId)) {
          world.sandbox.faults.add({ match, drop })
          await fails(world, work)
          world.sandbox.faults.clear()
          if (drop === 'before') assert.equal(await isShown(), false)
          if (!(await isShown())) await work()
          assert.equal(await isShown(), true)
        }
        isDoneOnce(world, webId, harness)
      }))
  }
}

/** Each write with the request that has its effect, and the look that tells whether it was done. */
function stepsOf(harness: ShopHarness, world: World, webId: string) {
  const { shop } = world
  const writes = writesOf(world, webId, harness.words.complete)
  const looks: Record<string, { match: string; isShown: () => Promise<boolean> }> = {
    pushStatus: {
      match: harness.writes.status,
      isShown: async () => (await shop.readStatus(webId)) === harness.words.complete,
    },
    pushTracking: {
      match: harness.writes.tracking,
      isShown: () => shop.showsTracking({ webId, trackingNumber: NUMBER }),
    },
    pushComment: { match: harness.writes.comment, isShown: () => shop.showsComment({ webId, text: TEXT }) },
    publishInvoice: {
      match: harness.writes.invoice,
      isShown: () => shop.showsInvoice({ webId, number: INVOICE.number }),
    },
  }
  return Object.entries(looks).flatMap(([name, look]) => {
    const work = writes[name]
    return work ? [{ work, ...look }] : []
  })
}

function isDoneOnce({ sandbox, shop }: World, webId: string, { words }: ShopHarness): void {
  const { status, tracking, invoice } = sandbox.order(webId)
  assert.equal(status, words.complete)
  assert.deepEqual(tracking, [NUMBER])
  assert.equal((invoice ?? '').includes(INVOICE.number), shop.abilities.invoice !== 'none')
}

const withOrder = (harness: ShopHarness, run: (world: World, webId: string) => Promise<void>) =>
  inWorld(harness, async (world) => {
    const { id } = world.sandbox.placeOrder({ template: harness.templates.paid, seed: 0 })
    world.wait(10)
    await run(world, id)
  })
