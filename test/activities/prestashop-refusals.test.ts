import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openPrestaShop } from '../../activities/shops/prestashop/prestashop.ts'
import type { Shop } from '../../activities/shops/shop.ts'
import { type FailureCode, Refused, Unavailable } from '../../domain/failures.ts'
import { apiRoot, type Row, recorded, type Sent, startShelf } from './prestashop-shelf.ts'

const KEY = 'K'.repeat(32)
let shelf: Awaited<ReturnType<typeof startShelf>>
let shop: Shop

const open = async (version?: string) => {
  shelf = await startShelf(version)
  shop = openPrestaShop({ site: 'boutique-bio', url: `${shelf.url}/api/`, key: KEY })
}
beforeEach(() => open())
afterEach(() => shelf.close())

const writes = (): Sent[] => shelf.seen.filter(({ method }) => method !== 'GET')
const refuses = (work: Promise<unknown>, code: FailureCode, remedy: RegExp) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof Refused, String(error))
    assert.equal(error.code, code)
    assert.match(error.remedy, remedy)
    assert.doesNotMatch(`${error.remedy}${error.message}${error.stack}`, /KKKK|jeanne/)
    return true
  })
const TRACKING = { carrier: 'COLISSIMO', trackingNumber: '6A12345678901', trackingUrl: 'https://track.example.test/1' }

