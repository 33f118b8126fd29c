import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Refused } from '../../../../domain/failures.ts'
import { inWorld, refuses, type ShopHarness, type World } from './harness.ts'

/** A parcel as the connector shows it. */
export const parcel = (trackingNumber: string) => ({
  carrier: 'COLISSIMO',
  trackingNumber,
  trackingUrl: `https://suivi.example/outils/suivre-vos-envois?code=${encodeURIComponent(trackingNumber)}&lang=fr`,
})
const INVOICE = { number: 'FA26-000045', url: 'https://connecteur.example/documents/abc?signature=d%2Fe&expires=1' }

/** Status, parcels, comments and invoices, each with its look-up. */
export function checkWriting(harness: ShopHarness): void {
  checkStatuses(harness)
  checkParcels(harness)
  checkComments(harness)
  checkInvoices(harness)
}

const own = (harness: ShopHarness, run: (world: World, webId: string) => Promise<void>) => () =>
  inWorld(harness, async (world) => {
    const { id } = world.sandbox.placeOrder({ template: harness.templates.paid, seed: 0 })
    world.wait(10)
    await run(world, id)
  })

function checkStatuses(harness: ShopHarness): void {
  const { templates, words, mentioned = [] } = harness
  it('every status of the rules is shown, or left where the platform has no way', () =>
    inWorld(harness, async (world) => {
      const statuses = new Set(Object.values(world.rules.shopStatuses).filter((status) => status !== null))
      for (const status of statuses) {
        const template = status === words.cancelled ? templates.unpaid : templates.paid
        const { id: webId } = world.sandbox.placeOrder({ template, seed: 0 })
        const push = () => world.shop.pushStatus({ webId, status })
        const expected = mentioned.includes(status) ? world.sandbox.order(webId).status : status
        await push().catch((error) => assert.ok(error instanceof Refused && mentioned.includes(status), String(error)))
        assert.equal(world.sandbox.order(webId).status, expected)
        assert.equal(await world.shop.readStatus(webId), expected)
      }
    }))
  it(
    'the same status again has no effect',
    own(harness, async ({ shop, sandbox, wait }, webId) => {
      await shop.pushStatus({ webId, status: words.complete })
      const [order, shown] = [await shop.readOrder(webId), sandbox.order(webId)]
      wait(30)
      await shop.pushStatus({ webId, status: words.complete })
      assert.deepEqual(await shop.readOrder(webId), order)
      assert.deepEqual(sandbox.order(webId), shown)
    }),
  )
  it(
    'a status that the shop does not have is refused, and leaves the order as it is',
    own(harness, async (world, webId) => {
      const push = () => world.shop.pushStatus({ webId, status: 'en-route' })
      if (mentioned.length > 0) await push()
      else await refuses(world, push, 'refused')
      assert.equal(world.sandbox.order(webId).status, words.imported)
    }),
  )
  it(
    'writing on an order that the shop does not know is refused',
    own(harness, async (world) => {
      const webId = '999999'
      await refuses(world, () => world.shop.pushStatus({ webId, status: words.complete }), 'refused')
      await refuses(world, () => world.shop.pushTracking({ webId, tracking: parcel('6A1') }), 'refused')
      await refuses(world, () => world.shop.pushComment({ webId, text: 'Bonjour', forCustomer: false }), 'refused')
    }),
  )
}

function checkParcels(harness: ShopHarness): void {
  for (const count of [1, 2, 3]) {
    it(
      `${count} parcel${count > 1 ? 's' : ''}`,
      own(harness, async ({ shop, sandbox }, webId) => {
        const numbers = ['6A11111111111', '6A22222222222', '6A33333333333'].slice(0, count)
        for (const trackingNumber of numbers) {
          assert.equal(await shop.showsTracking({ webId, trackingNumber }), false)
          await shop.pushTracking({ webId, tracking: parcel(trackingNumber) })
        }
        for (const trackingNumber of numbers) assert.equal(await shop.showsTracking({ webId, trackingNumber }), true)
        if (shop.abilities.severalParcels || count === 1) {
          const shown = sandbox.order(webId).tracking.flatMap((text) => text.split(/[,\s]+/)) // one field may hold several
          assert.deepEqual(shown, numbers)
        }
      }),
    )
  }
  it(
    'a number with other characters, known by its whole only',
    own(harness, async ({ shop, sandbox }, webId) => {
      await shop.pushTracking({ webId, tracking: parcel('JD0-1234.56_78') })
      assert.equal(await shop.showsTracking({ webId, trackingNumber: 'JD0-1234.56_78' }), true)
      for (const trackingNumber of ['JD0-1234', 'D0-1234.56_78', 'JD0-1234x56_78'])
        assert.equal(await shop.showsTracking({ webId, trackingNumber }), false, trackingNumber)
      assert.equal(sandbox.order(webId).tracking.length, 1)
    }),
  )
}

function checkComments(harness: ShopHarness): void {
  const texts = {
    accents: 'Prêt à l’enlèvement à Besançon, à côté de l’église',
    quotes: `Le client dit "merci" et l'appelle 'urgent'`,
    markup: 'Moins de <b>5</b> & plus de 3 &amp; une fin',
    long: `Colis refait. ${'Reprise complète du conditionnement. '.repeat(12)}`.trim(),
  }
  for (const forCustomer of [false, true]) {
    const who = forCustomer ? 'for the customer' : "for the shop's people"
    for (const [name, text] of Object.entries(texts)) {
      it(
        `a comment ${who} with ${name}`,
        own(harness, async ({ shop, sandbox }, webId) => {
          const before = sandbox.order(webId).comments.length
          assert.equal(await shop.showsComment({ webId, text }), false)
          await shop.pushComment({ webId, text, forCustomer })
          assert.equal(await shop.showsComment({ webId, text }), true)
          assert.equal(await shop.showsComment({ webId, text: `${text} et plus` }), false)
          assert.equal(sandbox.order(webId).comments.length, before + (forCustomer ? 1 : 0))
        }),
      )
    }
    it(
      `a comment ${who} with an emoji is kept, or refused aloud`,
      own(harness, async ({ shop }, webId) => {
        const text = 'Tout est prêt 📦'
        const isKept = await shop.pushComment({ webId, text, forCustomer }).then(
          () => true,
          (error) => (error instanceof Refused ? false : assert.fail(String(error))),
        )
        assert.equal(await shop.showsComment({ webId, text }), isKept)
      }),
    )
  }
}

function checkInvoices(harness: ShopHarness): void {
  it(
    'an invoice is published as the platform can, once',
    own(harness, async ({ shop, sandbox }, webId) => {
      const { number } = INVOICE
      const canShow = shop.abilities.invoice !== 'none'
      assert.equal(await shop.showsInvoice({ webId, number }), false)
      for (const _ of [1, 2]) {
        await shop.publishInvoice({ webId, ...INVOICE })
        assert.equal(await shop.showsInvoice({ webId, number }), canShow)
        assert.equal((sandbox.order(webId).invoice ?? '').includes(number), canShow)
      }
      assert.equal(await shop.showsInvoice({ webId, number: 'FA26-00004' }), false)
      assert.equal(await shop.showsInvoice({ webId, number: 'FA26-000046' }), false)
    }),
  )
}
