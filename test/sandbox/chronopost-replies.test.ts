import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { XmlDocument } from 'libxml2-wasm'
import type { ChronopostSandbox } from '../../sandbox/carriers/chronopost/server.ts'
import {
  ask,
  envelope,
  fixture,
  LANE,
  LOGIN,
  open,
  PATHS,
  pointsNear,
  refusalOf,
  schemaFaultOf,
} from './chronopost-desk.ts'
import { send } from './raw-http.ts'

let carrier: ChronopostSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

const post = (body: string) => ask({ url: carrier.url, body })
const V5 = fixture('shippingMultiParcelV5-request')
const V7 = V5.replaceAll('shippingMultiParcelV5', 'shippingV7').replace(
  /<numberOfParcel>.*<\/numberOfParcel>|<multiParcel>.*<\/multiParcel>/g,
  '',
)
const RESERVATION = '00000000000000000002'
const NUMBER = 'XP696982499FR'
const track = (operation: string, texts: Record<string, string | number>) => envelope('tracking', operation, texts)
/** One request of each operation that is answered, in an order that makes sense, and one that is refused. */
const REPLIES: [operation: string, answered: string, refused: string][] = [
  ...['shippingMultiParcelV3', 'shippingMultiParcelV4', 'shippingMultiParcelV5'].map(
    (operation): [string, string, string] => {
      const body = V5.replaceAll('shippingMultiParcelV5', operation)
      return [operation, body, body.replace('MAR', 'X')]
    },
  ),
  ['shippingV7', V7, V7.replace('MAR', 'X')],
  [
    'shippingMultiParcelWithReservationV3',
    fixture('shippingMultiParcelWithReservationV3-request'),
    fixture('shippingMultiParcelWithReservationV3-request').replace('MAR', 'X'),
  ],
  ...(
    [
      ['getReservedSkybill', {}],
      ['getReservedSkybillWithType', {}],
      ['getReservedSkybillWithTypeAndMode', { mode: 'THE' }],
      ['getReservedSkybillWithTypeAndModeByReservation', { mode: 'SPD' }],
    ] as const
  ).map(([operation, more]): [string, string, string] => [
    operation,
    envelope('shipping', operation, { reservationNumber: RESERVATION, ...more }),
    envelope('shipping', operation, { reservationNumber: '9', ...more }),
  ]),
  [
    'getReservedSkybillWithTypeAndModeAuth',
    envelope('shipping', 'getReservedSkybillWithTypeAndModeAuth', { numberSearch: NUMBER, mode: 'Z2D', ...LOGIN }),
    envelope('shipping', 'getReservedSkybillWithTypeAndModeAuth', { numberSearch: NUMBER, accountNumber: 1 }),
  ],
  ...['trackSkybill', 'trackSkybillV2'].map((operation): [string, string, string] => [
    operation,
    track(operation, { language: 'fr_FR', skybillNumber: NUMBER }),
    track(operation, {}),
  ]),
  ['trackSearch', fixture('trackSearch-request'), track('trackSearch', { ...LOGIN, dateDeposit: '2026-03-16' })],
  ['trackWithSenderRef', fixture('trackWithSenderRef-request'), track('trackWithSenderRef', LOGIN)],
  [
    'searchPOD',
    track('searchPOD', { ...LOGIN, skybillNumber: NUMBER, pdf: 'true' }),
    track('searchPOD', { accountNumber: '12345678', pdf: 'true' }),
  ],
  ['cancelSkybill', fixture('cancelSkybill-request'), track('cancelSkybill', { ...LOGIN, skybillNumber: 'XP1' })],
  [
    'cancelListSkybill',
    track('cancelListSkybill', { ...LOGIN, skybillNumber: 'XP696982508FR' }),
    track('cancelListSkybill', { ...LOGIN, skybillNumber: `XP696982511FR;${NUMBER}` }),
  ],
  [
    'calculateProducts',
    fixture('calculateProducts-request'),
    envelope('quickcost', 'calculateProducts', { ...LOGIN, ...LANE, type: 'X' }),
  ],
  [
    'quickCost',
    envelope('quickcost', 'quickCost', {
      ...LOGIN,
      depCode: '83500',
      arrCode: '06500',
      weight: '5',
      productCode: '86',
      type: 'M',
    }),
    envelope('quickcost', 'quickCost', {
      ...LOGIN,
      depCode: '83500',
      arrCode: '1',
      weight: '5',
      productCode: '86',
      type: 'M',
    }),
  ],
  [
    'recherchePointChronopost',
    pointsNear('recherchePointChronopost', {}),
    pointsNear('recherchePointChronopost', { type: 'X' }),
  ],
  [
    'recherchePointChronopostInter',
    pointsNear('recherchePointChronopostInter', {
      countryCode: 'BE',
      zipCode: '1000',
      productCode: '49',
      language: 'FR',
      version: '2.0',
    }),
    pointsNear('recherchePointChronopostInter', { countryCode: 'BE', productCode: '49' }),
  ],
]

describe('replies are true to the schemas', () => {
  before(async () => {
    for (let time = 0; time < 4; time++) await post(V5)
    for (let step = 0; step < 4; step++) carrier.advance(NUMBER)
  })
  for (const [operation, answered, refused] of REPLIES)
    it(operation, async () => {
      const right = await post(answered)
      assert.equal(refusalOf(right)[0], '0', right.text)
      assert.match(right.text, new RegExp(`^<soap:Envelope [^>]*><soap:Body><ns1:${operation}Response `))
      assert.equal(schemaFaultOf(right), null)
      const wrong = await post(refused)
      assert.notEqual(refusalOf(wrong)[0], '0', wrong.text)
      assert.equal(schemaFaultOf(wrong), null)
    })

  it('and the check sees an untrue one', () => {
    const [head, tail] = [
      '<e xmlns:n="http://cxf.tracking.soap.chronopost.fr/"><b><n:cancelSkybillResponse><return>',
      '</return></n:cancelSkybillResponse></b></e>',
    ]
    const reply = { status: 200, headers: {}, bytes: Buffer.alloc(0), isCut: false }
    assert.match(schemaFaultOf({ ...reply, text: `${head}<errorCode>0</errorCode>${tail}` }) ?? '', /statusCode/)
  })
})

describe('the WSDL', () => {
  it('of each service names its operations, its schema and its address', async () => {
    for (const [service, path] of Object.entries(PATHS)) {
      const reply = await send({ url: `${carrier.url}${path}?wsdl` })
      assert.equal(reply.status, 200)
      using wsdl = XmlDocument.fromString(reply.text)
      const count = (xpath: string) => wsdl.find(xpath, { w: 'http://schemas.xmlsoap.org/wsdl/' }).length
      const mine = REPLIES.map(([operation]) => operation).filter((each) =>
        reply.text.includes(`operation name="${each}"`),
      )
      assert.ok(mine.length >= 2, service)
      assert.equal(count('/w:definitions/w:portType/w:operation'), count('/w:definitions/w:binding/w:operation'))
      assert.equal(count('/w:definitions/w:message'), 2 * count('/w:definitions/w:portType/w:operation'))
      assert.ok(reply.text.includes(`location="${carrier.url}${path}"`))
      assert.ok(reply.text.includes(`targetNamespace="http://cxf.${service}.soap.chronopost.fr/"`))
    }
    assert.equal((await send({ url: `${carrier.url}${PATHS.shipping}` })).status, 404)
  })
})
