import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { startWooCommerce, type WooCommerceSandbox } from '../../sandbox/shops/woocommerce/server.ts'
import type { ApiOrder } from '../../sandbox/shops/woocommerce/view.ts'

const credentials = { key: 'ck_test', secret: 'cs_test' }
const TEMPLATES = [
  'paid-card',
  'coupons-fee-bank-transfer',
  'gift-card-as-fee',
  'guest-no-tax',
  'free-shipping',
  'prices-include-tax',
  'gift-card-hidden',
]
const OTHERS = [
  'pickup-point',
  'totals-mismatch',
  'unknown-payment-method',
  'unknown-item',
  'unknown-vat-rate',
  'unknown-carrier',
]

let shop: WooCommerceSandbox
beforeEach(async () => {
  shop = await startWooCommerce({ ...credentials, now: () => new Date('2026-11-24T10:00:00Z') })
})
afterEach(() => shop.close())

const cents = (amount: string) => Number(amount.replace('.', ''))
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
const totals = (parts: { total: string }[]) => sum(parts.map((part) => cents(part.total)))

/** Adds an order up by hand, to the cent; the answer is what the total lacks. */
const gapOf = (order: ApiOrder): number => {
  const { line_items: lines, fee_lines: fees, shipping_lines: shippings, tax_lines: taxes } = order
  for (const line of [...lines, ...fees, ...shippings]) assert.equal(totals(line.taxes), cents(line.total_tax))
  for (const rate of taxes) {
    const owed = (parts: { taxes: { id: number; total: string }[] }[]) =>
      totals(parts.flatMap((part) => part.taxes).filter((tax) => tax.id === rate.rate_id))
    assert.equal(owed([...lines, ...fees]), cents(rate.tax_total))
    assert.equal(owed(shippings), cents(rate.shipping_tax_total))
    for (const line of lines.filter((each) => each.taxes[0]?.id === rate.rate_id)) {
      assert.ok(Math.abs((cents(line.total) * rate.rate_percent) / 100 - cents(line.total_tax)) <= 1.001)
    }
  }
  const [cartTax, shippingTax] = [
    sum(taxes.map((t) => cents(t.tax_total))),
    sum(taxes.map((t) => cents(t.shipping_tax_total))),
  ]
  assert.deepEqual(
    [cents(order.cart_tax), cents(order.shipping_tax), cents(order.total_tax)],
    [cartTax, shippingTax, cartTax + shippingTax],
  )
  assert.equal(cents(order.shipping_total), totals(shippings))
  const discounts = sum(lines.map((line) => cents(line.subtotal) - cents(line.total)))
  assert.ok(Math.abs(cents(order.discount_total) - discounts) <= 1)
  return totals([...lines, ...fees, ...shippings]) + cartTax + shippingTax - cents(order.total)
}

/** Everything about an order that a connector with usual tables does not know. */
const unknownsOf = (order: ApiOrder): string[] => {
  const has = (known: (string | number)[], values: (string | number)[]) =>
    values.every((value) => known.includes(value))
  const skus = order.line_items.map((line) => line.sku)
  return [
    has(['stripe', 'paypal', 'bacs', 'cod'], [order.payment_method]) ? '' : 'unknown-payment-method',
    has(['ERP-1001', 'LIV-0001', 'SAV-001', 'HUI-002'], skus) ? '' : 'unknown-item',
    has(
      [20, 5.5],
      order.tax_lines.map((line) => line.rate_percent),
    )
      ? ''
      : 'unknown-vat-rate',
    has(
      ['flat_rate', 'free_shipping'],
      order.shipping_lines.map((line) => line.method_id),
    )
      ? ''
      : 'unknown-carrier',
    gapOf(order) === 0 ? '' : 'totals-mismatch',
  ].filter(Boolean)
}

