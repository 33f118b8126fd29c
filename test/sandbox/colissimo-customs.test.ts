import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, backHome, idsOf, onTheWay, requestWith } from './colissimo-desk.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
after(() => carrier.close())

const check = async (request: unknown) => idsOf(await askLabels(carrier.url, 'checkGenerateLabel', request))
const FORM = 'letter.customsDeclarations'
const ARTICLE = `${FORM}.contents.article.0`
const good = (changes: object = {}) => ({
  description: 'Tee-shirt coton',
  quantity: 1,
  weight: 0.25,
  value: 25,
  currency: 'EUR',
  hsCode: '610910',
  originCountry: 'FR',
  ...changes,
})

describe('the customs form overseas', () => {
  const cases: [id: string, changes: Record<string, unknown>][] = [
    ['30020', { 'letter.service.totalAmount': 0 }],
    ['30500', { [FORM]: undefined }],
    ['30500', { [`${FORM}.contents`]: undefined }],
    ['30500', { [`${FORM}.includeCustomsDeclarations`]: false }],
    ['30600', { [`${FORM}.numberOfCopies`]: 5 }],
    ['30503', { [`${FORM}.contents.category`]: undefined }],
    ['30504', { [`${FORM}.contents.category.value`]: 7 }],
    ['30505', { [`${FORM}.contents.article`]: [] }],
    ['30507', { 'letter.parcel.weight': 0.49 }],
    ['30540', { [`${FORM}.contents.article`]: [good({ weight: 0.5 }), good({ weight: 0.31 })] }],
    ['30510', { [`${ARTICLE}.description`]: undefined }],
    ['30511', { [`${ARTICLE}.description`]: 'Écharpe' }],
    ['30511', { [`${ARTICLE}.description`]: 'x'.repeat(65) }],
    ['30512', { [`${ARTICLE}.quantity`]: undefined }],
    ['30513', { [`${ARTICLE}.quantity`]: 0 }],
    ['30514', { [`${ARTICLE}.weight`]: undefined }],
    ['30515', { [`${ARTICLE}.weight`]: 0 }],
    ['30516', { [`${ARTICLE}.value`]: undefined }],
    ['30517', { [`${ARTICLE}.value`]: 0 }],
    ['30518', { [`${ARTICLE}.hsCode`]: undefined }],
    ['30519', { [`${ARTICLE}.hsCode`]: '6109100' }],
    ['30519', { [`${ARTICLE}.hsCode`]: '6109.10' }],
    ['30520', { [`${ARTICLE}.originCountry`]: undefined }],
    ['30521', { [`${ARTICLE}.originCountry`]: 'FRA' }],
    ['30523', { [`${FORM}.contents.article`]: Array.from({ length: 101 }, () => good({ weight: 0.001 })) }],
    ['30531', { [`${FORM}.contents.original`]: Array(6).fill({ originalIdent: 'A' }) }],
    ['30537', { [`${FORM}.contents.article`]: [good(), good({ currency: 'USD' })] }],
    ['30543', { [`${ARTICLE}.artref`]: 'x'.repeat(45) }],
    ['30544', { [`${ARTICLE}.currency`]: 'XPF' }],
  ]
  for (const [id, changes] of cases)
    it(`${id}: ${JSON.stringify(changes).slice(0, 90)}`, async () =>
      assert.deepEqual(await check(requestWith('COM-cn23', changes)), [id]))

  it('takes what is right at the edge', async () => {
    for (const changes of [
      { 'letter.parcel.weight': 0.5 },
      { [`${ARTICLE}.hsCode`]: '61091000' },
      { [`${ARTICLE}.hsCode`]: '6109100010' },
      { [`${ARTICLE}.description`]: 'x'.repeat(64) },
      { [`${ARTICLE}.hsCode`]: undefined, [`${FORM}.contents.category.value`]: 1 },
      { [`${FORM}.includeCustomsDeclarations`]: undefined },
      { [`${FORM}.contents.article`]: Array.from({ length: 100 }, () => good({ weight: 0.008 })) },
    ])
      assert.deepEqual(await check(requestWith('COM-cn23', changes)), ['0'])
  })
})

