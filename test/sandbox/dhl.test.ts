import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import { ACCOUNT, call, fits, MONDAY, open, readJson, refusalOf, requestWith, toBerlin } from './dhl-desk.ts'
import { send } from './raw-http.ts'

let carrier: DhlSandbox
beforeEach(async () => {
  carrier = await open()
})
afterEach(() => carrier.close())

const post = (body: unknown, query = '') => call(carrier.url, `/shipments${query}`, { body })
const created = async (body: unknown) => fits(await post(body), { status: 201, schema: 'CreateShipmentResponse' })

describe('a purchase', () => {
  it('accepts the recorded requests', async () => {
    for (const sample of ['domestic', 'international', 'paperless'] as const) await created(requestWith(sample))
    assert.equal(carrier.labels().length, 3)
  })

  it('answers numbers with their check digit, an address and a number for the log', async () => {
    const reply = await post(toBerlin())
    const body = fits(reply, { status: 201, schema: 'CreateShipmentResponse' })
    const number: string = body.shipmentTrackingNumber
    assert.match(number, /^\d{10}$/)
    assert.equal(Number(number.slice(0, 9)) % 7, Number(number[9]))
    assert.equal(reply.headers.location, `${carrier.url}/mydhlapi/shipments/${number}`)
    assert.match(reply.headers['invocation-id'] ?? '', /^[0-9a-f-]{36}$/)
    assert.equal(body.packages[0].referenceNumber, 1)
    assert.match(body.packages[0].trackingNumber, /^JD\d{18}$/)
    // Neither was asked for.
    assert.deepEqual(
      [body.shipmentCharges, body.estimatedDeliveryDate, body.warnings],
      [undefined, undefined, undefined],
    )
  })

  it('answers price, arrival and warnings when there is reason', async () => {
    const wishes = {
      getRateEstimates: true,
      estimatedDeliveryDate: { isRequested: true, typeCode: 'QDDC' },
      getAdditionalInformation: [
        { typeCode: 'pickupDetails', isRequested: true },
        { typeCode: 'barcodeInformation', isRequested: true },
      ],
    }
    const body = await created(toBerlin(['CMD-1-1'], wishes))
    assert.deepEqual(
      body.shipmentCharges.map((charge: { currencyType: string }) => charge.currencyType),
      ['BILLC', 'PULCL', 'BASEC'],
    )
    assert.ok(body.shipmentCharges[0].price > 0)
    // Tuesday and two working days.
    assert.deepEqual(body.estimatedDeliveryDate, {
      estimatedDeliveryDate: '2026-03-19T23:59:00Z',
      estimatedDeliveryType: 'QDDC',
    })
    assert.equal(body.shipmentDetails[0].pickupDetails.totalTransitDays, '2')
    assert.match((await created(requestWith('international'))).warnings[0], /provinceCode/)
  })

  it('sells twice when asked twice, under growing numbers', async () => {
    const [first, second] = [await created(toBerlin()), await created(toBerlin())]
    assert.ok(second.shipmentTrackingNumber > first.shipmentTrackingNumber)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-1-1': 2 } })
  })

  it('counts each piece under its own reference, or under that of the shipment', async () => {
    const body = await created(toBerlin(['CMD-1-1', '', 'CMD-1-3']))
    assert.deepEqual(carrier.counters(), { label: { 'CMD-1-1': 1, 'CMD-1': 1, 'CMD-1-3': 1 } })
    assert.deepEqual(
      carrier
        .labels()
        .map((label) => [label.reference, label.trackingNumber, label.pieceNumber, label.shipmentReference]),
      ['CMD-1-1', 'CMD-1', 'CMD-1-3'].map((reference, index) => [
        reference,
        body.shipmentTrackingNumber,
        body.packages[index].trackingNumber,
        'CMD-1',
      ]),
    )
    const [label] = carrier.labels()
    assert.deepEqual(
      [label?.country, label?.productCode, label?.weightKg, label?.soldAt, label?.voided],
      ['DE', 'U', 0.7, MONDAY.toISOString(), false],
    )
    assert.deepEqual(carrier.labelsByReference('CMD-1-3'), [body.packages[2].trackingNumber])
  })

  it('is only checked in a dry run', async () => {
    assert.deepEqual(
      fits(await post(toBerlin(), '?validateDataOnly=true'), { status: 201, schema: 'CreateShipmentResponse' }),
      {},
    )
    assert.deepEqual([carrier.labels(), carrier.counters()], [[], {}])
    const reply = await post(requestWith('dry-run'), '?validateDataOnly=true')
    assert.equal(reply.status, 400)
    assert.deepEqual(JSON.parse(reply.text), readJson('dry-run-response'))
  })

  it('uses a number that was reserved, once', async () => {
    await carrier.close()
    carrier = await open({ hasIdentifiers: true })
    const reply = await call(carrier.url, `/identifiers?accountNumber=${ACCOUNT}&type=SID&size=2`)
    const { identifiers } = fits(reply, { status: 200, schema: 'IdentifierResponse' })
    const value = identifiers[0].list[1]
    const request = toBerlin(['CMD-1-1'], { identifiers: [{ typeCode: 'shipmentId', value }] })
    assert.equal((await created(request)).shipmentTrackingNumber, value)
    assert.match(refusalOf(await post(request)).details[0] ?? '', /^400104: /)
    assert.equal(carrier.labels().length, 1)
  })
})

