import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, it } from 'node:test'
import { type MagentoSandbox, startMagento, type Version } from '../../sandbox/shops/magento/server.ts'
import { send } from './raw-http.ts'

interface Item {
  item_id: number
  qty_invoiced: number
  qty_shipped: number
}
interface Order {
  state: string
  status?: string
  updated_at: string
  items: Item[]
}

let shop: MagentoSandbox
let clock = new Date('2026-11-24T10:00:00Z')
afterEach(() => shop.close())

const open = async (version: Version = '2.4.8', file?: string) => {
  clock = new Date('2026-11-24T10:00:00Z')
  const login = { token: 'known' }
  shop = await startMagento({ login, bearerAllowed: true, version, now: () => clock, ...(file ? { file } : {}) })
}

const call = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
  const headers = { Authorization: 'Bearer known', 'Content-Type': 'application/json', ...more }
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const reply = await fetch(`${shop.url}/rest/default/V1${path}`, init)
  return { status: reply.status, body: (await reply.json()) as unknown }
}
const orderOf = async (id: string) => (await call('GET', `/orders/${id}`)).body as Order
const refusal = async (path: string, body: unknown) => {
  const reply = await call('POST', path, body)
  assert.equal(reply.status, 400)
  return (reply.body as { message: string }).message
}
const later = (minutes: number) => {
  clock = new Date(clock.getTime() + minutes * 60_000)
}
const place = (template: string) => shop.placeOrder({ template, seed: 0 }).id
const note = { comment: 'Bonjour', is_customer_notified: 0, is_visible_on_front: 1 }
const track = { title: 'Colissimo', carrier_code: 'custom' }

describe('the status of a comment', () => {
  const comment = (id: string, status?: string) =>
    call('POST', `/orders/${id}/comments`, { statusHistory: { ...note, ...(status ? { status } : {}) } })

  it('is wiped by 2.4.6 when it is missing; any text is taken', async () => {
    await open('2.4.6')
    const id = place('paid-card')
    assert.equal((await comment(id, 'anything')).status, 200)
    assert.equal((await orderOf(id)).status, 'anything')
    assert.equal((await comment(id)).status, 200)
    assert.equal('status' in (await orderOf(id)), false)
    assert.deepEqual(shop.counters(), {
      'order-status': { [`${id}:anything`]: 1, [`${id}:wiped`]: 1 },
      'order-note': { [`${id}:Bonjour`]: 2 },
    })
  })

  it('may only be the same on 2.4.7', async () => {
    await open('2.4.7')
    const id = place('paid-card')
    assert.equal((await comment(id, 'fraud')).status, 400)
    assert.equal((await comment(id)).status, 200)
    assert.equal((await orderOf(id)).status, 'processing')
  })

  it('may be another of the current state on 2.4.8', async () => {
    await open('2.4.8')
    const id = place('paid-card')
    assert.equal((await comment(id, 'complete')).status, 400)
    assert.equal((await comment(id, 'fraud')).status, 200)
    const { state, status } = await orderOf(id)
    assert.deepEqual([state, status], ['processing', 'fraud'])
    assert.deepEqual(shop.order(id).comments, ['Bonjour'])
  })
})

