import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openPrestaShop } from '../../activities/shops/prestashop/prestashop.ts'
import type { ReadOrder, Shop } from '../../activities/shops/shop.ts'
import { admit } from '../../domain/admission.ts'
import { Refused } from '../../domain/failures.ts'
import { PRESTASHOP_RULES } from '../../domain/site.ts'
import { startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'

const KEY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

async function withShop(
  version: '1.7.8' | '8.2.1',
  work: (o: { world: Awaited<ReturnType<typeof startPrestaShop>>; shop: Shop }) => Promise<void>,
): Promise<void> {
  const world = await startPrestaShop({ key: KEY, version })
  try {
    await work({ world, shop: openPrestaShop({ site: 'boutique-bio', url: world.url, key: KEY, settleMs: -2000 }) })
  } finally {
    await world.close()
  }
}

async function readAll(shop: Shop, since: string): Promise<ReadOrder[]> {
  const all: ReadOrder[] = []
  let page: string | null = null
  do {
    const read: Awaited<ReturnType<Shop['readChangedOrders']>> = await shop.readChangedOrders({ since, page })
    all.push(...read.orders)
    page = read.next
  } while (page !== null)
  return all
}

/** What the ERP refuses, once the connector has let it through. */
const ERP_ONLY = ['unknown-item', 'unknown-vat-rate']

/** The code with which an order is parked, null when it travels. */
function parkedBy(read: ReadOrder): string | null {
  if ('refusal' in read) return read.refusal.code
  try {
    const order = admit(read.order, PRESTASHOP_RULES)
    assert.equal(
      order.gross,
      order.lines.reduce((sum, line) => sum + line.gross, 0),
    )
    return null
  } catch (error) {
    assert.ok(error instanceof Refused, String(error))
    return error.code
  }
}

for (const version of ['1.7.8', '8.2.1'] as const) {
  describe(`a PrestaShop ${version} of the sandbox`, () => {
    it('sells 120 orders that travel or park as they must', () =>
      withShop(version, async ({ world, shop }) => {
        const since = new Date(Date.now() - 60_000).toISOString()
        const placed = Array.from({ length: 120 }, (_, seed) => world.placeOrder({ seed }))
        const read = new Map((await readAll(shop, since)).map((one) => [one.webId, one]))
        const wrong = placed.flatMap(({ id, template, expectedParked }) => {
          const one = read.get(id)
          const parked = one ? parkedBy(one) : 'not read'
          const ours = expectedParked && ERP_ONLY.includes(expectedParked) ? null : expectedParked
          return parked === ours ? [] : [`${template}: ${parked}, not ${expectedParked}`]
        })
        assert.deepEqual([...new Set(wrong)], [])
        for (const { id } of placed) {
          const one = read.get(id)
          if (one && 'order' in one) assert.equal(one.order.total, world.order(id).total)
        }
      }))

    it('is written to, and shows what was written', () =>
      withShop(version, async ({ world, shop }) => {
        const { id: webId } = world.placeOrder({ seed: 1 })
        for (const status of ['2', '3', '3', '4']) await shop.pushStatus({ webId, status })
        assert.equal(await shop.readStatus(webId), '4')
        for (const trackingNumber of ['6A1', '6A2']) {
          assert.equal(await shop.showsTracking({ webId, trackingNumber }), false)
          await shop.pushTracking({
            webId,
            tracking: { carrier: 'COLISSIMO', trackingNumber, trackingUrl: 'https://x.test' },
          })
          assert.equal(await shop.showsTracking({ webId, trackingNumber }), true)
        }
        await shop.pushComment({ webId, text: 'Bonjour & merci', forCustomer: true })
        assert.equal(await shop.showsComment({ webId, text: 'Bonjour & merci' }), true)
        await shop.pushComment({ webId, text: 'Pour nous <seuls>', forCustomer: false })
        assert.equal(await shop.showsComment({ webId, text: 'Pour nous <seuls>' }), true)
        await shop.publishInvoice({ webId, number: 'FA26-1', url: 'https://erp.example.test/f/1.pdf?a=1&b=2' })
        assert.equal(await shop.showsInvoice({ webId, number: 'FA26-1' }), true)
        assert.equal(await shop.showsInvoice({ webId, number: 'FA26-2' }), false)
        const shown = world.order(webId)
        assert.equal(shown.status, '4')
        assert.deepEqual(shown.tracking.join(', '), '6A1, 6A2')
        assert.match(shown.invoice ?? '', /FA26-1/)
        assert.ok(shown.comments.includes('Bonjour & merci'))
        await assert.rejects(
          shop.pushStatus({ webId, status: '77' }),
          (e) => e instanceof Refused && /« 77 »/.test(e.remedy),
        )
        assert.equal((await shop.readOrder(webId)).payments.length, 1)
      }))

    it('tells of a refund that moved no date', () =>
      withShop(version, async ({ world, shop }) => {
        const { id } = world.placeOrder({ seed: 2 })
        world.markPaid(id)
        world.refund(id, 300)
        const read = await readAll(shop, new Date(Date.now() - 60_000).toISOString())
        assert.deepEqual(
          read.map((one) => [one.webId, 'order' in one ? one.order.refunds.map((r) => r.amount) : one.refusal]),
          [[id, [300]]],
        )
      }))

    it('passes the connection check', () =>
      withShop(version, async ({ shop }) => {
        assert.deepEqual(
          (await shop.checkConnection()).filter(({ ok }) => !ok),
          [],
        )
      }))
  })
}
