import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import { ACCOUNT, call, open, recordedError, refusalOf, toBerlin } from './dhl-desk.ts'

let carrier: DhlSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

const ask = async (body: unknown, query = '') => refusalOf(await call(carrier.url, `/shipments${query}`, { body }))

describe('the door', () => {
  const path = '/tracking?shipmentTrackingNumber=9356579890'
  const doors: [string, Record<string, string>, number, RegExp][] = [
    ['no password', { Authorization: '' }, 401, /Invalid Credentials/],
    [
      'another password',
      { Authorization: `Basic ${Buffer.from('user:other').toString('base64')}` },
      401,
      /Invalid Credentials/,
    ],
    ['another version', { 'x-version': '2.0' }, 400, /^Parameters not having correct format: x-version$/],
    ['a long reference', { 'Message-Reference': 'x'.repeat(37) }, 400, /Message-Reference \(maxLength=36\)/],
  ]
  for (const [name, headers, status, text] of doors)
    it(`stays shut for ${name}`, async () => {
      const reply = await call(carrier.url, path, { headers })
      assert.equal(reply.status, status)
      assert.match(refusalOf(reply).details[0] ?? '', text)
    })

  it('needs the version of the interface, and gives the reference back', async () => {
    const response = await fetch(`${carrier.url}/mydhlapi${path}`, {
      headers: { Authorization: `Basic ${Buffer.from('user:secret').toString('base64')}` },
    })
    assert.deepEqual(
      [response.status, ((await response.json()) as { detail: string }).detail],
      [400, 'Missing mandatory parameters: x-version'],
    )
    const reply = await call(carrier.url, path, { headers: { 'Message-Reference': 'ours' } })
    assert.deepEqual([reply.status, reply.headers['message-reference']], [200, 'ours'])
  })
})

describe('the schema of a shipment', () => {
  const problems: [string, Record<string, unknown>, string][] = [
    ['an unknown key', { 'content.colour': 'red' }, '#/content: extraneous key [colour] is not permitted'],
    ['a missing key', { 'content.incoterm': undefined }, '#/content: required key [incoterm] not found'],
    [
      'a long line',
      { 'customerDetails.receiverDetails.postalAddress.addressLine1': 'x'.repeat(46) },
      '#/customerDetails/receiverDetails/postalAddress/addressLine1: expected maxLength: 45, actual: 46',
    ],
    [
      'an empty line',
      { 'customerDetails.receiverDetails.postalAddress.addressLine2': '' },
      '#/customerDetails/receiverDetails/postalAddress/addressLine2: expected minLength: 1, actual: 0',
    ],
    [
      'too many accounts',
      { accounts: Array(4).fill({ typeCode: 'shipper', number: ACCOUNT }) },
      '#/accounts: expected maximum item count: 3, found: 4',
    ],
    ['no package', { 'content.packages': [] }, '#/content/packages: expected minimum item count: 1, found: 0'],
    [
      'a weight as text',
      { 'content.packages.0.weight': '0.7' },
      '#/content/packages/0/weight: expected type: Number, found: String',
    ],
    [
      'a weight of nothing',
      { 'content.packages.0.weight': 0 },
      '#/content/packages/0/weight: 0 is not greater or equal to 0.001',
    ],
    [
      'a weight of half grams',
      { 'content.packages.0.weight': 0.7005 },
      '#/content/packages/0/weight: 0.7005 is not a multiple of 0.001',
    ],
    [
      'a blank description',
      { 'content.description': ' shirts' },
      '#/content/description: string [ shirts] does not match pattern ^[^\\s]',
    ],
    ['an unknown incoterm', { 'content.incoterm': 'XXX' }, '#/content/incoterm: "XXX" is not a valid enum value'],
    [
      'a long reference',
      { 'customerReferences.0.value': 'x'.repeat(36) },
      '#/customerReferences/0/value: expected maxLength: 35, actual: 36',
    ],
  ]
  for (const [name, changes, text] of problems)
    it(`refuses ${name}`, async () => {
      const refusal = await ask(toBerlin(['CMD-1-1'], changes))
      assert.deepEqual(refusal, { status: 422, title: 'Validation error', details: [text] })
    })

  it('takes weights that are multiples only on paper', async () => {
    for (const weight of [0.7, 0.001, 1.005, 2.3, 8.41]) {
      const reply = await call(carrier.url, '/shipments', {
        body: toBerlin(['CMD-1-1'], { 'content.packages.0.weight': weight }),
      })
      assert.equal(reply.status, 201, String(weight))
    }
  })

  it('lists several problems, as recorded', async () => {
    const body = toBerlin(['CMD-1-1'], { colour: 'red', 'content.incoterm': undefined })
    const reply = await call(carrier.url, '/shipments', { body })
    const { detail, title, message, status } = recordedError(
      'PATCH /pickups/{dispatchConfirmationNumber}',
      'Schema validation error',
    )
    const got = JSON.parse(reply.text)
    assert.deepEqual([got.detail, got.title, got.message, got.status], [detail, title, message, status])
    assert.equal(got.additionalDetails.length, 2)
    assert.equal(got.instance, '/expressapi/shipments')
  })

  it('refuses what is not JSON', async () => {
    assert.equal((await ask('{"half": ')).status, 400)
    const reply = await call(carrier.url, '/shipments', { body: '{}', headers: { 'Content-Type': 'text/plain' } })
    assert.equal(reply.status, 415)
  })
})

describe('what this account has no right to', () => {
  it('is refused: proofs and stored documents', async () => {
    for (const path of [
      'proof-of-delivery',
      'get-image?shipperAccountNumber=1&typeCode=waybill&pickupYearAndMonth=2026-03',
    ]) {
      const { status, details } = refusalOf(await call(carrier.url, `/shipments/9356579890/${path}`))
      assert.deepEqual([status, details[0]?.slice(0, 5)], [400, '8003:'])
    }
  })
})
