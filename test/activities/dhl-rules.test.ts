import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { journeyOf } from '../../activities/carriers/dhl/mapping.ts'
import { type Lane, productFor } from '../../activities/carriers/dhl/products.ts'
import { provinceOf } from '../../activities/carriers/dhl/subdivisions.ts'
import { contentsOf, isVague, shortened } from '../../activities/carriers/dhl/texts.ts'
import type { CustomsLine } from '../../domain/customs.ts'
import { needsCustoms } from '../../domain/customs.ts'
import { Refused } from '../../domain/failures.ts'
import { CUSTOMS, FORM, OVERSEAS, openCounter, REQUEST, rowsOf, SENDER, to } from './dhl-samples.ts'
import { refused } from './outcomes.ts'

const counter = await openCounter()
after(counter.close)

const weighing = (over: Partial<LabelRequest['parcels'][0]>): Partial<LabelRequest> => ({
  parcels: REQUEST.parcels.map((one) => ({ ...one, ...over })),
})
const declaring = (over: Partial<CustomsLine>): LabelRequest => ({
  ...OVERSEAS,
  customs: { ...CUSTOMS, lines: CUSTOMS.lines.map((line) => ({ ...line, ...over })) },
})

test('our own rules name the field and ask nobody', async () => {
  const long = 'Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst'
  const cases: [LabelRequest, string, RegExp][] = [
    [to({ phone: null }), 'address-refused', /téléphone \(phone\)/],
    [to({ phone: '0123456789' }), 'address-refused', /téléphone \(phone\)/],
    [to({ lines: ['  '] }), 'address-refused', /rue \(addressLine1\) : obligatoire/],
    [to({ lines: [long] }), 'address-refused', /rue \(addressLine1 à 3\).*45/],
    [to({ city: long }), 'address-refused', /ville \(cityName\).*45/],
    [to({ city: '東京' }), 'address-refused', /ville \(cityName\).*latines/],
    [to({ firstName: '', lastName: '山田' }), 'address-refused', /société \(companyName\).*latines/],
    [to({ company: long.repeat(3) }), 'address-refused', /société \(companyName\).*100/],
    [to({ postalCode: '6500' }), 'address-refused', /code postal \(postalCode\).*FR/],
    [
      to({ country: 'US', postalCode: '00100', phone: '+12125550100' }, { customs: CUSTOMS }),
      'address-refused',
      /État/,
    ],
    [{ ...REQUEST, pickupPoint: { id: 'TOO-LONG', network: null, name: null } }, 'address-refused', /point de retrait/],
    [{ ...OVERSEAS, customs: null }, 'customs-incomplete', /exportDeclaration.*obligatoire/],
    [{ ...OVERSEAS, customs: { ...CUSTOMS, lines: [] } }, 'customs-incomplete', /aucun article/],
    [declaring({ description: 'Spare parts' }), 'customs-incomplete', /SAV-100.*description/],
    [declaring({ description: '茶' }), 'customs-incomplete', /description/],
    [declaring({ hsCode: '3401' }), 'customs-incomplete', /SAV-100.*code SH/],
    [declaring({ origin: '' }), 'customs-incomplete', /origine/],
    [declaring({ unitWeight: 0 }), 'customs-incomplete', /poids net/],
    [declaring({ quantity: 1.5 }), 'customs-incomplete', /quantité/],
    [{ ...REQUEST, ...weighing({ weight: 0 }) }, 'refused', /colis 1, poids/],
    [{ ...REQUEST, shipOn: '2026-03-27' }, 'refused', /10 jours/],
    [{ ...REQUEST, service: 'P' }, 'not-offered', /P \(EXPRESS WORLDWIDE\).*prenez par exemple N/],
    [{ ...OVERSEAS, service: 'U' }, 'not-offered', /prenez par exemple P/],
    [{ ...REQUEST, service: 'ZZ' }, 'not-offered', /« ZZ » n'est pas un produit/],
    [{ ...REQUEST, service: 'K', ...weighing({ weight: 250_001 }) }, 'not-offered', /250 kg/],
    [
      { ...REQUEST, service: 'K', ...weighing({ height: 1001 }) },
      'not-offered',
      /colis 1 trop grand, 100 × 80 × 80 cm/,
    ],
  ]
  for (const [request, code, says] of cases)
    for (const call of ['checkLabels', 'createLabels'] as const) {
      await assert.rejects(counter.dhl()[call](request), (error: unknown) => {
        assert.ok(refused(code, says)(error), `${code} ${says}, got ${error}`)
        return error instanceof Refused && !error.message.includes(long) && !/山田|東京/.test(error.message)
      })
    }
  assert.equal(counter.heard.length, 0)
})

test('what the seller must mend is not blamed on the customer', async () => {
  const dhl = counter.dhl({ sender: { ...SENDER, phone: null } })
  await assert.rejects(dhl.createLabels(REQUEST), refused('refused', /expéditeur.*téléphone \(phone\)/))
  await assert.rejects(counter.dhl({ format: 'dpl-203' }).createLabels(REQUEST), refused('not-offered', /dpl-203/))
})

test('products keep to the table of DHL: lanes, kilograms of a shipment, centimetres of a piece in any order', () => {
  const piece = { rank: 1, weight: 1, length: 1, width: 1, height: 1, lines: [] }
  const sells = (service: string, lane: Lane, over: object = {}): boolean => {
    try {
      return productFor({ service, lane, parcels: [{ ...piece, ...over }] }) === service
    } catch (error) {
      if (error instanceof Refused) return false
      throw error
    }
  }
  const rows = rowsOf('product-codes.csv')
  assert.equal(rows.length, 31)
  for (const [service = '', name, , table = '', kilos, length, width, height] of rows) {
    const isCustoms = table.includes('dutiable') && !table.includes('non-dutiable')
    assert.equal(sells(service, 'customs'), isCustoms || table === 'non-document', `${service} ${name} by customs`)
    assert.equal(
      sells(service, 'domestic') || sells(service, 'abroad'),
      !isCustoms,
      `${service} ${name} without customs`,
    )
    if (!kilos) continue
    const lane = sells(service, 'domestic') ? 'domestic' : 'abroad'
    const [l, w, h] = [length, width, height].map((side) => Math.round(Number(side) * 10)) as [number, number, number]
    const grams = Math.round(Number(kilos) * 1000)
    assert.ok(sells(service, lane, { weight: grams, length: h, width: l, height: w }), `${service} at its limits`)
    assert.ok(!sells(service, lane, { weight: grams + 1 }), `${service} too heavy`)
    assert.ok(!sells(service, lane, { length: Math.max(l, w, h) + 1 }), `${service} too long`)
  }
})

test('French departments are countries of their own at DHL, by customs', () => {
  const reunion = to({ postalCode: '97400', city: 'Saint-Denis' })
  assert.ok(needsCustoms(SENDER, reunion.recipient))
  const { receiver, lane } = journeyOf({ ...reunion, customs: CUSTOMS }, FORM)
  assert.equal(receiver.postalAddress.countryCode, 'RE')
  assert.equal(lane, 'customs')
})

test('states and provinces are told by the postal code', () => {
  const cases: [string, string, string | null][] = [
    ['US', '10118', 'NY'],
    ['US', '02108', 'MA'],
    ['US', '90210-1234', 'CA'],
    ['US', '78701', 'TX'],
    ['US', '33101', 'FL'],
    ['US', '60601', 'IL'],
    ['US', '98101', 'WA'],
    ['US', '96813', 'HI'],
    ['US', '99501', 'AK'],
    ['US', '20001', 'DC'],
    ['US', '06510', 'CT'],
    ['US', '38601', 'MS'],
    ['US', '89101', 'NV'],
    ['US', '00100', null],
    ['CA', 'H2X 1Y4', 'QC'],
    ['CA', 'M5V 3L9', 'ON'],
    ['CA', 'V6B 1A1', 'BC'],
    ['CA', 'X0A 0H0', 'NU'],
    ['CA', 'X1A 2N2', 'NT'],
    ['CA', 'Z1A 2N2', null],
  ]
  for (const [country, postalCode, province] of cases)
    assert.equal(provinceOf({ country, postalCode }), province, postalCode)
})

test('postal codes lose the sign of their country', () => {
  const codeOf = (country: string, postalCode: string, phone: string) =>
    journeyOf(to({ country, postalCode, phone }, { customs: CUSTOMS }), FORM).receiver.postalAddress.postalCode
  assert.equal(codeOf('LU', 'L-1855', '+352621000000'), '1855')
  assert.equal(codeOf('DE', 'D-10115', '+4915100000000'), '10115')
  assert.equal(codeOf('SE', 'se-111 22', '+46700000000'), '111 22')
  assert.equal(codeOf('GB', 'ec1a 1bb', '+447700900000'), 'EC1A 1BB')
  assert.equal(codeOf('BM', 'HM 12', '+14410000000'), 'HM 12')
  assert.equal(codeOf('HK', '', '+85220000000'), '')
})

test('descriptions name goods', () => {
  for (const vague of ['', 'Parts', 'Gift - samples', 'ORDER 1042', 'Marchandises diverses', '12345', 'Documents'])
    assert.ok(isVague(vague), vague)
  for (const real of ['Savon à la lavande', 'Cotton t-shirt', 'Machine parts', 'Thé']) assert.ok(!isVague(real), real)
  const [parcel] = REQUEST.parcels
  assert.ok(parcel)
  assert.equal(contentsOf([parcel, parcel], 'X'), '6 x SAV-100, 2 x THE-VERT')
  assert.equal(contentsOf([{ ...parcel, lines: [] }], 'Boutique Exemple'), 'Retail articles of Boutique Exemple')
  assert.equal(shortened('Savon de Marseille, 100 g', 20), 'Savon de Marseille')
  assert.equal(shortened('Anticonstitutionnellement', 10), 'Anticonsti')
})
