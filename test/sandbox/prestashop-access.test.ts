import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type PrestaShopSandbox, startPrestaShop } from '../../sandbox/shops/prestashop/server.ts'
import { ask, assertLike, basic, codesOf, KEY, recorded, replay, xml } from './prestashop-desk.ts'
import { send } from './raw-http.ts'

const STRANGER = 'A'.repeat(32)

describe('the key of a PrestaShop', () => {
  let shop: PrestaShopSandbox
  before(async () => {
    shop = await startPrestaShop({ key: KEY, permissions: { orders: ['GET', 'HEAD', 'POST'], order_details: ['GET'] } })
  })
  after(() => shop.close())

  const cases = [
    { name: 'no credentials', headers: {} },
    { name: 'key of wrong length', headers: basic('SHORT') },
    { name: 'unknown key of 32 chars', headers: basic(STRANGER) },
    { name: 'unknown key, JSON', headers: basic(STRANGER) },
    { name: 'resource not granted', headers: {} },
    { name: 'method not granted', headers: {} },
  ]
  for (const { name, headers } of cases) {
    it(`answers as recorded: ${name}`, async () => {
      const exchange = recorded('errors', name)
      assertLike(await replay(shop, exchange, { headers }), exchange)
    })
  }

  it('lists at its root only what was granted and exists here, POST of orders does not', async () => {
    const reply = await ask(shop, '/api/')
    assert.equal(reply.status, 200)
    const names = [...reply.text.matchAll(/^<(\w+) xlink:href="[^"]+" (get.*)>$/gm)].map(([, name]) => name)
    assert.deepEqual(
      names.filter((name) => name !== 'description' && name !== 'schema'),
      ['order_details', 'orders'],
    )
    const rights = 'get="true" put="false" post="false" patch="false" delete="false" head="true"'
    assert.ok(reply.text.includes(`<orders xlink:href="http://shop.example.test/api/orders" ${rights}>`))
    assert.match(reply.text, /<api shopName="Boutique Bio">/)
  })

  it('does not take the key of a shop that is not its own', async () => {
    const reply = await ask(shop, '/api/orders?id_shop=2')
    assert.deepEqual([reply.status, codesOf(reply)], [403, [132]])
    assert.equal((await ask(shop, '/api/orders?id_shop=1')).status, 200)
  })

  it('refuses everybody while the web service is off', async () => {
    shop.switchWebService(false)
    const reply = await ask(shop, '/api/orders')
    assert.deepEqual([reply.status, codesOf(reply)], [503, [22]])
    shop.switchWebService(true)
  })
})

describe('bodies that PrestaShop refuses', () => {
  let shop: PrestaShopSandbox
  before(async () => {
    shop = await startPrestaShop({ key: KEY })
    shop.placeOrder({ template: 'paid-card', seed: 0 })
  })
  after(() => shop.close())

  const moved = (name: string, o: { path: string; from: string; to: string }) => {
    const exchange = recorded('errors', name)
    const { body } = exchange.request
    const text = typeof body === 'string' ? body.replaceAll(o.from, o.to) : JSON.stringify(body)
    return replay(shop, exchange, { path: o.path, body: text }).then((reply) => assertLike(reply, exchange))
  }
  const address = { from: 'product', to: 'address' }

  it('answers as recorded to what is no XML', async () => {
    for (const name of ['bad xml', 'empty body', 'json body is not understood']) {
      await moved(name, { path: '/api/addresses', from: '', to: '' })
    }
  })

  it('answers as recorded to ids where they do not belong', async () => {
    await moved('id in POST', { path: '/api/addresses', ...address })
    await moved('no id in PUT', { path: '/api/addresses/1', ...address })
    await moved('unknown id in PUT', { path: '/api/addresses/999999', ...address })
    await moved('DELETE unknown', { path: '/api/messages/999999', ...address })
  })

  const post = (body: string, path = '/api/addresses') => ask(shop, path, { method: 'POST', body })
  const whole = '<id_country>8</id_country><alias>a</alias><lastname>Li</lastname><firstname>Bo</firstname>'

  it('names the first required field that is missing (41) and the first value that is wrong (85)', async () => {
    const missing = await post(xml('address', '<alias>a</alias>'))
    assert.match(missing.text, /\[41]]>[\s\S]*parameter "id_country" required/)
    assert.equal(missing.status, 400)
    const wrong = await post(xml('address', `${whole}<address1>1 rue</address1><city>Ly#on</city>`))
    assert.match(wrong.text, /\[85]]>[\s\S]*Validation error: "Property Address-&gt;city is not valid"/)
    const other = await post(xml('customer', `${whole}<address1>1 rue</address1><city>Lyon</city>`))
    assert.deepEqual(codesOf(other), [41])
  })

  it('does not write a price with a comma', async () => {
    const reply = await post(
      xml('order_payment', '<id_currency>1</id_currency><amount>1,5</amount>'),
      '/api/order_payments',
    )
    assert.match(reply.text, /Property OrderPayment-&gt;amount is not valid/)
  })

  it('refuses the read-only inside of the lines of an order (93)', async () => {
    const { text } = await ask(shop, '/api/orders/1')
    const reply = await ask(shop, '/api/orders/1', { method: 'PUT', body: text })
    assert.match(
      reply.text,
      /\[93]]>[\s\S]*parameter "product_name" not writable. Please remove this attribute of this XML/,
    )
    const kept = text.replace(/<associations>[\s\S]*<\/associations>\n/, '')
    assert.equal((await ask(shop, '/api/orders/1', { method: 'PUT', body: kept })).status, 200)
  })

  it('reads no document type and no entities of its own', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "b">]>${xml('message', '<message>&a;</message>')}`
    assert.deepEqual(codesOf(await post(bomb, '/api/messages')).at(-1), 127)
    const named = await post(xml('message', '<message>A &amp; B &#233; <![CDATA[&lt;]]></message>'), '/api/messages')
    assert.match(named.text, /<message><!\[CDATA\[A & B é &lt;]]><\/message>/)
  })

  it('takes orders from its own page only', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://elsewhere.example' }
    const reply = await send({ url: `${shop.url}/_page/orders`, method: 'POST', headers, body: 'modele=&nombre=1' })
    assert.equal(reply.status, 403)
  })
})
