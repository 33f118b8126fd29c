import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { plain } from '../../activities/carriers/chronopost/addresses.ts'
import { saleOf } from '../../activities/carriers/chronopost/mapping.ts'
import { PRODUCTS, RETURN_PRODUCTS } from '../../activities/carriers/chronopost/products.ts'
import { envelopeOf } from '../../activities/wire/soap.ts'
import { CUSTOMS, fixture, linesOf, packed, RELAY, REQUEST, SETUP, SWISS, to, validate } from './chronopost-samples.ts'
import { refused } from './outcomes.ts'

const MARCH = new Date('2026-03-10T09:00:00Z')

function written(request: LabelRequest, over: { mode?: string; saturday?: boolean; now?: Date } = {}): string {
  const { mode = 'THE', saturday = false, now = MARCH } = over
  const form = { login: { ...SETUP.login, saturday }, sender: SETUP.sender, mode, now }
  return envelopeOf({ namespace: 'http://cxf.shipping.soap.chronopost.fr/', ...saleOf(request, form) })
}

const values = (name: string, xml: string): string[] =>
  linesOf(xml).flatMap((line) => (line.includes(`/${name}=`) ? line.slice(line.indexOf('=') + 1) : []))

/** The recorded request with some of its lines replaced by others, or by none. */
const changed = (sample: string, changes: Record<string, string[]>): string[] =>
  linesOf(fixture(sample)).flatMap((line) => changes[line] ?? [line])

test('a purchase for a pickup point is the recorded one, each parcel under its own reference', () => {
  const lines = linesOf(fixture('shippingMultiParcelWithReservationV3-request.xml'))
  lines[lines.lastIndexOf('refValue/shipperRef=CMD-2026-000123-1')] = 'refValue/shipperRef=CMD-2026-000123-2'
  assert.deepEqual(linesOf(written(RELAY)), lines)
})

test('a sale with customs is the recorded one, but for what we cannot know', () => {
  const expected = changed('shippingMultiParcelV5-customs-request.xml', {
    'refValue/recipientRef=C-000871': ['refValue/recipientRef=CMD-2026-000123-1'],
    'customsValue/articlesValue/contentInLanguage=Cotton t-shirt': [
      'customsValue/articlesValue/contentInLanguage=Tee-shirt coton',
    ],
    // 800 g of parcel hold 2 x 250 g of goods: each weighs 400 g with its share of the packing.
    'customsValue/articlesValue/grossWeight=0.3': ['customsValue/articlesValue/grossWeight=0.4'],
    'customsValue/description=Vetements': ['customsValue/description=Tee-shirt coton'],
    'customsValue/descriptionInLanguage=Clothing': ['customsValue/descriptionInLanguage=Tee-shirt coton'],
    'customsValue/eori=FR12345678900012': [],
    'customsValue/language=EN': ['customsValue/language=FR'],
    'customsValue/vatNumber=FR00000000000': [],
  })
  assert.deepEqual(linesOf(written(SWISS, { mode: 'PDF' })), expected)
})

test('every product, outward and back, gives a message that the schema takes', () => {
  const places = { france: {}, 'france-monaco': {}, union: { country: 'BE', postalCode: '1000' } }
  const far = { overseas: { country: 'FR', postalCode: '97400' }, world: { country: 'US', postalCode: '10001' } }
  const europe = { country: 'CH', postalCode: '1201' }
  let messages = 0
  for (const [service, { area, rule, back }] of Object.entries(PRODUCTS)) {
    const place = { ...places, ...far, europe }[area]
    const request = { ...to(place, RELAY), service, customs: CUSTOMS, insured: 9_000 }
    if (rule === 'appointment') continue
    for (const direction of back ? (['outward', 'return'] as const) : (['outward'] as const)) {
      validate(written({ ...request, direction }))
      messages += 1
    }
  }
  for (const service of Object.keys(RETURN_PRODUCTS)) {
    const place = ['3T', '6C'].includes(service) ? places.union : {}
    validate(written({ ...to(place), service, direction: 'return' }))
    messages += 1
  }
  assert.equal(messages, 15 + 7 + 7)
})

