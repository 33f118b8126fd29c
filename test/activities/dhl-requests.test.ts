import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { journeyOf, shipmentOrder } from '../../activities/carriers/dhl/mapping.ts'
import {
  answer,
  CUSTOMS,
  FORM,
  json,
  LUCIE,
  OVERSEAS,
  openCounter,
  orderOf,
  PARAMETERS,
  REQUEST,
  recordedError,
  schemaOf,
  THREE,
  to,
} from './dhl-samples.ts'

const counter = await openCounter()
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

const shipments = schemaOf('CreateShipmentRequest')
const BOUGHT = answer(201, json('domestic-response.json'))

test('an order inside France says this, and nothing that the schema does not know', async () => {
  counter.play(BOUGHT)
  await counter.dhl().createLabels(REQUEST)
  const party = { phone: '+33494000000', companyName: 'Boutique Exemple', fullName: 'Boutique Exemple' }
  assert.deepEqual(counter.sent(), {
    plannedShippingDateAndTime: '2026-03-16T15:00:00 GMT+01:00',
    pickup: { isRequested: false },
    productCode: 'N',
    getRateEstimates: true,
    accounts: [{ typeCode: 'shipper', number: '123456789' }],
    outputImageProperties: {
      printerDPI: 300,
      encodingFormat: 'pdf',
      imageOptions: [
        { typeCode: 'label', templateName: 'ECOM26_A6_002' },
        { typeCode: 'waybillDoc', templateName: 'ARCH_6X4', isRequested: true },
      ],
      splitTransportAndWaybillDocLabels: true,
      splitDocumentsByPages: true,
      splitInvoiceAndReceipt: true,
    },
    customerReferences: [{ value: 'bio-1042-26000045-1', typeCode: 'CU' }],
    customerDetails: {
      shipperDetails: {
        postalAddress: {
          postalCode: '83500',
          cityName: 'La Seyne-sur-Mer',
          countryCode: 'FR',
          addressLine1: '28 rue du Clair Bocage',
        },
        contactInformation: { email: 'expedition@example.com', ...party },
        typeCode: 'business',
      },
      receiverDetails: {
        postalAddress: {
          postalCode: '06500',
          cityName: 'Menton',
          countryCode: 'FR',
          addressLine1: '72 rue Reine Élisabeth',
          addressLine2: 'Bâtiment B',
        },
        contactInformation: {
          email: 'lucie.martin@example.com',
          phone: '+33600000000',
          mobilePhone: '+33600000000',
          companyName: 'Lucie Martin',
          fullName: 'Lucie Martin',
        },
        typeCode: 'private',
      },
    },
    content: {
      packages: [
        {
          weight: 0.7,
          dimensions: { length: 40.5, width: 30, height: 15 },
          referenceNumber: 1,
          customerReferences: [{ value: 'bio-1042-26000045-1', typeCode: 'CU' }],
        },
      ],
      isCustomsDeclarable: false,
      description: '3 x SAV-100, 1 x THE-VERT',
      incoterm: 'DAP',
      unitOfMeasurement: 'metric',
    },
    getAdditionalInformation: [{ typeCode: 'linkLabelsByPieces', isRequested: true }],
  })
  assert.equal(shipments(counter.sent()), true, JSON.stringify(shipments.errors))
})

test('the call carries the login, the version and a new trace id each time', async () => {
  counter.play(BOUGHT, BOUGHT)
  for (const _ of [1, 2]) await counter.dhl().createLabels(REQUEST)
  const [first, second] = counter.heard
  assert.equal(first?.method, 'POST')
  assert.equal(`${first?.url.pathname}${first?.url.search}`, '/mydhlapi/shipments')
  assert.equal(first?.headers.authorization, `Basic ${Buffer.from('api-user:pass:wörd').toString('base64')}`)
  assert.equal(first?.headers['x-version'], '3.1.0')
  assert.match(String(first?.headers['message-reference']), /^[0-9a-f-]{36}$/)
  assert.notEqual(first?.headers['message-reference'], second?.headers['message-reference'])
})

test('the people of the recorded request come out as they were recorded', () => {
  const recorded = json('domestic-request.json').customerDetails.receiverDetails
  const { countryName, ...postalAddress } = recorded.postalAddress
  const request = to(
    {
      ...{ company: 'DoCo Event Airline Catering', firstName: 'Hillary', lastName: 'Dickins', country: 'GB' },
      ...{ lines: ['200', 'Great South-West Rd', 'McFarley Drive'], postalCode: 'tw4 6fd', city: 'Hounslow' },
      ...{ phone: '+44 20 8897 5999', email: recorded.contactInformation.email },
    },
    { service: 'P', customs: CUSTOMS },
  )
  const { receiver } = journeyOf(request, FORM)
  assert.deepEqual(receiver.postalAddress, postalAddress)
  assert.equal(receiver.contactInformation.companyName, recorded.contactInformation.companyName)
  assert.equal(receiver.contactInformation.fullName, recorded.contactInformation.fullName)
  assert.equal(receiver.contactInformation.email, recorded.contactInformation.email)
  assert.equal(receiver.typeCode, recorded.typeCode)
  assert.equal(countryName, 'UNITED KINGDOM', 'DHL knows the name of its countries')
})

