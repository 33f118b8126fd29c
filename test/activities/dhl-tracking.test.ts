import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { handOverTime, momentOf, stampOf } from '../../activities/carriers/dhl/moments.ts'
import { statusOf } from '../../activities/carriers/dhl/statuses.ts'
import type { TrackedParcel } from '../../domain/shipment.ts'
import { answer, json, openCounter, recordedError, rowsOf } from './dhl-samples.ts'
import { refused } from './outcomes.ts'
import type { Played } from './playing.ts'

const counter = await openCounter()
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

const whole = (trackingNumber: string): TrackedParcel => ({ trackingNumber, pieceNumber: null })
const event = (typeCode: string, date: string, time: string, more: object = {}) => ({
  typeCode,
  date,
  time,
  description: typeCode,
  ...more,
})

test('the recorded shipment was delivered, at Paris time since its events have no zone; who signed is left out', async () => {
  counter.play(answer(200, json('tracking-response.json')))
  const piece = { trackingNumber: '1234567890', pieceNumber: 'JD012345678901234567' }
  const at = '2023-08-10T09:59:23.000Z'
  assert.deepEqual(await counter.dhl().trackParcels([whole('1234567890'), piece, whole('5374534546')]), [
    { ...whole('1234567890'), status: 'delivered', label: 'Delivered', at },
    { ...piece, status: 'delivered', label: 'Delivered', at },
  ])
  assert.equal(counter.heard.length, 1)
  assert.equal(
    counter.heard[0]?.url.search,
    '?shipmentTrackingNumber=1234567890,5374534546&trackingView=all-checkpoints&levelOfDetail=all',
  )
})

test("all 62 codes of DHL's table mean what the contract says", () => {
  const statuses: Record<string, string | undefined> = {
    label_created: 'announced',
    picked_up: 'taken',
    in_transit: 'in-transit',
    out_for_delivery: 'out-for-delivery',
    at_pickup_point: 'at-pickup-point',
    delivered: 'delivered',
    exception: 'incident',
    returned: 'returned',
    none: undefined,
  }
  const rows = rowsOf('tracking-event-codes.csv')
  assert.equal(rows.length, 62)
  for (const [code = '', , , , canonical = ''] of rows) {
    assert.ok(canonical in statuses, canonical)
    assert.equal(statusOf(code), statuses[canonical], code)
  }
  assert.equal(statusOf('ZZ'), undefined)
  assert.equal(statusOf('constructor'), undefined)
})

test('a partial delivery is told piece by piece', async () => {
  const shipment = {
    shipmentTrackingNumber: 5374534616,
    events: [event('PU', '2026-03-16', '16:00:00'), event('PD', '2026-03-18', '10:00:00')],
    pieces: [
      {
        trackingNumber: 'JD01',
        events: [event('PU', '2026-03-16', '16:00:00'), event('OK', '2026-03-18', '10:00:00')],
      },
      {
        trackingNumber: 'JD02',
        events: [event('PU', '2026-03-16', '16:00:00'), event('OH', '2026-03-18', '09:00:00')],
      },
      { trackingNumber: 'JD03', events: [] },
    ],
  }
  counter.play(answer(200, { shipments: [shipment] }))
  const pieces = ['JD01', 'JD02', 'JD03', 'JD04'].map((pieceNumber) => ({ trackingNumber: '5374534616', pieceNumber }))
  const events = await counter.dhl().trackParcels([...pieces, whole('5374534616')])
  assert.deepEqual(
    events.map(({ pieceNumber, status }) => [pieceNumber, status]),
    [
      ['JD01', 'delivered'],
      ['JD02', 'incident'],
      ['JD03', 'taken'],
      ['JD04', 'taken'],
      [null, 'incident'],
    ],
  )
})

test('the latest is found by its date, then by its place in the list; codes that say nothing are passed over', async () => {
  const latest = async (...events: object[]) => {
    counter.play(answer(200, { shipments: [{ shipmentTrackingNumber: '5374534616', events }] }))
    const [found] = await counter.dhl().trackParcels([whole('5374534616')])
    return found && [found.status, found.at]
  }
  assert.deepEqual(await latest(event('WC', '2026-03-18', '08:00:00'), event('PU', '2026-03-16', '16:00:00')), [
    'out-for-delivery',
    '2026-03-18T07:00:00.000Z',
  ])
  assert.deepEqual(await latest(event('WC', '2026-07-01', '08:00:00'), event('OK', '2026-07-01', '08:00:00')), [
    'delivered',
    '2026-07-01T06:00:00.000Z',
  ])
  assert.deepEqual(
    await latest(
      event('OK', '2026-03-18', '08:00:00'),
      event('CS', '2026-03-18', '09:00:00'),
      event('??', '2026-03-19', '09:00:00'),
    ),
    ['delivered', '2026-03-18T07:00:00.000Z'],
  )
  assert.equal(await latest(event('CS', '2026-03-18', '09:00:00')), undefined)
  assert.equal(await latest(event('OK', '', '')), undefined)
  assert.equal(await latest(), undefined)
})

