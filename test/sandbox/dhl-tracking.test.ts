import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import { call, readJson, refusalOf, shipmentsOf, TO_GENEVA, toBerlin, useDesk } from './dhl-desk.ts'

const MINUTE = 60_000
const { desk, sell, sellNumber, track } = useDesk()

interface Event {
  date: string
  time: string
  GMTOffset?: string
  typeCode: string
  serviceArea?: { code: string }[]
}

const trackOne = (number: string, query = '') => call(desk.carrier.url, `/shipments/${number}/tracking?${query}`)
const codesOf = (shipment: { events: Event[] }) => shipment.events.map(({ typeCode }) => typeCode)
const pass = (steps: number, number?: string) => {
  for (let step = 0; step < steps; step += 1) {
    desk.clock = new Date(desk.clock.getTime() + 60 * MINUTE)
    desk.carrier.advance(number)
  }
}

describe('journeys', () => {
  const journeys: [Parameters<DhlSandbox['send']>[1], string[]][] = [
    ['delivered', ['DUMMY_PU', 'PU', 'DF', 'WC', 'OK']],
    ['incident', ['DUMMY_PU', 'PU', 'OH', 'DF', 'WC', 'OK']],
    ['pickup', ['DUMMY_PU', 'PU', 'DF', 'CC']],
    ['returned', ['DUMMY_PU', 'PU', 'DF', 'WC', 'RD', 'RT']],
  ]
  for (const [journey, codes] of journeys)
    it(`go ${journey}`, async () => {
      const number = await sellNumber()
      pass(1, number)
      desk.carrier.send(number, journey)
      pass(7)
      const [shipment] = await shipmentsOf(trackOne(number))
      assert.deepEqual(codesOf(shipment), codes)
    })

  it('change on the way: nobody at home, a point that waits, then home; who has arrived stays', async () => {
    const number = await sellNumber()
    pass(3, number)
    desk.carrier.send(number, 'incident')
    pass(1)
    desk.carrier.send(number, 'pickup')
    pass(3)
    desk.carrier.send(number, 'delivered')
    pass(3)
    desk.carrier.send(number, 'returned')
    pass(3)
    const [shipment] = await shipmentsOf(trackOne(number))
    assert.deepEqual(codesOf(shipment), ['DUMMY_PU', 'PU', 'DF', 'WC', 'NH', 'CC', 'OK'])
  })

  it('do not exist for a number nobody sold', () => {
    assert.throws(() => desk.carrier.advance('1234567890'), RangeError)
    assert.throws(() => desk.carrier.send('1234567890', 'returned'), RangeError)
  })
})