describe('orders that customers place', () => {
  for (const template of TEMPLATES)
    it(`${template}: seed 0 is the recorded order with new numbers and dates`, () => {
      const { id, number } = shop.placeOrder({ template, seed: 0 })
      const file = new URL(`../../sandbox/data/woocommerce/${template}.json`, import.meta.url)
      const recorded: ApiOrder = JSON.parse(readFileSync(file, 'utf8'))
      const bare = (order: object): unknown =>
        JSON.parse(
          JSON.stringify(order, (name, value) =>
            /^(id|number|order_key|payment_url|_links|date_.*)$/.test(name) ? undefined : value,
          ),
        )
      const order = shop.apiOrder(id)
      assert.deepEqual(bare(order), bare(recorded))
      assert.deepEqual(
        [number, order.date_created, order.date_created_gmt],
        [String(id), '2026-11-24T11:00:00', '2026-11-24T10:00:00'],
      )
      assert.notEqual(order.order_key, recorded.order_key)
    })

  it('add up to the cent over 300 seeds, and are wrong only for the reason named', () => {
    const templates = [...TEMPLATES, ...OTHERS]
    for (let seed = 0; seed < 300; seed++) {
      const placed = shop.placeOrder({ template: templates[seed % templates.length] ?? '', seed })
      const expected = placed.expectedParked === null ? [] : [placed.expectedParked]
      assert.deepEqual(unknownsOf(shop.apiOrder(placed.id)), expected, `${placed.template} seed ${seed}`)
    }
    assert.equal(gapOf(shop.apiOrder(shop.placeOrder({ template: 'gift-card-hidden', seed: 4 }).id)), 1000)
  })

  it('are drawn by weight: about one in twelve is a wrong one', () => {
    const placed = Array.from({ length: 600 }, () => shop.placeOrder())
    const wrong = placed.filter((order) => order.expectedParked !== null).length
    assert.ok(wrong >= 35 && wrong <= 65, `${wrong} of 600`)
    for (const { id, expectedParked } of placed)
      assert.deepEqual(unknownsOf(shop.apiOrder(id)), expectedParked ? [expectedParked] : [])
    assert.equal(new Set(placed.map(({ template }) => template)).size, TEMPLATES.length + OTHERS.length)
  })

  it('are the same for the same seed, and never a real person', () => {
    const [one, two] = [7, 7].map((seed) => shop.apiOrder(shop.placeOrder({ template: 'paid-card', seed }).id))
    assert.deepEqual([one?.billing, one?.total, one?.transaction_id], [two?.billing, two?.total, two?.transaction_id])
    const orders = Array.from({ length: 120 }, (_, seed) => shop.apiOrder(shop.placeOrder({ seed: seed + 1 }).id))
    for (const { billing } of orders) {
      assert.match(billing.email ?? '', /^[a-z.]+@example\.(org|com|net)$/)
      assert.match(billing.phone, billing.country === 'BE' ? /^\+324\d{8}$/ : /^063998\d{4}$/)
    }
    const some = (test: (order: ApiOrder) => boolean) => assert.ok(orders.some(test))
    some((order) => order.customer_id === 0)
    some((order) => order.billing.country === 'BE')
    some((order) => order.billing.address_1.length > 35)
    some((order) => order.billing.company !== '' && order.meta_data.some((meta) => meta.key === '_billing_vat'))
    some((order) => order.payment_method === 'bacs' && order.status === 'on-hold' && order.date_paid === null)
    some((order) => order.payment_method === 'cod')
    some((order) => order.customer_note !== '')
  })

  it('name their pickup point in three meta keys', () => {
    const order = shop.apiOrder(shop.placeOrder({ template: 'pickup-point', seed: 3 }).id)
    const meta = Object.fromEntries(order.meta_data.map(({ key, value }) => [key, value]))
    assert.match(String(meta._lpc_meta_pickUpLocationId), /^\d{6}$/)
    assert.equal(meta._lpc_meta_pickUpProductCode, 'HD')
    assert.equal(meta._lpc_meta_pickUpLocationLabel, order.shipping.company)
  })

  it('refuses a template that does not exist', () => {
    assert.throws(() => shop.placeOrder({ template: 'toString' }), RangeError)
  })
})
