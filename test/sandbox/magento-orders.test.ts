import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type MagentoSandbox, startMagento } from '../../sandbox/shops/magento/server.ts'

interface Item {
  item_id: number
  parent_item_id?: number
  sku: string
  product_type: string
  qty_ordered: number
  price: number
  row_total: number
  row_total_incl_tax?: number
  tax_amount: number
  tax_percent: number
  discount_amount: number
  discount_tax_compensation_amount?: number
}
interface Order {
  entity_id: number
  state: string
  grand_total: number
  subtotal: number
  subtotal_incl_tax: number
  discount_amount: number
  shipping_amount: number
  shipping_incl_tax: number
  shipping_tax_amount: number
  tax_amount: number
  discount_tax_compensation_amount: number
  total_paid?: number
  total_due: number
  base_grand_total: number
  customer_email: string
  items: Item[]
  billing_address: { telephone: string; country_id: string }
  payment: { method: string }
  extension_attributes: {
    shipping_assignments: [{ shipping: { method: string }; items: Item[] }]
    applied_taxes: { code: string; percent: number; amount: number }[]
    item_applied_taxes: { item_id?: number; applied_taxes: { amount: number }[] }[]
    payment_additional_info: { key: string; value: string }[]
  }
}

const RIGHT = [
  ...['paid-card', 'coupons-fee-bank-transfer', 'guest-no-tax', 'free-shipping', 'prices-include-tax'],
  ...['configurable', 'bundle'],
]
const WRONG = [
  ...['gift-card', 'totals-mismatch', 'unknown-payment-method', 'unknown-item', 'unknown-vat-rate'],
  'unknown-carrier',
]

let shop: MagentoSandbox
beforeEach(async () => {
  const now = () => new Date('2026-11-24T10:00:00Z')
  shop = await startMagento({ login: { token: 'known' }, bearerAllowed: true, now })
})
afterEach(() => shop.close())

const read = async <T>(path: string): Promise<T> => {
  const reply = await fetch(`${shop.url}/rest/default/V1${path}`, { headers: { Authorization: 'Bearer known' } })
  assert.equal(reply.status, 200)
  return (await reply.json()) as T
}
const orderOf = (id: string) => read<Order>(`/orders/${id}`)
const place = async (template: string, seed: number) => orderOf(shop.placeOrder({ template, seed }).id)

const cents = (amount: number | undefined) => Math.round((amount ?? 0) * 100)
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

/** Lines with a price of their own: the parent of a configurable and of a bundle with one price, else the children. */
const pricedItems = ({ items }: Order): Item[] =>
  items.filter((item) => {
    const children = items.filter((child) => child.parent_item_id === item.item_id)
    const parent = items.find((other) => other.item_id === item.parent_item_id)
    if (children.length > 0) return children.every((child) => child.price === 0)
    return parent === undefined || item.price > 0
  })

/** What the grand total lacks by the formula of the contract; every sum on the way must hold. */
function gapOf(order: Order): number {
  const items = pricedItems(order)
  const total = (name: keyof Item) => sum(items.map((item) => cents(item[name] as number | undefined)))
  assert.equal(total('row_total'), cents(order.subtotal))
  assert.equal(total('row_total_incl_tax'), cents(order.subtotal_incl_tax))
  assert.ok(total('discount_amount') + cents(order.discount_amount) === 0)
  assert.equal(total('discount_tax_compensation_amount'), cents(order.discount_tax_compensation_amount))
  assert.equal(total('tax_amount') + cents(order.shipping_tax_amount), cents(order.tax_amount))
  assert.equal(cents(order.shipping_amount) + cents(order.shipping_tax_amount), cents(order.shipping_incl_tax))
  const taxes = order.extension_attributes
  assert.equal(sum(taxes.applied_taxes.map((tax) => cents(tax.amount))), cents(order.tax_amount))
  const applied = taxes.item_applied_taxes.flatMap((line) => line.applied_taxes.map((tax) => cents(tax.amount)))
  assert.equal(sum(applied), cents(order.tax_amount))
  assert.deepEqual(taxes.shipping_assignments[0].items, order.items)
  assert.equal(order.base_grand_total, order.grand_total)
  assert.equal(cents(order.total_paid) + cents(order.total_due), cents(order.grand_total))
  const parts = [order.subtotal, order.discount_amount, order.shipping_amount, order.tax_amount]
  return sum([...parts, order.discount_tax_compensation_amount].map(cents)) - cents(order.grand_total)
}

