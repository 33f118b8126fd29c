import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { answer, json, LUCIE, OVERSEAS, openCounter, REQUEST, recordedError } from './dhl-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const counter = await openCounter()
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

test('a lost purchase is found by its reference around its day', async () => {
  counter.play(answer(200, json('tracking-response.json')))
  const found = await counter.dhl({ now: '2026-03-18T08:00:00Z' }).findLabels(REQUEST)
  assert.deepEqual(found, { trackingNumber: '1234567890', purchase: null })
  assert.equal(counter.heard[0]?.url.pathname, '/mydhlapi/tracking')
  assert.deepEqual(Object.fromEntries(counter.heard[0]?.url.searchParams ?? []), {
    shipmentReference: 'bio-1042-26000045-1',
    shipperAccountNumber: '123456789',
    dateRangeFrom: '2026-03-06',
    dateRangeTo: '2026-03-19',
    trackingView: 'shipment-details-only',
    levelOfDetail: 'shipment',
  })
})

test('nothing found is "absent" only when DHL says so', async () => {
  const dhl = counter.dhl()
  counter.play(recordedError('GET /tracking', 404))
  assert.equal(await dhl.findLabels(REQUEST), 'absent')
  counter.play(answer(200, { shipments: [] }))
  assert.equal(await dhl.findLabels(REQUEST), 'absent')
  const [shipment] = json('tracking-response.json').shipments
  const referring = (value: string) =>
    answer(200, { shipments: [{ ...shipment, shipperReferences: [{ value, typeCode: 'CU' }] }] })
  counter.play(referring('bio-1042-26000045-10'))
  assert.equal(await dhl.findLabels(REQUEST), 'absent', "another shipment's reference begins alike")
  counter.play(referring('bio-1042-26000045-1'))
  assert.deepEqual(await dhl.findLabels(REQUEST), { trackingNumber: '1234567890', purchase: null })
  counter.play({ status: 404, type: 'text/html', body: '<html>' })
  await assert.rejects(dhl.findLabels(REQUEST), unavailable(false))
  counter.play(answer(404, { message: 'no Route matched with those values' }))
  await assert.rejects(dhl.findLabels(REQUEST), unavailable(true, /404/))
})

test('labels cannot be had again, given up or put on a manifest', async () => {
  const dhl = counter.dhl()
  assert.equal(await dhl.fetchLabels({ trackingNumber: '5374534546', request: REQUEST }), null)
  await assert.rejects(dhl.voidLabel('5374534546'), refused('not-offered'))
  await assert.rejects(dhl.makeManifest(['5374534546']), refused('not-offered'))
  assert.equal(counter.heard.length, 0)
})

test('offers and couriers are read', async () => {
  counter.play(answer(200, json('rates-response.json')), answer(201, json('pickup-response.json')))
  assert.deepEqual(await counter.dhl().offersFor(OVERSEAS), [
    { service: 'P', name: 'EXPRESS WORLDWIDE NONDOC', price: 18284, deliveredOn: '2022-11-24' },
  ])
  const courier = { day: '2026-03-16', from: '14:00', until: '18:00', parcels: 1, weight: 500 }
  assert.deepEqual(await counter.dhl().requestPickup(courier), { number: 'PRG221222000062' })
  counter.play(answer(201, { dispatchConfirmationNumbers: [] }))
  await assert.rejects(counter.dhl().requestPickup(courier), unavailable(false))
})

test('service points are read in our words, and asked for without the street', async () => {
  const near = { near: LUCIE, weight: 700, shipOn: '2026-03-16', service: 'N' }
  const recorded = json('points-response.json')
  const [point] = recorded.servicePoints
  const nearer = { ...point, facilityId: 'MAA001', distanceMetric: 0.4, localName: null, openingHours: null }
  const full = {
    ...point,
    facilityId: 'MAA002',
    servicePointCapabilities: { ...point.servicePointCapabilities, pieceWeightLimit: 0.5 },
  }
  counter.play(answer(200, { ...recorded, servicePoints: [point, nearer, full] }))
  const [first, second, none] = await counter.dhl().findPickupPoints(near)
  assert.equal(none, undefined)
  assert.deepEqual(
    [first?.id, first?.name, first?.distance, first?.opening],
    ['MAA001', 'DHL Express Service Point', 400, {}],
  )
  const day = '09:00-21:00'
  assert.deepEqual(second, {
    id: 'MAA108',
    network: null,
    name: 'Anna Salai Office, CHENNAI',
    lines: ['VGP Victory House, Shop no 6 , 6A', 'Old-39, New -17, Anna Salai'],
    postalCode: '600002',
    city: 'CHENNAI',
    country: 'IN',
    distance: 1650,
    opening: { lundi: day, mardi: day, mercredi: day, jeudi: day, vendredi: day, samedi: day },
  })
  assert.equal(counter.heard[0]?.url.searchParams.get('address'), '06500 Menton')
  assert.equal(counter.heard[0]?.url.searchParams.get('weight'), '0.7')
  assert.doesNotMatch(counter.heard[0]?.url.href ?? '', /Reine|Martin/)
  for (const [i, says] of [/100 Error: Invalid parameter/, /101 Error: Mandatory/].entries()) {
    counter.play(answer(200, json('points-errors.json')[i].body))
    await assert.rejects(counter.dhl().findPickupPoints(near), refused('refused', says))
  }
  counter.play(answer(200, { ...recorded, servicePoints: null }))
  assert.deepEqual(await counter.dhl().findPickupPoints(near), [])
})
