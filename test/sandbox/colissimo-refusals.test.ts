import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, idsOf, readJson, requestWith, shapeOf } from './colissimo-desk.ts'
import { jsonOf } from './raw-http.ts'

let carrier: ColissimoSandbox
beforeEach(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
afterEach(() => carrier.close())

const post = (operation: string, body: unknown, o: { version?: string; apiKey?: string } = {}) =>
  askLabels(carrier.url, operation, body, o)

describe('refusals', () => {
  const address = 'letter.addressee.address'
  const cases: [id: string, sample: 'DOS' | 'HD' | 'COM-cn23', changes: Record<string, unknown>][] = [
    ['30002', 'DOS', { 'letter.service.depositDate': '2026-03-15' }],
    ['50005', 'DOS', { 'letter.service.depositDate': undefined }],
    ['30010', 'DOS', { 'letter.service.depositDate': '16/03/2026' }],
    ['30014', 'DOS', { 'letter.service.productCode': undefined }],
    ['30015', 'DOS', { 'letter.service.productCode': 'DOMICILE' }],
    ['30213', 'DOS', { 'letter.service.productCode': 'COM' }],
    [
      '30213',
      'DOS',
      {
        'letter.service.productCode': 'DOM',
        [`${address}.countryCode`]: 'DE',
        [`${address}.mobileNumber`]: '+4915112345670',
      },
    ],
    ['30018', 'HD', { 'letter.service.commercialName': undefined }],
    ['30020', 'COM-cn23', { 'letter.service.totalAmount': undefined }],
    ['30025', 'DOS', { 'outputFormat.outputPrintingType': undefined }],
    ['30026', 'DOS', { 'outputFormat.outputPrintingType': 'PDF' }],
    ['30090', 'DOS', { 'letter.addressee.addresseeParcelRef': '1234567890123456' }],
    ['30109', 'DOS', { 'letter.sender.address.countryCode': 'BE', 'letter.sender.address.zipCode': '1000' }],
    ['30200', 'DOS', { [`${address}.lastName`]: undefined }],
    ['30202', 'HD', { [`${address}.firstName`]: undefined }],
    ['30204', 'DOS', { [`${address}.line2`]: undefined }],
    ['30206', 'DOS', { [`${address}.countryCode`]: undefined }],
    ['30207', 'DOS', { [`${address}.countryCode`]: 'ZZ', [`${address}.mobileNumber`]: undefined }],
    ['30208', 'DOS', { [`${address}.city`]: undefined }],
    ['30210', 'DOS', { [`${address}.zipCode`]: undefined }],
    ['30211', 'DOS', { [`${address}.zipCode`]: '6500' }],
    ['30212', 'DOS', { [`${address}.zipCode`]: '97400' }],
    ['30220', 'HD', { [`${address}.mobileNumber`]: undefined }],
    ['30221', 'HD', { [`${address}.mobileNumber`]: '+33123456789' }],
    ['30222', 'HD', { [`${address}.email`]: undefined }],
    ['30223', 'HD', { [`${address}.email`]: 'lucie@example' }],
    ['30300', 'DOS', { 'letter.parcel.weight': undefined }],
    ['30301', 'DOS', { 'letter.parcel.weight': 30.01 }],
    ['30301', 'DOS', { 'letter.parcel.weight': 0 }],
    ['30301', 'DOS', { 'letter.parcel.weight': 1.234 }],
    ['30309', 'HD', { 'letter.parcel.insuranceValue': 150_000 }],
    ['30400', 'HD', { 'letter.parcel.pickupLocationId': undefined }],
    ['30401', 'HD', { 'letter.parcel.pickupLocationId': '95728' }],
    ['30401', 'DOS', { 'letter.parcel.pickupLocationId': '957280' }],
    ['30500', 'COM-cn23', { 'letter.customsDeclarations': undefined }],
    ['30507', 'COM-cn23', { 'letter.parcel.weight': 0.4 }],
    [
      '30523',
      'COM-cn23',
      {
        'letter.customsDeclarations.contents.article': Array(101).fill({
          description: 'Tee',
          quantity: 1,
          weight: 0.001,
          value: 1,
          hsCode: '610910',
          originCountry: 'FR',
        }),
      },
    ],
    ['30600', 'DOS', { [`${address}.line1`]: '' }],
    ['30600', 'DOS', { [`${address}.line2`]: '72 rue Reine Elisabeth 🎁' }],
    ['30600', 'DOS', { [`${address}.line2`]: '1247 bis avenue du Maréchal de Lattre' }],
    ['30600', 'DOS', { 'letter.service.orderNumber': 'x'.repeat(31) }],
  ]
  for (const [id, sample, changes] of cases)
    it(`${id}: ${sample} with ${JSON.stringify(changes).slice(0, 90)}`, async () => {
      for (const operation of ['generateLabel', 'checkGenerateLabel']) {
        const reply = await post(operation, requestWith(sample, changes))
        assert.deepEqual([reply.status, idsOf(reply)], [400, [id]])
        assert.deepEqual(shapeOf(jsonOf(reply)), shapeOf(readJson('generateLabel-error-plain.json')))
      }
      assert.deepEqual(carrier.labels(), [])
    })

  it('takes what is right at the edge', async () => {
    const belgian = {
      [`${address}.countryCode`]: 'BE',
      [`${address}.zipCode`]: '1000',
      [`${address}.mobileNumber`]: '+32456001234',
    }
    for (const changes of [
      { 'letter.parcel.weight': '30.00' },
      { 'letter.parcel.weight': 0.01 },
      belgian,
      { 'letter.addressee.addresseeParcelRef': '123456789012345' },
    ]) {
      assert.equal((await post('generateLabel', requestWith('DOS', changes))).status, 200)
    }
    const local = { ...belgian, [`${address}.mobileNumber`]: '0456001234' }
    assert.deepEqual(idsOf(await post('generateLabel', requestWith('DOS', local))), ['30221'])
  })

  it('says who is not known, and what cannot be read', async () => {
    assert.deepEqual(idsOf(await post('generateLabel', requestWith('DOS'), { apiKey: 'other' })), ['30000'])
    for (const body of [
      '{',
      requestWith('DOS', { 'letter.unknown': 1 }),
      requestWith('DOS', { 'outputFormat.x': '0' }),
      {},
    ]) {
      assert.equal((await post('generateLabel', body)).status, 422)
    }
  })
})
