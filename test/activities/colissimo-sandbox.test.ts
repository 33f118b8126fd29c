import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import type { Label, LabelRequest } from '../../activities/carriers/carrier.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { COM, HD, openCounter, packed, REQUEST, RETURNED, to } from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const sandbox = await startColissimo({ apiKey: 'key', okapiKey: 'okapi' })
const counter = await openCounter()
const SETTINGS = {
  ...counter.settings,
  login: {
    ...counter.settings.login,
    url: `${sandbox.url}/sls-ws/SlsServiceWSRest/3.1`,
    trackingUrl: `${sandbox.url}/suivi/v2`,
    pickupUrl: `${sandbox.url}/pointretrait-ws-cxf/rest/v2/pointretrait`,
  },
}
await counter.close()
const colissimo = openColissimo(SETTINGS)
after(() => sandbox.close())
afterEach(() => sandbox.faults.clear())

const named = (reference: string): LabelRequest => ({ ...packed(REQUEST, { reference }), reference })
const buy = async (request: LabelRequest): Promise<Label> => {
  const { labels } = await colissimo.createLabels(request)
  assert.ok(labels[0])
  return labels[0]
}
const parcel = (trackingNumber: string) => ({ trackingNumber, pieceNumber: null })

test('a parcel lives from its dry run to its delivery', async () => {
  await colissimo.checkLabels(named('shop-1-1'))
  assert.deepEqual(sandbox.labelsByReference('shop-1-1'), [])
  const label = await buy(named('shop-1-1'))
  assert.deepEqual(sandbox.labelsByReference('shop-1-1'), [label.trackingNumber])
  assert.equal(Buffer.from(label.label.bytes).toString('latin1', 0, 5), '%PDF-')
  const again = (await colissimo.fetchLabels({ trackingNumber: label.trackingNumber, request: named('shop-1-1') }))
    ?.labels[0]
  assert.equal(again?.trackingNumber, label.trackingNumber)
  assert.equal(Buffer.from(again?.label.bytes ?? []).toString('latin1', 0, 5), '%PDF-')
  assert.equal(sandbox.labelsByReference('shop-1-1').length, 1, 'a reprint buys nothing')
  const seen: string[] = []
  for (let step = 0; step < 6; step += 1) {
    const [event] = await colissimo.trackParcels([parcel(label.trackingNumber)])
    if (event && event.status !== seen.at(-1)) seen.push(event.status)
    sandbox.advance(label.trackingNumber)
  }
  assert.deepEqual(seen, ['announced', 'taken', 'in-transit', 'out-for-delivery', 'delivered'])
})

test('a parcel goes to a pickup point', async () => {
  await colissimo.checkLabels(HD)
  assert.match((await buy(HD)).trackingNumber, /^[A-Z0-9]{13}$/)
})

test('several parcels are followed at once, unknown ones left out', async () => {
  const labels = [await buy(named('shop-2-1')), await buy(named('shop-2-2'))]
  const numbers = labels.map((label) => label.trackingNumber)
  for (const number of numbers) sandbox.advance(number)
  const events = await colissimo.trackParcels([...numbers, '6A99999999999'].map(parcel))
  assert.deepEqual(events.map((event) => event.trackingNumber).sort(), numbers.sort())
})

test('a label bought on a line that is cut is in doubt, and was bought once', async () => {
  sandbox.faults.add({ match: 'generateLabel', drop: 'after' })
  await assert.rejects(colissimo.createLabels(named('shop-3-1')), unavailable(false))
  assert.equal(sandbox.labelsByReference('shop-3-1').length, 1)
  sandbox.faults.add({ match: 'generateLabel', cut: true })
  await assert.rejects(colissimo.createLabels(named('shop-3-2')), unavailable(false))
  assert.equal(sandbox.labelsByReference('shop-3-2').length, 1)
})

test('a wrong key is refused', async () => {
  const stranger = openColissimo({ ...SETTINGS, login: { ...SETTINGS.login, apiKey: 'other', okapiKey: 'other' } })
  await assert.rejects(stranger.checkLabels(REQUEST), refused('login-refused'))
  await assert.rejects(stranger.createLabels(REQUEST), refused('login-refused'))
  await assert.rejects(stranger.trackParcels([parcel('6A15984040331')]), refused('login-refused'))
})

const overseas: LabelRequest = { ...packed(COM, { reference: 'shop-4-1' }), reference: 'shop-4-1' }

test('a parcel overseas has its customs form, and its goods may come back', async () => {
  await colissimo.checkLabels(overseas)
  const { trackingNumber, papers } = await buy(overseas)
  assert.deepEqual(
    papers.map(({ kind, mediaType }) => [kind, mediaType]),
    [['customs-form', 'application/pdf']],
  )
  const back: LabelRequest = {
    ...packed(COM, { reference: 'shop-4-1-r' }),
    reference: 'shop-4-1-r',
    direction: 'return',
    customs: { ...RETURNED, outwardParcel: trackingNumber },
  }
  await colissimo.checkLabels(back)
  assert.match((await buy(back)).trackingNumber, /^[A-Z0-9]{13}$/)
})

test('a return inside France has the customer as its sender', async () => {
  const back: LabelRequest = { ...named('shop-5-1-r'), direction: 'return' }
  await colissimo.checkLabels(back)
  assert.match((await buy(back)).trackingNumber, /^[A-Z0-9]{13}$/)
})

test('an insured parcel, a parcel abroad and one for another printer are bought', async () => {
  await colissimo.checkLabels({ ...named('shop-6-1'), insured: 16_200 })
  await colissimo.checkLabels(to({ country: 'DE', postalCode: '10115', city: 'Berlin', phone: '+49 1512 7654321' }))
  const zebra = openColissimo({ ...SETTINGS, format: 'zpl-203' })
  const [label] = (await zebra.createLabels(named('shop-6-2'))).labels
  assert.equal(label?.label.mediaType, 'application/zpl')
  assert.match(Buffer.from(label?.label.bytes ?? []).toString('latin1'), /^\^XA/)
})

test('a slip is made once for parcels that exist', async () => {
  const numbers = [(await buy(named('shop-7-1'))).trackingNumber, (await buy(named('shop-7-2'))).trackingNumber]
  const { number, pdf } = await colissimo.makeManifest(numbers)
  assert.match(number, /^\d+$/)
  assert.equal(Buffer.from(pdf).toString('latin1', 0, 5), '%PDF-')
  await assert.rejects(colissimo.makeManifest(['6A99999999999']), refused('refused', /50031/))
})

test('a pickup point is found near the customer, and a parcel goes there', async () => {
  const near = { near: HD.recipient, weight: 1100, shipOn: '2099-03-16', service: 'HD' }
  const places = await colissimo.findPickupPoints(near)
  const [nearest] = places
  assert.ok(nearest)
  assert.deepEqual(
    places.map(({ distance }) => distance),
    places.map(({ distance }) => distance).sort((a, b) => (a ?? 0) - (b ?? 0)),
  )
  assert.ok(Object.keys(nearest.opening).length > 0)
  const { id, network, name } = nearest
  const request = { ...HD, reference: 'shop-8-1', pickupPoint: { id, network, name } }
  await colissimo.checkLabels(request)
  await buy(request)
})
