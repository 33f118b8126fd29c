import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ACCOUNT, MONDAY, recordedError, refusalOf, shipmentsOf, useDesk } from './dhl-desk.ts'

const MINUTE = 60_000
const { desk, sellNumber, track } = useDesk()

describe('the search by reference', () => {
  const query = (more = '') => `shipmentReference=CMD-1&shipperAccountNumber=${ACCOUNT}${more}`
  const range = (from: string, to: string) => `&dateRangeFrom=${from}&dateRangeTo=${to}`

  it('finds a shipment once it is visible, and both when it was sold twice', async () => {
    const first = await sellNumber()
    desk.clock = new Date(MONDAY.getTime() + 5 * MINUTE - 1)
    const early = refusalOf(await track(query(range('2026-03-15', '2026-03-17'))))
    assert.deepEqual(early, {
      status: 404,
      title: 'Not data found',
      details: ['No Shipments Found for ReferenceID | CMD-1'],
    })
    desk.clock = new Date(MONDAY.getTime() + 5 * MINUTE)
    const [found, ...none] = await shipmentsOf(track(query(range('2026-03-15', '2026-03-17'))))
    assert.deepEqual(
      [found.shipmentTrackingNumber, found.shipperReferences, none],
      [first, [{ value: 'CMD-1', typeCode: 'CU' }], []],
    )
    const second = await sellNumber()
    desk.clock = new Date(desk.clock.getTime() + 5 * MINUTE)
    const both = await shipmentsOf(track(query()))
    assert.deepEqual(
      both.map((one: { shipmentTrackingNumber: string }) => one.shipmentTrackingNumber),
      [first, second],
    )
  })

  it('keeps to the days, the account, the type and the reference of the shipment', async () => {
    await sellNumber()
    desk.clock = new Date(MONDAY.getTime() + 60 * MINUTE)
    const statusOf = async (text: string) => (await track(text)).status
    assert.equal(await statusOf(query(range('2026-03-17', '2026-03-17'))), 200)
    assert.equal(await statusOf(query(range('2026-03-18', '2026-03-20'))), 404)
    assert.equal(await statusOf(query(range('2026-03-01', '2026-03-15'))), 404)
    assert.equal(await statusOf(query('&shipmentReferenceType=CU')), 200)
    assert.equal(await statusOf(query('&shipmentReferenceType=FF')), 404)
    assert.equal(await statusOf('shipmentReference=CMD-1&shipperAccountNumber=999'), 404)
    assert.equal(await statusOf(`shipmentReference=CMD-1-1&shipperAccountNumber=${ACCOUNT}`), 404)
    assert.match(refusalOf(await track(query('&dateRangeFrom=16/03/2026'))).details[0] ?? '', /dateRangeFrom/)
    const missing = await track(
      'shipmentReference=ShipReferenceRCS03&trackingView=shipment-details-only&levelOfDetail=shipment',
    )
    assert.deepEqual(JSON.parse(missing.text), recordedError('GET /tracking', 400))
  })
})