/** Everything about an order that a connector with usual tables does not know. */
function unknownsOf(order: Order): string[] {
  const known = (list: (string | number)[], values: (string | number)[]) => values.every((each) => list.includes(each))
  const { shipping_assignments, applied_taxes } = order.extension_attributes
  const method = shipping_assignments[0].shipping.method
  const methods = ['stripe_payments', 'banktransfer', 'paypal_express', 'cashondelivery']
  const skus = pricedItems(order).map((item) => item.sku)
  const percents = applied_taxes.map((tax) => tax.percent)
  return [
    known(methods, [order.payment.method]) ? '' : 'unknown-payment-method',
    known(['ERP-1001', 'LIV-0001', 'SAV-001', 'HUI-002'], skus) ? '' : 'unknown-item',
    known([20, 5.5], percents) ? '' : 'unknown-vat-rate',
    known(['flatrate_flatrate', 'freeshipping_freeshipping'], [method]) ? '' : 'unknown-carrier',
    gapOf(order) === 0 ? '' : 'totals-mismatch',
  ].filter(Boolean)
}

describe('orders that customers place', () => {
  it('add up to the cent over 260 seeds, and are wrong only for the reason named', async () => {
    const templates = [...RIGHT, ...WRONG]
    for (let seed = 0; seed < 260; seed++) {
      const placed = shop.placeOrder({ template: templates[seed % templates.length] ?? '', seed })
      const expected = placed.expectedParked === null ? [] : [placed.expectedParked]
      assert.deepEqual(unknownsOf(await orderOf(placed.id)), expected, `${placed.template} seed ${seed}`)
    }
    assert.equal(gapOf(await place('gift-card', 4)), 1000)
  })

  it('have the amounts of the contract without dice', async () => {
    const [card, transfer] = [await place('paid-card', 0), await place('coupons-fee-bank-transfer', 0)]
    assert.deepEqual([card.grand_total, card.state, card.total_due], [92.87, 'processing', 0])
    assert.deepEqual([transfer.grand_total, transfer.state, transfer.total_due], [84.42, 'new', 84.42])
    assert.equal('total_paid' in transfer, false)
    assert.deepEqual([transfer.discount_amount, transfer.items[0]?.discount_amount], [-7.5, 3.71])
  })

  it('have a compensation where prices include tax', async () => {
    const order = await place('prices-include-tax', 0)
    // 3 drills at 14.90 and a book at 20.00, 10 % off, and 8.40 of delivery.
    assert.equal(order.grand_total, 66.63)
    assert.equal(order.discount_tax_compensation_amount, 0.84)
  })

  it('are two lines with one SKU for a configurable; a bundle has a parent and children', async () => {
    const { items } = await place('configurable', 0)
    assert.deepEqual(
      items.map(({ sku, product_type, price }) => [sku, product_type, price]),
      [
        ['SAV-001', 'configurable', 6.58],
        ['SAV-001', 'simple', 0],
      ],
    )
    assert.equal(items[1]?.parent_item_id, items[0]?.item_id)
    const box = await place('bundle', 0)
    assert.deepEqual(
      box.items.map(({ product_type, row_total }) => [product_type, row_total]),
      [
        ['bundle', 50.27],
        ['simple', 12.35],
        ['simple', 37.92],
      ],
    )
  })

  it('are drawn by weight: about one in twelve is a wrong one', () => {
    const placed = Array.from({ length: 600 }, () => shop.placeOrder())
    const wrong = placed.filter((order) => order.expectedParked !== null).length
    assert.ok(wrong >= 35 && wrong <= 65, `${wrong} of 600`)
    assert.equal(new Set(placed.map(({ template }) => template)).size, RIGHT.length + WRONG.length)
  })

  it('are the same for the same seed, and never a real person', async () => {
    const [one, two] = [await place('paid-card', 7), await place('paid-card', 7)]
    assert.deepEqual([one.customer_email, one.grand_total], [two.customer_email, two.grand_total])
    for (let seed = 1; seed < 60; seed++) {
      const { customer_email, billing_address } = await orderOf(shop.placeOrder({ seed }).id)
      assert.match(customer_email, /^[a-z.]+@example\.(org|com|net)$/)
      const phone = billing_address.country_id === 'BE' ? /^\+324\d{8}$/ : /^063998\d{4}$/
      assert.match(billing_address.telephone, phone)
    }
  })

  it('refuses a template that does not exist', () => {
    assert.throws(() => shop.placeOrder({ template: 'toString' }), RangeError)
  })
})
