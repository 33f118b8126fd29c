import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { Carrier } from '../../activities/carriers/carrier.ts'
import { answer, json, LUCIE, OVERSEAS, openCounter, REQUEST, recordedError } from './dhl-samples.ts'
import { refused, unavailable } from './outcomes.ts'
import type { Played } from './playing.ts'

const counter = await openCounter()
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

const CALLS: Record<string, (dhl: Carrier) => Promise<unknown>> = {
  checkLabels: (dhl) => dhl.checkLabels(REQUEST),
  createLabels: (dhl) => dhl.createLabels(REQUEST),
  findLabels: (dhl) => dhl.findLabels(REQUEST),
  trackParcels: (dhl) => dhl.trackParcels([{ trackingNumber: '1103733901', pieceNumber: null }]),
  findPickupPoints: (dhl) => dhl.findPickupPoints({ near: LUCIE, weight: 700, shipOn: '2026-03-16', service: 'N' }),
  offersFor: (dhl) => dhl.offersFor(OVERSEAS),
  requestPickup: (dhl) =>
    dhl.requestPickup({ day: '2026-03-16', from: '14:00', until: '18:00', parcels: 1, weight: 500 }),
}

/** What goes wrong after the request was read, and what every call makes of it: an unknown outcome, or a login to mend. */
const FAULTS: [string, Played, (error: unknown) => boolean][] = [
  ['no answer', 'silence', unavailable(false, /Timeout.*Message-Reference [0-9a-f-]{36}/)],
  ['reset', 'reset', unavailable(false, /Message-Reference/)],
  ['half a body', { body: '{"shipmentTrackingNumber":"1103733901",', cut: true }, unavailable(false)],
  ['half a JSON', { body: '{"shipmentTrackingNumber":"1103733901",' }, unavailable(false)],
  ['500 of the contract', recordedError('POST /shipments', 500), unavailable(false, /HTTP 500/)],
  ['500 with code', recordedError('GET /rates', 500), unavailable(false, /HTTP 500/)],
  ['503 page', { status: 503, type: 'text/html', body: '<html>' }, unavailable(false)],
  ['429', { status: 429, body: '{}' }, unavailable(true)],
  ['a page', { type: 'text/html', body: '<html>' }, unavailable(false)],
  ['a page with 400', { status: 400, type: 'text/html', body: '<html>' }, unavailable(false)],
  ['a redirection', { status: 302, body: '{}', headers: { location: '/elsewhere' } }, unavailable(false)],
  [
    '401',
    answer(401, { title: 'Unauthorized', detail: 'Invalid Credentials', status: '401' }),
    refused('login-refused', /Invalid Credentials/),
  ],
  ['401 page', { status: 401, type: 'text/html', body: '<html>' }, refused('login-refused', /HTTP 401/)],
  [
    '403 with code',
    recordedError('GET /reference-data', 403),
    refused('login-refused', /5032.*Invocation-Id 20260316-1/),
  ],
  ['403 of a gateway', { status: 403, body: '"Forbidden"' }, refused('login-refused', /HTTP 403/)],
]

for (const [name, fault, expected] of FAULTS)
  test(`${name}: the same for every call`, async () => {
    for (const [call, perform] of Object.entries(CALLS)) {
      counter.play(fault)
      const dhl = counter.dhl(fault === 'silence' ? { timeout: 400 } : {})
      await assert.rejects(perform(dhl), expected, call)
      assert.equal(counter.heard.splice(0).length, 1, `${call} is never repeated blindly`)
    }
  })

test('a closed door proves that nothing happened', async () => {
  const gone = await openCounter()
  gone.close()
  for (const [call, perform] of Object.entries(CALLS))
    await assert.rejects(perform(gone.dhl()), unavailable(true), call)
})

test('no secret and no person stands in an error', async () => {
  for (const fault of ['reset', recordedError('POST /shipments', 400), answer(401, {})] as Played[]) {
    counter.play(fault)
    await assert.rejects(
      counter.dhl().createLabels(REQUEST),
      (error: unknown) => !/wörd|Basic|Martin|lucie/.test(`${error}`),
    )
  }
})

test('recorded refusals are sorted by their code, then by their field', async () => {
  const cases: [Played, string, RegExp][] = [
    [recordedError('POST /shipments', 400, /^998/), 'refused', /998: ShipTimeStamp.*Invocation-Id 20260316-1/],
    [recordedError('POST /shipments', 400, /^7008/), 'not-offered', /7008:.*valueAddedServices\/0\/serviceCode 'xx'/],
    [recordedError('POST /shipments', 422), 'refused', /extraneous key \[dataIdentifier\]/],
    [recordedError('POST /pickups', 400), 'not-offered', /8003/],
    [recordedError('POST /early-shipment-screening', 400), 'login-refused', /8007/],
    [recordedError('GET /rates', 400), 'login-refused', /account number is not found/],
    [
      recordedError('PATCH /pickups/{dispatchConfirmationNumber}', 422),
      'address-refused',
      /cityName: expected maxLength: 45/,
    ],
    [
      recordedError('PATCH /shipments/{shipmentTrackingNumber}/upload-invoice-data', 422, /weight/),
      'customs-incomplete',
      /required key \[weight\]/,
    ],
    [recordedError('GET /identifiers', 400), 'not-offered', /3501/],
    [
      answer(400, { additionalDetails: json('dry-run-response.json').additionalDetails.slice(0, 1) }),
      'customs-incomplete',
      /7120/,
    ],
    [
      answer(400, { additionalDetails: json('dry-run-response.json').additionalDetails.slice(1, 2) }),
      'address-refused',
      /7127/,
    ],
    [
      answer(400, { additionalDetails: json('dry-run-response.json').additionalDetails.slice(4, 5) }),
      'refused',
      /7147.*#\/content\/description/,
    ],
    [answer(409, {}), 'refused', /HTTP 409/],
  ]
  for (const [reply, code, says] of cases) {
    counter.play(reply)
    await assert.rejects(counter.dhl().createLabels(REQUEST), refused(code, says), `${code} ${says}`)
  }
  counter.play(answer(400, { detail: '999: Process failure occurred', status: '400' }))
  await assert.rejects(
    counter.dhl().createLabels(REQUEST),
    unavailable(false, /999/),
    'an outcome nobody knows, whatever its status',
  )
})
