import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { barsOf } from '../../sandbox/carriers/colissimo/bars.ts'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { pdfTextOf } from '../activities/pdf-text.ts'
import {
  askLabels,
  backHome,
  idsOf,
  infosOf,
  namedParts,
  numberOf,
  onTheWay,
  partOf,
  requestWith,
} from './colissimo-desk.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
after(() => carrier.close())

const post = (operation: string, body: unknown) => askLabels(carrier.url, operation, body)
const pagesOf = async (pdf: Buffer) =>
  (await PDFDocument.load(pdf))
    .getPages()
    .map((page) => [page.getWidth(), page.getHeight()].map((side) => Math.round(side)))
const has = (text: string, words: string[]) => {
  for (const word of words) assert.ok(text.includes(word), `${word} in ${text}`)
}

describe('labels on paper', () => {
  it('say who sends what to whom, and that nothing travels', async () => {
    const reply = await post('generateLabel', requestWith('HD', { 'letter.parcel.insuranceValue': 16_200 }))
    const text = pdfTextOf(partOf(reply, 'label'))
    has(text, ['SPECIMEN', 'HD', 'Point de retrait', numberOf(reply), 'Poids : 1,10 kg', 'Dépôt le 16/03/2026'])
    has(text, ['BOUTIQUE EXEMPLE', '28 rue du Clair Bocage', '83500 La Seyne-sur-Mer', 'Réf. exp. CMD-2026-000123-1'])
    has(text, [
      'Lucie Martin',
      '72 rue Reine Elisabeth',
      '06500 Menton',
      'Point de retrait 957280',
      'Réf. dest. 000123-1',
    ])
    // 162 euros are raised to the next level.
    has(text, ['Assurance 300 EUR'])
  })

  const sizes: [type: string, size: [number, number]][] = [
    ['PDF_10x15_300dpi', [283, 425]],
    ['PDF_10x12_300dpi', [283, 340]],
    ['PDF_10x10_300dpi', [283, 283]],
    ['PDF_A4_300dpi', [595, 842]],
    ['PDF_10x15_300dpi_UL', [283, 425]],
  ]
  for (const [type, size] of sizes)
    it(`${type} opens, one page of ${size.join(' by ')} points`, async () => {
      const reply = await post('generateLabel', requestWith('DOS', { 'outputFormat.outputPrintingType': type }))
      assert.deepEqual(await pagesOf(partOf(reply, 'label')), [size])
      has(pdfTextOf(partOf(reply, 'label')), [numberOf(reply), '06500 Menton'])
    })

  const dots: [type: string, width: number, height: number][] = [
    ['ZPL_10x15_203dpi', 799, 1199],
    ['ZPL_10x15_300dpi', 1181, 1772],
    ['ZPL_10x12_203dpi', 799, 959],
    ['ZPL_10x12_300dpi', 1181, 1417],
    ['ZPL_10x10_203dpi', 799, 799],
    ['ZPL_10x10_300dpi', 1181, 1181],
  ]
  for (const [type, width, height] of dots)
    it(`${type} is ZPL for ${width} by ${height} dots, with the number as a barcode`, async () => {
      const reply = await post('generateLabel', requestWith('DOS', { 'outputFormat.outputPrintingType': type }))
      const text = partOf(reply, 'label').toString('utf8')
      assert.match(text, new RegExp(`^\\^XA[\\s\\S]*\\^PW${width}\\n\\^LL${height}\\n[\\s\\S]*\\^XZ$`))
      has(text, [`^BCN,`, `^FD${numberOf(reply)}^FS`, '^FDSPECIMEN^FS', '^FD06500 Menton^FS', 'Poids : 2,35 kg'])
      const rows = [...text.matchAll(/\^FO\d+,(\d+)/g)].map(([, y]) => Number(y))
      assert.ok(
        rows.every((y) => y > 0 && y < height),
        String(rows),
      )
    })

  for (const type of ['10x15_203', '10x15_300', '10x12_203', '10x12_300', '10x10_203', '10x10_300'])
    it(`DPL_${type}dpi is DPL: a label opened, records ended by a return, printed once`, async () => {
      const changes = { 'outputFormat.outputPrintingType': `DPL_${type}dpi` }
      const reply = await post('generateLabel', requestWith('DOS', changes))
      const lines = partOf(reply, 'label').toString('latin1').split('\r')
      assert.deepEqual([lines[0], ...lines.slice(-3)], ['\u0002L', 'Q0001', 'E', ''])
      has(lines.join('\n'), ['SPECIMEN', '06500 Menton'])
      assert.match(lines.at(-4) ?? '', new RegExp(`^1E22\\d{11}${numberOf(reply)}$`))
    })

  it('carry bars that a scanner reads: Code 128, set B, with its check', () => {
    // Start B, "A" (value 33), the check (104 + 33) mod 103 = 34, stop.
    assert.equal(barsOf('A').join(''), '211214' + '111323' + '131123' + '2331112')
    // 13 characters, start and check of 11 modules each, stop of 13.
    assert.equal(
      barsOf('6A15984040331').reduce((a, b) => a + b),
      15 * 11 + 13,
    )
  })

  it('abroad have an international number with its check digit, and a partner', async () => {
    const reply = await post('generateLabel', onTheWay('FR', 'CH'))
    const { parcelNumber, fields } = infosOf(reply).labelV31Response
    assert.match(parcelNumber, /^CB\d{9}FR$/)
    const [, digits = '', key] = /^CB(\d{8})(\d)FR$/.exec(parcelNumber) ?? []
    const sum = [8, 6, 4, 2, 3, 5, 9, 7].reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
    const expected = 11 - (sum % 11)
    assert.equal(Number(key), expected === 10 ? 0 : expected === 11 ? 5 : expected)
    assert.equal(fields.field.find((field: { key: string }) => field.key === 'NETWORK_NAME').value, 'EPG')
    has(pdfTextOf(partOf(reply, 'label')), ['1204 Geneve', 'SUISSE', parcelNumber])
  })
})

