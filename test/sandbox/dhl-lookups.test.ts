import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import {
  ACCOUNT,
  call,
  changed,
  fits,
  open,
  readJson,
  recordedError,
  refusalOf,
  TUESDAY,
  toBerlin,
} from './dhl-desk.ts'
import { jsonOf } from './raw-http.ts'

let carrier: DhlSandbox
beforeEach(async () => {
  carrier = await open()
})
afterEach(() => carrier.close())

const get = (path: string) => call(carrier.url, path)

describe('couriers', () => {
  const request = (changes: Record<string, unknown> = {}) =>
    changed(readJson('pickup-request'), { plannedPickupDateAndTime: TUESDAY, ...changes })
  const book = async (changes?: Record<string, unknown>) => {
    const reply = await call(carrier.url, '/pickups', { body: request(changes) })
    return fits(reply, { status: 201, schema: 'PickupResponse' }).dispatchConfirmationNumbers[0] as string
  }
  const patch = (number: string, changes: Record<string, unknown> = {}) => {
    const { shipmentDetails: _none, ...kept } = request()
    const body = { ...kept, dispatchConfirmationNumber: number, originalShipperAccountNumber: ACCOUNT, ...changes }
    return call(carrier.url, `/pickups/${number}`, { method: 'PATCH', body })
  }
  const cancel = (number: string, query = '?requestorName=Adam%20Spencer&reason=closed') =>
    call(carrier.url, `/pickups/${number}${query}`, { method: 'DELETE' })

  it('are booked each time they are asked for, under a number of their place and day', async () => {
    const [first, second] = [await book(), await book()]
    assert.match(first, /^LHR260317\d{6}$/)
    assert.notEqual(first, second)
    assert.deepEqual(carrier.counters(), { fetch: { [first]: 1, [second]: 1 } })
  })

  it('are refused to another account, on a wrong day and in a wrong shape', async () => {
    const ask = async (changes: Record<string, unknown>) => call(carrier.url, '/pickups', { body: request(changes) })
    const account = await ask({ 'accounts.0.number': '999' })
    assert.deepEqual([account.status, jsonOf(account)], [400, recordedError('POST /pickups', 400)])
    assert.match(
      refusalOf(await ask({ plannedPickupDateAndTime: '2026-03-15T10:00:00 GMT+01:00' })).details[0] ?? '',
      /past/,
    )
    assert.equal((await ask({ location: 'x'.repeat(81) })).status, 422)
  })

  it('are changed by the account that booked them', async () => {
    const number = await book()
    const right = await patch(number, { location: 'stock' })
    assert.deepEqual(fits(right, { status: 200, schema: 'UpdatePickupResponse' }), {
      dispatchConfirmationNumber: number,
    })
    assert.match(refusalOf(await patch(number, { originalShipperAccountNumber: '999' })).details[0] ?? '', /^5556: /)
    const unknown = await patch('PRG211126000382')
    assert.deepEqual(
      [unknown.status, jsonOf(unknown)],
      [404, recordedError('PATCH /pickups/{dispatchConfirmationNumber}', 404)],
    )
    assert.equal((await patch(number, { closeTime: '25:00' })).status, 422)
  })

  it('are cancelled once, by somebody, for a reason', async () => {
    const number = await book()
    const nobody = await cancel('PRG211126000382', '?reason=closed')
    assert.deepEqual(refusalOf(nobody), {
      status: 400,
      title: 'Missing parameters',
      details: ['Missing mandatory parameters: requestorName'],
    })
    assert.deepEqual(refusalOf(await cancel(number, '?requestorName=Adam')).details, [
      'Missing mandatory parameters: reason',
    ])
    const done = await cancel(number)
    assert.deepEqual([done.status, done.text], [200, ''])
    assert.equal((await cancel(number)).status, 404)
    const unknown = await cancel('PRG211126000382')
    assert.deepEqual(jsonOf(unknown), recordedError('DELETE /pickups/{dispatchConfirmationNumber}', 404))
    assert.deepEqual(carrier.counters(), { fetch: { [number]: 1 }, 'fetch-cancelled': { [number]: 1 } })
  })

  it('booked with a shipment are cancelled the same way', async () => {
    const body = toBerlin(['CMD-1-1'], { pickup: { isRequested: true, closeTime: '18:00' } })
    const sold = fits(await call(carrier.url, '/shipments', { body }), {
      status: 201,
      schema: 'CreateShipmentResponse',
    })
    const number = sold.dispatchConfirmationNumber
    assert.equal(sold.cancelPickupUrl, `${carrier.url}/mydhlapi/pickups/${number}`)
    assert.equal((await cancel(number)).status, 200)
  })
})

