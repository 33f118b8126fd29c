import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { emptyShop } from '../../sandbox/shops/magento/model.ts'
import { type MagentoSandbox, startMagento, type Version } from '../../sandbox/shops/magento/server.ts'
import { jsonOf, type RawReply, send } from './raw-http.ts'

type Json = Record<string, unknown>
type Wire = Json & { items: Json[]; payment: Json; status_histories: Json[]; extension_attributes: Json }

/** One exchange of the contract. */
interface Exchange {
  name: string
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

const fixtures = new URL('../fixtures/magento/exchanges/', import.meta.url)
const exchangesOf = (file: string): Exchange[] =>
  JSON.parse(readFileSync(new URL(`${file}.json`, fixtures), 'utf8')).exchanges

const exchange = (file: string, name: string): Exchange => {
  const found = exchangesOf(file).find((each) => each.name === name)
  assert.ok(found, `${file}: ${name}`)
  return found
}

const scaled = (value: unknown) => (typeof value === 'number' ? Math.round(value * 10_000) : value)
const pick = (from: Json, names: string[]) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]))

/** Amounts of a wire object as the shop keeps them: numbers that are neither ids, counts nor twins. */
const amountsOf = (wire: Json, others: string[]) =>
  Object.fromEntries(
    Object.entries(wire)
      .filter(([name, value]) => typeof value === 'number' && !name.startsWith('base_') && !others.includes(name))
      .map(([name, value]) => [name, scaled(value)]),
  )

const ITEM = [
  ...['item_id', 'order_id', 'parent_item_id', 'product_id', 'product_type', 'sku', 'name', 'quote_item_id'],
  ...['applied_rule_ids', 'qty_ordered', 'qty_invoiced', 'qty_shipped', 'qty_refunded', 'qty_canceled'],
  ...['created_at', 'updated_at'],
]
const ORDER = [
  ...['entity_id', 'increment_id', 'state', 'status', 'created_at', 'updated_at', 'hold_before_state'],
  ...['hold_before_status', 'billing_address_id', 'customer_id', 'customer_is_guest', 'customer_group_id'],
  ...['customer_email', 'customer_firstname', 'customer_lastname', 'customer_note', 'customer_taxvat', 'coupon_code'],
  ...['discount_description', 'applied_rule_ids', 'protect_code', 'quote_id', 'remote_ip', 'shipping_description'],
  ...['total_item_count', 'total_qty_ordered'],
]
const CONSTANT = ['store_id', 'free_shipping', 'is_qty_decimal', 'is_virtual', 'no_discount', 'email_sent']
const ORDER_OTHERS = ['customer_note_notify', 'store_to_base_rate', 'store_to_order_rate', ...CONSTANT, ...ORDER]
const PAYMENT = ['entity_id', 'parent_id', 'method', 'additional_information', 'last_trans_id', 'cc_trans_id']

interface Extension {
  shipping_assignments: [{ shipping: { address: Json; method: string } }]
  payment_additional_info: unknown
  item_applied_taxes: { type: string; item_id?: number; applied_taxes: Json[] }[]
}

/** An order of the contract as rows of the shop's own tables. */
function rowsOf(wire: Wire): Json {
  const more = wire.extension_attributes as unknown as Extension
  const taxOf = (test: (line: Extension['item_applied_taxes'][number]) => boolean) => {
    const tax = more.item_applied_taxes.find(test)?.applied_taxes[0]
    return tax ? { ...pick(tax, ['code', 'title']), percent: scaled(tax.percent), amount: scaled(tax.amount) } : null
  }
  const { address, method } = more.shipping_assignments[0].shipping
  const cost = 'base_total_invoiced_cost' in wire ? { total_invoiced_cost: 0 } : {}
  return {
    row: pick(wire, ORDER),
    amounts: { ...amountsOf(wire, ORDER_OTHERS), ...cost },
    items: wire.items.map((item) => ({
      row: pick(item, ITEM),
      amounts: amountsOf(item, [...ITEM, ...CONSTANT]),
      product_option: item.product_option ?? null,
      tax: taxOf((line) => line.item_id === item.item_id),
      isSplit: false,
    })),
    billing: wire.billing_address,
    shipping: address,
    shippingMethod: method,
    shippingTax: taxOf((line) => line.type === 'shipping'),
    payment: { row: pick(wire.payment, PAYMENT), amounts: amountsOf(wire.payment, PAYMENT) },
    histories: [...wire.status_histories].reverse(),
    paymentInfo: more.payment_additional_info,
  }
}

const pagesOf = (name: string) => (exchange('orders_read', name).response.body as { items: Wire[] }).items
const recorded = () => [...pagesOf('page 1, UTC times, inclusive bound'), ...pagesOf('page 2')].map(rowsOf)

