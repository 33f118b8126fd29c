import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { senderOf } from '../../activities/carriers/colissimo/addresses.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { labelOrder } from '../../activities/carriers/colissimo/mapping.ts'
import { territoryOf } from '../../activities/carriers/colissimo/places.ts'
import { offersOn, productFor } from '../../activities/carriers/colissimo/products.ts'
import { COM, FORM, HD, json, openCounter, REQUEST, rowsOf, SENDER, to } from './colissimo-samples.ts'
import { refused } from './outcomes.ts'

interface Country {
  domiciless: string | boolean
  domicileas: string | boolean
  pr: boolean
  return: string | boolean
}
const from = (seller: string): [country: string, row: Country][] =>
  Object.entries(json(`capabilitiesByCountry${seller === 'FR' ? 'FR' : 'DOM1'}.json`))
const outward = (from: string, to: string) => offersOn({ from, to }, 'outward').map(({ service }) => service)
const back = (from: string, to: string) => offersOn({ from, to }, 'return').map(({ service }) => service)

test('from the mainland, each country has the products of the official table', () => {
  const rows = from('FR')
  assert.equal(rows.length, 251)
  for (const [country, row] of rows) {
    // The table says "true" for Saint-Martin, which product-codes.csv serves by COM and CDS.
    const [plain, signed] = country === 'MF' ? ['COM', 'CDS'] : [row.domiciless, row.domicileas]
    const economy = signed === 'CDS' ? ['ECO'] : []
    const expected = [plain, signed, row.pr && 'HD', ...economy].filter((one) => typeof one === 'string')
    assert.deepEqual(outward('FR', country).sort(), expected.sort(), country)
    assert.deepEqual(back(country, 'FR'), row.return ? [row.return] : [], country)
  }
})

test('from La Réunion, each country has the products of the official table', () => {
  for (const [country, row] of from('RE')) {
    // "true": by COL and COLD inside the department, by COM and CDS between two of them.
    const isOverseas = row.domiciless === true || ['NC', 'PF', 'TF', 'WF'].includes(country)
    const between = isOverseas ? ['COM', 'CDS', 'ECO'] : [row.domiciless, row.domicileas].filter(Boolean)
    const expected = country === 'RE' ? ['COLD', 'COL'] : between
    assert.deepEqual(outward('RE', country).sort(), [...expected].sort(), country)
  }
  assert.deepEqual(back('FR', 'RE'), ['CORI'])
  assert.deepEqual(back('RE', 'RE'), ['CORE'])
  assert.deepEqual(back('GP', 'RE'), ['CORI'])
  assert.deepEqual(back('DE', 'RE'), [])
})

test('every certain product of the contract can be asked for', () => {
  const lanes: Record<string, [from: string, to: string]> = {
    ...{ DOM: ['FR', 'BE'], DOS: ['FR', 'US'], HD: ['FR', 'PL'], BPR: ['FR', 'FR'], A2P: ['FR', 'FR'] },
    ...{ CMT: ['FR', 'ES'], PCS: ['FR', 'DE'], BDP: ['FR', 'BE'], COM: ['FR', 'GP'], CDS: ['FR', 'PF'] },
    ...{ ECO: ['FR', 'MQ'], COL: ['RE', 'RE'], COLD: ['GP', 'GP'], COLI: ['GP', 'DE'] },
  }
  for (const [service, [from, to]] of Object.entries(lanes))
    assert.equal(productFor({ service, direction: 'outward' }, { from, to }), service)
  assert.equal(productFor({ service: 'CORE', direction: 'return' }, { from: 'FR', to: 'FR' }), 'CORE')
  assert.equal(productFor({ service: 'CORI', direction: 'return' }, { from: 'DE', to: 'FR' }), 'CORI')
  const known = [...Object.keys(lanes), 'CORE', 'CORI']
  const rest = rowsOf('product-codes.csv').filter(({ product_code: code = '' }) => !known.includes(code))
  assert.deepEqual(
    rest.map(({ product_code: code }) => code),
    ['CORF', 'COLR', 'J+1', 'ACCI'],
    'the others are uncertain, or for parcels from France to abroad',
  )
})

test('a product that does not go there is refused with those that do', () => {
  const cases: [Pick<LabelRequest, 'service' | 'direction'>, [from: string, to: string], RegExp][] = [
    [
      { service: 'DOM', direction: 'outward' },
      ['FR', 'ES'],
      /\(productCode\) : DOM ne dessert pas ES, utilisez DOS ou HD/,
    ],
    [{ service: 'DOS', direction: 'outward' }, ['FR', 'RE'], /DOS ne dessert pas RE, utilisez COM ou CDS ou ECO/],
    [{ service: 'COM', direction: 'outward' }, ['RE', 'RE'], /COM ne dessert pas RE, utilisez COLD ou COL/],
    [{ service: 'HD', direction: 'outward' }, ['FR', 'GB'], /HD ne dessert pas GB, utilisez DOS/],
    [{ service: 'CORE', direction: 'outward' }, ['FR', 'FR'], /CORE est un retour, utilisez DOM ou DOS ou HD/],
    [{ service: 'XXL', direction: 'outward' }, ['FR', 'FR'], /« XXL » est inconnu, utilisez DOM ou DOS ou HD/],
    [{ service: 'constructor', direction: 'outward' }, ['FR', 'FR'], /est inconnu/],
    [{ service: 'CORE', direction: 'return' }, ['DE', 'FR'], /CORE ne part pas de DE, utilisez CORI/],
    [{ service: 'DOS', direction: 'return' }, ['US', 'FR'], /aucun retour Colissimo depuis US/],
  ]
  for (const [asked, [from, to], says] of cases)
    assert.throws(() => productFor(asked, { from, to }), refused('not-offered', says), `${says}`)
})