describe('events', () => {
  it('tell the wall clock of their place, and the offset only on the single call when asked', async () => {
    const body = toBerlin(['CMD-1-1'], {
      ...TO_GENEVA,
      'customerDetails.receiverDetails.postalAddress': {
        postalCode: '10001',
        cityName: 'New York',
        countryCode: 'US',
        provinceCode: 'NY',
        addressLine1: '5th Avenue',
      },
    })
    const number = await sellNumber(body)
    // Picked up at 10:00, departed at 11:00, out for delivery at 12:00 UTC; Paris is one hour ahead, New York four behind.
    pass(3)
    const expected = [
      ['2026-03-16', '10:00:00', 'DUMMY_PU', undefined, '+01:00'],
      ['2026-03-16', '11:00:00', 'PU', 'CDG', '+01:00'],
      ['2026-03-16', '12:00:00', 'DF', 'CDG', '+01:00'],
      ['2026-03-16', '08:00:00', 'WC', 'NYC', '-04:00'],
    ]
    const rowsOf = (events: Event[]) =>
      events.map(({ date, time, typeCode, serviceArea, GMTOffset }) => [
        date,
        time,
        typeCode,
        serviceArea?.[0]?.code,
        GMTOffset,
      ])
    const [plain] = await shipmentsOf(trackOne(number))
    assert.deepEqual(
      rowsOf(plain.events),
      expected.map((row) => [...row.slice(0, 4), undefined]),
    )
    const [exact] = await shipmentsOf(trackOne(number, 'requestGMTOffsetPerEvent=true&levelOfDetail=all'))
    assert.deepEqual([rowsOf(exact.events), rowsOf(exact.pieces[0].events)], [expected, expected])
    const [many] = await shipmentsOf(track(`shipmentTrackingNumber=${number}&requestGMTOffsetPerEvent=true`))
    assert.deepEqual(
      rowsOf(many.events),
      expected.map((row) => [...row.slice(0, 4), undefined]),
    )
  })

  it('come with blank names, as recorded, and in the view asked for', async () => {
    const number = await sellNumber()
    pass(2)
    const [shipment] = await shipmentsOf(trackOne(number))
    const { shipperDetails } = readJson('tracking-response').shipments[0]
    assert.deepEqual(Object.keys(shipment.shipperDetails), Object.keys(shipperDetails))
    assert.deepEqual(
      [
        shipment.status,
        shipment.receiverDetails.name,
        shipment.receiverDetails.postalAddress.cityName,
        shipment.pieces,
      ],
      ['Success', '', '', undefined],
    )
    const [last] = await shipmentsOf(trackOne(number, 'trackingView=last-checkpoint&levelOfDetail=all'))
    assert.deepEqual([codesOf(last), codesOf(last.pieces[0])], [['DF'], ['DF']])
    const [details] = await shipmentsOf(trackOne(number, 'trackingView=shipment-details-only'))
    assert.deepEqual(codesOf(details), [])
    const [pieces] = await shipmentsOf(trackOne(number, 'levelOfDetail=piece'))
    assert.deepEqual([codesOf(pieces), codesOf(pieces.pieces[0])], [[], ['DUMMY_PU', 'PU', 'DF']])
  })

  it('go piece by piece: the shipment is partly delivered until the last one is', async () => {
    const sold = await sell(toBerlin(['CMD-1-1', 'CMD-1-2']))
    const [one, other] = sold.packages.map((piece: { trackingNumber: string }) => piece.trackingNumber)
    pass(2)
    pass(2, one)
    const look = async () => (await shipmentsOf(track(`pieceTrackingNumber=${one}&levelOfDetail=all`)))[0]
    const partly = await look()
    assert.deepEqual(partly.pieces.map(codesOf), [
      ['DUMMY_PU', 'PU', 'DF', 'WC', 'OK'],
      ['DUMMY_PU', 'PU', 'DF'],
    ])
    assert.deepEqual(codesOf(partly), ['DUMMY_PU', 'PU', 'DF', 'WC', 'PD'])
    assert.deepEqual(
      partly.pieces.map((piece: { shipperReferences: { value: string }[] }) => piece.shipperReferences[0]?.value),
      ['CMD-1-1', 'CMD-1-2'],
    )
    pass(2, other)
    assert.deepEqual(codesOf(await look()), ['DUMMY_PU', 'PU', 'DF', 'WC', 'PD', 'OK'])
  })
})

describe('many at once', () => {
  it('are found by a list, with commas or repeated, unknown ones left out', async () => {
    const [first, second] = [await sellNumber(), await sellNumber()]
    const numbers = (shipments: { shipmentTrackingNumber: string }[]) =>
      shipments.map((one) => one.shipmentTrackingNumber)
    const list = `shipmentTrackingNumber=${second},1234567890,9356579890&shipmentTrackingNumber=${first}`
    assert.deepEqual(numbers(await shipmentsOf(track(list))), [second, '9356579890', first])
  })

  it('are at most 200, in a view that exists', async () => {
    const of = (count: number) => track(`shipmentTrackingNumber=${Array(count).fill('9356579890').join(',')}`)
    assert.equal((await of(200)).status, 200)
    assert.match(refusalOf(await of(201)).details[0] ?? '', /maxItems=200/)
    const view = refusalOf(await trackOne('9356579890', 'trackingView=shipment-details'))
    assert.deepEqual([view.status, view.title], [400, 'Wrong format'])
    assert.match(view.details[0] ?? '', /^Parameters not having correct format: trackingView \(valid parameters/)
    assert.match(
      refusalOf(await track('levelOfDetail=all')).details[0] ?? '',
      /^Missing mandatory parameters: shipmentTrackingNumber$/,
    )
  })

  it('say as recorded that nothing is known', async () => {
    const one = refusalOf(await trackOne('1251820953'))
    assert.deepEqual(one, { status: 404, title: 'Not data found', details: ['No data found'] })
    assert.equal((await track('shipmentTrackingNumber=1251820953')).status, 404)
  })
})

describe('the numbers of the test system', () => {
  it('are known without having been sold, as recorded but for their remarks', async () => {
    const [recorded] = readJson('tracking-response').shipments
    const [shipment] = await shipmentsOf(trackOne('8066924740', 'levelOfDetail=all'))
    assert.equal(shipment.shipmentTrackingNumber, '8066924740')
    assert.deepEqual(codesOf(shipment), codesOf(recorded))
    assert.deepEqual(shipment.receiverDetails, recorded.receiverDetails)
    const remarks = JSON.parse((await trackOne('8066924740', 'trackingView=all-checkpoints-with-remarks')).text)
    assert.deepEqual(remarks.shipments[0].events, recorded.events)
  })
})