describe('where the form is asked for', () => {
  const without = (from: string, to: string, changes: Record<string, unknown> = {}) =>
    check(onTheWay(from, to, { [FORM]: undefined, ...changes }))
  const to = (zipCode: string) => ({ 'letter.addressee.address.zipCode': zipCode })

  it('outside the Union, in Andorra, overseas and from there', async () => {
    for (const country of ['CH', 'GB', 'JP', 'AD']) assert.deepEqual(await without('FR', country), ['30500'])
    for (const [from, country] of [
      ['FR', 'RE'],
      ['GP', 'FR'],
      ['RE', 'GP'],
    ] as const)
      assert.deepEqual(await without(from, country, { 'letter.service.productCode': 'COM' }), ['30500'])
  })

  it('not in the Union, nor inside one place overseas', async () => {
    for (const country of ['BE', 'DE', 'LV']) assert.deepEqual(await without('FR', country), ['0'])
    assert.deepEqual(await without('RE', 'RE', { 'letter.service.productCode': 'COL' }), ['0'])
  })

  it('for what the Union taxes apart: Canary Islands, Ceuta, Melilla, Heligoland, Büsingen', async () => {
    for (const zip of ['35001', '38001', '51001', '52001'])
      assert.deepEqual(await without('FR', 'ES', to(zip)), ['30500'])
    for (const zip of ['27498', '78266']) assert.deepEqual(await without('FR', 'DE', to(zip)), ['30500'])
    assert.deepEqual(await without('FR', 'ES', to('28013')), ['0'])
  })
})

describe('goods that come back', () => {
  const ORIGINAL = `${FORM}.contents.original.0`
  const twin = {
    originalIdent: 'B',
    originalInvoiceNumber: 'F',
    originalInvoiceDate: '2026-03-01',
    originalParcelNumber: '6A15984040331',
  }
  const cases: [id: string, changes: Record<string, unknown>][] = [
    ['30542', { [`${FORM}.contents.category.value`]: 3 }],
    ['30554', { [`${FORM}.contents.original`]: [] }],
    ['30522', { [`${ARTICLE}.artref`]: undefined }],
    ['30524', { [`${ARTICLE}.currency`]: undefined }],
    ['30518', { [`${ARTICLE}.hsCode`]: undefined }],
    ['30538', { [`${FORM}.contents.article`]: [backGood(), backGood({ originCountry: 'DE' })] }],
    ['30548', { [`${ARTICLE}.originalIdent`]: 'C' }],
    ['30550', { [`${FORM}.contents.original`]: [{ ...twin, originalIdent: 'A' }, twin] }],
    ['30528', { [`${ORIGINAL}.originalParcelNumber`]: undefined }],
    ['30525', { [`${ORIGINAL}.originalParcelNumber`]: '6A1598404' }],
    ['30529', { [`${ORIGINAL}.originalInvoiceNumber`]: undefined }],
    ['30530', { [`${ORIGINAL}.originalInvoiceDate`]: undefined }],
    ['30533', { [`${ORIGINAL}.originalInvoiceDate`]: '2026-03-17' }],
  ]
  function backGood(changes: object = {}) {
    return good({ artref: 'TS-001', originalIdent: 'A', ...changes })
  }
  for (const [id, changes] of cases)
    it(`${id}: ${JSON.stringify(changes).slice(0, 90)}`, async () =>
      assert.deepEqual(await check(backHome('CH', 'FR', 'CORI', changes)), [id]))

  it('30546: an original without its letter, which its article then misses', async () => {
    const ids = await check(backHome('CH', 'FR', 'CORI', { [`${ORIGINAL}.originalIdent`]: undefined }))
    assert.deepEqual(ids, ['30548', '30546'])
  })

  it('inside the Union come back without any of it', async () =>
    assert.deepEqual(await check(backHome('BE', 'FR', 'CORI', { [FORM]: undefined })), ['0']))
})
