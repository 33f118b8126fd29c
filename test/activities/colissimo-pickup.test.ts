import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { pickupSearch, placesOf } from '../../activities/carriers/colissimo/pickup-points.ts'
import { HD, json, openCounter, rowsOf } from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const counter = await openCounter()
const colissimo = openColissimo(counter.settings)
const need = { near: HD.recipient, weight: 1100, shipOn: '2099-03-16', service: 'HD' }
const answer = json('pickup-points-response.json')
const [shop] = answer.listePointRetraitAcheminement
const said = (errorCode: number | string) => ({ body: JSON.stringify({ errorCode, errorMessage: 'Message' }) })
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

test('pickup points are asked for as recorded, and read', async () => {
  counter.play({ body: JSON.stringify(answer) })
  assert.deepEqual(await colissimo.findPickupPoints(need), [
    {
      id: '957280',
      network: 'R03',
      name: 'RELAIS EXEMPLE',
      lines: ['10 AVENUE DE VERDUN'],
      postalCode: '06500',
      city: 'MENTON',
      country: 'FR',
      distance: 420,
      opening: {
        lundi: '09:00-12:30 14:30-19:00',
        mardi: '09:00-12:30 14:30-19:00',
        mercredi: '09:00-12:30 14:30-19:00',
        jeudi: '09:00-12:30 14:30-19:00',
        vendredi: '09:00-12:30 14:30-19:00',
        samedi: '09:00-12:30',
      },
    },
  ])
  const [heard] = counter.heard
  assert.equal(heard?.path, 'POST /pointretrait/findRDVPointRetraitAcheminement')
  assert.equal(heard?.headers.apikey, undefined, 'the key is in the body here')
  assert.deepEqual(JSON.parse(heard?.body ?? '{}'), {
    ...json('pickup-points-request.json'),
    apiKey: 'key',
    shippingDate: '16/03/2099',
  })
})

test('a late day becomes today, and a search abroad says so', () => {
  const abroad = { ...HD.recipient, country: 'BE', postalCode: '1000', city: 'Bruxelles', lines: ['Rue Haute 1'] }
  const { shippingDate, optionInter, countryCode, weight } = pickupSearch(
    { ...need, near: abroad, weight: 0.5 },
    '2099-12-01',
  )
  assert.deepEqual([shippingDate, optionInter, countryCode, weight], ['01/12/2099', '1', 'BE', '1'])
})

test('only points that take the parcel are given, nearest first', () => {
  const points = [
    { ...shop, identifiant: '000001', distanceEnMetre: 900 },
    { ...shop, identifiant: '000002', distanceEnMetre: null },
    { ...shop, identifiant: '000003', poidsMaxi: 1000 },
    { ...shop, identifiant: '000004', congesTotal: true },
    { ...shop, identifiant: '000005', distanceEnMetre: 80, typeDePoint: 'BPR' },
  ]
  const given = (service: string) =>
    placesOf(
      { status: 200, answer: { ...answer, errorCode: '0', listePointRetraitAcheminement: points } },
      { ...need, service },
    ).map(({ id }) => id)
  assert.deepEqual(given('HD'), ['000005', '000001', '000002'])
  assert.deepEqual(given('BPR'), ['000005'])
  assert.deepEqual(given('A2P'), ['000001', '000002'])
})

test('every error code has its meaning', async () => {
  const rows = rowsOf('error-codes.csv').filter(({ service }) => service === 'pickup-points')
  assert.equal(rows.length, 25)
  for (const { code = '', class: kind } of rows) {
    counter.play(said(Number(code)))
    const asked = colissimo.findPickupPoints(need)
    if (kind === 'empty') assert.deepEqual(await asked, [], code)
    else if (kind === 'transient') await assert.rejects(asked, unavailable(true), code)
    else if (kind === 'auth') await assert.rejects(asked, refused('login-refused', new RegExp(code)), code)
    else await assert.rejects(asked, refused(MENDED_BY[code] ?? 'refused', new RegExp(code)), code)
  }
})

/** What a customer's address can mend, and what another product can; the rest is ours. */
const MENDED_BY: Record<string, string> = {
  ...Object.fromEntries(
    ['104', '105', '117', '125', '129', '143', '144', '145'].map((code) => [code, 'address-refused']),
  ),
  ...{ '146': 'not-offered', '203': 'not-offered' },
}

test('what cannot be asked is refused before asking', async () => {
  await assert.rejects(
    colissimo.findPickupPoints({ ...need, near: { ...HD.recipient, country: 'GB' } }),
    refused('not-offered', /HD ne dessert pas GB, utilisez DOS/),
  )
  await assert.rejects(
    colissimo.findPickupPoints({ ...need, service: 'DOM' }),
    refused('not-offered', /DOM ne livre pas en point de retrait, utilisez HD/),
  )
  assert.equal(counter.heard.length, 0)
})

test('a search that is not answered is asked again', async () => {
  counter.play({ status: 503, type: 'text/html', body: '<html>' })
  await assert.rejects(colissimo.findPickupPoints(need), unavailable(false))
  counter.play({ status: 200, type: 'text/html', body: '<html>' })
  await assert.rejects(colissimo.findPickupPoints(need), unavailable(false))
})
