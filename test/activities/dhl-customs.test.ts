import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { rateOrder } from '../../activities/carriers/dhl/offers.ts'
import {
  answer,
  CUSTOMS,
  FORM,
  json,
  OVERSEAS,
  openCounter,
  orderOf,
  REQUEST,
  recordedError,
  schemaOf,
  to,
} from './dhl-samples.ts'

const counter = await openCounter()
after(counter.close)
const shipments = schemaOf('CreateShipmentRequest')
const BOUGHT = answer(201, json('domestic-response.json'))

test('an order through customs declares the goods, without a cent lost, and asks for the invoice of paperless trade', () => {
  const order = orderOf({ ...OVERSEAS, insured: 11502 })
  assert.deepEqual(order.valueAddedServices, [
    { serviceCode: 'WY' },
    { serviceCode: 'II', value: 115.02, currency: 'EUR' },
  ])
  assert.equal(order.customerDetails.receiverDetails.postalAddress.provinceCode, 'NY')
  const { content } = order
  assert.equal(content.isCustomsDeclarable, true)
  assert.equal(content.description, 'Savon à la lavande, 100 g')
  assert.equal(content.declaredValue, 112.52)
  assert.equal(content.declaredValueCurrency, 'EUR')
  assert.equal(content.incoterm, 'DAP')
  assert.deepEqual(content.exportDeclaration, {
    lineItems: [
      {
        number: 1,
        description: 'Savon à la lavande, 100 g',
        price: 19.99,
        quantity: { value: 3, unitOfMeasurement: 'PCS' },
        commodityCodes: [{ typeCode: 'outbound', value: '340111' }],
        exportReasonType: 'permanent',
        manufacturerCountry: 'FR',
        weight: { netValue: 0.315 },
      },
      {
        number: 2,
        description: 'Thé vert en feuilles',
        price: 40.05,
        quantity: { value: 1, unitOfMeasurement: 'PCS' },
        commodityCodes: [{ typeCode: 'outbound', value: '09021000' }],
        exportReasonType: 'permanent',
        manufacturerCountry: 'CN',
        weight: { netValue: 0.25 },
      },
    ],
    invoice: { number: 'BL26-000045', date: '2026-03-16' },
    additionalCharges: [{ value: 12.5, typeCode: 'freight' }],
    exportReasonType: 'permanent',
    shipmentType: 'commercial',
  })
  assert.deepEqual(order.outputImageProperties.imageOptions[2], {
    ...json('paperless-request.json').outputImageProperties.imageOptions[0],
    templateName: 'COMMERCIAL_INVOICE_P_10',
  })
  assert.equal(shipments(order), true, JSON.stringify(shipments.errors))
})

test('a declaration that nobody asked for stays at home', () => {
  const order = orderOf({
    ...to({ country: 'BE', postalCode: '1000', city: 'Bruxelles', phone: '+32470123457' }),
    service: 'U',
    customs: CUSTOMS,
  })
  assert.equal(order.content.isCustomsDeclarable, false)
  assert.equal(order.content.exportDeclaration, undefined)
  assert.equal(order.valueAddedServices, undefined)
})

test('a return goes the other way, and our account pays', () => {
  const order = orderOf({ ...REQUEST, direction: 'return', service: '' })
  assert.equal(order.customerDetails.shipperDetails.contactInformation.fullName, 'Lucie Martin')
  assert.equal(order.customerDetails.receiverDetails.contactInformation.fullName, 'Boutique Exemple')
  assert.deepEqual(order.accounts, [{ typeCode: 'payer', number: '123456789' }])
  assert.equal(order.productCode, 'N')
  const abroad = orderOf({ ...OVERSEAS, direction: 'return', service: '', customs: { ...CUSTOMS, reason: 'return' } })
  assert.equal(abroad.productCode, 'P')
  assert.equal(abroad.content.exportDeclaration?.exportReasonType, 'return')
  assert.equal(abroad.outputImageProperties.imageOptions[2]?.invoiceType, 'returns')
  assert.equal(shipments(abroad), true, JSON.stringify(shipments.errors))
})

test('every order, whatever its numbers, keeps to the schema', () => {
  const side = fc.option(fc.integer({ min: 1, max: 700 }))
  const parcel = fc.record({ weight: fc.integer({ min: 1, max: 40_000 }), length: side, width: side, height: side })
  const words = fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme' })
  fc.assert(
    fc.property(
      fc.array(parcel, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 9_999_999 }),
      words,
      (parcels, cents, name) => {
        const request: LabelRequest = {
          ...OVERSEAS,
          recipient: {
            ...OVERSEAS.recipient,
            lastName: `Lee ${name}`,
            lines: ['350 Fifth Avenue', `Fl ${name.slice(0, 20)}`],
          },
          insured: cents,
          customs: {
            ...CUSTOMS,
            shipping: cents % 997,
            lines: CUSTOMS.lines.map((line) => ({ ...line, unitValue: cents, unitWeight: (cents % 1000) + 1 })),
          },
          parcels: parcels.map((one, i) => ({ ...one, reference: `r-${i}`, rank: i + 1, lines: [] })),
        }
        assert.equal(shipments(orderOf(request)), true, JSON.stringify(shipments.errors))
        assert.equal(schemaOf('RateRequest')(rateOrder(request, FORM)), true)
      },
    ),
    { numRuns: 200 },
  )
})

test('a lane that refuses paperless trade is asked again without it, and only for that', async () => {
  const withoutWy = answer(400, {
    detail:
      "7008: The requested Special Service Code  #/valueAddedServices/0/serviceCode 'WY' is not available between this origin and destination.",
    status: '400',
  })
  for (const calls of ['createLabels', 'checkLabels'] as const) {
    counter.heard.length = 0
    counter.play(withoutWy, BOUGHT)
    await counter.dhl()[calls](OVERSEAS)
    assert.equal(counter.heard.length, 2)
    assert.deepEqual(JSON.parse(counter.heard[0]?.body ?? '{}').valueAddedServices, [{ serviceCode: 'WY' }])
    assert.equal(counter.sent().valueAddedServices, undefined)
    assert.equal(counter.sent().outputImageProperties.imageOptions.length, 3, 'the invoice travels with the parcel')
  }
  counter.heard.length = 0
  counter.play(recordedError('POST /shipments', 400, /^7008/))
  await assert.rejects(counter.dhl().createLabels(OVERSEAS))
  assert.equal(counter.heard.length, 1)
})
