import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openWebhooks, type WooCommerceWebhooks } from '../../../activities/shops/woocommerce/webhooks.ts'
import { Refused } from '../../../domain/failures.ts'
import { startWooCommerce, type WooCommerceSandbox } from '../../../sandbox/shops/woocommerce/server.ts'

const access = { site: 'boutique-bio', key: 'ck_1', secret: 'cs_1' }
const TOPICS = ['order.created', 'order.updated']
const SECRET = 's3cret-of-the-hook'

let sandbox: WooCommerceSandbox
let hooks: WooCommerceWebhooks
let receiver: Server
let wanted: { deliveryUrl: string; secret: string; topics: string[] }
let status = 200
const heard: { headers: IncomingHttpHeaders; body: string }[] = []

beforeEach(async () => {
  sandbox = await startWooCommerce({ key: 'ck_1', secret: 'cs_1' })
  hooks = openWebhooks({ ...access, url: sandbox.url })
  receiver = createServer(async (request, response) => {
    heard.push({ headers: request.headers, body: await text(request) })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const deliveryUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook/woo`
  wanted = { deliveryUrl, secret: SECRET, topics: TOPICS }
})
afterEach(async () => {
  await sandbox.close()
  receiver.close()
  receiver.closeAllConnections()
  heard.splice(0)
  status = 200
})

const sentences = (findings: { sentence: string }[]) => findings.map(({ sentence }) => sentence)
const topicsHeard = () => heard.flatMap(({ headers }) => headers['x-wc-webhook-topic'] ?? [])
const place = () => sandbox.placeOrder({ template: 'paid-card', seed: 0 }).id

describe('the webhooks of a WooCommerce shop', () => {
  it('are created when missing, pinged, and left alone the next time', async () => {
    assert.deepEqual(sentences(await hooks.checkWebhooks(wanted)), [
      'Le webhook « order.created » manque.',
      'Le webhook « order.updated » manque.',
    ])
    assert.deepEqual(sentences(await hooks.ensureWebhooks(wanted)), [
      'Le webhook « order.created » a été créé.',
      'Le webhook « order.updated » a été créé.',
    ])
    await sandbox.flushDeliveries()
    assert.deepEqual(
      heard.map(({ body, headers }) => [body, headers['x-wc-webhook-signature']]),
      [
        ['webhook_id=1', undefined],
        ['webhook_id=2', undefined],
      ],
    )
    assert.deepEqual(sentences(await hooks.ensureWebhooks(wanted)), [
      'Le webhook « order.created » est en place.',
      'Le webhook « order.updated » est en place.',
    ])
    assert.ok((await hooks.checkWebhooks(wanted)).every(({ ok }) => ok))
    assert.deepEqual(Object.values(sandbox.counters().webhook ?? {}), [1, 1])
  })

  it('tell of an order as created and updated, signed, with one delivery id a second', async () => {
    await hooks.ensureWebhooks(wanted)
    await sandbox.flushDeliveries()
    heard.splice(0)
    const id = place()
    await sandbox.flushDeliveries()
    assert.deepEqual(topicsHeard(), TOPICS)
    for (const { headers, body } of heard) {
      const signature = createHmac('sha256', SECRET).update(body).digest('base64')
      assert.equal(headers['x-wc-webhook-signature'], signature)
      assert.equal(headers['x-wc-webhook-source'], `${sandbox.url}/`)
      assert.match(String(headers['x-wc-webhook-delivery-id']), /^[0-9a-f]{32}$/)
      assert.equal(JSON.parse(body).id, Number(id))
    }
  })

  it('are lost, doubled and shuffled when told to', async () => {
    await hooks.ensureWebhooks(wanted)
    await sandbox.flushDeliveries()
    heard.splice(0)
    sandbox.deliveryTroubles.lose = 1
    place()
    await sandbox.flushDeliveries()
    assert.deepEqual(topicsHeard(), ['order.updated'])
    sandbox.deliveryTroubles.double = 1
    place()
    await sandbox.flushDeliveries()
    assert.deepEqual(topicsHeard().slice(1), ['order.created', 'order.created', 'order.updated'])
    sandbox.deliveryTroubles.shuffle = true
    place()
    await sandbox.flushDeliveries()
    assert.deepEqual(topicsHeard().slice(4), TOPICS.toReversed())
  })

  it('are put out after too many failures, said to be, and woken again', async () => {
    await hooks.ensureWebhooks(wanted)
    await sandbox.flushDeliveries()
    status = 500
    for (let failure = 0; failure < 6; failure++) {
      place()
      await sandbox.flushDeliveries()
    }
    const [created] = await hooks.checkWebhooks(wanted)
    assert.deepEqual(created, {
      ok: false,
      sentence: "Le webhook « order.created » est arrêté : la boutique n'a pas pu nous joindre.",
    })
    status = 200
    assert.deepEqual(sentences(await hooks.ensureWebhooks(wanted)), [
      'Le webhook « order.created » était arrêté : il a été remis en marche.',
      'Le webhook « order.updated » était arrêté : il a été remis en marche.',
    ])
    heard.splice(0)
    place()
    await sandbox.flushDeliveries()
    assert.deepEqual(topicsHeard(), TOPICS)
  })

  it('are refused for a topic that WooCommerce does not have', async () => {
    const wrong = hooks.ensureWebhooks({ ...wanted, topics: ['order.paid'] })
    await assert.rejects(wrong, (error) => error instanceof Refused && /invalid_topic/.test(error.remedy))
  })
})
