import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import { ACCOUNT, call, open, recordedError, refusalOf, requestWith, TO_GENEVA, toBerlin } from './dhl-desk.ts'

let carrier: DhlSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

const ask = async (body: unknown, query = '') => refusalOf(await call(carrier.url, `/shipments${query}`, { body }))

const GENEVA = TO_GENEVA
const receiver = 'customerDetails.receiverDetails.'
const address = `${receiver}postalAddress.`
const WY = [{ serviceCode: 'WY' }]
const INVOICE = { imageOptions: [{ typeCode: 'invoice', isRequested: true }] }
const package0 = 'content.packages.0.'

describe('the rules of a shipment', () => {
  const rules: [string, Record<string, unknown>, RegExp][] = [
    [
      'a date of another shape',
      { plannedShippingDateAndTime: '2026-03-17T15:00:00+01:00' },
      /^998: ShipTimeStamp is not well formatted/,
    ],
    ['a day that does not exist', { plannedShippingDateAndTime: '2026-13-17T15:00:00 GMT+01:00' }, /^998: /],
    ['a moment that is over', { plannedShippingDateAndTime: '2026-03-16T09:59:59 GMT+01:00' }, /in the past/],
    ['a day too far', { plannedShippingDateAndTime: '2026-03-26T10:00:01 GMT+01:00' }, /more than 10 days/],
    ['a courier without an hour', { pickup: { isRequested: true } }, /#\/pickup\/closeTime is required/],
    ['nobody who pays', { accounts: [{ typeCode: 'duties-taxes', number: ACCOUNT }] }, /typeCode shipper or payer/],
    ['a stranger who ships', { 'accounts.0.number': '999' }, /^8007: The Shipper Account is invalid/],
    [
      'a stranger who pays duties',
      {
        accounts: [
          { typeCode: 'shipper', number: ACCOUNT },
          { typeCode: 'duties-taxes', number: '9' },
        ],
      },
      /typeCode duties-taxes is not found/,
    ],
    ['a domestic product abroad', { productCode: 'N' }, /#\/productCode 'N' is not available/],
    ['a customs product in the Union', { productCode: 'P' }, /#\/productCode 'P' is not available/],
    ['a Union product outside', { ...GENEVA, productCode: 'U' }, /#\/productCode 'U' is not available/],
    ['a product nobody knows', { productCode: 'constructor'.slice(0, 6) }, /is not available/],
    ['a product not sold to this account', { productCode: 'B' }, /#\/productCode 'B' is not available/],
    [
      'too much weight',
      { [`${package0}weight`]: 3030.001 },
      /exceeds the maximum shipment weight of 3030 kg of product U/,
    ],
    [
      'too heavy an envelope',
      { productCode: 'X', [`${package0}weight`]: 0.4, [`${package0}dimensions`]: { length: 30, width: 20, height: 1 } },
      /weight of 0.31 kg of product X/,
    ],
    [
      'a piece too long, whichever way it lies',
      { [`${package0}dimensions`]: { length: 10, width: 10, height: 304 } },
      /packages\/0\/dimensions exceeds the maximum piece size of 303 x 303 x 183 cm/,
    ],
    ['customs papers inside the Union', { 'content.isCustomsDeclarable': true }, /isCustomsDeclarable must be false/],
    [
      'no customs papers outside',
      { ...GENEVA, 'content.isCustomsDeclarable': false },
      /isCustomsDeclarable must be true/,
    ],
    [
      'goods without a declaration',
      { ...GENEVA, 'content.exportDeclaration': undefined },
      /^1007: .*exportDeclaration is required/,
    ],
    [
      'goods without a value',
      { ...GENEVA, 'content.declaredValueCurrency': undefined },
      /declaredValueCurrency are required/,
    ],
    [
      'an invoice to draw without its data',
      {
        ...GENEVA,
        'content.exportDeclaration': { lineItems: GENEVA['content.exportDeclaration'].lineItems },
        outputImageProperties: INVOICE,
      },
      /exportDeclaration\/invoice is required/,
    ],
    ['paperless trade without an invoice', { ...GENEVA, valueAddedServices: WY }, /^7120: Required either/],
    [
      'paperless trade in the Union',
      { valueAddedServices: WY, outputImageProperties: INVOICE },
      /^7008: .*serviceCode 'WY' is not available/,
    ],
    [
      'a service nobody knows',
      { valueAddedServices: [{ serviceCode: 'II', value: 10, currency: 'EUR' }, { serviceCode: 'xx' }] },
      /^7008: .*#\/valueAddedServices\/1\/serviceCode 'xx'/,
    ],
    [
      'insurance without a value',
      { valueAddedServices: [{ serviceCode: 'II' }] },
      /valueAddedServices\/0\/value and currency/,
    ],
    [
      'a country nobody knows',
      { [`${address}countryCode`]: '99' },
      /^7127: The receiverDetails\/postalAddress\/countryCode value/,
    ],
    [
      'a postcode of another country',
      { [`${address}postalCode`]: '1011 AB' },
      /receiverDetails\/postalAddress\/postalCode .* country DE/,
    ],
    [
      'a phone without digits',
      { [`${receiver}contactInformation.phone`]: 'none' },
      /receiverDetails\/contactInformation\/phone/,
    ],
    [
      'an unknown layout',
      { outputImageProperties: { imageOptions: [{ typeCode: 'label', templateName: 'ARCH_8X4' }] } },
      /templateName 'ARCH_8X4' is not supported/,
    ],
    ['a number never reserved', { identifiers: [{ typeCode: 'shipmentId', value: '1234567890' }] }, /^400104: /],
    [
      'a vague description',
      { 'content.description': 'Goods' },
      /^7147: The shipment description #\/content\/description Match Keyword\[Description:GOODS\]/,
    ],
    ['a document number as description', { 'content.description': 'BL26-000045' }, /^7147: /],
    [
      'a vague line',
      {
        ...GENEVA,
        'content.exportDeclaration': {
          ...GENEVA['content.exportDeclaration'],
          lineItems: [{ ...GENEVA['content.exportDeclaration'].lineItems[0], description: 'SAMPLES' }],
        },
      },
      /^7147: The export line item description #\/content\/exportdeclaration\/lineitems\/1\/description Match Keyword\[Description:SAMPLES\]/,
    ],
  ]
  for (const [name, changes, text] of rules)
    it(`refuses ${name}`, async () => {
      const sold = carrier.labels().length
      const { status, details } = await ask(toBerlin(['CMD-1-1'], changes))
      const [only] = details.filter((detail) => text.test(detail))
      assert.equal(status, 400)
      assert.ok(only, details.join('\n'))
      assert.equal(carrier.labels().length, sold)
    })

  it('says one problem as recorded', async () => {
    const date = { plannedShippingDateAndTime: 'tomorrow' }
    const reply = await call(carrier.url, '/shipments', { body: requestWith('domestic', date) })
    assert.deepEqual(JSON.parse(reply.text), recordedError('POST /shipments', 'Incorrect date'))
    const service = requestWith('paperless', { 'valueAddedServices.0.serviceCode': 'xx' })
    const other = await call(carrier.url, '/shipments', { body: service })
    assert.deepEqual(JSON.parse(other.text), recordedError('POST /shipments', 'Invalid parameter'))
  })

  it('lets pass what lies just inside the rules', async () => {
    const tenDays = '2026-03-26T10:00:00GMT+01:00'
    const toAlgiers = {
      ...GENEVA,
      'customerDetails.receiverDetails.postalAddress': {
        postalCode: '16000',
        cityName: 'Alger',
        countryCode: 'DZ',
        addressLine1: '1 rue Didouche',
      },
      valueAddedServices: WY,
      outputImageProperties: INVOICE,
    }
    const right: [Record<string, unknown>, string?][] = [
      [{ plannedShippingDateAndTime: tenDays }],
      [{ ...GENEVA, productCode: 'D', 'content.isCustomsDeclarable': false }],
      [{ ...GENEVA, productCode: 'H' }],
      [{ ...GENEVA, valueAddedServices: WY, outputImageProperties: INVOICE }],
      [
        {
          ...GENEVA,
          valueAddedServices: WY,
          documentImages: [{ typeCode: 'INV', imageFormat: 'PDF', content: 'JVBERi0=' }],
        },
      ],
      [toAlgiers, '?bypassPLTError=true'],
    ]
    for (const [changes, query = ''] of right) {
      const reply = await call(carrier.url, `/shipments${query}`, { body: toBerlin(['CMD-1-1'], changes) })
      assert.equal(reply.status, 201, reply.text)
    }
    assert.match((await ask(toBerlin(['CMD-1-1'], toAlgiers))).details[0] ?? '', /^7008: /)
  })

  it('sees a customs border around the Canary Islands and overseas', async () => {
    const tenerife = { postalCode: '38001', cityName: 'Santa Cruz', countryCode: 'ES', addressLine1: 'Calle 1' }
    const there = { 'customerDetails.receiverDetails.postalAddress': tenerife }
    assert.match((await ask(toBerlin(['CMD-1-1'], there))).details[0] ?? '', /'U' is not available/)
    const reply = await call(carrier.url, '/shipments', { body: toBerlin(['CMD-1-1'], { ...GENEVA, ...there }) })
    assert.equal(reply.status, 201, reply.text)
    const reunion = { ...tenerife, postalCode: '97400', countryCode: 'FR' }
    const { details } = await ask(
      toBerlin(['CMD-1-1'], { productCode: 'N', 'customerDetails.receiverDetails.postalAddress': reunion }),
    )
    assert.match(details[0] ?? '', /postalCode value provided is invalid for country FR/)
  })
})