describe('what PrestaShop refuses', () => {
  it('a login, in XML, in JSON and in plain text', async () => {
    for (const name of ['no credentials', 'key of wrong length', 'unknown key of 32 chars', 'unknown key, JSON']) {
      shelf.replay(recorded('errors', name))
      await refuses(shop.readStatus('7'), 'login-refused', /boutique-bio/)
    }
    shelf.replay(recorded('errors', 'resource not granted'))
    await refuses(shop.readStatus('7'), 'login-refused', /code 26 : la clé n'a pas le droit GET sur orders/)
    shelf.tellAfter(1, recorded('errors', 'method not granted'))
    await refuses(shop.pushStatus({ webId: '7', status: '2' }), 'login-refused', /code 25 .*POST sur order_histories/)
    shelf.tell({ status: 403, body: JSON.stringify({ errors: [{ code: 132, message: 'jeanne' }] }) })
    await refuses(shop.readStatus('7'), 'login-refused', /code 132/)
  })

  it('an order that it does not know, or that is no id', async () => {
    for (const webId of ['999999', '0 OR 1', '']) {
      await refuses(shop.readOrder(webId), 'refused', /ne connaît pas la commande/)
      await refuses(shop.readStatus(webId), 'refused', /ne connaît pas la commande/)
    }
    shelf.replay(recorded('read', 'missing id'))
    await refuses(shop.readStatus('7'), 'refused', /HTTP 404/)
  })

  it('a state that it does not know, by a 500 without a word', async () => {
    shelf.tellAfter(1, recorded('orders_write', 'unknown order state'))
    await refuses(shop.pushStatus({ webId: '8', status: '77' }), 'refused', /l'état de commande « 77 »/)
    shelf.tellAfter(1, { status: 500, body: '' })
    await assert.rejects(shop.pushStatus({ webId: '8', status: '3' }), Unavailable)
  })

  it('nothing when only the mail failed after the state was saved (1.7.6)', async () => {
    const [order] = shelf.table('orders').filter(({ id }) => id === 8)
    shelf.tellAfter(1, { status: 500, body: '', before: () => Object.assign(order as Row, { current_state: '3' }) })
    await shop.pushStatus({ webId: '8', status: '3' })
    assert.equal(writes().length, 1)
  })

  it('a tracking number, by the code of its field', async () => {
    shelf.tellAfter(1, recorded('orders_write', 'tracking number refused'))
    const bad = { ...TRACKING, trackingNumber: 'é|x' }
    await refuses(
      shop.pushTracking({ webId: '7', tracking: bad }),
      'refused',
      /PATCH order_carriers, HTTP 400, code 85/,
    )
  })

  it('nothing, when it only cannot answer now', async () => {
    const page = '<!DOCTYPE html><html><script>var a = [1]; {"orders":[]}</script></html>'
    for (const status of [200, 302, 403, 404, 500, 503]) {
      shelf.tell({ status, body: page })
      await assert.rejects(shop.readStatus('7'), (e) => e instanceof Unavailable && !/KKKK/.test(e.message))
    }
    for (const body of ['{"orders":[{"id":7', '{"orders":"none"}', '{"errors":[]}', '[1]', '']) {
      shelf.tell({ status: 200, body })
      await assert.rejects(shop.readStatus('7'), Unavailable)
    }
  })
})

describe('the dialects of PrestaShop', () => {
  const list = JSON.stringify({ orders: [{ id: 7, current_state: '3' }] })

  it('tolerate notices, a byte order mark and gzip before the JSON', async () => {
    const notice = '<br />\n<b>Notice</b>:  Undefined offset [0] in <b>/x.php</b> on line <b>12</b><br />\n'
    for (const body of [`\uFEFF${list}`, `${notice}${list}`, `\nNotice: Undefined index {a}\n\n${list}`]) {
      shelf.tell({ status: 200, body })
      assert.equal(await shop.readStatus('7'), '3')
    }
    shelf.tell({ status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(list) })
    assert.equal(await shop.readStatus('7'), '3')
    shelf.tell({ status: 200, body: `${notice}[]` })
    await refuses(shop.readStatus('7'), 'refused', /ne connaît pas/)
  })

  it('before 1.7.8 know the totals of vouchers only', async () => {
    shelf.close()
    await open('1.7.6.9')
    const order = await shop.readOrder('7')
    assert.ok(shelf.seen.every(({ path }) => path !== '/api/order_cart_rules'))
    assert.deepEqual(order.coupons, [])
    // 15.57 on 22.94, 44.74 and 38.00: 3.38 + 6.59 + 5.60; VAT 0.56 + 1.10 + 0.29 = 1.95
    assert.deepEqual(
      order.lines.slice(0, 3).map((line) => [line.discount, line.discountVat]),
      [
        [338, 56],
        [659, 110],
        [560, 29],
      ],
    )
    // a discount of just the shipping is the shipping's
    assert.equal((await shop.readOrder('8')).lines.at(-1)?.discount, 840)
  })

  it('without a version do without the resources that are missing', async () => {
    shelf.close()
    await open('')
    shelf.drop('order_cart_rules')
    assert.deepEqual((await shop.readOrder('7')).coupons, [])
  })
})

describe('the connection check of PrestaShop', () => {
  it('says the version, the rights and the clock', async () => {
    shelf.tell({ status: 200, body: apiRoot() })
    const findings = await shop.checkConnection()
    assert.deepEqual(
      findings.map(({ ok }) => ok),
      [true, true, true],
    )
    assert.match(findings[0]?.sentence ?? '', /PrestaShop 8\.2\.1/)
    assert.match(findings[2]?.sentence ?? '', /Europe\/Paris/)
  })

  it('names each right that is missing', async () => {
    const poor = apiRoot()
      .replace(/<customers [\s\S]*?<\/customers>/, '')
      .replace(/(<messages [^>]*)post="true"/, '$1')
    shelf.tell({ status: 200, body: poor })
    const [, rights] = await shop.checkConnection()
    assert.deepEqual(rights, {
      ok: false,
      sentence: 'Il manque à la clé des droits : GET sur customers, POST sur messages.',
    })
  })

  it('sees a clock that is wrong, a zone that is unknown, and a key that is refused', async () => {
    const date = new Date(Date.now() - 600_000).toUTCString()
    const zone = JSON.stringify({ configurations: [{ name: 'PS_TIMEZONE', value: 'Europe/Paris' }] })
    shelf.tell({ status: 200, body: apiRoot(), headers: { date } }, { status: 200, body: zone, headers: { date } })
    assert.match((await shop.checkConnection())[2]?.sentence ?? '', /décalée de (600|601) secondes/)
    shelf.close()
    await open()
    shelf.tell({ status: 200, body: apiRoot() }, { status: 200, body: '[]' })
    assert.match((await shop.checkConnection())[2]?.sentence ?? '', /PS_TIMEZONE/)
    shelf.replay(recorded('errors', 'unknown key of 32 chars'))
    assert.deepEqual(await shop.checkConnection(), [
      { ok: false, sentence: 'La clé est refusée (login-refused: PrestaShop boutique-bio, code 20, 21).' },
    ])
    shelf.tell({ status: 200, body: '<!DOCTYPE x [<!ENTITY a "b">]><prestashop><api/></prestashop>' })
    assert.match((await shop.checkConnection())[0]?.sentence ?? '', /ne répond pas comme un PrestaShop/)
  })
})
