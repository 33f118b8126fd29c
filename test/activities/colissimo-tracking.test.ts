import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { statusOf } from '../../activities/carriers/colissimo/statuses.ts'
import { latestEvents } from '../../activities/carriers/colissimo/tracking.ts'
import { fixture, json, openCounter, rowsOf } from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const counter = await openCounter()
const colissimo = openColissimo(counter.settings)
after(counter.close)
const follow = (...numbers: string[]) =>
  colissimo.trackParcels(numbers.map((trackingNumber) => ({ trackingNumber, pieceNumber: null })))
beforeEach(() => {
  counter.heard.length = 0
})

test('tracking reads one object, a list of one, and several; unknown numbers are left out', async () => {
  const single = json('suivi-v2-single.json')
  const delivered = {
    trackingNumber: 'EW112720413FR',
    pieceNumber: null,
    status: 'delivered',
    label: 'Votre colis est livré.',
    at: '2023-03-09T08:38:00.000Z',
  }
  counter.play(
    { body: JSON.stringify(single) },
    { body: JSON.stringify([single]) },
    { status: 207, body: fixture('suivi-v2-multi-207.json') },
  )
  assert.deepEqual(await follow('EW112720413FR'), [delivered])
  assert.deepEqual(await follow('EW112720413FR'), [delivered])
  assert.deepEqual(await follow('EW112720413FR', '6A15984040331'), [delivered])
  assert.equal(counter.heard[2]?.path, 'GET /suivi/v2/idships/EW112720413FR,6A15984040331?lang=fr_FR')
  assert.equal(counter.heard[2]?.headers['x-okapi-key'], 'okapi')
  assert.equal(counter.heard[2]?.headers.accept, 'application/json')
  counter.play({ status: 404, body: fixture('suivi-v2-404.json') })
  assert.deepEqual(await follow('6A15984040331'), [])
  assert.deepEqual(await follow(), [])
})

test('one malformed number does not hide the others', async () => {
  const malformed = { status: 400, body: fixture('suivi-v2-400.json') }
  counter.play(malformed, { body: fixture('suivi-v2-single.json') }, malformed)
  const events = await follow('EW112720413FR', '123982738923')
  assert.deepEqual(
    events.map((event) => event.trackingNumber),
    ['EW112720413FR'],
  )
})

test('tracking that cannot be read is unavailable, a bad key is refused', async () => {
  counter.play({ status: 429, body: fixture('suivi-v2-429.json') })
  await assert.rejects(follow('6A15984040331'), unavailable(true))
  counter.play({ status: 404, type: 'text/html', body: '<html>' })
  await assert.rejects(follow('6A15984040331'), unavailable(false))
  counter.play({ status: 401, body: '' })
  await assert.rejects(follow('6A15984040331'), refused('login-refused'))
})

test('the latest event that means something counts, whatever the order of the list', () => {
  const at = (hour: string) => `2026-11-24T${hour}:00:00+01:00`
  const latest = (...event: { code: string; date: string }[]) =>
    latestEvents([{ returnCode: 200, shipment: { idShip: '6A1', event } }]).map(({ status, at }) => [status, at])
  assert.deepEqual(
    latest({ code: 'ET1', date: at('08') }, { code: 'MD2', date: at('10') }, { code: 'PC1', date: at('07') }),
    [['out-for-delivery', '2026-11-24T09:00:00.000Z']],
  )
  assert.deepEqual(
    latest({ code: 'XX9', date: at('12') }, { code: 'ID0', date: at('11') }, { code: 'AG1', date: at('10') }),
    [['at-pickup-point', '2026-11-24T09:00:00.000Z']],
  )
  assert.deepEqual(latest({ code: 'DI1', date: at('10') }, { code: 'MD2', date: at('10') })[0]?.[0], 'delivered')
  assert.deepEqual(latest({ code: 'RE1', date: at('10') })[0]?.[0], 'returning')
  assert.deepEqual(latest({ code: 'DI2', date: at('10') })[0]?.[0], 'returned')
  assert.deepEqual(
    latest({ code: 'ET1', date: '2026-11-24T10:00:00+01:00' }, { code: 'MD2', date: '2026-11-24T09:30:00Z' })[0]?.[0],
    'out-for-delivery',
  )
  assert.deepEqual(latest({ code: 'constructor', date: at('10') }, { code: 'ET1', date: 'hier' }), [])
})

test('every event code of the carrier has its status', () => {
  const ours: Record<string, (string | undefined)[]> = {
    label_created: ['announced'],
    picked_up: ['taken'],
    in_transit: ['in-transit'],
    out_for_delivery: ['out-for-delivery'],
    at_pickup_point: ['at-pickup-point'],
    delivered: ['delivered'],
    exception: ['incident'],
    none: [undefined],
  }
  const rows = rowsOf('suivi-v2-event-codes.csv')
  assert.equal(rows.length, 25)
  // The contract has one word for "on its way back" and "back": the first is not the end for us.
  for (const { code = '', canonical_status: canonical = '' } of rows)
    if (canonical === 'returned') assert.equal(statusOf(code), code === 'RE1' ? 'returning' : 'returned')
    else assert.ok(ours[canonical]?.includes(statusOf(code)), `${code} ${canonical}`)
  assert.equal(statusOf(' di1 '), 'delivered')
})

test('a list of nothing but timeouts is asked for again; one among others is left out', async () => {
  const late = { returnCode: 504, idShip: '6A15984040331' }
  counter.play({ status: 207, body: JSON.stringify([late]) })
  await assert.rejects(follow('6A15984040331'), unavailable(true))
  counter.play({ status: 207, body: JSON.stringify([late, json('suivi-v2-single.json')]) })
  assert.deepEqual(
    (await follow('6A15984040331', 'EW112720413FR')).map((event) => event.trackingNumber),
    ['EW112720413FR'],
  )
})
