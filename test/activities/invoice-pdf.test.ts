import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mentionsOf } from '../../activities/documents/invoice/mentions.ts'
import { figure, printable } from '../../activities/documents/invoice/words.ts'
import { drawInvoice } from '../../activities/documents/invoice-pdf.ts'
import type { Invoice } from '../../domain/invoice.ts'
import { COMPANY, HOME, INVOICE, LINE } from './invoice-samples.ts'
import { pdfPages, pdfStreams } from './pdf-text.ts'

const read = async (invoice: Invoice, o: { duplicate?: boolean } = {}): Promise<string[]> =>
  pdfPages(await drawInvoice(invoice, o)).map((page) => page.replaceAll('\u00a0', ' '))
const holds = (page: string, ...texts: string[]): void => {
  for (const text of texts) assert.ok(page.includes(text), `"${text}" is missing in:\n${page}`)
}

test('the same invoice gives the same bytes, of a PDF/A-3b with embedded fonts', async () => {
  const [first, second, other] = await Promise.all([
    drawInvoice(INVOICE),
    drawInvoice(INVOICE),
    drawInvoice({ ...INVOICE, gross: 261066 }),
  ])
  assert.deepEqual(first, second)
  assert.notDeepEqual(first, other)
  const streams = pdfStreams(first)
  assert.equal(Buffer.from(first).toString('latin1', 0, 8), '%PDF-1.7')
  assert.match(streams, /<pdfaid:part>3<\/pdfaid:part>/)
  assert.match(streams, /<xmp:CreateDate>2026-11-24T00:00:00Z</)
  assert.match(streams, /Facture FA26-000123/)
  assert.equal(streams.match(/\/FontFile2/g)?.length, 2)
  assert.doesNotMatch(streams, /\/BaseFont \/Helvetica/)
  assert.ok(first.length < 60_000)
})

test('one page says everything that the law asks for, to the cent', async () => {
  const [page = '', ...more] = await read(INVOICE)
  assert.equal(more.length, 0)
  holds(page, 'Facture', 'n° FA26-000123', '24/11/2026', '24/12/2026', 'CD26-000045', '1042', 'BL26-000045')
  holds(
    page,
    'Comptoir des Pins, SAS au capital de 10 000 €, 12 rue des Pins, 69003 Lyon',
    'SIREN 732829320',
    'RCS Lyon 732 829 320',
    'TVA FR44732829320',
  )
  holds(page, 'Lucie Martin', '72 rue Reine Élisabeth', '06500 Menton')
  holds(
    page,
    'TIS-01',
    'Tisane des pins, sachet de 100 g',
    '1 234,5678',
    '-1,13 €',
    '5,5 %',
    '2 468,01 €',
    '5,75',
    '20 %',
  )
  holds(page, 'Total HT\n2 473,76 €', 'Total TVA\n136,89 €', 'Total TTC\n2 610,65 €')
  holds(page, '5,5 %\n2 468,01 €\n135,74 €', '20 %\n5,75 €\n1,15 €')
  holds(page, 'CB du 23/11/2026 (ch_3Nf)\n-2 000,00 €', 'Reste à payer\n610,65 €')
  holds(page, 'Réserve de propriété', 'Catégorie de l’opération : livraison de biens.', 'Page 1/1')
  assert.doesNotMatch(page, /DUPLICATA|Livré à|acquittée|NaN|undefined|null/)
})

test('nothing drawn is out of numbers, and nothing is without a glyph', async () => {
  const bytes = await drawInvoice({ ...INVOICE, customer: COMPANY, lines: Array.from({ length: 80 }, () => LINE) })
  assert.doesNotMatch(pdfStreams(bytes), /NaN|undefined/)
  assert.ok(!pdfPages(bytes).join('').includes('\u0000'))
})

test('professionals read what they owe when late; consumers never do', async () => {
  const [company = ''] = await read({ ...INVOICE, customer: COMPANY })
  holds(company, 'Café Škoda & Fils', 'SIREN 552100554 · TVA FR83404833048', 'trois fois', '40 €', 'escompte')
  const [consumer = ''] = await read({
    ...INVOICE,
    mentions: ['Indemnité forfaitaire de 40 € pour frais de recouvrement.'],
  })
  assert.doesNotMatch(consumer, /recouvrement|trois fois|SIREN 5/)
  const said = mentionsOf({
    customer: COMPANY,
    mentions: [
      'Pénalités : 12 % l’an, et 40 € pour frais de recouvrement.',
      'Escompte 2 % à 8 jours.',
      'Prestation de services',
    ],
  })
  assert.equal(said.length, 3, 'what the ERP says is not said twice')
})

test('a delivery elsewhere shows, the same one does not', async () => {
  const [same = ''] = await read({ ...INVOICE, shipTo: { ...HOME } })
  assert.doesNotMatch(same, /Livré à/)
  const [elsewhere = ''] = await read({
    ...INVOICE,
    shipTo: { ...HOME, lines: ['10 avenue de Verdun'], country: 'BE' },
  })
  holds(elsewhere, 'Livré à', '10 avenue de Verdun', 'Belgique')
})