describe('rates and products', () => {
  const lane = (o: { to: string; isDeclarable: boolean; more?: string }) =>
    `accountNumber=${ACCOUNT}&originCountryCode=FR&originPostalCode=75009&originCityName=Paris` +
    `&destinationCountryCode=${o.to}&destinationCityName=X&weight=0.7&length=20&width=15&height=10` +
    `&plannedShippingDate=2026-03-17&isCustomsDeclarable=${o.isDeclarable}&unitOfMeasurement=metric${o.more ?? ''}`
  const codesOf = (body: { products: { productCode: string }[] }) =>
    body.products.map(({ productCode }) => productCode).sort()
  const products = async (query: string) => fits(await get(`/products?${query}`), { status: 200, schema: 'Products' })

  it('follow the lane and the customs', async () => {
    assert.deepEqual(codesOf(await products(lane({ to: 'FR', isDeclarable: false }))), ['1', 'I', 'N', 'O'])
    // The envelope (X) takes no more than 310 g.
    assert.deepEqual(codesOf(await products(lane({ to: 'DE', isDeclarable: false }))), ['K', 'L', 'T', 'U', 'W'])
    assert.deepEqual(codesOf(await products(lane({ to: 'CH', isDeclarable: true }))), ['E', 'H', 'M', 'P', 'Y'])
    assert.deepEqual(codesOf(await products(lane({ to: 'US', isDeclarable: true }))), ['E', 'M', 'P', 'Y'])
    assert.deepEqual(codesOf(await products(lane({ to: 'US', isDeclarable: false }))), ['D', 'K', 'L', 'T'])
    assert.equal((await get(`/products?${lane({ to: 'DE', isDeclarable: true })}`)).status, 400)
  })

  it('name the services of a lane when asked: paperless trade only where it is allowed', async () => {
    const services = async (to: string) => {
      const { products: all } = await products(lane({ to, isDeclarable: true, more: '&getAllValueAddedServices=true' }))
      return all[0].breakdown.map(({ serviceCode }: { serviceCode: string }) => serviceCode)
    }
    assert.deepEqual([(await services('CH')).includes('WY'), (await services('DZ')).includes('WY')], [true, false])
  })

  it('have prices, by query and by the recorded request', async () => {
    const read = fits(await get(`/rates?${lane({ to: 'DE', isDeclarable: false })}`), { status: 200, schema: 'Rates' })
    const union = read.products.find(({ productCode }: { productCode: string }) => productCode === 'U')
    // 28 + 0.7 x 2.4 = 29.68 for 0.7 kg (volume 0.6), and 18 % for fuel.
    assert.deepEqual(union.totalPrice, [{ currencyType: 'BILLC', priceCurrency: 'EUR', price: 35.02 }])
    assert.deepEqual(union.weight, { volumetric: 0.6, provided: 0.7, unitOfMeasurement: 'metric' })
    const body = changed(readJson('rates-request'), { plannedShippingDateAndTime: '2026-03-17T13:00:00GMT+00:00' })
    const posted = fits(await call(carrier.url, '/rates', { body }), { status: 200, schema: 'Rates' })
    assert.deepEqual(codesOf(posted), ['P'])
    const stranger = await call(carrier.url, '/rates', { body: changed(body, { 'accounts.0.number': '9' }) })
    assert.deepEqual([stranger.status, jsonOf(stranger)], [400, recordedError('POST /rates', 400)])
    assert.equal((await call(carrier.url, '/rates', { body: changed(body, { colour: 'red' }) })).status, 422)
  })

  it('need their parameters', async () => {
    assert.match(
      refusalOf(await get(`/products?accountNumber=${ACCOUNT}`)).details[0] ?? '',
      /^Missing mandatory parameters: originCountryCode, /,
    )
    const odd = lane({ to: 'DE', isDeclarable: false })
      .replace('weight=0.7', 'weight=0,7')
      .replace('length=20', 'length=0.5')
    assert.deepEqual(refusalOf(await get(`/products?${odd}`)).details, [
      'Parameters not having correct format: weight, length',
    ])
  })
})

