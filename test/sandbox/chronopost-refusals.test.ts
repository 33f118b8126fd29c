import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ChronopostSandbox } from '../../sandbox/carriers/chronopost/server.ts'
import { ask, fixture, open, refusalOf, requestWith } from './chronopost-desk.ts'

let carrier: ChronopostSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

type Edit = [from: string, to: string]
const V5 = 'shippingMultiParcelV5'
const RESERVATION = 'shippingMultiParcelWithReservationV3'
const post = (body: string, headers?: Record<string, string>) =>
  ask({ url: carrier.url, body, ...(headers ? { headers } : {}) })
const product = (code: string, service = '0'): Edit[] => [
  ['<productCode>01<', `<productCode>${code}<`],
  ['<service>0<', `<service>${service}<`],
]
const recipientIn = (country: string, zip: string): Edit[] => [
  ['<recipientCountry>FR<', `<recipientCountry>${country}<`],
  ['<recipientZipCode>06500<', `<recipientZipCode>${zip}<`],
]
const size = (length: number, height: number, width: number): Edit[] => [
  ['<length>40<', `<length>${length}<`],
  ['<height>15<', `<height>${height}<`],
  ['<width>30<', `<width>${width}<`],
]
const relay: Edit = ['<recipientRef>C-000871<', '<recipientRef>A1234<']