test('any address gives a message that the schema takes, without losing a word, or is refused', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 45 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, text, fc.option(text), (lines, city, lastName, company) => {
      try {
        const xml = written(to({ lines, city, lastName, company, phone: city }))
        validate(xml)
        const laid = [...values('recipientAdress1', xml), ...values('recipientAdress2', xml)]
        assert.ok(laid.length > 0 && laid.every((line) => /^[A-Za-z0-9 -]{1,38}$/.test(line)))
        assert.equal(laid.join(' '), lines.map(plain).filter(Boolean).join(' '))
      } catch (error) {
        assert.ok(refused('address-refused')(error), String(error))
      }
    }),
    { numRuns: 300 },
  )
})

test('the tables of products are those of the contract', () => {
  const rows = fixture('product-codes.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  // "0" (post office collection) is known from one foreign source only, without name or service: it is not offered.
  const outward = rows.filter(([code, , direction]) => direction === 'outbound' && code !== '0')
  assert.deepEqual(Object.keys(PRODUCTS).sort(), outward.map(([code]) => code).sort())
  for (const [code = '', , , , limit, , back, backService] of outward) {
    assert.equal(PRODUCTS[code]?.limit, Number(limit || 30), `limit of ${code}`)
    const expected = back ? { code: back, service: backService || '0' } : null
    assert.deepEqual(PRODUCTS[code]?.back, expected, `return of ${code}`)
  }
  const inward = rows.filter(([, , direction]) => direction === 'return')
  assert.deepEqual(Object.keys(RETURN_PRODUCTS).sort(), inward.map(([code]) => code).sort())
  for (const [code = '', , , , , service] of inward)
    assert.equal(RETURN_PRODUCTS[code]?.service, service || '0', `service of ${code}`)
})

test('service codes follow the day, the weight and the product', () => {
  const belgium = { country: 'BE', postalCode: '1000' }
  const reunion = { country: 'RE', postalCode: '97400' }
  const [monday, friday, saturday] = ['2026-03-16', '2026-03-20', '2026-03-21']
  const cases: [string, string, boolean, object, number, string][] = [
    ['01', monday, true, {}, 1000, '0'],
    ['01', friday, true, {}, 1000, '6'],
    ['1', friday, false, {}, 1000, '1'],
    ['01', saturday, true, {}, 1000, '1'],
    ['02', friday, true, {}, 1000, '6'],
    ['16', friday, false, {}, 1000, '1'],
    ['86', friday, true, {}, 1000, '6'],
    ['86', monday, false, {}, 1000, '0'],
    ['5X', friday, true, {}, 1000, '6'],
    ['5X', friday, false, {}, 1000, '0'],
    ['4I', monday, true, {}, 1000, '973'],
    ['4I', saturday, true, {}, 1000, '974'],
    ['4P', monday, true, reunion, 1000, '368'],
    ['4P', friday, true, reunion, 1000, '369'],
    ['4P', friday, false, reunion, 1000, '368'],
    ['49', monday, true, belgium, 3000, '337'],
    ['49', monday, true, belgium, 3001, '338'],
    ['6B', friday, true, belgium, 3001, '338'],
    ['44', friday, true, belgium, 3001, '0'],
  ]
  for (const [service, shipOn, pays, place, weight, expected] of cases) {
    const request = packed({ weight }, { ...to(place), service, shipOn, customs: CUSTOMS })
    const xml = written({ ...request, pickupPoint: RELAY.pickupPoint }, { saturday: pays })
    assert.deepEqual(values('service', xml), [expected], `${service} on ${shipOn}, ${weight} g`)
  }
  const mixed = { ...RELAY, ...to(belgium, RELAY), service: '49' }
  mixed.parcels = mixed.parcels.map((parcel, i) => ({ ...parcel, weight: [3001, 500][i] ?? 0 }))
  assert.deepEqual(values('service', written(mixed)), ['338', '337'], 'each parcel has its own')
})

test('a return goes from the customer to us, with the product that brings it back', () => {
  const xml = written({ ...REQUEST, direction: 'return' })
  assert.deepEqual(values('shipperName', xml), ['Lucie Martin'])
  assert.deepEqual(values('shipperCivility', xml), ['M'])
  assert.deepEqual(values('customerName', xml), ['BOUTIQUE EXEMPLE'], 'we pay')
  assert.deepEqual(values('recipientName', xml), ['BOUTIQUE EXEMPLE'])
  assert.deepEqual([values('productCode', xml), values('service', xml)], [['4T'], ['898']])
  const relay = written({ ...RELAY, direction: 'return' })
  assert.deepEqual(
    [values('productCode', relay), values('service', relay)],
    [
      ['01', '01'],
      ['226', '226'],
    ],
  )
  assert.deepEqual(values('recipientRef', relay), ['CMD-2026-000123-1', 'CMD-2026-000123-1'], 'no pickup point')
  const named = written({ ...REQUEST, service: '4R', direction: 'return' })
  assert.deepEqual([values('productCode', named), values('service', named)], [['4R'], ['885']])
  assert.throws(
    () => written({ ...REQUEST, service: '4I', direction: 'return' }),
    refused('not-offered', /sans étiquette/),
  )
  assert.throws(() => written({ ...REQUEST, service: '4T' }), refused('not-offered', /4T/))
})

test('what leaves today leaves now, and a late day is today, by the clock of Paris', () => {
  const summer = written({ ...REQUEST, shipOn: '2026-07-13' }, { now: new Date('2026-07-13T22:30:05Z') })
  assert.deepEqual([values('shipDate', summer), values('shipHour', summer)], [['2026-07-14T00:30:05'], ['0']])
  const early = written(REQUEST, { now: new Date('2026-03-16T07:05:00Z') })
  assert.deepEqual([values('shipDate', early), values('shipHour', early)], [['2026-03-16T08:05:00'], ['8']])
})

test('insurance is shared by the parcels, in the order of the schema, and capped as the official plugin does', () => {
  assert.deepEqual(values('insuredValue', written({ ...RELAY, insured: 15_001 })), ['7501', '7501'])
  assert.deepEqual(values('insuredValue', written({ ...REQUEST, insured: 90_000 })), ['20000'])
  assert.deepEqual(values('insuredValue', written(REQUEST)), [])
  validate(written({ ...RELAY, insured: 15_001 }))
})

test('sides are centimetres from the longest on, 1 when they are not known', () => {
  const sides = (over: object): string[] =>
    ['length', 'width', 'height'].flatMap((name) => values(name, written(packed(over))))
  assert.deepEqual(sides({ length: 151, width: 401, height: 300 }), ['41', '30', '16'])
  assert.deepEqual(sides({ length: 151, width: null, height: 300 }), ['1', '1', '1'])
})

test('places are named as the carrier knows them', () => {
  const place = (over: object, service = '17'): string[] => {
    const xml = written({ ...to(over), service, customs: CUSTOMS })
    const names = ['recipientCountry', 'recipientCountryName', 'recipientZipCode']
    return names.flatMap((name) => values(name, xml))
  }
  assert.deepEqual(place({ country: 'FR', postalCode: '97 400' }), ['RE', 'LA REUNION', '97400'])
  assert.deepEqual(place({ country: 'FR', postalCode: '98000' }, '01'), ['MC', 'MONACO', '98000'])
  assert.deepEqual(place({ country: 'LU', postalCode: 'L-1234' }), ['LU', 'LUXEMBOURG', '1234'])
  assert.deepEqual(place({ country: 'NL', postalCode: '1012 ab' }), ['NL', 'PAYS-BAS', '1012 AB'])
  assert.deepEqual(place({ country: 'GB', postalCode: 'SW1A 1AA' }), ['GB', 'ROYAUME-UNI', 'SW1A 1AA'])
  assert.deepEqual(place({ country: 'AE', postalCode: '' }), ['AE', 'EMIRATS ARABES UNIS'])
})

test('phones and mobiles stand apart, without a plus sign; an address for mails that is too long is left out', () => {
  const xml = (over: object): string[] =>
    ['recipientMobilePhone', 'recipientPhone', 'recipientEmail'].flatMap((name) =>
      values(name, written({ ...to(over), service: '44' })).map((value) => `${name} ${value}`),
    )
  const belgian = { country: 'BE', postalCode: '1000' }
  const email = 'recipientEmail lucie.martin@example.com'
  assert.deepEqual(xml({ ...belgian, phone: '0470 12 34 56' }), ['recipientMobilePhone 0032470123456', email])
  assert.deepEqual(xml({ ...belgian, phone: '+32 2 555 12 12' }), ['recipientPhone 003225551212', email])
  assert.deepEqual(xml({ ...belgian, phone: '+33 6 12 34 56 78' }), ['recipientMobilePhone 0612345678', email])
  assert.deepEqual(xml({ ...belgian, phone: 'sur demande', email: `${'l'.repeat(50)}@example.com` }), [])
})

test('our own limits name the field in French, never its value', () => {
  const long = 'Abcdefghijklmnopqrstuvwxyzabcdefghijklm'
  const belgium = { country: 'BE', postalCode: '1000' }
  const cases: [LabelRequest, string, RegExp][] = [
    [to({ lines: [long] }), 'address-refused', /adresse \(recipientAdress1 et 2\) : ne tient pas sur 2 lignes de 38/],
    [to({ lines: ['  '] }), 'address-refused', /adresse \(recipientAdress1 et 2\) : obligatoire/],
    [to({ lastName: '山田', firstName: '' }), 'address-refused', /nom \(recipientName\)/],
    [to({ company: long.repeat(3) }), 'address-refused', /nom \(recipientName\) : 100/],
    [to({ city: '' }), 'address-refused', /ville \(recipientCity\)/],
    [to({ city: long.repeat(2) }), 'address-refused', /ville \(recipientCity\) : 50/],
    [to({ postalCode: '6500' }), 'address-refused', /code postal \(recipientZipCode\)/],
    [{ ...to({ ...belgium, postalCode: '10000' }), service: '44' }, 'address-refused', /code postal .*BE/],
    [{ ...to({ city: '' }), direction: 'return' }, 'address-refused', /ville \(shipperCity\)/],
    [{ ...RELAY, pickupPoint: null }, 'address-refused', /point de retrait \(recipientRef\) : 5 caractères/],
    [{ ...RELAY, pickupPoint: { id: '957280', network: null, name: null } }, 'address-refused', /point de retrait/],
    [packed({ weight: 30_001 }), 'refused', /poids du colis 1 \(weight\) : entre 1 g et 30 kg/],
    [packed({ weight: 0 }), 'refused', /poids/],
    [packed({ weight: 20_001 }, RELAY), 'refused', /poids du colis 1 \(weight\) : entre 1 g et 20 kg/],
    [packed({ length: 1501 }), 'refused', /côté du colis 1/],
    [packed({ length: null, height: 1501 }), 'refused', /côté du colis 1/],
    [packed({ length: 1001 }, RELAY), 'refused', /côté du colis 1 .* 100 cm/],
    [packed({ length: 1200, width: 500, height: 410 }), 'refused', /longueur .* 300 cm/],
    [packed({ length: 900, width: 410, height: 400 }, RELAY), 'refused', /longueur .* 250 cm/],
    [{ ...REQUEST, service: 'ZZ' }, 'not-offered', /produit ZZ/],
    [{ ...REQUEST, service: '__proto__' }, 'not-offered', /produit __PROTO__/],
    [{ ...REQUEST, service: '2O' }, 'not-offered', /créneau/],
    [to(belgium), 'not-offered', /produit 01 .*BE/],
    [{ ...REQUEST, service: '17' }, 'not-offered', /produit 17 .*FR/],
    [{ ...to({ country: 'FR', postalCode: '97400' }) }, 'not-offered', /produit 01 .*RE/],
    [{ ...SWISS, customs: null }, 'customs-incomplete', /articles/],
    [{ ...SWISS, customs: { ...CUSTOMS, lines: [] } }, 'customs-incomplete', /articles/],
  ]
  const line = CUSTOMS.lines[0] ?? assert.fail()
  for (const [over, says] of [
    [{ hsCode: '6109' }, /code SH \(hscode\) de l'article 1/],
    [{ origin: 'France' }, /origine \(origin\) de l'article 1/],
    [{ description: '山' }, /désignation \(content\) de l'article 1/],
  ] as const)
    cases.push([{ ...SWISS, customs: { ...CUSTOMS, lines: [{ ...line, ...over }] } }, 'customs-incomplete', says])
  for (const [request, code, says] of cases)
    assert.throws(
      () => written(request),
      (error: unknown) => {
        assert.ok(refused(code, says)(error), `${says}, got ${error}`)
        return !String(error).includes(long) && !String(error).includes('山')
      },
    )
  written(packed({ length: 1200, width: 500, height: 400 }))
  written(packed({ length: 1500, width: 10, height: 10, weight: 30_000 }))
})
