import assert from 'node:assert/strict'
import { it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { frontThat, type Passing } from './front.ts'
import { inWorld, readAll, type ShopHarness, type World } from './harness.ts'
import { parcel } from './writing.ts'

const NOTICE = `<br />
<b>Notice</b>:  Undefined index: HTTP_REFERER in <b>/home/shop/www/plugin.php</b> on line <b>12</b><br />
`
const PLAIN_NOTICE = `
Warning: Undefined array key "{a}" in /home/shop/www/module.php on line 7
`

const isJson = ({ headers }: Passing): boolean => String(headers['content-type'] ?? '').includes('json')
const before = (text: string) => (reply: Passing) =>
  isJson(reply) && reply.body.length > 0 ? Buffer.concat([Buffer.from(text), reply.body]) : reply.body

const CHANGES: Record<string, (reply: Passing) => Buffer> = {
  'a byte order mark before the text': before('\uFEFF'),
  'a notice of PHP with tags': before(NOTICE),
  'a warning of PHP without tags': before(PLAIN_NOTICE),
  'a comment, a mark and a notice': before(`<!-- cache { -->\uFEFF${NOTICE}`),
  compression(reply) {
    if (reply.body.length === 0) return reply.body
    reply.headers['content-encoding'] = 'gzip'
    return gzipSync(reply.body)
  },
}

/** Reading and writing go on behind hosts that add to replies or pack them. */
export function checkTransport(harness: ShopHarness): void {
  for (const [name, change] of Object.entries(CHANGES)) {
    it(`${name} is let through`, () => inWorld(harness, (world) => work(harness, world), { front: frontThat(change) }))
  }
}

async function work(harness: ShopHarness, { shop, sandbox, since }: World): Promise<void> {
  const { id: webId } = sandbox.placeOrder({ template: harness.templates.paid, seed: 0 })
  assert.equal((await readAll(shop, since)).length, 1)
  assert.equal((await shop.readOrder(webId)).total, sandbox.order(webId).total)
  await shop.pushTracking({ webId, tracking: parcel('6A55555555555') })
  await shop.pushStatus({ webId, status: harness.words.complete })
  assert.equal(await shop.readStatus(webId), harness.words.complete)
  assert.equal(await shop.showsTracking({ webId, trackingNumber: '6A55555555555' }), true)
}