describe('documents', () => {
  it('ships in parts, and is complete when everything is invoiced and shipped', async () => {
    await open()
    const id = place('coupons-fee-bank-transfer')
    const [first, second] = (await orderOf(id)).items
    assert.ok(first && second)
    later(5)
    const part = { items: [{ order_item_id: first.item_id, qty: 2 }], tracks: [{ ...track, track_number: 'A1' }] }
    assert.equal((await call('POST', `/order/${id}/ship`, part)).status, 200)
    const shipped = await orderOf(id)
    assert.deepEqual([shipped.state, shipped.updated_at], ['processing', '2026-11-24 10:05:00'])
    assert.match(
      await refusal(`/order/${id}/ship`, part),
      /^Shipment Document .*\nWe found an invalid quantity to ship/,
    )
    const unknown = { items: [{ order_item_id: 999, qty: 1 }] }
    assert.match(await refusal(`/order/${id}/ship`, unknown), /We can not found item "999" in order/)
    assert.equal((await call('POST', `/order/${id}/invoice`, { capture: true })).status, 200)
    assert.equal((await orderOf(id)).state, 'processing')
    assert.equal((await call('POST', `/order/${id}/ship`, { items: [] })).status, 200)
    assert.equal((await orderOf(id)).state, 'complete')
    assert.deepEqual(shop.counters()['order-status'], { [`${id}:shipped`]: 2, [`${id}:invoiced`]: 1 })
  })

  it('adds partial invoices and refunds up to the cent', async () => {
    await open()
    for (let seed = 1; seed <= 30; seed++) {
      const template = seed % 2 ? 'coupons-fee-bank-transfer' : 'free-shipping'
      const { id } = shop.placeOrder({ template, seed })
      const [first] = (await orderOf(id)).items
      await call('POST', `/order/${id}/invoice`, { items: [{ order_item_id: first?.item_id, qty: 1 }] })
      await call('POST', `/order/${id}/invoice`, {})
      const { total, paid } = shop.order(id)
      assert.equal(paid, true)
      await call('POST', `/order/${id}/refund`, { items: [{ order_item_id: first?.item_id, qty: 1 }] })
      shop.refund(id)
      const refunded = shop.order(id).refunds.map(({ amount }) => amount)
      assert.equal(
        refunded.reduce((a, b) => a + b, 0),
        total,
      )
      assert.equal(shop.order(id).status, 'closed')
    }
  })

  it('lets the child of a configurable follow its parent, and a split bundle its children', async () => {
    await open()
    const [sized, box] = [place('configurable'), place('bundle')]
    const [parent, child] = (await orderOf(sized)).items
    assert.deepEqual([parent?.qty_invoiced, child?.qty_invoiced], [2, 2])
    const onlyChild = { items: [{ order_item_id: child?.item_id, qty: 1 }] }
    assert.match(await refusal(`/order/${sized}/ship`, onlyChild), /create a shipment without products/)
    const [, drill] = (await orderOf(box)).items
    await call('POST', `/order/${box}/ship`, { items: [{ order_item_id: drill?.item_id, qty: 1 }] })
    assert.deepEqual(
      (await orderOf(box)).items.map((item) => item.qty_shipped),
      [0, 1, 0],
    )
    await call('POST', `/order/${box}/ship`, {})
    const { items, state } = await orderOf(box)
    assert.deepEqual([items.map((item) => item.qty_shipped), state], [[1, 1, 2], 'complete'])
  })

  it('does not move the order for a comment of the same status, nor for one more track', async () => {
    await open()
    const id = place('paid-card')
    const ship = await call('POST', `/order/${id}/ship`, { tracks: [{ ...track, track_number: 'A1' }] })
    later(10)
    await call('POST', `/orders/${id}/comments`, { statusHistory: { ...note, status: 'complete' } })
    const entity = { order_id: Number(id), parent_id: Number(ship.body), weight: 0, qty: 1, description: '', ...track }
    for (const _ of [1, 2]) await call('POST', '/shipment/track', { entity: { ...entity, track_number: 'A2' } })
    assert.equal((await orderOf(id)).updated_at, '2026-11-24 10:00:00')
    assert.deepEqual(shop.order(id).tracking, ['A1', 'A2', 'A2'])
    assert.deepEqual(shop.counters()['order-tracking'], { [`${id}:A1`]: 1, [`${id}:A2`]: 2 })
    const foreign = { entity: { ...entity, parent_id: 99, track_number: 'A3' } }
    assert.equal(await refusal('/shipment/track', foreign), "The shipment doesn't belong to the order.")
  })
})