test('shops write overseas France as France or by its own code', () => {
  assert.equal(territoryOf({ country: 'FR', postalCode: '97400' }), 'RE')
  assert.equal(territoryOf({ country: 'FR', postalCode: '98 713' }), 'PF')
  assert.equal(territoryOf({ country: 'GP', postalCode: '97100' }), 'GP')
  assert.equal(territoryOf({ country: 'FR', postalCode: '75001' }), 'FR')
  assert.equal(territoryOf({ country: 'ES', postalCode: '97400' }), 'ES')
  const written = { ...COM, recipient: { ...COM.recipient, country: 'FR' } }
  assert.deepEqual(labelOrder(written, FORM, '2026-03-16'), labelOrder(COM, FORM, '2026-03-16'))
})

test('a return goes from the customer to our company', () => {
  const order = (request: LabelRequest) => labelOrder({ ...request, direction: 'return' }, FORM, '2026-03-16')
  const { service, sender, addressee } = order(REQUEST).letter
  assert.equal(service.productCode, 'CORE')
  assert.equal(service.returnTypeChoice, undefined)
  assert.equal(sender.senderParcelRef, 'CMD-2026-000123-1')
  assert.deepEqual(sender.address, {
    lastName: 'Martin',
    firstName: 'Lucie',
    line1: 'Batiment B',
    line2: '72 rue Reine Elisabeth',
    countryCode: 'FR',
    city: 'Menton',
    zipCode: '06500',
    mobileNumber: '0600000000',
    email: 'lucie.martin@example.com',
  })
  assert.equal(addressee.address.companyName, 'BOUTIQUE EXEMPLE')
  assert.equal(addressee.address.lastName, 'BOUTIQUE EXEMPLE')
  assert.equal(addressee.address.zipCode, '83500')
  assert.equal(order(HD).letter.parcel.pickupLocationId, undefined)
  assert.equal(order(to({ country: 'DE', postalCode: '10115' })).letter.service.productCode, 'CORI')
  const person = { ...FORM, sender: senderOf({ ...SENDER, company: null, lastName: 'Durand' }) }
  assert.throws(
    () => labelOrder({ ...REQUEST, direction: 'return' }, person, '2026-03-16'),
    refused('refused', /société de l'expéditeur \(companyName\)/),
  )
})

test('insurance goes up to the next level', () => {
  const levels: [insured: number | null, level: number | undefined][] = [
    [null, undefined],
    [0, undefined],
    [1, 15_000],
    [15_000, 15_000],
    [16_200, 30_000],
    [50_001, 100_000],
    [100_001, 200_000],
    [500_000, 500_000],
  ]
  for (const [insured, level] of levels)
    assert.equal(labelOrder({ ...REQUEST, insured }, FORM, '2026-03-16').letter.parcel.insuranceValue, level)
  assert.equal(labelOrder({ ...HD, insured: 100_000 }, FORM, '2026-03-16').letter.parcel.insuranceValue, 100_000)
})

test('a pickup point asks for a commercial name', () => {
  assert.throws(
    () => labelOrder(HD, { ...FORM, commercialName: '' }, '2026-03-16'),
    refused('refused', /nom commercial \(commercialName\)/),
  )
  assert.equal(
    labelOrder(REQUEST, { ...FORM, commercialName: '' }, '2026-03-16').letter.service.commercialName,
    undefined,
  )
})

test('offers are told without asking the carrier', async () => {
  const counter = await openCounter()
  const colissimo = openColissimo(counter.settings)
  assert.deepEqual(await colissimo.offersFor(to({ country: 'CH', postalCode: '1201' })), [
    { service: 'DOM', name: 'Domicile sans signature', price: null, deliveredOn: null },
    { service: 'DOS', name: 'Domicile avec signature', price: null, deliveredOn: null },
  ])
  assert.deepEqual(
    (await colissimo.offersFor({ ...REQUEST, direction: 'return' })).map(({ service }) => service),
    ['CORE'],
  )
  await assert.rejects(colissimo.voidLabel('6A15984040331'), refused('not-offered'))
  await assert.rejects(
    colissimo.requestPickup({ day: '2026-03-16', from: '09:00', until: '12:00', parcels: 1, weight: 1 }),
    refused('not-offered'),
  )
  assert.deepEqual([colissimo.abilities.voids, colissimo.abilities.fetches, counter.heard.length], [false, false, 0])
  await counter.close()
})
