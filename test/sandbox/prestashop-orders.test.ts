import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import { TEMPLATES } from '../../sandbox/shops/prestashop/templates.ts'
import { KEY, micro, offBy, oneRow, type Row, rows, sum } from './prestashop-desk.ts'

const cents = (millionths: bigint) => (millionths + 5000n) / 10_000n

/** The lines and the total, computed again from the lines' own unit prices. */
function assertAddsUp(order: Row, details: Row[], vouchers: Row[]): void {
  for (const part of ['incl', 'excl'] as const) {
    const raw = details.map((line) => micro(line[`unit_price_tax_${part}`]) * BigInt(String(line.product_quantity)))
    for (const [index, line] of details.entries()) {
      assert.equal(micro(line[`total_price_tax_${part}`]), cents(raw[index] ?? 0n) * 10_000n)
    }
    const goods = order[part === 'incl' ? 'total_products_wt' : 'total_products']
    assert.equal(micro(goods), sum(raw.map((line) => cents(line) * 10_000n)))
    const taken = sum(vouchers.map((row) => micro(row[part === 'incl' ? 'value' : 'value_tax_excl'])))
    assert.equal(micro(order[`total_discounts_tax_${part}`]), cents(taken) * 10_000n)
    const extras = micro(order[`total_shipping_tax_${part}`]) + micro(order[`total_wrapping_tax_${part}`])
    assert.equal(micro(order[`total_paid_tax_${part}`]), cents(sum(raw) + extras - taken) * 10_000n)
  }
}

describe('orders placed in a PrestaShop', () => {
  let shop: PrestaShopSandbox
  beforeEach(async () => {
    shop = await startPrestaShop({ key: KEY })
  })
  afterEach(() => shop.close())

  it('add up to the cent with 200 seeds, or are one cent off where PrestaShop rounds so', async () => {
    const names = new Map<number, string>()
    for (let seed = 1; seed <= 200; seed++) {
      const placed = shop.placeOrder({ seed })
      names.set(Number(placed.id), placed.template)
    }
    const [orders, details, vouchers] = [
      await rows(shop, 'orders'),
      Map.groupBy(await rows(shop, 'order_details'), (row) => String(row.id_order)),
      Map.groupBy(await rows(shop, 'order_cart_rules'), (row) => String(row.id_order)),
    ]
    assert.equal(orders.length, 200)
    for (const order of orders) {
      const key = String(order.id)
      const name = names.get(order.id)
      if (name === 'totals-mismatch') assert.equal(offBy(order), -1000)
      else {
        assertAddsUp(order, details.get(key) ?? [], vouchers.get(key) ?? [])
        assert.ok(Math.abs(offBy(order)) <= 1, `${name} ${key}`)
      }
      if (name === 'paid-card' || name === 'free-shipping' || name === 'gift-card') assert.equal(offBy(order), 0)
      if (name === 'prices-include-tax') assert.equal(Math.abs(offBy(order)), 1)
    }
  })

  it('are the same again with the same seed, and tell why they should be parked', async () => {
    const goods = async (template: string) => {
      const { id, expectedParked } = shop.placeOrder({ template, seed: 7 })
      const lines = await rows(shop, 'order_details', `&filter[id_order]=[${id}]`)
      return { expectedParked, lines: lines.map((line) => [line.product_reference, line.product_quantity]) }
    }
    for (const [name, { expectedParked }] of Object.entries(TEMPLATES)) {
      const first = await goods(name)
      assert.deepEqual(await goods(name), first)
      assert.equal(first.expectedParked, expectedParked)
    }
    assert.throws(() => shop.placeOrder({ template: 'nothing' }), RangeError)
  })

  it('are wrong where they say so', async () => {
    const place = async (template: string) => {
      const { id } = shop.placeOrder({ template, seed: 0 })
      const order = await oneRow(shop, 'orders', `&filter[id]=[${id}]`)
      return { order, details: await rows(shop, 'order_details', `&filter[id_order]=[${id}]`) }
    }
    assert.equal((await place('unknown-payment-method')).order.module, 'alma')
    assert.equal((await place('unknown-item')).details.at(-1)?.product_reference, 'INCONNU-9')
    const [line] = (await place('unknown-vat-rate')).details
    assert.deepEqual(line?.associations, { taxes: [{ id: '6' }] })
    const [tax] = await rows(shop, 'taxes', '&filter[id]=[6]')
    assert.equal(tax?.rate, '21.000')
    const { id_carrier } = (await place('unknown-carrier')).order
    const [carrier] = await rows(shop, 'carriers', `&filter[id]=[${id_carrier}]`)
    assert.deepEqual([carrier?.name, carrier?.id_reference], ['Mondial Relay', '7'])
  })

  it('map their carrier by id_reference, never by id', async () => {
    const { id } = shop.placeOrder({ template: 'paid-card', seed: 0 })
    const [order] = await rows(shop, 'orders', `&filter[id]=[${id}]`)
    const carriers = await rows(shop, 'carriers', '&filter[name]=[Colissimo]')
    assert.equal(order?.id_carrier, '8')
    assert.deepEqual(
      carriers.map((row) => [row.id, row.id_reference, row.deleted]),
      [
        [5, '5', '1'],
        [8, '5', '0'],
      ],
    )
  })

  it('leave taxes out of the lines of a guest without tax, and send parcels to pickup points', async () => {
    shop.placeOrder({ template: 'guest-no-tax', seed: 0 })
    const [line] = await rows(shop, 'order_details')
    assert.equal(line?.associations, undefined)
    assert.equal((await rows(shop, 'customers'))[0]?.is_guest, '1')
    shop.placeOrder({ template: 'pickup-point', seed: 3 })
    const [address] = await rows(shop, 'addresses', '&filter[alias]=[Point de retrait]')
    assert.match(String(address?.other), /^Point de retrait \d{6}$/)
    assert.notEqual(address?.company, '')
  })

  it('split one cart into orders of one reference with one payment', async () => {
    const { number } = shop.placeOrder({ template: 'split-order', seed: 0 })
    const orders = await rows(shop, 'orders')
    assert.deepEqual([orders.length, new Set(orders.map(({ id_cart }) => id_cart)).size], [2, 1])
    const payments = await rows(shop, 'order_payments', `&filter[order_reference]=[${number}]`)
    assert.equal(micro(payments[0]?.amount), sum(orders.map((order) => micro(order.total_paid_tax_incl))))
    assert.ok(orders.every((order) => order.reference === number && order.current_state === '2'))
  })
})