test('a paid invoice says so, a credit note has its own name', async () => {
  const [paid = ''] = await read({ ...INVOICE, remaining: 0 })
  holds(paid, 'Facture acquittée - CB du 23/11/2026', 'Reste à payer\n0,00 €')
  const [creditNote = ''] = await read({ ...INVOICE, number: 'AV26-000007', kind: 'credit-note', payments: [] })
  holds(creditNote, 'Avoir', 'n° AV26-000007', 'Reste à rembourser\n610,65 €')
  const [over = ''] = await read({ ...INVOICE, remaining: -100 })
  holds(over, 'Trop-perçu\n1,00 €')
})

test('about twenty lines hold on one page; more go on, each page with its titles, number and rank', async () => {
  const many = (count: number): Invoice => ({
    ...INVOICE,
    lines: Array.from({ length: count }, (_, i) => ({ ...LINE, reference: `REF-${i}` })),
  })
  assert.equal((await read(many(20))).length, 1)
  const pages = await read(many(100))
  assert.ok(pages.length > 2)
  pages.forEach((page, i) => {
    holds(page, 'FA26-000123', `Page ${i + 1}/${pages.length}`, 'SIREN 732829320')
    if (page.includes('TIS') || page.includes('REF-')) holds(page, 'Désignation', 'Montant HT')
  })
  const all = pages.join('\n')
  for (let i = 0; i < 100; i += 1) assert.equal(all.match(new RegExp(`^REF-${i}$`, 'gm'))?.length, 1)
  assert.equal(all.match(/^Total TTC$/gm)?.length, 1)
})

test('an invoice of many deliveries lists them all, and a name without end stays on its page', async () => {
  const deliveryNotes = Array.from({ length: 250 }, (_, i) => `BL26-${String(i).padStart(6, '0')}`)
  const pages = await read({
    ...INVOICE,
    deliveryNotes,
    orders: ['CD1', 'CD2'],
    lines: [{ ...LINE, name: 'mot '.repeat(3000) }],
  })
  const all = pages.join(' ').replaceAll('\n', ' ')
  holds(all, 'Bons de livraison 250, voir au bas', 'Commandes CD1, CD2')
  for (const number of deliveryNotes) assert.ok(all.includes(number), number)
  assert.ok(pages.length <= 2)
})

test('a copy says that it is one, on every page', async () => {
  const pages = await read({ ...INVOICE, lines: Array.from({ length: 60 }, () => LINE) }, { duplicate: true })
  assert.ok(pages.length > 1)
  for (const page of pages) holds(page, 'DUPLICATA - conforme à l’original n° FA26-000123 du 24/11/2026')
})

test('names keep their letters, and lose only what no font has', async () => {
  const name = 'Thé <vert> & "menthe" 🍵 日本\r\nBio\tÉté'
  const [page = ''] = await read({
    ...INVOICE,
    customer: { ...COMPANY, address: { ...HOME, company: 'Œuvre & Fils <SARL>', lastName: "O'Brien 👩‍👩‍👧" } },
    lines: [
      { ...LINE, name, reference: 'UNE-REFERENCE-BEAUCOUP-TROP-LONGUE-1234567890' },
      { ...LINE, name: 'Thé\r\nvert' },
    ],
  })
  holds(page, 'Œuvre & Fils <SARL>', "Lucie O'Brien ???", 'Thé vert')
  assert.match(page.replaceAll('\n', ' '), /Thé <vert> & "menthe" \? \?\? +Bio Été/)
  assert.ok(page.replaceAll('\n', '').includes('UNE-REFERENCE-BEAUCOUP-TROP-LONGUE-1234567890'))
})

test('every letter that is let through has its glyph in the font', async () => {
  const letters = Array.from({ length: 0x2300 }, (_, code) => String.fromCodePoint(code)).filter(
    (letter) => letter.trim() && printable(letter) === letter,
  )
  assert.ok(letters.length > 300)
  const lines = Array.from({ length: Math.ceil(letters.length / 50) }, (_, i) => {
    const name = letters.slice(i * 50, (i + 1) * 50).map((letter) => `x${letter}x`)
    return { ...LINE, name: name.join(' ') }
  })
  const page = (await read({ ...INVOICE, lines })).join('')
  for (const letter of letters)
    assert.ok(page.includes(letter.replace('\u00a0', ' ')), `U+${letter.codePointAt(0)?.toString(16)}`)
})

test('figures are written as French readers do', () => {
  assert.equal(figure('1234567.5000', { places: 2 }), '1\u202f234\u202f567,50')
  assert.equal(figure('12.3456', { places: 2 }), '12,3456')
  assert.equal(figure('-3.0000', { places: 0 }), '-3')
  assert.equal(figure('5', { places: 2 }), '5,00')
})
