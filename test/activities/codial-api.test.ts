import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openCodialApi } from '../../activities/erp/codial-api/codial-api.ts'
import type { Erp } from '../../activities/erp/erp.ts'
import { admit } from '../../domain/admission.ts'
import { type FailureCode, Refused, Unavailable } from '../../domain/failures.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { startCodial } from '../../sandbox/codial/codial.ts'
import { cardPayment, feeLine, PORT, SOAP, webOrder } from './codial-orders.ts'

const TOKEN = 'jeton-de-test'
let codial: Awaited<ReturnType<typeof startCodial>>
let erp: Erp
let webId = 1000

before(async () => {
  codial = await startCodial({ token: TOKEN, requestsPerSecond: 0 })
  erp = openCodialApi({ url: `${codial.url}/v1`, token: TOKEN })
})
after(() => codial.close())
beforeEach(() => {
  codial.faults.clear()
  webId += 1
})

const create = (web = webOrder(String(webId)), key = `${web.webId}:erp-order`) =>
  erp.createOrder({ order: admit(web, WOOCOMMERCE_RULES), web, key })
const refuses = (work: Promise<unknown>, code: FailureCode, remedy = /Codial/) =>
  assert.rejects(work, (e) => e instanceof Refused && e.code === code && remedy.test(e.remedy))
const isUnavailable = (error: unknown) => error instanceof Unavailable && !error.message.includes(TOKEN)

describe('an order in Codial', () => {
  it('is registered once, found by its web reference, and read by its number', async () => {
    const web = webOrder(String(webId))
    assert.equal(await erp.findOrder(web), null)
    const { number } = await create(web)
    assert.match(number, /^CC\d\d-\d{6}$/)
    assert.deepEqual(await erp.findOrder(web), { number })
    assert.deepEqual(await create(web, 'another key'), { number })
    const { ref, status } = await erp.readOrder(number)
    assert.deepEqual([ref, status], [{ site: 'boutique-bio', webId: web.webId }, 'Enregistrée'])
    assert.equal(codial.counters().commande?.[`boutique-bio:${web.webId}`], 1)
  })

  it('whose answer was lost is counted once and keeps its number', async () => {
    const web = webOrder(String(webId))
    codial.faults.add({ match: 'POST /v1/commandes', drop: 'after', times: 1 })
    await assert.rejects(create(web), (e) => isUnavailable(e) && !(e as Unavailable).nothingHappened)
    const found = await erp.findOrder(web)
    assert.deepEqual(await create(web), found)
    assert.equal(codial.counters().commande?.[`boutique-bio:${web.webId}`], 1)
  })

  it('whose request was lost is created by the repeat', async () => {
    const web = webOrder(String(webId))
    codial.faults.add({ match: 'POST /v1/commandes', drop: 'before', times: 1 })
    await assert.rejects(create(web), isUnavailable)
    assert.equal(await erp.findOrder(web), null)
    assert.ok((await create(web)).number)
    assert.equal(codial.counters().commande?.[`boutique-bio:${web.webId}`], 1)
  })

  it('takes rounding cents both ways, fees, gift cards, pickup points and a key that no header takes', async () => {
    const extras = [feeLine('Carte cadeau', -500, -83), feeLine('Emballage cadeau', 420, 70)]
    const pickupPoint = { id: '698745', network: 'A2P', name: null }
    for (const total of [1989, 1991]) {
      webId += 1
      const web = webOrder(String(webId), { lines: [SOAP, PORT, ...extras], total, coupons: [], pickupPoint })
      assert.ok((await create(web, `${web.webId}:clé €`)).number)
    }
  })

  it('is cancelled once, and not when it has left', async () => {
    const { number } = await create()
    codial.faults.add({ match: '/annulation', drop: 'after', times: 1 })
    const cancel = { number, reason: 'Annulée depuis la boutique', key: `${number}:cancel` }
    await assert.rejects(erp.cancelOrder(cancel), isUnavailable)
    await erp.cancelOrder(cancel)
    assert.equal((await erp.readOrder(number)).status, 'Annulée')
    webId += 1
    const { number: left } = await create()
    codial.prepare(left)
    const deliveryNote = codial.makeDeliveryNote(left, { parcels: 1 })
    const label = { carrier: 'COLISSIMO', trackingUrl: 'https://t.test', labelledAt: '2026-11-25T09:00:00Z' }
    await erp.pushTracking({ deliveryNote, rank: 1, trackingNumber: '6A12345678902', ...label, key: `${left}:1` })
    await erp.shipDeliveryNote({ deliveryNote, key: `${left}:ship` })
    await refuses(erp.cancelOrder({ ...cancel, number: left, key: `${left}:cancel` }), 'state-forbidden')
  })
})

describe('payments in Codial', () => {
  it('are partial, matched, then overpaid, each recorded once though its answer was lost', async () => {
    const { number } = await create()
    const first = { number, payment: cardPayment('a', { transactionId: null, amount: 870 }), key: `${number}:a` }
    codial.faults.add({ match: '/reglements', drop: 'after', times: 1 })
    await assert.rejects(erp.recordPayment(first), isUnavailable)
    assert.deepEqual(await erp.recordPayment(first), { state: 'partial', remaining: 1000 })
    const second = { number, payment: cardPayment(`ch_${webId}`, { amount: 1000 }), key: `${number}:b` }
    assert.deepEqual(await erp.recordPayment(second), { state: 'matched', remaining: 0 })
    const third = { number, payment: cardPayment('c', { amount: 5 }), key: `${number}:c` }
    assert.equal((await erp.recordPayment(third)).state, 'overpaid')
    const counted = Object.entries(codial.counters().reglement ?? {}).filter(([name]) => name.startsWith(number))
    assert.deepEqual(counted, [
      [`${number}:a`, 1],
      [`${number}:ch_${webId}`, 1],
      [`${number}:c`, 1],
    ])
  })
})

describe('what Codial refuses', () => {
  it('what it does not know, by our code', async () => {
    const order = admit(webOrder(String(webId)), WOOCOMMERCE_RULES)
    const attempt = (change: object, n: number) =>
      erp.createOrder({ order: { ...order, ...change }, web: webOrder(String(webId)), key: `${webId}:${n}` })
    const [soap, ...others] = order.lines
    assert.ok(soap)
    await refuses(attempt({ lines: [{ ...soap, reference: 'INCONNU' }, ...others] }, 1), 'unknown-item', /INCONNU/)
    await refuses(attempt({ lines: [{ ...soap, vatRate: '19.60' }, ...others] }, 2), 'unknown-vat-rate')
    await refuses(attempt({ payments: [cardPayment('b', { method: 'BITCOIN' })] }, 3), 'unknown-payment-method')
    await refuses(attempt({ gross: 1871, net: 1559 }, 4), 'totals-mismatch')
    await refuses(attempt({ delivery: { carrier: 'DRONE', service: 'DOM' } }, 5), 'unknown-carrier')
    await refuses(attempt({ branch: 'NULLE-PART' }, 6), 'refused', /agence/)
    assert.equal(await erp.findOrder(order), null)
  })

  it('an unknown number, a wrong token, a key used for something else', async () => {
    await refuses(erp.readOrder('CC00-000000'), 'refused', /CC00-000000/)
    await refuses(erp.readInvoice('FA/../x'), 'refused')
    await refuses(openCodialApi({ url: `${codial.url}/v1`, token: 'autre' }).readOrder('CC1'), 'login-refused')
    await create(webOrder(String(webId)), 'reused')
    webId += 1
    await refuses(create(webOrder(String(webId)), 'reused'), 'in-doubt')
  })
})