test('a number that DHL does not know is left out; nobody is asked about nothing', async () => {
  counter.play(recordedError('GET /tracking', 404))
  assert.deepEqual(await counter.dhl().trackParcels([whole('1'), whole('2')]), [])
  assert.deepEqual(await counter.dhl().trackParcels([]), [])
  assert.equal(counter.heard.length, 1)
})

test('one malformed number does not lose the others', async () => {
  const numbers = ['1000000001', '1000000002', 'BAD', '1000000004']
  const malformed: Played = answer(400, {
    detail: 'Parameters not having correct format: shipmentTrackingNumber',
    title: 'Wrong format',
    status: '400',
  })
  const known = (...found: string[]): Played =>
    answer(200, {
      shipments: found.map((one) => ({ shipmentTrackingNumber: one, events: [event('PU', '2026-03-16', '16:00:00')] })),
    })
  counter.play(malformed, known('1000000001', '1000000002'), malformed, malformed, known('1000000004'))
  const events = await counter.dhl().trackParcels(numbers.map(whole))
  assert.deepEqual(
    events.map(({ trackingNumber }) => trackingNumber),
    ['1000000001', '1000000002', '1000000004'],
  )
  assert.deepEqual(
    counter.heard.map(({ url }) => url.searchParams.get('shipmentTrackingNumber')),
    ['1000000001,1000000002,BAD,1000000004', '1000000001,1000000002', 'BAD,1000000004', 'BAD', '1000000004'],
  )
  counter.play(malformed, answer(401, {}))
  await assert.rejects(counter.dhl().trackParcels(numbers.map(whole)), refused('login-refused'))
})

test('moments have the zone of Paris, unless they bring their own', () => {
  const read = (date: string, time: string, offset = '') => momentOf({ date, time, offset })
  assert.equal(read('2026-01-15', '10:00:00'), '2026-01-15T09:00:00.000Z')
  assert.equal(read('2026-07-15', '10:00:00'), '2026-07-15T08:00:00.000Z')
  assert.equal(read('2026-03-29', '01:59:59'), '2026-03-29T00:59:59.000Z')
  assert.equal(read('2026-03-29', '03:00:00'), '2026-03-29T01:00:00.000Z')
  assert.equal(read('2026-10-25', '03:00:00'), '2026-10-25T02:00:00.000Z')
  assert.equal(read('2026-07-15', '10:00:00', '+08:00'), '2026-07-15T02:00:00.000Z')
  assert.equal(read('2026-07-15', '10:00:00', 'GMT-0500'), '2026-07-15T15:00:00.000Z')
  assert.equal(read('2026-07-15', '10:00:00Z'), '2026-07-15T10:00:00.000Z')
  assert.equal(read('2026-07-15', '10:00'), '2026-07-15T08:00:00.000Z')
  assert.equal(read('2026-07-15', ''), '2026-07-14T22:00:00.000Z')
  assert.equal(read('soon', '10:00:00'), null)
})

test('parcels are handed over at 15:00, or in an hour, and never in the past', () => {
  const stamp = (shipOn: string, now: string) => stampOf(handOverTime({ shipOn, now: new Date(now) }))
  assert.equal(stamp('2026-03-16', '2026-03-16T08:00:00Z'), '2026-03-16T15:00:00 GMT+01:00')
  assert.equal(stamp('2026-07-16', '2026-07-16T08:00:00Z'), '2026-07-16T15:00:00 GMT+02:00')
  assert.equal(stamp('2026-03-16', '2026-03-16T15:20:30Z'), '2026-03-16T17:20:30 GMT+01:00')
  assert.equal(stamp('2026-03-10', '2026-03-16T08:00:00Z'), '2026-03-16T15:00:00 GMT+01:00')
  assert.equal(stamp('2026-03-16', '2026-03-16T22:40:00Z'), '2026-03-17T15:00:00 GMT+01:00')
  assert.equal(stamp('2026-03-31', '2026-03-28T08:00:00Z'), '2026-03-31T15:00:00 GMT+02:00')
  assert.equal(stamp('2026-10-25', '2026-10-24T08:00:00Z'), '2026-10-25T15:00:00 GMT+01:00')
})