describe('the faults of a purchase', () => {
  it('cut the line after the effect, or in the middle of the answer: the label is sold all the same', async () => {
    carrier.faults.add({ match: 'POST .*/shipments', drop: 'after' })
    assert.deepEqual([(await post(toBerlin())).status, carrier.labels().length], [0, 1])
    carrier.faults.add({ match: 'POST .*/shipments', cut: true })
    const half = await post(toBerlin())
    assert.deepEqual([half.status, half.isCut, carrier.labels().length], [201, true, 2])
    carrier.faults.add({ match: 'POST .*/shipments', drop: 'before' })
    assert.deepEqual([(await post(toBerlin())).status, carrier.labels().length], [0, 2])
  })
})

describe('the carrier as a place', () => {
  it('keeps its shipments, numbers and couriers over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-dhl-'))
    const reopen = () => open({ file: join(folder, 'dhl.json') })
    await carrier.close()
    carrier = await reopen()
    const withPickup = toBerlin(['CMD-1-1'], { pickup: { isRequested: true, closeTime: '18:00', location: 'accueil' } })
    const first = await created(withPickup)
    carrier.advance()
    await carrier.close()
    carrier = await reopen()
    assert.equal(carrier.labels()[0]?.state, 'PU')
    const second = await created(withPickup)
    assert.ok(second.shipmentTrackingNumber > first.shipmentTrackingNumber)
    assert.deepEqual(carrier.counters(), {
      label: { 'CMD-1-1': 2 },
      fetch: { [first.dispatchConfirmationNumber]: 1, [second.dispatchConfirmationNumber]: 1 },
    })
    rmSync(folder, { recursive: true })
  })

  it('shows a page whose forms move a shipment or send it elsewhere, only from that page', async () => {
    const { shipmentTrackingNumber: number } = await created(toBerlin(['<b>1</b>']))
    const { text } = await send({ url: `${carrier.url}/` })
    assert.match(text, /<html lang="fr">/)
    assert.ok(text.includes('&lt;b&gt;1&lt;/b&gt;') && !text.includes('<b>1</b>'))
    assert.ok(text.includes(`action="/_page/advance/${number}"`) && text.includes(`action="/_page/send/${number}"`))
    const submit = (path: string, origin: string, body?: string) =>
      send({
        url: `${carrier.url}${path}`,
        method: 'POST',
        headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
      })
    assert.equal((await submit(`/_page/advance/${number}`, 'https://evil.example')).status, 403)
    assert.equal(carrier.labels()[0]?.state, 'DUMMY_PU')
    assert.equal((await submit(`/_page/advance/${number}`, carrier.url)).status, 303)
    assert.equal(carrier.labels()[0]?.state, 'PU')
    assert.equal((await submit(`/_page/send/${number}`, carrier.url, 'journey=toString')).status, 404)
    assert.equal((await submit(`/_page/send/${number}`, carrier.url, 'journey=incident')).status, 303)
    assert.equal((await submit('/_page/advance', carrier.url)).status, 303)
    assert.equal(carrier.labels()[0]?.state, 'OH')
  })

  it('moves by the hand, one scan a pace', async (test) => {
    await created(toBerlin())
    test.mock.timers.enable({ apis: ['setInterval'] })
    carrier.startHand(500)
    test.mock.timers.tick(1000)
    carrier.stopHand()
    test.mock.timers.tick(5000)
    assert.equal(carrier.labels()[0]?.state, 'DF')
  })
})
