import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, fixture, idsOf, partsOf, readJson, requestWith, shapeOf } from './colissimo-desk.ts'
import { jsonOf, send } from './raw-http.ts'

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
    ['30022', 'DOS', { 'letter.sender.address.language': 'PL' }],
    ['30023', 'DOS', { [`${address}.language`]: 'PL' }],
    ['30027', 'DOS', { 'letter.service.reseauPostal': '1' }],
    ['30046', 'DOS', { 'letter.sender.address.email': 'expedition' }],
    ['30047', 'DOS', { 'letter.sender.address.mobileNumber': '06' }],
    ['30085', 'DOS', { 'letter.sender.address.phoneNumber': '04 94 00 00 00' }],
    ['30065', 'DOS', { 'letter.sender.address.companyName': undefined }],
    ['30100', 'DOS', { 'letter.sender.address.line2': undefined }],
    ['30102', 'DOS', { 'letter.sender.address.countryCode': undefined }],
    ['30103', 'DOS', { 'letter.sender.address.countryCode': 'ZZ' }],
    ['30104', 'DOS', { 'letter.sender.address.city': undefined }],
    ['30106', 'DOS', { 'letter.sender.address.zipCode': undefined }],
    ['30107', 'DOS', { 'letter.sender.address.zipCode': '8350' }],
    ['30108', 'DOS', { 'letter.sender.address.zipCode': '97400' }],
    ['30301', 'HD', { 'letter.parcel.weight': 20.01 }],
    ['30309', 'DOS', { 'letter.parcel.insuranceValue': 500_001 }],
    ['30311', 'DOS', { 'letter.parcel.recommendationLevel': 'R9', 'letter.parcel.insuranceValue': 0 }],
    ['14040', 'DOS', { 'letter.parcel.recommendationLevel': 'R1' }],
    ['30017', 'DOS', { 'letter.parcel.cod': true }],
    ['30317', 'DOS', { 'letter.parcel.hazmatFlag': true, 'letter.parcel.hazmatCategory': 'F' }],
    ['30317', 'DOS', { 'letter.parcel.hazmatFlag': true }],
    ['30317', 'DOS', { 'letter.parcel.hazmatCategory': 'A' }],
    ['30324', 'DOS', { 'letter.service.returnTypeChoice': 1 }],
    ['30325', 'HD', { 'letter.parcel.returnReceipt': true }],
    ['30326', 'DOS', { 'letter.parcel.ftd': true }],
    ['30401', 'HD', { 'letter.parcel.pickupLocationId': '000000' }],
    ['30809', 'DOS', { 'letter.service.mailBoxPickingDate': '2026-03-17' }],
    ['30600', 'DOS', { 'fields.field.0.value': 'quarante' }],
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
      { 'letter.parcel.hazmatFlag': true, 'letter.parcel.hazmatCategory': 'E', 'letter.parcel.hazmatPrintLogo': true },
      { [`${address}.zipCode`]: '75900', [`${address}.city`]: 'PARIS CEDEX 15', [`${address}.line2`]: undefined },
      { 'letter.sender.address': undefined },
    ]) {
      assert.equal((await post('generateLabel', requestWith('DOS', changes))).status, 200)
    }
    const local = { ...belgian, [`${address}.mobileNumber`]: '0456001234' }
    assert.deepEqual(idsOf(await post('generateLabel', requestWith('DOS', local))), ['30221'])
  })

  it('names the member and the character in its words, without repeating what people wrote', async () => {
    const gift = await post('generateLabel', requestWith('DOS', { [`${address}.line2`]: '72 rue Reine Elisabeth 🎁' }))
    assert.deepEqual((jsonOf(gift) as { messages: object[] }).messages, [
      {
        id: '30600',
        type: 'ERROR',
        messageContent:
          'Le champ contient un caractère interdit ou est trop long : letter.addressee.address.line2 contient « 🎁 »',
        replacementValues: [],
      },
    ])
    const mail = await post('generateLabel', requestWith('HD', { [`${address}.email`]: 'lucie@example' }))
    assert.match(mail.text, /L’adresse électronique du destinataire est incorrecte : letter.addressee.address.email/)
    assert.ok(!mail.text.includes('lucie'))
  })

  it('says every fault at once, each once', async () => {
    const reply = await post(
      'generateLabel',
      requestWith('DOS', {
        'letter.service.depositDate': '2026-03-15',
        'letter.parcel.weight': 31,
        [`${address}.city`]: undefined,
      }),
    )
    assert.deepEqual(idsOf(reply), ['30002', '30208', '30301'])
  })

  it('hides in 200 and one part in version 2.0, which the old service does', async () => {
    const reply = await post('generateLabel', requestWith('DOS', { 'letter.parcel.weight': undefined }), {
      version: '2.0',
    })
    assert.equal(reply.status, 200)
    const [infos, ...none] = partsOf(reply.bytes)
    const [recorded] = partsOf(fixture('generateLabel-error.multipart'))
    assert.deepEqual([infos?.head, none], [recorded?.head, []])
    const said = JSON.parse(infos?.body.toString('utf8') ?? '')
    assert.deepEqual(shapeOf(said), shapeOf(JSON.parse(recorded?.body.toString('utf8') ?? '')))
    assert.equal(said.messages[0].id, '30300')
    assert.deepEqual(carrier.labels(), [])
  })

  it('says who is not known, and what cannot be read', async () => {
    const stranger = await post('generateLabel', requestWith('DOS'), { apiKey: 'other' })
    assert.deepEqual([stranger.status, idsOf(stranger)], [403, ['30000']])
    const asAccount = (password: string) =>
      send({
        url: `${carrier.url}/sls-ws/SlsServiceWSRest/3.1/checkGenerateLabel`,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...requestWith('DOS'), contractNumber: '900000', password }),
      })
    assert.equal((await asAccount('mot-de-passe-bac-a-sable')).status, 200)
    const wrong = await asAccount('autre')
    assert.deepEqual([wrong.status, idsOf(wrong)], [400, ['30000']])
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
