import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type DhlSandbox, startDhl } from '../../sandbox/carriers/dhl/server.ts'
import { ACCOUNT, call, fits, MONDAY, readJson, refusalOf, toBerlin } from './dhl-desk.ts'

const MINUTE = 60_000
let carrier: DhlSandbox
let clock: Date
beforeEach(async () => {
  clock = MONDAY
  carrier = await startDhl({
    user: 'user',
    password: 'secret',
    account: ACCOUNT,
    now: () => clock,
    visibleAfterMs: 5 * MINUTE,
  })
})
afterEach(() => carrier.close())

const sell = async (body: unknown = toBerlin()) => {
  const reply = await call(carrier.url, '/shipments', { body })
  return fits(reply, { status: 201, schema: 'CreateShipmentResponse' })
}
const sellNumber = async (body?: unknown): Promise<string> => (await sell(body)).shipmentTrackingNumber
const track = (query: string) => call(carrier.url, `/tracking?${query}`)
const shipmentsOf = async (reply: ReturnType<typeof call>) =>
  fits(await reply, { status: 200, schema: 'TrackingResponse' }).shipments

describe('the search by reference', () => {
  const query = (more = '') => `shipmentReference=CMD-1&shipperAccountNumber=${ACCOUNT}${more}`
  const range = (from: string, to: string) => `&dateRangeFrom=${from}&dateRangeTo=${to}`

  it('finds a shipment once it is visible, and both when it was sold twice', async () => {
    const first = await sellNumber()
    clock = new Date(MONDAY.getTime() + 5 * MINUTE - 1)
    const early = refusalOf(await track(query(range('2026-03-15', '2026-03-17'))))
    assert.deepEqual(early, {
      status: 404,
      title: 'Not data found',
      details: ['No Shipments Found for ReferenceID | CMD-1'],
    })
    clock = new Date(MONDAY.getTime() + 5 * MINUTE)
    const [found, ...none] = await shipmentsOf(track(query(range('2026-03-15', '2026-03-17'))))
    assert.deepEqual(
      [found.shipmentTrackingNumber, found.shipperReferences, none],
      [first, [{ value: 'CMD-1', typeCode: 'CU' }], []],
    )
    const second = await sellNumber()
    clock = new Date(clock.getTime() + 5 * MINUTE)
    const both = await shipmentsOf(track(query()))
    assert.deepEqual(
      both.map((one: { shipmentTrackingNumber: string }) => one.shipmentTrackingNumber),
      [first, second],
    )
  })

  it('keeps to the days, the account, the type and the reference of the shipment', async () => {
    await sellNumber()
    clock = new Date(MONDAY.getTime() + 60 * MINUTE)
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
    const [recorded] = readJson('errors').filter(
      (one: { operation: string; httpStatus: number }) => one.operation === 'GET /tracking' && one.httpStatus === 400,
    )
    assert.deepEqual(JSON.parse(missing.text), recorded.body)
  })
})