describe('cancel and hold', () => {
  it('cancels what is not invoiced, with 200 either way', async () => {
    await open()
    const [unpaid, paid] = [place('coupons-fee-bank-transfer'), place('paid-card')]
    assert.deepEqual(await call('POST', `/orders/${unpaid}/cancel`), { status: 200, body: true })
    assert.deepEqual(await call('POST', `/orders/${unpaid}/cancel`), { status: 200, body: false })
    assert.deepEqual(await call('POST', `/orders/${paid}/cancel`), { status: 200, body: false })
    assert.match(await refusal(`/order/${unpaid}/ship`, {}), /cannot be created when an order has a status of canceled/)
    assert.deepEqual(shop.counters(), { 'order-status': { [`${unpaid}:canceled`]: 1 } })
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

describe('bodies against the published schema', () => {
  it('refuses missing members, wrong types, unknown members and other content types', async () => {
    await open()
    const id = place('paid-card')
    const needed = '"%fieldName" is required. Enter and try again.'
    assert.equal(await refusal(`/orders/${id}/comments`, {}), needed)
    assert.equal(await refusal(`/orders/${id}/comments`, { statusHistory: { comment: 'x' } }), needed)
    assert.equal(await refusal(`/order/${id}/ship`, { items: [{ qty: 1 }] }), needed)
    assert.match(await refusal(`/order/${id}/ship`, { items: 'all' }), /type is invalid/)
    assert.match(await refusal(`/order/${id}/ship`, { items: [{ order_item_id: '1', qty: 1 }] }), /type is invalid/)
    const twisted = { tracks: [{ ...track, number: 'A1' }] }
    assert.match(await refusal(`/order/${id}/ship`, twisted), /Error occurred during "%fieldName" processing/)
    const source = { arguments: { extension_attributes: { source_code: 'lyon' } } }
    assert.equal(await refusal(`/order/${id}/ship`, source), 'Source with code "%value" does not exist.')
    const typed = await call('POST', `/order/${id}/ship`, {}, { 'Content-Type': 'text/plain' })
    assert.equal(typed.status, 400)
    assert.deepEqual(shop.counters(), {})
  })
})

describe('lists', () => {
  const count = async (query: string) => {
    const { status, body } = await call('GET', `/orders?${query}&fields=total_count`)
    return status === 200 ? (body as { total_count: number }).total_count : status
  }
  const where = (group: number, filter: number, field: string, value: string, condition = 'eq') => {
    const base = `searchCriteria[filter_groups][${group}][filters][${filter}]`
    return `${base}[field]=${field}&${base}[value]=${encodeURIComponent(value)}&${base}[condition_type]=${condition}`
  }

  it('OR inside a group, AND between groups; every condition', async () => {
    await open()
    for (const template of ['paid-card', 'coupons-fee-bank-transfer', 'guest-no-tax']) {
      shop.placeOrder({ template, seed: 0 })
      later(1)
    }
    const either = `${where(0, 0, 'state', 'new')}&${where(0, 1, 'entity_id', '3')}`
    assert.equal(await count(either), 2)
    assert.equal(await count(`${either}&${where(1, 0, 'entity_id', '3', 'neq')}`), 1)
    const conditions: [string, string, string, number][] = [
      ['updated_at', '2026-11-24 10:01:00', 'gteq', 2],
      ['updated_at', '2026-11-24 10:01:00', 'gt', 1],
      ['updated_at', '2026-11-24', 'from', 3],
      ['updated_at', '2026-11-24 10:00:00', 'to', 1],
      ['grand_total', '84.42', 'lteq', 2],
      ['increment_id', '000000001,000000003', 'in', 2],
      ['increment_id', '000000001,000000003', 'nin', 1],
      ['customer_email', 'JEANNE%', 'like', 2],
      ['coupon_code', '', 'null', 2],
      ['coupon_code', '', 'notnull', 1],
      ['applied_rule_ids', '3', 'finset', 1],
      ['updated_at', '2026-11-24T10:00:00Z', 'gteq', 500],
      ['no_such_column', '1', 'eq', 500],
    ]
    for (const [field, value, condition, expected] of conditions)
      assert.equal(await count(where(0, 0, field, value, condition)), expected, `${field} ${condition} ${value}`)
  })

  it('give everything without a page size, sort downwards by default, know camel case', async () => {
    await open()
    for (let seed = 1; seed <= 25; seed++) shop.placeOrder({ seed })
    const ids = async (query: string) => {
      const { body } = await call('GET', `/orders?${query}&fields=items[entity_id]`)
      return (body as { items: { entity_id: number }[] }).items.map((order) => order.entity_id)
    }
    assert.equal((await ids('searchCriteria')).length, 25)
    assert.deepEqual(await ids('searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[pageSize]=2'), [25, 24])
    assert.deepEqual(
      await ids(
        'searchCriteria[sort_orders][0][field]=entity_id&searchCriteria[sort_orders][0][direction]=ASC&' +
          'searchCriteria[page_size]=10&searchCriteria[current_page]=3',
      ),
      [21, 22, 23, 24, 25],
    )
    assert.equal((await call('GET', '/orders')).status, 400)
    assert.equal((await call('GET', '/orders?searchCriteria[pageSize]=ten')).status, 400)
  })
})

describe('what people do', () => {
  it('the hand pays what waits for money at the second beat, by an invoice', async (test) => {
    await open()
    test.mock.timers.enable({ apis: ['setInterval'] })
    const id = place('coupons-fee-bank-transfer')
    shop.startHand(1000)
    test.mock.timers.tick(1000)
    assert.equal(shop.order(id).status, 'pending')
    test.mock.timers.tick(1000)
    assert.deepEqual([shop.order(id).status, shop.order(id).paid], ['processing', true])
    shop.stopHand()
    const { body } = await call(
      'GET',
      `/invoices?${`searchCriteria[filter_groups][0][filters][0][field]=order_id&searchCriteria[filter_groups][0][filters][0][value]=${id}`}`,
    )
    const { items } = body as { items: { grand_total: number; state: number }[] }
    assert.deepEqual(
      items.map(({ grand_total, state }) => [grand_total, state]),
      [[84.42, 2]],
    )
    assert.deepEqual(shop.counters(), {})
  })

  it('the merchant cancels, refunds, changes address and lines; the order is changed since', async () => {
    await open()
    const [paid, unpaid] = [place('paid-card'), place('free-shipping')]
    later(3)
    shop.changeAddress(paid)
    assert.equal((await orderOf(paid)).updated_at, '2026-11-24 10:03:00')
    shop.refund(paid, 500)
    shop.cancel(paid)
    shop.changeLines(unpaid)
    assert.equal(shop.order(unpaid).total, 2964)
    shop.moveStatus(unpaid, 'complete')
    assert.deepEqual([shop.order(paid).status, shop.order(unpaid).status], ['closed', 'complete'])
    assert.deepEqual(
      shop.order(paid).refunds.map(({ amount }) => amount),
      [500, 8787],
    )
    assert.throws(() => shop.refund(paid, 1), RangeError)
    assert.throws(() => shop.order('99'), RangeError)
  })

  it('the page places, pays and cancels orders, escapes what it shows, refuses other sites', async () => {
    await open()
    const post = (path: string, body: string, more = {}) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...more }
      return send({ url: shop.url + path, method: 'POST', body, headers })
    }
    assert.equal((await post('/_page/orders', 'modele=coupons-fee-bank-transfer&nombre=2')).status, 303)
    assert.equal((await post('/_page/orders/1/pay', '')).status, 303)
    assert.equal((await post('/_page/orders/2/cancel', '')).status, 303)
    assert.deepEqual(
      shop.orders().map((order) => order.status),
      ['processing', 'canceled'],
    )
    const { text } = await send({ url: `${shop.url}/` })
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
    await shop.close()
    await open('2.4.8', file)
    assert.equal(shop.order(id).status, 'canceled')
    assert.deepEqual(shop.counters(), { 'order-status': { [`${id}:canceled`]: 1 } })
    assert.equal(place('paid-card'), String(Number(id) + 1))
    rmSync(folder, { recursive: true })
  })
})
