import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openPrestaShop } from '../../activities/shops/prestashop/prestashop.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { type FailureCode, Refused } from '../../domain/failures.ts'
import { type Recorded, type Row, recorded, type Sent, startShelf } from './prestashop-shelf.ts'

const KEY = 'K'.repeat(32)
let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop

const open = async (version?: string) => {
  shelf = await startShelf(version)
  shop = openPrestaShop({ site: 'boutique-bio', url: `${shelf.url}/api/`, key: KEY })
}
beforeEach(() => open())
afterEach(() => shelf.close())

/** Brackets around one value say the same as none. */
const plain = (value: string) => /^\[([^[\],|]*)\]$/.exec(value)?.[1] ?? value
const shape = (o: { method: string; path: string; query: Record<string, string>; body?: string }) => ({
  method: o.method,
  path: o.path,
  query: Object.fromEntries(Object.entries(o.query).map(([name, value]) => [name, plain(value)])),
  body: o.body ?? '',
})
function requestOf({ request: { method, path, body } }: Recorded) {
  const url = new URL(path, 'http://shop')
  return shape({ method, path: url.pathname, query: Object.fromEntries(url.searchParams), ...(body ? { body } : {}) })
}
const writes = (): Sent[] => shelf.seen.filter(({ method }) => method !== 'GET')
function wroteOnce(): Sent {
  const [write, ...more] = writes()
  assert.ok(write && more.length === 0, `${writes().length} writes`)
  return write
}
/** The given number of reads is answered as the lists stand, the call after them as recorded. */
function replayWrite(exchange: Recorded, reads: number): Recorded {
  shelf.tellAfter(reads, exchange)
  return exchange
}
const refuses = (work: Promise<unknown>, code: FailureCode, remedy: RegExp) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof Refused, String(error))
    assert.equal(error.code, code)
    assert.match(error.remedy, remedy)
    assert.doesNotMatch(`${error.remedy}${error.message}${error.stack}`, /KKKK|jeanne/)
    return true
  })
const TRACKING = { carrier: 'COLISSIMO', trackingNumber: '6A12345678901', trackingUrl: 'https://track.example.test/1' }

