import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { readJson, shapeOf } from './colissimo-desk.ts'
import { jsonOf, send } from './raw-http.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi' })
})
after(() => carrier.close())

interface Reply {
  errorCode: number
  errorMessage: string
  listePointRetraitAcheminement: { identifiant: string; distanceEnMetre: number }[]
  pointRetraitAcheminement: { identifiant: string } | null
}
const call = async (operation: string, body: unknown): Promise<Reply> => {
  const url = `${carrier.url}/pointretrait-ws-cxf/rest/v2/pointretrait/${operation}`
  const headers = { 'Content-Type': 'application/json' }
  return jsonOf(await send({ url, method: 'POST', headers, body: JSON.stringify(body) })) as Reply
}
const search = (changes: object = {}) =>
  call('findRDVPointRetraitAcheminement', { ...readJson('pickup-points-request.json'), apiKey: 'key', ...changes })
const lookUp = (changes: object) =>
  call('findPointRetraitAcheminementByID', { apiKey: 'key', id: '957280', date: '16/03/2026', ...changes })
const found = async (changes: object) =>
  (await search(changes)).listePointRetraitAcheminement.map(({ identifiant, distanceEnMetre }) => [
    identifiant,
    distanceEnMetre,
  ])

describe('the search of pickup points', () => {
  it('answers as recorded, nearest first', async () => {
    const reply = await search()
    const recorded = readJson('pickup-points-response.json')
    assert.deepEqual(shapeOf(reply), shapeOf(recorded))
    assert.deepEqual(reply.listePointRetraitAcheminement[0], recorded.listePointRetraitAcheminement[0])
    assert.deepEqual(await found({}), [
      ['957280', 420],
      ['061250', 1350],
    ])
  })

  it('looks around a postcode: the same first, then its neighbours', async () => {
    const lyon = { zipCode: '69003', city: 'Lyon' }
    // 69006 is three postcodes away, at 900 metres each.
    assert.deepEqual(await found(lyon), [
      ['693031', 310],
      ['693400', 640],
      ['690714', 280 + 2700],
    ])
    assert.deepEqual((await found({ zipCode: '75011', city: 'Paris' })).length, 2)
  })

  it('keeps what is too heavy from shops, and shops from who wants the post only', async () => {
    assert.deepEqual(await found({ weight: '20000' }), await found({}))
    assert.deepEqual(await found({ weight: '20001' }), [['061250', 1350]])
    assert.deepEqual(await found({ filterRelay: '0' }), [['061250', 1350]])
  })

  it('goes abroad with the international option', async () => {
    const abroad = (countryCode: string, zipCode: string) =>
      found({ countryCode, zipCode, city: 'X', optionInter: '1' })
    assert.deepEqual(await abroad('BE', '1000'), [['100032', 380]])
    assert.deepEqual(await abroad('BE', '4000'), [['400017', 610]])
    assert.deepEqual(await abroad('DE', '10117'), [['110115', 290]])
  })

  const refusals: [code: number, changes: object][] = [
    [101, { apiKey: undefined }],
    [102, { apiKey: undefined, accountNumber: '900000' }],
    [201, { apiKey: 'other' }],
    [201, { apiKey: undefined, accountNumber: '900000', password: 'autre' }],
    [104, { zipCode: undefined }],
    [105, { city: undefined }],
    [106, { shippingDate: undefined }],
    [117, { countryCode: undefined }],
    [120, { weight: '1,5' }],
    [121, { weight: '0' }],
    [121, { weight: 100_000 }],
    [122, { shippingDate: '2026-03-16' }],
    [122, { shippingDate: '31/02/2026' }],
    [123, { filterRelay: '2' }],
    [125, { zipCode: '6500' }],
    [129, { address: '' }],
    [143, { countryCode: 'BE', optionInter: '1' }],
    [144, { countryCode: 'DE', zipCode: '1011', optionInter: '1' }],
    [146, { countryCode: 'GB', zipCode: 'SW1A 1AA', optionInter: '1' }],
    [203, { optionInter: '1' }],
    [203, { countryCode: 'BE', zipCode: '1000' }],
    [300, { zipCode: '33000', city: 'Bordeaux', filterRelay: '0' }],
    [301, { zipCode: '29200', city: 'Brest' }],
  ]
  for (const [code, changes] of refusals)
    it(`${code}: ${JSON.stringify(changes)}`, async () => {
      const { errorCode, errorMessage, listePointRetraitAcheminement } = await search(changes)
      assert.deepEqual([errorCode, listePointRetraitAcheminement], [code, []])
      assert.notEqual(errorMessage, '')
    })

  it('knows the account and its password too', async () => {
    const account = { apiKey: undefined, accountNumber: '900000', password: 'mot-de-passe-bac-a-sable' }
    assert.equal((await search(account)).errorCode, 0)
  })
})

describe('one pickup point by its id', () => {
  it('is the point of the search', async () => {
    const { errorCode, pointRetraitAcheminement } = await lookUp({})
    assert.equal(errorCode, 0)
    const [recorded] = readJson('pickup-points-response.json').listePointRetraitAcheminement
    assert.deepEqual(pointRetraitAcheminement, recorded)
  })

  it('needs its network outside France', async () => {
    assert.equal((await lookUp({ id: '100032' })).errorCode, 124)
    assert.equal((await lookUp({ id: '100032', reseau: 'X00' })).pointRetraitAcheminement?.identifiant, '100032')
  })

  const refusals: [code: number, changes: object][] = [
    [101, { apiKey: undefined }],
    [201, { apiKey: 'other' }],
    [106, { date: undefined }],
    [107, { id: undefined }],
    [121, { weight: '0' }],
    [122, { date: '2026-03-16' }],
    [123, { filterRelay: 'oui' }],
    [124, { id: '95728' }],
    [124, { id: '123456' }],
  ]
  for (const [code, changes] of refusals)
    it(`${code}: ${JSON.stringify(changes)}`, async () => {
      const { errorCode, pointRetraitAcheminement } = await lookUp(changes)
      assert.deepEqual([errorCode, pointRetraitAcheminement], [code, null])
    })
})
