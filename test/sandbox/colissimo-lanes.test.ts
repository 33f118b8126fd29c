import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, backHome, idsOf, onTheWay } from './colissimo-desk.ts'
import { jsonOf } from './raw-http.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
after(() => carrier.close())

const check = async (request: unknown) => idsOf(await askLabels(carrier.url, 'checkGenerateLabel', request))
const RETURNS = ['CORE', 'CORI', 'CORF']
const POINTS = ['HD', 'BPR', 'A2P', 'CMT', 'PCS', 'BDP']

describe('which product goes from where to where', () => {
  const cases: [product: string, from: string, to: string, answer: string][] = [
    ['DOM', 'FR', 'FR', '0'],
    ['DOM', 'FR', 'MC', '0'],
    ['DOM', 'FR', 'AD', '0'],
    ['DOM', 'FR', 'BE', '0'],
    ['DOM', 'FR', 'CH', '0'],
    ['DOM', 'FR', 'DE', '30213'],
    ['DOM', 'GP', 'FR', '30109'],
    ['DOS', 'FR', 'JP', '0'],
    ['DOS', 'FR', 'RE', '30213'],
    ['DOS', 'GP', 'JP', '0'],
    ['DOS', 'GP', 'FR', '30213'],
    ['DOS', 'BE', 'FR', '30109'],
    ['HD', 'FR', 'DE', '0'],
    ['HD', 'FR', 'GB', '30213'],
    ['HD', 'GP', 'FR', '30109'],
    ['BPR', 'FR', 'FR', '0'],
    ['A2P', 'FR', 'FR', '0'],
    ['A2P', 'FR', 'BE', '30213'],
    ['CMT', 'FR', 'BE', '0'],
    ['CMT', 'FR', 'FR', '30213'],
    ['PCS', 'FR', 'DE', '0'],
    ['BDP', 'FR', 'BE', '0'],
    ['BDP', 'FR', 'DE', '30213'],
    ['COM', 'FR', 'RE', '0'],
    ['COM', 'GP', 'FR', '0'],
    ['COM', 'RE', 'GP', '0'],
    ['COM', 'RE', 'RE', '30213'],
    ['CDS', 'FR', 'NC', '0'],
    ['ECO', 'FR', 'GP', '0'],
    ['ECO', 'FR', 'DE', '30213'],
    ['ECO', 'GP', 'FR', '30109'],
    ['COL', 'RE', 'RE', '0'],
    ['COL', 'FR', 'RE', '30109'],
    ['COLD', 'RE', 'RE', '0'],
    ['COLD', 'RE', 'GP', '30213'],
    ['COLI', 'GP', 'DE', '0'],
    ['COLI', 'GP', 'FR', '30213'],
    ['COLI', 'FR', 'DE', '30109'],
    ['COLR', 'FR', 'FR', '0'],
    ['COLR', 'FR', 'BE', '30213'],
    ['J+1', 'FR', 'FR', '0'],
    ['ACCI', 'FR', 'FR', '0'],
    ['CORE', 'FR', 'FR', '0'],
    ['CORE', 'RE', 'RE', '0'],
    ['CORE', 'BE', 'FR', '30109'],
    ['CORI', 'BE', 'FR', '0'],
    ['CORI', 'RE', 'FR', '0'],
    ['CORI', 'FR', 'GP', '0'],
    ['CORI', 'FR', 'FR', '30109'],
    ['CORI', 'LV', 'FR', '30705'],
    ['CORF', 'FR', 'DE', '0'],
    ['CORF', 'FR', 'FR', '30213'],
    ['CORF', 'BE', 'DE', '30109'],
  ]
  for (const [product, from, to, answer] of cases)
    it(`${product} from ${from} to ${to}: ${answer}`, async () => {
      const point = POINTS.includes(product) ? { 'letter.parcel.pickupLocationId': '123456' } : {}
      const request = RETURNS.includes(product)
        ? backHome(from, to, product)
        : onTheWay(from, to, { 'letter.service.productCode': product, ...point })
      assert.deepEqual(await check(request), [answer])
    })
})