describe('functional refusals come in HTTP 200, with their code', () => {
  const cases: [code: string, words: RegExp, edits: Edit[]][] = [
    ['33', /^Invalid accesColis account number$/, [['>12345678<', '>87654321<']]],
    ['3', /password/, [['<password>000000<', '<password>000001<']]],
    ['2', /idEmit/, [['CHRFR', 'OTHER']]],
    ['2', /subAccount/, [['<subAccount>0<', '<subAccount>1234<']]],
    ['2', /^version/, [['<version>2.0<', '<version>1.0<']]],
    ['2', /modeRetour/, [['<modeRetour>1<', '<modeRetour>4<']]],
    ['2', /^mode /, [['<mode>PDF<', '<mode>PNG<']]],
    ['2', /withReservation/, [['<withReservation>0<', '<withReservation>7<']]],
    ['2', /skybillParamsValue|mode/, [['<mode>PDF</mode>', '']]],
    ['2', /numberOfParcel doit/, [['<numberOfParcel>1<', '<numberOfParcel>0<']]],
    ['2', /nombre de skybillValue/, [['<numberOfParcel>1<', '<numberOfParcel>2<']]],
    ['2', /bulkNumber/, [['<bulkNumber>1<', '<bulkNumber>2<']]],
    ['2', /skybillRank/, [['<skybillRank>1<', '<skybillRank>0<']]],
    ['2', /multiParcel/, [['<multiParcel>N<', '<multiParcel>X<']]],
    ['2', /shipperCivility/, [['<shipperCivility>M</shipperCivility>', '']]],
    ['2', /shipperPreAlert/, [['<shipperPreAlert>0<', '<shipperPreAlert>22<']]],
    ['2', /recipientPreAlert/, [['<recipientPreAlert>0<', '<recipientPreAlert>11<']]],
    ['2', /printAsSender/, [['<printAsSender>N<', '<printAsSender>1<']]],
    ['2', /recipientName est/, [['<recipientName>Lucie Martin</recipientName>', '']]],
    ['2', /recipientAdress1 est/, [['<recipientAdress1>72 rue Reine Elisabeth</recipientAdress1>', '']]],
    ['2', /recipientAdress1 dépasse 38/, [['72 rue Reine Elisabeth', '72 rue Reine Elisabeth de Wurtemberg II']]],
    ['2', /recipientName dépasse 100/, [['<recipientName>Lucie Martin<', `<recipientName>${'n'.repeat(101)}<`]]],
    ['2', /recipientCity dépasse 50/, [['<recipientCity>MENTON<', `<recipientCity>${'M'.repeat(51)}<`]]],
    [
      '2',
      /recipientMobilePhone dépasse 17/,
      [['<recipientMobilePhone>0600000000<', '<recipientMobilePhone>+33 6 00 00 00 0000<']],
    ],
    ['2', /recipientEmail dépasse 50/, [['lucie.martin@example.com', `${'l'.repeat(50)}@example.com`]]],
    ['2', /recipientAdress1 contient/, [['72 rue Reine Elisabeth', '72 rue de l’Église']]],
    ['2', /recipientCity contient/, [['<recipientCity>MENTON<', '<recipientCity>L&apos;ISLE<']]],
    ['2', /recipientEmail est invalide/, [['lucie.martin@example.com', 'lucie@example']]],
    ['2', /recipientMobilePhone est/, [['<recipientMobilePhone>0600000000<', '<recipientMobilePhone>06.00<']]],
    ['2', /recipientCountry est/, [['<recipientCountry>FR<', '<recipientCountry>ZZ<']]],
    ['2', /recipientZipCode ne/, [['<recipientZipCode>06500<', '<recipientZipCode>6500<']]],
    ['2', /recipientZipCode ne/, [['<recipientZipCode>06500<', '<recipientZipCode>97400<']]],
    ['2', /recipientZipCode ne/, recipientIn('GB', '75001')],
    ['2', /productCode est/, product('ZZ')],
    ['2', /ne dessert pas le pays CH/, recipientIn('CH', '1201')],
    ['2', /ne dessert pas le pays US/, [...product('44'), ...recipientIn('US', '10001')]],
    ['2', /ne dessert pas le pays FR/, product('17')],
    ['2', /ne dessert pas le pays FR/, [...product('4P', '368'), relay]],
    [
      '2',
      /part de France/,
      [
        ['<shipperCountry>FR<', '<shipperCountry>BE<'],
        ['<shipperZipCode>83500<', '<shipperZipCode>1000<'],
      ],
    ],
    ['2', /^service ne/, product('01', '337')],
    ['2', /^service ne/, product('4T', '0')],
    ['2', /337 est limité/, [...product('49', '337'), ...recipientIn('BE', '1000'), relay, ['2.35', '3.5']]],
    ['2', /338 commence/, [...product('49', '338'), ...recipientIn('BE', '1000'), relay]],
    ['2', /weight dépasse 30/, [['2.35', '30.01']]],
    ['2', /weight dépasse 20/, [...product('86'), relay, ['2.35', '20.5']]],
    ['2', /weight doit/, [['2.35', '0']]],
    ['2', /weightUnit/, [['KGM', 'GRM']]],
    ['2', /doivent être positifs/, size(40, 0, 30)],
    ['2', /dépasse 150 cm/, size(151, 10, 10)],
    ['2', /dépasse 300 cm/, size(150, 40, 36)],
    ['2', /dépasse 100 cm/, [...product('86'), relay, ...size(101, 10, 10)]],
    ['2', /dépasse 250 cm/, [...product('86'), relay, ...size(100, 40, 36)]],
    ['2', /point relais/, product('86')],
    ['2', /point relais/, [...product('86'), ['<recipientRef>C-000871</recipientRef>', '']]],
    ['2', /shipperRef dépasse 35/, [['CMD-2026-000123-1', 'x'.repeat(36)]]],
    ['2', /shipperRef contient/, [['CMD-2026-000123-1', 'CMD_2026']]],
    ['2', /evtCode/, [['<evtCode>DC<', '<evtCode>D<']]],
    ['2', /objectType/, [['<objectType>MAR<', '<objectType>BOX<']]],
    ['2', /antérieure/, [['2026-03-16T15', '2026-03-15T23']]],
    ['2', /shipHour/, [['<shipHour>15<', '<shipHour>24<']]],
    [
      '2',
      /insuredValue/,
      [['<objectType>', '<insuredCurrency>EUR</insuredCurrency><insuredValue>2000001</insuredValue><objectType>']],
    ],
    ['2', /insuredCurrency/, [['<objectType>', '<insuredValue>20000</insuredValue><objectType>']]],
    ['2', /appointmentValue/, product('2O')],
  ]
  for (const [code, words, edits] of cases)
    it(`${code} ${words.source}: ${JSON.stringify(edits).slice(0, 80)}`, async () => {
      const [errorCode, message] = refusalOf(await post(requestWith(V5, ...edits)))
      assert.equal(errorCode, code)
      assert.match(message, words)
      assert.deepEqual(carrier.labels(), [])
    })

  it('2 for parcels that do not go together', async () => {
    const secondRank: Edit = ['<skybillRank>2<', '<skybillRank>1<']
    for (const [words, edits] of [
      [/skybillRank/, [secondRank]],
      [/bulkNumber/, [['<bulkNumber>2<', '<bulkNumber>1<']]],
      [/multiParcel/, [['<multiParcel>Y<', '<multiParcel>N<']]],
      [/nombre de skybillValue/, [['<numberOfParcel>2<', '<numberOfParcel>1<']]],
    ] as [RegExp, Edit[]][])
      assert.match(refusalOf(await post(requestWith(RESERVATION, ...edits)))[1], words)
    const oneReference = fixture(`${RESERVATION}-request`).replace(/<refValue>[\s\S]*?<\/refValue>/, '')
    assert.match(refusalOf(await post(oneReference))[1], /nombre de refValue/)
    assert.deepEqual(carrier.labels(), [])
  })

  it('2 for customs data that makes no sense', async () => {
    for (const [words, edits] of [
      [/hscode/, [['<hscode>610910<', '<hscode>6109.10<']]],
      [/origin/, [['<origin>FR<', '<origin>ZZ<']]],
      [/quantity/, [['<quantity>2<', '<quantity>0<']]],
      [/netWeight/, [['<netWeight>0.25<', '<netWeight>0.35<']]],
      [/currency/, [['<currency>EUR</currency>', '']]],
      [/value doit/, [['<value>50.0<', '<value>0<']]],
    ] as [RegExp, Edit[]][])
      assert.match(refusalOf(await post(requestWith(`${V5}-customs`, ...edits)))[1], words)
  })

  it('2 for each part that the schema lets be absent and the carrier does not', async () => {
    for (const part of [
      'shipperValue',
      'customerValue',
      'recipientValue',
      'refValue',
      'skybillValue',
      'skybillParamsValue',
      'modeRetour',
      'version',
    ]) {
      const body = fixture(`${V5}-request`).replace(new RegExp(`<${part}>[\\s\\S]*?</${part}>`), '')
      assert.deepEqual(refusalOf(await post(body)), ['2', `${part} est obligatoire`])
    }
    const nobody = fixture(`${V5}-request`).replace(/<headerValue>[\s\S]*?<\/headerValue>/, '')
    assert.equal(refusalOf(await post(nobody))[0], '33')
  })
})

