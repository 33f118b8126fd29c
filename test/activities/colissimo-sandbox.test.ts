import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { HD, openCounter, REQUEST, refused, unavailable } from './colissimo-samples.ts'

const sandbox = await startColissimo({ apiKey: 'key', okapiKey: 'okapi' })
const counter = await openCounter()
const SETTINGS = {
  ...counter.settings,
  url: `${sandbox.url}/sls-ws/SlsServiceWSRest/3.1`,
  trackingUrl: `${sandbox.url}/suivi/v2`,
}
await counter.close()
const colissimo = openColissimo(SETTINGS)
after(() => sandbox.close())
afterEach(() => sandbox.faults.clear())

const named = (reference: string): LabelRequest => ({ ...REQUEST, reference })

test('a parcel lives from its dry run to its delivery', async () => {
  await colissimo.checkLabel(named('shop-1-1'))
  assert.deepEqual(sandbox.labelsByReference('shop-1-1'), [])
  const label = await colissimo.createLabel(named('shop-1-1'))
  assert.deepEqual(sandbox.labelsByReference('shop-1-1'), [label.trackingNumber])
  assert.equal(Buffer.from(label.bytes).toString('latin1', 0, 5), '%PDF-')
  const again = await colissimo.reprintLabel(label.trackingNumber)
  assert.equal(again.trackingNumber, label.trackingNumber)
  assert.equal(Buffer.from(again.bytes).toString('latin1', 0, 5), '%PDF-')
  assert.equal(sandbox.labelsByReference('shop-1-1').length, 1, 'a reprint buys nothing')
  const seen: string[] = []
  for (let step = 0; step < 6; step += 1) {
    const [event] = await colissimo.trackParcels([label.trackingNumber])
    if (event && event.status !== seen.at(-1)) seen.push(event.status)
    sandbox.advance(label.trackingNumber)
  }
  assert.deepEqual(seen, ['announced', 'taken', 'in-transit', 'out-for-delivery', 'delivered'])
})

test('a parcel goes to a pickup point', async () => {
  await colissimo.checkLabel(HD)
  assert.match((await colissimo.createLabel(HD)).trackingNumber, /^[A-Z0-9]{13}$/)
})

test('several parcels are followed at once, unknown ones left out', async () => {
  const labels = [await colissimo.createLabel(named('shop-2-1')), await colissimo.createLabel(named('shop-2-2'))]
  const numbers = labels.map((label) => label.trackingNumber)
  for (const number of numbers) sandbox.advance(number)
  const events = await colissimo.trackParcels([...numbers, '6A99999999999'])
  assert.deepEqual(events.map((event) => event.trackingNumber).sort(), numbers.sort())
})

test('a label bought on a line that is cut is in doubt, and was bought once', async () => {
  sandbox.faults.add({ match: 'generateLabel', drop: 'after' })
  await assert.rejects(colissimo.createLabel(named('shop-3-1')), unavailable(false))
  assert.equal(sandbox.labelsByReference('shop-3-1').length, 1)
  sandbox.faults.add({ match: 'generateLabel', cut: true })
  await assert.rejects(colissimo.createLabel(named('shop-3-2')), unavailable(false))
  assert.equal(sandbox.labelsByReference('shop-3-2').length, 1)
})

test('a wrong key is refused', async () => {
  const stranger = openColissimo({ ...SETTINGS, apiKey: 'other', okapiKey: 'other' })
  await assert.rejects(stranger.checkLabel(REQUEST), refused('login-refused'))
  await assert.rejects(stranger.createLabel(REQUEST), refused('login-refused'))
  await assert.rejects(stranger.trackParcels(['6A15984040331']), refused('login-refused'))
})
