import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import {
  ask,
  assertLike,
  codesOf,
  type Exchange,
  exchangesOf,
  KEY,
  openShopOn,
  recordedTables,
  replay,
  rows,
  textOfFixture,
} from './prestashop-desk.ts'

/** What this shop does not sell through its web service: products, stock, search. */
const isAboutOrders = ({ request }: Exchange) => !/products|stock_avail|search|shop_urls/.test(request.path)
const QUERY_ERRORS = [
  'unknown resource',
  'unknown display field',
  'filter on date without date=1',
  'sort on date without date=1',
  'unknown filter',
  'filter on computed field',
  'bad limit',
  'unsupported output format',
]

describe('the recorded PrestaShop, read again', () => {
  let shop: PrestaShopSandbox
  before(async () => {
    shop = await openShopOn(recordedTables())
  })
  after(() => shop.close())

  for (const exchange of exchangesOf('read').filter(isAboutOrders)) {
    it(exchange.name, async () => assertLike(await replay(shop, exchange), exchange))
  }

  for (const exchange of exchangesOf('errors').filter(({ name }) => QUERY_ERRORS.includes(name))) {
    it(`refuses: ${exchange.name}`, async () => assertLike(await replay(shop, exchange), exchange))
  }

  const samples = {
    orders: 7,
    order_details: 11,
    order_slip: 1,
    order_cart_rules: 1,
    order_carriers: 7,
    order_invoices: 1,
    addresses: 9,
    customers: 3,
    messages: 1,
    order_states: 4,
    carriers: 2,
    currencies: 1,
    countries: 8,
    languages: 1,
  }
  for (const [resource, id] of Object.entries(samples)) {
    it(`shows ${resource} in XML and JSON, byte for byte in XML`, async () => {
      const text = await ask(shop, `/api/${resource}/${id}`)
      assert.equal(text.text.trimEnd(), textOfFixture(`samples/${resource}.one.xml`).trimEnd())
      const json = await ask(shop, `/api/${resource}/${id}?output_format=JSON`)
      assert.deepEqual(JSON.parse(json.text), JSON.parse(textOfFixture(`samples/${resource}.one.json`)))
    })
  }

  for (const resource of [
    'order_details',
    'order_slip',
    'order_payments',
    'order_histories',
    'addresses',
    'customers',
  ]) {
    it(`lists ${resource} in the recorded order`, async () => {
      const text = await ask(shop, `/api/${resource}?display=full`)
      assert.equal(text.text.trimEnd(), textOfFixture(`samples/${resource}.list_full.xml`).trimEnd())
      const json = await ask(shop, `/api/${resource}?display=full&output_format=JSON`)
      assert.deepEqual(JSON.parse(json.text), JSON.parse(textOfFixture(`samples/${resource}.list_full.json`)))
    })
  }
})

describe('the recorded PrestaShop with two languages', () => {
  it('replays the settings that a connector reads', async () => {
    const [carriers, ...rest] = exchangesOf('configuration').filter(isAboutOrders).reverse()
    const exchanges = [carriers, ...rest].filter((exchange) => exchange !== undefined)
    const listed = exchanges.find(({ name }) => name.startsWith('carriers'))?.response.body as {
      carriers: { id: number }[]
    }
    const shop = await openShopOn({ carriers: listed.carriers }, { languages: 2 })
    for (const exchange of exchanges) assertLike(await replay(shop, exchange), exchange)
    const reply = await ask(shop, '/api/order_states/4?output_format=JSON&language=1')
    assert.equal(JSON.parse(reply.text).order_state.name, 'Shipped')
    const xml = await ask(shop, '/api/order_states?filter[id]=[4]&display=[name]')
    assert.match(xml.text, /<language id="2" xlink:href="[^"]+\/api\/languages\/2"><!\[CDATA\[Shipped]]>/)
    await shop.close()
  })
})

describe('lists of PrestaShop', () => {
  let shop: PrestaShopSandbox
  before(async () => {
    shop = await openShopOn(recordedTables())
  })
  after(() => shop.close())
  const idsOf = async (query: string) => (await rows(shop, 'orders', `&${query}`)).map(({ id }) => id)

  it('takes both ends of an interval, and neither of > and <', async () => {
    const at = '2026-11-24 05:27:52'
    assert.deepEqual(await idsOf(`date=1&filter[date_upd]=[2026-11-24 05:27:49,${at}]`), [6, 7, 8])
    assert.deepEqual(await idsOf(`date=1&filter[date_upd]=>[${at}]`), [9, 10])
    assert.deepEqual(await idsOf('date=1&filter[date_upd]=<[2026-11-24 05:27:49]'), [1, 2, 3, 4, 5])
  })

  it('sorts, pages, and combines filters', async () => {
    assert.deepEqual(await idsOf('sort=[id_DESC]&limit=2,3'), [8, 7, 6])
    assert.deepEqual(await idsOf('filter[id_customer]=[3]&filter[current_state]=[2]&filter[id]=>[5]'), [6, 9, 10])
    assert.deepEqual(await idsOf('filter[payment]=[carte%20bancaire]&filter[id]=>[8]'), [9, 10])
    assert.deepEqual(await idsOf('filter[payment]=[Vir]%25'), [7])
    assert.deepEqual(await idsOf('limit=abc'), [])
  })

  it('refuses a translated shape in sort with the translated fields named', async () => {
    const reply = await ask(shop, '/api/order_states?sort=[foo_ASC]')
    assert.match(reply.text, /, deleted, for i18n fields:name, template]]>/)
  })

  it('describes its resources', async () => {
    const reply = await ask(shop, '/api/order_carriers?schema=synopsis')
    assert.match(reply.text, /<tracking_number format="isTrackingNumber"><!\[CDATA\[]]><\/tracking_number>/)
    assert.match((await ask(shop, '/api/orders?schema=blank')).text, /<order_rows>\n\t<order_row>\n\t<id>/)
  })

  it('answers 304 to who has the same body', async () => {
    const first = await ask(shop, '/api/orders?limit=1')
    const again = await ask(shop, '/api/orders?limit=1', {
      headers: { 'Local-Content-Sha1': first.headers['content-sha1'] ?? '' },
    })
    assert.deepEqual([first.status, again.status, again.text], [200, 304, ''])
    assert.match(first.headers['execution-time'] ?? '', /^\d+\.\d{3}$/)
  })
})

describe('PrestaShop 1.7.8', () => {
  it('keeps falsy fields, has no PATCH, and adds no warnings of PHP 8', async () => {
    const shop = await startPrestaShop({ key: KEY, version: '1.7.8' })
    const { id } = shop.placeOrder({ template: 'coupons-fee-bank-transfer', seed: 0 })
    const one = await ask(shop, `/api/orders/${id}?output_format=JSON`)
    assert.deepEqual([one.headers['psws-version'], JSON.parse(one.text).order.invoice_number], ['1.7.8.11', '0'])
    const patch = await ask(shop, `/api/orders/${id}`, { method: 'PATCH', body: '<prestashop/>' })
    assert.equal(patch.status, 405)
    const refused = await ask(shop, '/api/orders?filter[date_upd]=[1,2]')
    assert.deepEqual([refused.status, codesOf(refused)], [400, [32]])
    await shop.close()
  })
})