describe('small questions', () => {
  it('say what is served at an address', async () => {
    const body = fits(await get('/address-validate?type=delivery&countryCode=DE&postalCode=10115&cityName=Berlin'), {
      status: 200,
      schema: 'AddressValidateResponse',
    })
    assert.deepEqual(body.address, [
      {
        countryCode: 'DE',
        postalCode: '10115',
        cityName: 'BERLIN',
        serviceArea: { code: 'FRA', description: 'FRANKFURT-DE', GMTOffset: '+01:00' },
      },
    ])
    assert.equal((await get('/address-validate?type=delivery&countryCode=DE&postalCode=1')).status, 400)
    assert.match(
      refusalOf(await get(`/address-validate?type=pickup&countryCode=CZ&cityName=${'x'.repeat(46)}`)).details[0] ?? '',
      /cityName \(maxLength=45\)$/,
    )
    assert.deepEqual(refusalOf(await get('/address-validate?type=pickup')).details, [
      'Missing mandatory parameters: countryCode',
    ])
  })

  it('give no numbers in advance to this customer', async () => {
    const reply = await get(`/identifiers?accountNumber=${ACCOUNT}&type=SID&size=1`)
    const { detail } = recordedError('GET /identifiers', 400)
    assert.deepEqual(refusalOf(reply), { status: 400, title: 'Bad request', details: [detail] })
  })

  it('list service points, or say in a 200 why not', async () => {
    const ask = async (query: string) => {
      const reply = await get(`/servicepoints?${query}`)
      assert.equal(reply.status, 200)
      return jsonOf(reply) as { status: { statusCode: number }; servicePoints: { facilityId: string }[] | null }
    }
    const codeOf = async (query: string) => (await ask(query)).status.statusCode
    assert.deepEqual(
      (await ask('countryCode=FR&servicePointResults=2')).servicePoints?.map(({ facilityId }) => facilityId),
      ['CDG001', 'LYS001'],
    )
    assert.equal((await ask('servicePointID=BRU001')).servicePoints?.[0]?.facilityId, 'BRU001')
    assert.deepEqual(
      await Promise.all(['countryCode=FR&maxDistance=x', '', 'servicePointID=XXX001', 'countryCode=CI'].map(codeOf)),
      [100, 101, 201, 600],
    )
  })

  it('read code lists', async () => {
    const read = async (query: string) =>
      fits(await get(`/reference-data?${query}`), { status: 200, schema: 'ReferenceDataResponse' }).referenceData[0]
    assert.equal((await read('datasetName=trackingEventCode')).data.length, 62)
    const [row, ...none] = (await read('datasetName=country&filterByAttribute=countryCode&filterByValue=FR')).data
    assert.deepEqual(
      [row, none],
      [
        [
          { attribute: 'countryCode', value: 'FR' },
          { attribute: 'countryName', value: 'FRANCE' },
        ],
        [],
      ],
    )
    assert.match(refusalOf(await get('/reference-data?datasetName=country&queryString=x')).details[0] ?? '', /^5029: /)
    assert.deepEqual(jsonOf(await get('/reference-data?datasetName=all')), {
      ...recordedError('GET /reference-data', 404),
      instance: '/expressapi/reference-data?datasetName=all',
    })
  })
})