describe('customs forms on paper', () => {
  it('come as a part of their own, one page a copy, with goods and totals', async () => {
    const reply = await post(
      'generateLabel',
      requestWith('COM-cn23', { 'letter.customsDeclarations.numberOfCopies': 2 }),
    )
    const form = partOf(reply, 'cn23')
    assert.deepEqual(await pagesOf(form), [
      [595, 842],
      [595, 842],
    ])
    const text = pdfTextOf(form)
    has(text, ['CN23', numberOf(reply), 'Exemplaire 1/2', 'Exemplaire 2/2', 'SPECIMEN', 'Tee-shirt coton', '610910'])
    has(text, [
      'Envoi commercial',
      'Frais de port : 19,90 EUR',
      'N° de la facture : FA-2026-0456',
      '0,500',
      '50,00 EUR',
    ])
  })

  it('are four copies unless said otherwise, and none when declined where that is allowed', async () => {
    const usual = await post(
      'generateLabel',
      requestWith('COM-cn23', { 'letter.customsDeclarations.numberOfCopies': undefined }),
    )
    assert.equal((await pagesOf(partOf(usual, 'cn23'))).length, 4)
    const declined = await post(
      'generateLabel',
      onTheWay('FR', 'CH', { 'letter.customsDeclarations.includeCustomsDeclarations': false }),
    )
    assert.deepEqual(
      namedParts(declined).map(({ name }) => name),
      ['jsonInfos', 'label'],
    )
  })

  it('grow by a page when a hundred articles fill them', async () => {
    const article = { description: 'Tee', quantity: 1, weight: 0.001, value: 1, hsCode: '610910', originCountry: 'FR' }
    const changes = {
      'letter.customsDeclarations.numberOfCopies': 1,
      'letter.customsDeclarations.contents.article': Array(100).fill(article),
    }
    const form = partOf(await post('generateLabel', requestWith('COM-cn23', changes)), 'cn23')
    assert.ok((await pagesOf(form)).length > 1)
    has(pdfTextOf(form), ['0,100', '100,00 EUR'])
  })

  it('are inside the label of a return', async () => {
    const reply = await post('generateLabel', backHome('CH', 'FR', 'CORI'))
    assert.deepEqual(
      namedParts(reply).map(({ name }) => name),
      ['jsonInfos', 'label'],
    )
    const fields: { key: string; value: string }[] = infosOf(reply).labelV31Response.fields.field
    assert.equal(fields.find(({ key }) => key === 'CN23_THERMIQUE')?.value, 'true')
    assert.deepEqual(await pagesOf(partOf(reply, 'label')), [
      [283, 425],
      [595, 842],
    ])
  })

  it('come alone from generateCN23, which makes no label', async () => {
    const { outputFormat: _, ...request } = requestWith('COM-cn23')
    const before = carrier.labels().length
    const reply = await post('generateCN23', request)
    assert.deepEqual(
      namedParts(reply).map(({ name }) => name),
      ['jsonInfos', 'cn23'],
    )
    has(pdfTextOf(partOf(reply, 'cn23')), ['CN23', 'Lucie Martin', 'LA RÉUNION'])
    assert.equal(carrier.labels().length, before)
    const { outputFormat: __, ...plain } = requestWith('DOS')
    assert.deepEqual(idsOf(await post('generateCN23', plain)), ['30500'])
    request.letter.parcel.parcelNumber = '6A15984040331'
    assert.deepEqual(idsOf(await post('generateCN23', request)), ['30321'])
  })
})