describe('what is right at the edge is sold', () => {
  const cases: [what: string, edits: Edit[]][] = [
    ['30 kg', [['2.35', '30']]],
    ['150 cm and 300 cm around', size(150, 40, 35)],
    ['a relay parcel of 20 kg, 100 cm and 250 cm', [...product('86'), relay, ['2.35', '20'], ...size(100, 40, 35)]],
    ['today, before now', [['2026-03-16T15:00:00', '2026-03-16T00:00:00']]],
    ['today in Paris, said in another zone', [['2026-03-16T15:00:00', '2026-03-15T23:30:00Z']]],
    ['38 characters on a line', [['72 rue Reine Elisabeth', '72 rue Reine Elisabeth de Wurtemberg I']]],
    ['Monaco by Chrono 13', recipientIn('MC', '98000')],
    ['the short code of Chrono 13', product('1')],
    ['Saturday', product('01', '6')],
    ['the Réunion by a relay', [...product('4P', '368'), relay, ...recipientIn('RE', '97400')]],
    ['a relay in Belgium up to 3 kg', [...product('49', '337'), relay, ...recipientIn('BE', '1000'), ['2.35', '3']]],
    ['a return', product('4T', '898')],
    ['Germany by road', [...product('44'), ...recipientIn('DE', '10115')]],
    ['the United States', [...product('17'), ...recipientIn('US', '10001')]],
    [
      'an appointment',
      [
        ...product('2O', '976'),
        [
          '</cxf:shipping',
          '<scheduledValue><appointmentValue><timeSlotEndDate>2026-03-17T12:00:00</timeSlotEndDate><timeSlotStartDate>2026-03-17T10:00:00</timeSlotStartDate><timeSlotTariffLevel>N1</timeSlotTariffLevel></appointmentValue></scheduledValue></cxf:shipping',
        ],
      ],
    ],
  ]
  for (const [what, edits] of cases)
    it(what, async () => {
      const sold = carrier.labels().length
      assert.deepEqual(refusalOf(await post(requestWith(V5, ...edits))), ['0', ''])
      assert.equal(carrier.labels().length, sold + 1)
    })
})
