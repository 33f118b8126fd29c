import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ChronopostSandbox } from '../../sandbox/carriers/chronopost/server.ts'
import { ask, envelope, fixture, LANE, LOGIN, open, pointsNear, refusalOf, resultOf } from './chronopost-desk.ts'

let carrier: ChronopostSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

const post = (body: string) => ask({ url: carrier.url, body })

describe('prices', () => {
  it('are told for what goes there, without the leading zero, with French VAT in France only', async () => {
    const [first, ...others] = resultOf(await post(fixture('calculateProducts-request'))).productList
    assert.deepEqual(first, { amount: '20.00', amountTTC: '24.00', amountTVA: '4.00', productCode: '1' })
    const codes = others.map(({ productCode }: { productCode: string }) => productCode)
    assert.deepEqual(codes, ['2', '16', '58', '2M', '2O', '4I', '86', '5X', '5E'])
    const abroad = { ...LOGIN, ...LANE, arrCountryCode: 'CH', arrZipCode: '1201', arrCity: 'GENEVE' }
    const swiss = resultOf(await post(envelope('quickcost', 'calculateProducts', abroad))).productList
    assert.deepEqual(
      swiss.map(({ productCode, amountTVA }: Record<string, string>) => [productCode, amountTVA]),
      [
        ['17', '0.00'],
        ['44', '0.00'],
        ['37', '0.00'],
      ],
    )
    const heavy = resultOf(await post(envelope('quickcost', 'calculateProducts', { ...LOGIN, ...LANE, weight: '25' })))
    assert.ok(!heavy.productList.some(({ productCode }: Record<string, string>) => productCode === '86'))
  })
})

describe('pickup points', () => {
  it('are near the town asked about, nearest first, with their hours', async () => {
    const found = resultOf(await post(pointsNear('recherchePointChronopost', {}))).listePointRelais
    assert.equal(found.length, 6)
    const { identifiant, nom, adresse1, codePostal, localite, codePays, distanceEnMetre } = found[0]
    assert.deepEqual(
      [identifiant, nom, adresse1, codePostal, localite, codePays, distanceEnMetre],
      ['0650P', 'TABAC PRESSE DU MARCHE', '4 PLACE DU MARCHE', '06500', 'MENTON', 'FR', '180'],
    )
    assert.deepEqual(found[0].listeHoraireOuverture[0], {
      horairesAsString: '07:00-12:30 14:00-19:00',
      jour: '1',
      listeHoraireOuverture: [
        { debut: '07:00', fin: '12:30' },
        { debut: '14:00', fin: '19:00' },
      ],
    })
  })

  it('come as one element when there is one, and not at all beyond the distance', async () => {
    const one = resultOf(await post(pointsNear('recherchePointChronopost', { maxPointChronopost: 1 }))).listePointRelais
    assert.equal(one.identifiant, '0650P')
    const near = resultOf(await post(pointsNear('recherchePointChronopost', { maxDistanceSearch: 1 }))).listePointRelais
    assert.equal(near.length, 3)
  })

  it('refuse a stranger, a wrong place, product, weight or day', async () => {
    const codeOf = async (texts: Record<string, string>) =>
      refusalOf(await post(pointsNear('recherchePointChronopost', texts)))[0]
    assert.equal(await codeOf({ accountNumber: '1' }), '33')
    assert.equal(await codeOf({ password: '1' }), '3')
    const wrong: Record<string, string>[] = [
      { countryCode: 'BE', zipCode: '1000' },
      { zipCode: '6500' },
      { city: '' },
      { productCode: '01' },
      { weight: '2.35' },
      { weight: '20001' },
      { service: '' },
      { shippingDate: '2026-03-16' },
      { shippingDate: '15/03/2026' },
      { maxPointChronopost: '26' },
      { maxDistanceSearch: '41' },
      { holidayTolerant: 'oui' },
    ]
    for (const texts of wrong) assert.equal(await codeOf(texts), '2', JSON.stringify(texts))
  })
})