describe('what single ways ask for', () => {
  const toUs = (changes: Record<string, unknown> = {}) =>
    onTheWay('FR', 'US', {
      'letter.addressee.address.stateOrProvinceCode': 'NY',
      'fields.field': [{ key: 'EORI', value: 'FR12345678901234' }],
      ...changes,
    })
  const dutiesPaid = (to: string, changes: Record<string, unknown> = {}) =>
    onTheWay('FR', to, {
      'letter.parcel.ddp': true,
      'letter.customsDeclarations.description': 'Textile items',
      ...changes,
    })
  const sides = (...keys: string[]) => keys.map((key) => ({ key, value: '20' }))
  const cases: [what: string, answer: string, request: unknown][] = [
    ['the United States, with all', '0', toUs()],
    ['the United States, no state', '40017', toUs({ 'letter.addressee.address.stateOrProvinceCode': undefined })],
    ['the United States, no EORI', '30562', toUs({ 'fields.field': [] })],
    ['the United States, no mobile', '30220', toUs({ 'letter.addressee.address.mobileNumber': undefined })],
    ['the United States, long postcode', '30211', toUs({ 'letter.addressee.address.zipCode': '10001-1234' })],
    ['Japan, no choice of return', '30323', onTheWay('FR', 'JP', { 'letter.service.returnTypeChoice': undefined })],
    ['Germany, by the local post', '0', onTheWay('FR', 'DE', { 'letter.service.reseauPostal': '1' })],
    ['Germany, by an unknown network', '30027', onTheWay('FR', 'DE', { 'letter.service.reseauPostal': '2' })],
    ['Switzerland, duties paid', '0', dutiesPaid('CH')],
    ['Germany, duties paid', '30312', dutiesPaid('DE')],
    ['Switzerland, no mobile', '30220', dutiesPaid('CH', { 'letter.addressee.address.mobileNumber': undefined })],
    ['Switzerland, no height', '30317', dutiesPaid('CH', { 'fields.field': sides('LENGTH', 'WIDTH') })],
    ['Switzerland, no description', '30317', dutiesPaid('CH', { 'letter.customsDeclarations.description': undefined })],
    ['Switzerland, no invoice', '30532', dutiesPaid('CH', { 'letter.customsDeclarations.invoiceNumber': undefined })],
    [
      'dangerous goods to Belgium',
      '30317',
      onTheWay('FR', 'BE', { 'letter.parcel.hazmatFlag': true, 'letter.parcel.hazmatCategory': 'A' }),
    ],
    [
      'Belgium, a national mobile',
      '30221',
      onTheWay('FR', 'BE', { 'letter.addressee.address.mobileNumber': '0456001234' }),
    ],
    [
      'Germany, a mobile without its prefix',
      '30221',
      onTheWay('FR', 'DE', { 'letter.addressee.address.mobileNumber': '015112345670' }),
    ],
  ]
  for (const [what, answer, request] of cases)
    it(`${what}: ${answer}`, async () => assert.deepEqual(await check(request), [answer]))

  it('a return: a company at the end, and a letterbox only with its day', async () => {
    const back = (changes: Record<string, unknown>) => check(backHome('FR', 'FR', 'CORE', changes))
    const person = { 'letter.sender.address.firstName': 'Lucie' }
    const box = { ...person, 'letter.service.mailBoxPicking': true }
    const onDay = (day: string | undefined) => ({ ...box, 'letter.service.mailBoxPickingDate': day })
    assert.deepEqual(await back({ 'letter.addressee.address.companyName': undefined }), ['30089'])
    assert.deepEqual(await back(onDay('2026-03-17')), ['0'])
    assert.deepEqual(await back(onDay(undefined)), ['30813'])
    assert.deepEqual(await back(onDay('17/03/2026')), ['30811'])
    assert.deepEqual(await back(onDay('2026-03-15')), ['30806'])
    assert.deepEqual(await back({ ...onDay('2026-03-17'), 'letter.sender.address.firstName': undefined }), ['30043'])
    assert.deepEqual(await back({ ...onDay('2026-03-17'), 'letter.sender.address.email': undefined }), ['30045'])
    assert.deepEqual(await check(onTheWay('FR', 'FR', onDay('2026-03-17'))), ['30804'])
  })
})

describe('several parcels of one order', () => {
  const member = (role: string, rank: number, list?: string) =>
    onTheWay('FR', 'FR', {
      'letter.service.productCode': 'DOM',
      'fields.field': [
        { key: 'TYPE_MULTI_PARCEL', value: role },
        { key: 'PARCEL_ITERATION_NUMBER', value: String(rank) },
        { key: 'TOTAL_NUMBER_PARCEL', value: '3' },
        ...(list === undefined ? [] : [{ key: 'LIST_FOLLOWER_PARCEL', value: list }]),
      ],
    })

  it('followers come first, then one master that lists them all', async () => {
    const followers: string[] = []
    for (const rank of [1, 2]) {
      assert.equal((await askLabels(carrier.url, 'generateLabel', member('FOLLOWER', rank))).status, 200)
      followers.push(carrier.labels().at(-1)?.parcelNumber ?? '')
    }
    assert.deepEqual(await check(member('MASTER', 3, followers.join('/'))), ['0'])
    assert.deepEqual(await check(member('MASTER', 3, followers[0])), ['40017'])
    assert.deepEqual(await check(member('MASTER', 3, `${followers[0]}/6A15984040331`)), ['30321'])
    assert.deepEqual(await check(member('MASTER', 4, followers.join('/'))), ['40017'])
    assert.deepEqual(await check(member('BROTHER', 3)), ['40017'])
  })
})

describe('getProductInter', () => {
  const ask = (body: object) => askLabels(carrier.url, 'getProductInter', body)

  it('says which return choices a destination accepts', async () => {
    assert.deepEqual(jsonOf(await ask({ productCode: 'DOS', countryCode: 'DE', zipCode: '10117' })), {
      messages: [
        { id: '0', type: 'INFOS', messageContent: 'La requête a été traitée avec succès', replacementValues: [] },
      ],
      product: ['DOS'],
      partnerType: 'PARTENAIRE',
      returnTypeChoice: ['2', '3'],
    })
  })

  it('refuses what does not go there', async () => {
    assert.deepEqual(idsOf(await ask({ countryCode: 'DE' })), ['30014'])
    assert.deepEqual(idsOf(await ask({ productCode: 'DOS' })), ['30206'])
    assert.deepEqual(idsOf(await ask({ productCode: 'DOS', countryCode: 'ZZ' })), ['30207'])
    assert.deepEqual(idsOf(await ask({ productCode: 'DOM', countryCode: 'DE' })), ['30213'])
    assert.equal((await ask({ productCode: 'CORI', countryCode: 'DE' })).status, 200)
  })
})
