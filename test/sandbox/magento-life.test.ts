import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { useDesk } from './magento-desk.ts'
import { send } from './raw-http.ts'

const { desk, open, call, orderOf, refusal, later, place } = useDesk()

describe('cancel and hold', () => {
  it('cancels what is not invoiced, with 200 either way', async () => {
    await open()
    const [unpaid, paid] = [place('coupons-fee-bank-transfer'), place('paid-card')]
    assert.deepEqual(await call('POST', `/orders/${unpaid}/cancel`), { status: 200, body: true })
    assert.deepEqual(await call('POST', `/orders/${unpaid}/cancel`), { status: 200, body: false })
    assert.deepEqual(await call('POST', `/orders/${paid}/cancel`), { status: 200, body: false })
    assert.match(await refusal(`/order/${unpaid}/ship`, {}), /cannot be created when an order has a status of canceled/)
    assert.deepEqual(desk.shop.counters(), { 'order-status': { [`${unpaid}:canceled`]: 1 } })
  })

  it('holds once and releases once', async () => {
    await open()
    const id = place('paid-card')
    assert.equal((await call('POST', `/orders/${id}/hold`)).body, true)
    assert.equal(await refusal(`/orders/${id}/hold`, {}), 'A hold action is not available.')
    assert.match(await refusal(`/order/${id}/ship`, {}), /status of holded/)
    assert.equal((await call('POST', `/orders/${id}/unhold`)).body, true)
    assert.equal(await refusal(`/orders/${id}/unhold`, {}), 'You cannot remove the hold.')
    assert.equal((await orderOf(id)).status, 'processing')
  })
})

describe('what people do', () => {
  it('the hand pays what waits for money at the second beat, by an invoice', async (test) => {
    await open()
    test.mock.timers.enable({ apis: ['setInterval'] })
    const id = place('coupons-fee-bank-transfer')
    desk.shop.startHand(1000)
    test.mock.timers.tick(1000)
    assert.equal(desk.shop.order(id).status, 'pending')
    test.mock.timers.tick(1000)
    assert.deepEqual([desk.shop.order(id).status, desk.shop.order(id).paid], ['processing', true])
    desk.shop.stopHand()
    const { body } = await call(
      'GET',
      `/invoices?${`searchCriteria[filter_groups][0][filters][0][field]=order_id&searchCriteria[filter_groups][0][filters][0][value]=${id}`}`,
    )
    const { items } = body as { items: { grand_total: number; state: number }[] }
    assert.deepEqual(
      items.map(({ grand_total, state }) => [grand_total, state]),
      [[84.42, 2]],
    )
    assert.deepEqual(desk.shop.counters(), {})
  })

  it('the merchant cancels, refunds, changes address and lines; the order is changed since', async () => {
    await open()
    const [paid, unpaid] = [place('paid-card'), place('free-shipping')]
    later(3)
    desk.shop.changeAddress(paid)
    assert.equal((await orderOf(paid)).updated_at, '2026-11-24 10:03:00')
    desk.shop.refund(paid, 500)
    desk.shop.cancel(paid)
    desk.shop.changeLines(unpaid)
    assert.equal(desk.shop.order(unpaid).total, 2964)
    desk.shop.moveStatus(unpaid, 'complete')
    assert.deepEqual([desk.shop.order(paid).status, desk.shop.order(unpaid).status], ['closed', 'complete'])
    assert.deepEqual(
      desk.shop.order(paid).refunds.map(({ amount }) => amount),
      [500, 8787],
    )
    assert.throws(() => desk.shop.refund(paid, 1), RangeError)
    assert.throws(() => desk.shop.order('99'), RangeError)
  })

  it('the page places, pays and cancels orders, escapes what it shows, refuses other sites', async () => {
    await open()
    const post = (path: string, body: string, more = {}) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...more }
      return send({ url: desk.shop.url + path, method: 'POST', body, headers })
    }
    assert.equal((await post('/_page/orders', 'modele=coupons-fee-bank-transfer&nombre=2')).status, 303)
    assert.equal((await post('/_page/orders/1/pay', '')).status, 303)
    assert.equal((await post('/_page/orders/2/cancel', '')).status, 303)
    assert.deepEqual(
      desk.shop.orders().map((order) => order.status),
      ['processing', 'canceled'],
    )
    const { text } = await send({ url: `${desk.shop.url}/` })
    assert.match(text, /<html lang="fr">/)
    assert.match(text, /Perceuse 18 V - modèle &quot;Pro&quot; &lt;b&gt;/)
    assert.equal((await post('/_page/orders', 'modele=&nombre=21')).status, 400)
    assert.equal((await post('/_page/orders', 'modele=&nombre=1', { Origin: 'https://evil.example' })).status, 403)
  })

  it('survives a restart: orders, counters, next numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-magento-'))
    const file = join(folder, 'shop.json')
    await open('2.4.8', file)
    const id = place('coupons-fee-bank-transfer')
    await call('POST', `/orders/${id}/cancel`)
    await desk.shop.close()
    await open('2.4.8', file)
    assert.equal(desk.shop.order(id).status, 'canceled')
    assert.deepEqual(desk.shop.counters(), { 'order-status': { [`${id}:canceled`]: 1 } })
    assert.equal(place('paid-card'), String(Number(id) + 1))
    rmSync(folder, { recursive: true })
  })
})
