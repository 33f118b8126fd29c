import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openMagento } from '../../activities/shops/magento/magento.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { admit } from '../../domain/admission.ts'
import { Refused } from '../../domain/failures.ts'
import { MAGENTO_RULES } from '../../domain/site.ts'
import { startMagento } from '../../sandbox/shops/magento/server.ts'

const login = {
  consumerKey: 'k'.repeat(32),
  consumerSecret: 's'.repeat(32),
  accessToken: 't'.repeat(32),
  accessSecret: 'x'.repeat(32),
}
type Sandbox = Awaited<ReturnType<typeof startMagento>>
type Version = NonNullable<Parameters<typeof startMagento>[0]['version']>
const VERSIONS: Version[] = ['2.3.7', '2.4.6', '2.4.7', '2.4.8']

/** Codes that only the ERP can know to be unknown. */
const BY_THE_ERP = ['unknown-item', 'unknown-vat-rate']

async function within(version: Version, work: (shop: Shop, box: Sandbox) => Promise<void>): Promise<void> {
  const box = await startMagento({ login, version })
  try {
    await work(openMagento({ site: 'boutique-bio', url: box.url, login }), box)
  } finally {
    await box.close()
  }
}

for (const version of VERSIONS) {
  describe(`a Magento ${version} with a signed login`, () => {
    it('gives every order once, with its total', () =>
      within(version, async (shop, box) => {
        const placed = Array.from({ length: 120 }, (_, seed) => box.placeOrder({ seed }))
        const seen = new Map<string, string | null>()
        for (let page: string | null = null; ; ) {
          const read = await shop.readChangedOrders({ since: '2020-01-01T00:00:00Z', page })
          for (const each of read.orders) {
            assert.ok(!seen.has(each.webId), each.webId)
            if ('order' in each) assert.equal(each.order.total, box.order(each.webId).total)
            seen.set(
              each.webId,
              'refusal' in each ? each.refusal.code : parkedAs(() => admit(each.order, MAGENTO_RULES)),
            )
          }
          page = read.next
          if (page === null) break
        }
        assert.deepEqual(
          placed.map(({ id }) => seen.get(id)),
          placed.map(({ expectedParked }) => (BY_THE_ERP.includes(expectedParked ?? '') ? null : expectedParked)),
        )
      }))

    it('carries an order to its end, each step visible to its customer', () =>
      within(version, async (shop, box) => {
        const { id: webId } = box.placeOrder({ seed: 1 })
        box.markPaid(webId)
        for (const trackingNumber of ['6A1', '6A2']) {
          const tracking = { carrier: 'COLISSIMO', trackingNumber, trackingUrl: 'https://t.example.test/' }
          await shop.pushTracking({ webId, tracking })
          assert.equal(await shop.showsTracking({ webId, trackingNumber }), true)
        }
        await shop.pushStatus({ webId, status: 'complete' })
        await shop.pushStatus({ webId, status: 'complete' })
        await shop.pushStatus({ webId, status: 'closed' })
        await shop.pushComment({ webId, text: 'Bonjour', forCustomer: true })
        await shop.publishInvoice({ webId, number: 'FA26-1', url: 'https://erp.example.test/f.pdf' })
        assert.equal(await shop.showsInvoice({ webId, number: 'FA26-1' }), true)
        assert.equal(await shop.showsComment({ webId, text: 'Bonjour' }), true)
        box.refund(webId, 500)
        const { status, tracking, comments, invoice, refunds } = box.order(webId)
        assert.deepEqual([status, await shop.readStatus(webId), tracking], ['complete', 'complete', ['6A1', '6A2']])
        assert.ok(comments.includes('Bonjour') && invoice?.includes('FA26-1'))
        const { refunds: ours, payments, total } = await shop.readOrder(webId)
        assert.deepEqual([ours.map((r) => r.amount), refunds.map((r) => r.amount)], [[500], [500]])
        assert.deepEqual(
          payments.map((p) => p.amount),
          [total],
        )
      }))

    it('cancels what waits, and not what was paid', () =>
      within(version, async (shop, box) => {
        const placed = Array.from({ length: 30 }, (_, seed) => box.placeOrder({ seed }))
        const statuses = await Promise.all(placed.map(({ id }) => shop.readStatus(id)))
        const [waiting, paid] = ['pending', 'processing'].map((s) => placed[statuses.indexOf(s)]?.id ?? '')
        assert.ok(waiting && paid)
        await shop.pushStatus({ webId: waiting, status: 'canceled' })
        assert.equal(box.order(waiting).status, 'canceled')
        await assert.rejects(shop.pushStatus({ webId: paid, status: 'canceled' }), Refused)
        assert.ok((await shop.checkConnection()).every(({ ok }) => ok))
      }))
  })
}

function parkedAs(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}