let shop: MagentoSandbox
let clock = new Date('2026-11-24T05:10:00Z')
let folder = ''
afterEach(async () => {
  await shop.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the shop of the contract: three orders, the next numbers as its exchanges have them. */
async function open(o: { version?: Version; maxPageSize?: number } = {}): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-magento-'))
  const file = join(folder, 'shop.json')
  const first = emptyShop()
  const next = { order: 9, invoice: 12, shipment: 4, shipmentItem: 7, track: 8, creditMemo: 2, creditMemoItem: 3 }
  const paid = { transaction_id: 4, order_id: 6, payment_id: 6, txn_id: 'ch_0001', txn_type: 'capture' }
  const transactions = [{ ...paid, amount: 928_700, created_at: '2026-11-24 04:22:09' }]
  const state = { ...first, orders: recorded(), transactions, next: { ...first.next, ...next } }
  writeFileSync(file, JSON.stringify(state))
  shop = await startMagento({ login: { token: 'known' }, bearerAllowed: true, now: () => clock, file, ...o })
}

const replay = ({ request }: Exchange, o: { path?: string; token?: string } = {}): Promise<RawReply> =>
  send({
    url: shop.url + (o.path ?? request.path),
    method: request.method,
    headers: { Authorization: `Bearer ${o.token ?? 'known'}`, ...request.headers },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
  })

async function assertLike(file: string, name: string, o: { path?: string; token?: string } = {}): Promise<void> {
  const { response, ...rest } = exchange(file, name)
  const reply = await replay({ response, ...rest }, o)
  assert.deepEqual(jsonOf(reply), response.body, name)
  assert.equal(reply.status, response.status, name)
  assert.equal(reply.headers['content-type'], response.headers['Content-Type'], name)
}

describe('reading, as in the contract', () => {
  beforeEach(() => open())
  for (const { name } of exchangesOf('orders_read')) it(name, () => assertLike('orders_read', name))
})

describe('a page past the end', () => {
  const name = 'page past the end, 2.4.0 and later'
  it('is empty from 2.4 on', async () => {
    await open({ version: '2.4.6' })
    await assertLike('orders_read', name)
  })
  it('is the last page again on 2.3', async () => {
    await open({ version: '2.3.7' })
    const body = jsonOf(await replay(exchange('orders_read', name))) as { items: Json[]; total_count: number }
    assert.deepEqual([body.items.map((order) => order.entity_id), body.total_count], [[8], 3])
  })
})

describe('writing, as in the contract', () => {
  const steps = [
    ['invoice the whole order', '05:20'],
    ['invoice again', '05:20'],
    ['ship with tracking', '05:30'],
    ['ship again', '05:31'],
    ['track without number', '05:31'],
    ['shipments of an order', '05:32'],
    ['add a track to an existing shipment', '06:00'],
    ['comment, same status', '06:05'],
    ['comment with another status, 2.4.7', '06:06'],
    ['hold', '06:10'],
    ['unhold', '06:11'],
    ['cancel', '06:12'],
    ['offline refund of one line', '07:00'],
    ['credit memos changed since', '07:05'],
  ] as const

  for (const version of ['2.4.7', '2.4.8'] as const)
    it(`goes through the whole session on ${version}`, async () => {
      clock = new Date('2026-11-24T05:10:00Z')
      await open({ version })
      for (const [name, time] of steps) {
        clock = new Date(`2026-11-24T${time}:00Z`)
        await assertLike('orders_write', name)
      }
      const [first, second] = shop.orders()
      assert.deepEqual(first?.tracking, ['6A12345678901', '6A12345678902'])
      assert.deepEqual([first?.status, second?.status], ['complete', 'processing'])
      assert.equal(first?.invoice, 'Facture F2026-001 : https://erp.example.test/f/abc.pdf')
      assert.deepEqual(first?.refunds, [{ id: '2', amount: 1482 }])
      assert.deepEqual(shop.counters(), {
        'order-status': { '7:invoiced': 1, '6:shipped': 1, '7:holded': 1, '7:unholded': 1 },
        'order-tracking': { '6:6A12345678901': 1, '6:6A12345678902': 1 },
        'order-note': { '6:Facture F2026-001 : https://erp.example.test/f/abc.pdf': 1 },
        refund: { 6: 1 },
      })
    })
})

describe('errors, as in the contract', () => {
  beforeEach(() => open({ maxPageSize: 300 }))

  it('unknown token', () => assertLike('errors_auth', 'no or unknown token, or a missing right', { token: 'other' }))
  for (const name of [
    'wrong password',
    'unknown route',
    'missing parameter',
    'page size above a limit set by the merchant',
  ])
    it(name, () => assertLike('errors_auth', name))

  it('malformed JSON', async () => {
    const headers = { Authorization: 'Bearer known', 'Content-Type': 'application/json' }
    const reply = await send({ url: `${shop.url}/rest/default/V1/order/6/ship`, method: 'POST', headers, body: '{"a' })
    const { response } = exchange('errors_auth', 'malformed JSON')
    assert.deepEqual([reply.status, jsonOf(reply)], [response.status, response.body])
  })
})