describe('the calls of the PrestaShop adapter', () => {
  it('log in with the key as a Basic user without password', async () => {
    await shop.readStatus('7')
    assert.equal(shelf.seen[0]?.headers.authorization, `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`)
    assert.equal(shelf.seen[0]?.path, '/api/orders')
  })

  it('read a status from a list, as recorded but for the fields', async () => {
    assert.equal(await shop.readStatus('7'), '10')
    const { query, ...rest } = requestOf(recorded('orders_write', 'state before'))
    const [sent] = shelf.seen
    assert.ok(sent)
    assert.deepEqual(shape(sent), { ...rest, query: { ...query, display: '[id,current_state]' } })
  })

  it('read an order from a list of one, as recorded', async () => {
    await shop.readOrder('7')
    const sent = shelf.seen.find(({ path }) => path === '/api/orders')
    assert.ok(sent)
    assert.deepEqual(shape(sent), requestOf(recorded('read', 'same order as list of one')))
  })

  it('read an order in a fixed number of calls, and reference rows once', async () => {
    await shop.readOrder('6')
    const first = shelf.seen.length
    assert.equal(first, 14)
    await shop.readOrder('7')
    assert.equal(shelf.seen.length - first, 9)
  })

  it('push a status with its mail, as recorded', async () => {
    const exchange = replayWrite(recorded('orders_write', 'change status with e-mail'), 1)
    await shop.pushStatus({ webId: '7', status: '2' })
    assert.deepEqual(shape(wroteOnce()), requestOf(exchange))
    assert.equal(wroteOnce().headers['content-type'], 'text/xml')
  })

  it('push nothing when the order is there already, and never a payment', async () => {
    await shop.pushStatus({ webId: '6', status: '2' })
    assert.deepEqual(writes(), [])
  })

  it('patch a tracking number from 8.0.2 on, as recorded', async () => {
    const exchange = replayWrite(recorded('orders_write', 'tracking number by PATCH'), 1)
    await shop.pushTracking({ webId: '7', tracking: TRACKING })
    assert.deepEqual(shape(wroteOnce()), requestOf(exchange))
  })

  for (const version of ['1.7.6.9', '1.7.8.11', '8.0.1']) {
    it(`put the whole row on ${version}, so that no field is emptied`, async () => {
      shelf.close()
      await open(version)
      const row = shelf.table('order_carriers').find(({ id_order }) => id_order === '7')
      assert.ok(row)
      Object.assign(row, { module_field: 'a & <b>', nothing: null })
      const exchange = replayWrite(recorded('orders_write', 'tracking number by full PUT'), 1)
      await shop.pushTracking({ webId: '7', tracking: TRACKING })
      const { method, path, body } = wroteOnce()
      assert.deepEqual({ method, path }, { method: 'PUT', path: requestOf(exchange).path })
      const fields =
        '<id>7</id><id_order>7</id_order><id_carrier>2</id_carrier><id_order_invoice>0</id_order_invoice>' +
        '<weight>4.850000</weight><shipping_cost_tax_excl>7.000000</shipping_cost_tax_excl>' +
        '<shipping_cost_tax_incl>8.400000</shipping_cost_tax_incl><tracking_number>6A12345678901</tracking_number>' +
        '<date_add>2026-11-24 05:27:51</date_add><module_field>a &amp; &lt;b&gt;</module_field><nothing></nothing>'
      assert.equal(body, `<prestashop><order_carrier>${fields}</order_carrier></prestashop>`)
    })
  }

  it('join several numbers in one row, and find each by itself', async () => {
    const row = shelf.table('order_carriers').find(({ id_order }) => id_order === '7') as Row
    row.tracking_number = '6A1'
    replayWrite(recorded('orders_write', 'tracking number by PATCH'), 1)
    await shop.pushTracking({ webId: '7', tracking: TRACKING })
    assert.match(wroteOnce().body, /<tracking_number>6A1, 6A12345678901<\/tracking_number>/)
    row.tracking_number = '6A1, 6A12345678901'
    assert.equal(await shop.showsTracking({ webId: '7', trackingNumber: '6A12345678901' }), true)
    assert.equal(await shop.showsTracking({ webId: '7', trackingNumber: '6A1' }), true)
    assert.equal(await shop.showsTracking({ webId: '7', trackingNumber: '6A12' }), false)
  })

  it('open a row more when the column has no room left', async () => {
    const row = shelf.table('order_carriers').find(({ id_order }) => id_order === '7') as Row
    row.tracking_number = Array.from({ length: 4 }, (_, i) => `6A1234567890${i + 2}`).join(', ')
    shelf.tellAfter(1, { status: 201, body: '<prestashop><order_carrier><id>20</id></order_carrier></prestashop>' })
    await shop.pushTracking({ webId: '7', tracking: TRACKING })
    const { method, path, body } = wroteOnce()
    assert.deepEqual([method, path], ['POST', '/api/order_carriers'])
    assert.match(body, /<id_order>7<\/id_order><id_carrier>2<\/id_carrier>.*<tracking_number>6A12345678901</)
  })

  it('write to the customer in the thread of the order, as recorded', async () => {
    const [thread, message] = ['thread', 'message'].map((what) =>
      recorded('orders_write', `message on the order page: ${what}`),
    ) as [Recorded, Recorded]
    shelf.tellAfter(3, thread)
    shelf.tellAfter(4, message)
    await shop.pushComment({ webId: '7', text: 'Facture F2026-001 disponible', forCustomer: true })
    const [opened, written, ...more] = writes().map(shape)
    assert.deepEqual(more, [])
    const token = /<token>([0-9a-f]{12})<\/token>/.exec(opened?.body ?? '')?.[1] ?? 'none'
    assert.deepEqual({ ...opened, body: opened?.body.replace(token, 'abcdef123456') }, requestOf(thread))
    assert.deepEqual(written, requestOf(message))
  })

  it('use a thread that is there, and know comments and invoices again', async () => {
    shelf.table('customer_threads').push({ id: 5, id_order: '7', status: 'closed' })
    shelf.tellAfter(1, recorded('orders_write', 'message on the order page: message'))
    await shop.publishInvoice({ webId: '7', number: 'FA26-1', url: 'https://erp.example.test/f/abc.pdf?a=1&b=2' })
    const { path, body } = wroteOnce()
    assert.equal(path, '/api/customer_messages')
    assert.match(body, /<id_customer_thread>5<.*Facture FA26-1 disponible : https:.*a=1&amp;b=2</)
    const message = /<message>(.*)<\/message>/.exec(body)?.[1]?.replace('&amp;', '&')
    assert.equal(await shop.showsInvoice({ webId: '7', number: 'FA26-1' }), false)
    shelf.table('customer_messages').push({ id: 1, id_customer_thread: '5', message, private: '0' })
    assert.equal(await shop.showsInvoice({ webId: '7', number: 'FA26-1' }), true)
    assert.equal(await shop.showsInvoice({ webId: '7', number: 'FA26' }), false)
    assert.equal(await shop.showsComment({ webId: '7', text: `${message}\n` }), true)
  })

  it('write to the shop’s people as a message that is no customer’s', async () => {
    shelf.tellAfter(1, { status: 201, body: '<prestashop><message><id>2</id></message></prestashop>' })
    await shop.pushComment({ webId: '7', text: "Pris en charge par l'ERP", forCustomer: false })
    const { path, body } = wroteOnce()
    assert.equal(path, '/api/messages')
    const fields = "<id_order>7</id_order><message>Pris en charge par l'ERP</message><private>1</private>"
    assert.equal(body, `<prestashop><message>${fields}</message></prestashop>`)
    shelf.table('messages').push({ id: 2, id_order: '7', id_customer: '0', message: "Pris en charge par l'ERP" })
    assert.equal(await shop.showsComment({ webId: '7', text: "Pris en charge par l'ERP" }), true)
    assert.doesNotMatch((await shop.readOrder('7')).note, /ERP/)
  })

  it('name the shop of a multi-shop in every call', async () => {
    const one = openPrestaShop({ site: 's', url: shelf.url, key: KEY, idShop: '1' })
    await one.readOrder('7')
    assert.ok(shelf.seen.every(({ query }) => query.id_shop === '1'))
    await refuses(
      openPrestaShop({ site: 's', url: shelf.url, key: KEY, idShop: '2' }).readOrder('7'),
      'refused',
      /ne connaît pas la commande 7/,
    )
  })
})