test('printers get their own encoding and templates', () => {
  const outputOf = (format: 'pdf-a4' | 'zpl-203' | 'zpl-300') => {
    const { printerDPI, encodingFormat, imageOptions } = shipmentOrder(REQUEST, {
      form: { ...FORM, format },
      paperless: true,
    }).outputImageProperties
    return [encodingFormat, printerDPI, ...imageOptions.map(({ templateName }) => templateName)]
  }
  assert.deepEqual(outputOf('pdf-a4'), ['pdf', 300, 'ECOM26_84_A4_001', 'ARCH_8X4_A4_002'])
  assert.deepEqual(outputOf('zpl-203'), ['zpl', 200, 'ECOM26_A6_002', 'ARCH_6X4'])
  assert.deepEqual(outputOf('zpl-300'), ['zpl', 300, 'ECOM26_A6_002', 'ARCH_6X4'])
})

test('a point is named with its service and its buyer', () => {
  const order = orderOf({ ...REQUEST, pickupPoint: { id: 'NCE001', network: null, name: null } })
  assert.deepEqual(order.valueAddedServices, [{ serviceCode: 'TV' }])
  assert.deepEqual(order.onDemandDelivery, { deliveryOption: 'servicepoint', servicePointId: 'NCE001' })
  assert.deepEqual(order.customerDetails.buyerDetails, order.customerDetails.receiverDetails)
  assert.equal(shipments(order), true, JSON.stringify(shipments.errors))
})

test('prices and couriers are asked for as the schema wants', async () => {
  counter.play(answer(200, json('rates-response.json')), answer(201, json('pickup-response.json')))
  await counter.dhl().offersFor(OVERSEAS)
  const rates = schemaOf('RateRequest')
  assert.equal(rates(counter.sent()), true, JSON.stringify(rates.errors))
  assert.deepEqual(counter.sent().monetaryAmount, [{ typeCode: 'declaredValue', value: 112.52, currency: 'EUR' }])
  assert.deepEqual(
    Object.keys(counter.sent()).filter((key) => !(key in json('rates-request.json'))),
    [],
  )
  await counter.dhl().requestPickup({ day: '2026-07-01', from: '14:00', until: '18:00', parcels: 3, weight: 10_000 })
  const pickups = schemaOf('PickupRequest')
  assert.equal(pickups(counter.sent()), true, JSON.stringify(pickups.errors))
  assert.equal(counter.sent().plannedPickupDateAndTime, '2026-07-01T14:00:00 GMT+02:00')
  assert.equal(counter.sent().closeTime, '18:00')
  assert.deepEqual(counter.sent().shipmentDetails[0].packages, [
    { weight: 3.334 },
    { weight: 3.333 },
    { weight: 3.333 },
  ])
  assert.deepEqual(
    Object.keys(counter.sent()).filter((key) => !(key in json('pickup-request.json'))),
    [],
  )
})

test('every parameter of every call stands in the description', async () => {
  counter.play(
    BOUGHT,
    recordedError('GET /tracking', 404),
    recordedError('GET /tracking', 404),
    answer(200, json('points-response.json')),
  )
  const dhl = counter.dhl()
  await dhl.checkLabels(REQUEST)
  await dhl.findLabels(REQUEST)
  await dhl.trackParcels([{ trackingNumber: '1103733901', pieceNumber: null }])
  await dhl.findPickupPoints({ near: LUCIE, weight: 700, shipOn: '2026-03-16', service: 'N' })
  assert.equal(counter.heard.length, 4)
  for (const { method, url } of counter.heard) {
    const known = PARAMETERS[`${method} ${url.pathname.replace('/mydhlapi', '')}`] ?? []
    for (const [name, value] of url.searchParams) {
      const parameter = known.find((one) => one.name === name && one.in === 'query')
      assert.ok(parameter, `${url.pathname} ${name}`)
      assert.ok(!parameter.enum || parameter.enum.includes(value), `${name}=${value}`)
    }
  }
})

test('three pieces are one order, each with its own reference', () => {
  const { content, customerReferences } = orderOf(THREE)
  assert.deepEqual(customerReferences, [{ value: 'bio-1042-26000045-1', typeCode: 'CU' }])
  assert.deepEqual(
    content.packages.map((one) => [one.referenceNumber, one.weight, one.customerReferences[0]?.value]),
    [
      [1, 0.7, 'bio-1042-26000045-1'],
      [2, 0.7, 'bio-1042-26000045-2'],
      [3, 0.7, 'bio-1042-26000045-3'],
    ],
  )
})
