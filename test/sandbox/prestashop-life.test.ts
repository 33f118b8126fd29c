import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import { ask, inCents, KEY, micro, offBy, oneRow, rows, sum } from './prestashop-desk.ts'
import { send } from './raw-http.ts'

describe('what the merchant and the customers do in a PrestaShop', () => {
  let shop: PrestaShopSandbox
  let now: string
  beforeEach(async () => {
    now = '2026-12-01T09:00:00Z'
    shop = await startPrestaShop({ key: KEY, now: () => new Date(now), timezone: 'Indian/Reunion' })
  })
  afterEach(() => shop.close())

  it('keeps the clock of its zone', async () => {
    shop.placeOrder({ template: 'paid-card', seed: 0 })
    assert.equal((await rows(shop, 'orders'))[0]?.date_add, '2026-12-01 13:00:00')
    const [zone] = await rows(shop, 'configurations', '&filter[name]=PS_TIMEZONE')
    assert.equal(zone?.value, 'Indian/Reunion')
  })

  it('pays, cancels, and counts nothing of it', async () => {
    const { id } = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    const { paid, status } = shop.order(id)
    assert.deepEqual([paid, status], [false, '10'])
    shop.markPaid(id)
    shop.markPaid(id)
    assert.deepEqual([shop.order(id).paid, shop.order(id).status], [true, '2'])
    assert.equal((await rows(shop, 'order_payments')).length, 1)
    shop.cancel(id)
    assert.equal(shop.order(id).status, '6')
    assert.deepEqual(shop.counters(), {})
  })

  it('refunds some, then the rest, and never more', async () => {
    const { id } = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    shop.markPaid(id)
    const { total } = shop.order(id)
    shop.refund(id, 500)
    shop.refund(id)
    assert.deepEqual(
      shop.order(id).refunds.map(({ amount }) => amount),
      [500, total - 500],
    )
    assert.throws(() => shop.refund(id), RangeError)
  })

  it('refunds a whole order line by line, shipping apart', async () => {
    const { id } = shop.placeOrder({ template: 'paid-card', seed: 5 })
    const { total } = shop.order(id)
    shop.refund(id)
    const slip = await oneRow(shop, 'order_slip')
    const { order_slip_details: lines = [] } = slip.associations as Record<string, Record<string, string>[]>
    assert.equal(inCents(slip.amount) + inCents(slip.shipping_cost_amount), total)
    assert.equal(sum(lines.map((line) => micro(line.amount_tax_incl))), micro(slip.total_products_tax_incl))
    assert.equal(sum(lines.map((line) => micro(line.amount_tax_excl))), micro(slip.total_products_tax_excl))
    const details = await rows(shop, 'order_details')
    assert.ok(details.every((line) => line.product_quantity_refunded === line.product_quantity))
  })

  it('gives an order a new address when it changes, and keeps the old one as deleted', async () => {
    const { id } = shop.placeOrder({ template: 'paid-card', seed: 0 })
    const [before] = await rows(shop, 'orders')
    now = '2026-12-01T10:00:00Z'
    shop.changeAddress(id)
    const [after] = await rows(shop, 'orders')
    assert.notEqual(after?.id_address_delivery, before?.id_address_delivery)
    assert.notEqual(after?.date_upd, before?.date_upd)
    const [old] = await rows(shop, 'addresses', `&filter[id]=[${before?.id_address_delivery}]`)
    assert.equal(old?.deleted, '1')
  })

  it('adds one of the first item to the line and the totals', async () => {
    const { id } = shop.placeOrder({ template: 'paid-card', seed: 0 })
    const { total } = shop.order(id)
    shop.changeLines(id)
    assert.equal(shop.order(id).total, total + 1490)
    assert.equal(offBy(await oneRow(shop, 'orders')), 0)
    shop.moveStatus(id, '3')
    assert.equal(shop.order(id).status, '3')
  })

  it('pays waiting orders at the second beat', () => {
    mock.timers.enable({ apis: ['setInterval'] })
    const { id } = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    shop.startHand(1000)
    mock.timers.tick(1000)
    assert.equal(shop.order(id).paid, false)
    mock.timers.tick(1000)
    assert.equal(shop.order(id).paid, true)
    shop.stopHand()
    mock.timers.reset()
  })

  it('shows a page for people', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const form = { url: `${shop.url}/_page/orders`, method: 'POST', headers, body: 'modele=paid-card&nombre=2' }
    assert.equal((await send(form)).status, 303)
    assert.equal((await send({ ...form, body: 'modele=paid-card&nombre=21' })).status, 400)
    const page = await send({ url: `${shop.url}/` })
    assert.match(page.text, /<html lang="fr">[\s\S]*Commandes \(2\)[\s\S]*Paiement accepté/)
    const action = (name: string) => send({ ...form, url: `${shop.url}/_page/orders/1/${name}`, body: '' })
    assert.deepEqual([(await action('refund')).status, (await action('cancel')).status], [303, 303])
    assert.deepEqual([shop.order('1').status, shop.order('1').refunds.length], ['6', 1])
  })

  it('remembers everything in its file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-presta-'))
    const file = join(folder, 'shop.json')
    const first = await startPrestaShop({ key: KEY, file })
    const placed = first.placeOrder({ template: 'paid-card', seed: 0 })
    const body = '<prestashop><message><id_order>1</id_order><message>Vu</message></message></prestashop>'
    await ask(first, '/api/messages', { method: 'POST', body })
    await first.close()
    const second = await startPrestaShop({ key: KEY, file })
    assert.equal(second.order(placed.id).number, placed.number)
    assert.deepEqual(second.counters(), { 'order-note': { '1:Vu': 1 } })
    assert.equal(second.placeOrder({ template: 'paid-card' }).id, '2')
    await second.close()
    rmSync(folder, { recursive: true, force: true })
  })
})
