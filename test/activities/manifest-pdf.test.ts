import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import PdfKit from 'pdfkit'
import { drawManifest, type ManifestLine, type ManifestPaper } from '../../activities/documents/manifest-pdf.ts'
import { mergePdf } from '../../activities/documents/merge-pdf.ts'
import { Refused } from '../../domain/failures.ts'
import { pdfPages, pdfStreams } from './pdf-text.ts'

const LINE: ManifestLine = {
  trackingNumber: 'XP696982485FR',
  pieceNumber: null,
  reference: 'boutique-bio-1042-26000045-1',
  weight: 1250,
  product: '01',
  postalCode: '13009',
  country: 'FR',
}

const PAPER: ManifestPaper = {
  carrier: 'CHRONOPOST',
  number: 'CHRONOPOST-LYON-2026-11-24-1',
  branch: 'LYON',
  day: '2026-11-24',
  sender: {
    company: 'Comptoir des Pins',
    lastName: '',
    firstName: '',
    lines: ['12 rue des Pins'],
    postalCode: '69003',
    city: 'Lyon',
    country: 'FR',
    phone: '+33472000000',
    email: 'contact@comptoir-des-pins.example',
  },
  lines: [
    LINE,
    {
      ...LINE,
      trackingNumber: 'XW295445484JF',
      reference: 'boutique-bio-1043-26000046-1',
      weight: 500,
      postalCode: '75011',
    },
    {
      ...LINE,
      trackingNumber: '1234567890',
      pieceNumber: 'JD014600006281230701',
      reference: 'boutique-bio-1044-26000047-1',
      weight: 12,
      product: '17',
      postalCode: '1000',
      country: 'BE',
    },
  ],
}

const read = async (paper: ManifestPaper): Promise<string[]> =>
  pdfPages(await drawManifest(paper)).map((page) => page.replaceAll('\u00a0', ' '))
const holds = (page: string, ...texts: string[]): void => {
  for (const text of texts) assert.ok(page.includes(text), `"${text}" is missing in:\n${page}`)
}

test('one page says who hands what over to whom, with totals by country and boxes to sign', async () => {
  const [page = '', ...more] = await read(PAPER)
  assert.equal(more.length, 0)
  holds(page, 'Expéditeur\nComptoir des Pins\n12 rue des Pins\n69003 Lyon', 'Bordereau de remise\nCHRONOPOST')
  holds(page, 'n° CHRONOPOST-LYON-2026-11-24-1', 'Date\n24/11/2026', 'Agence\nLYON', 'Colis\n3')
  holds(page, '1\nXP696982485FR\nboutique-bio-1042-26000045-1\n01\n1,250\n13009\nFR')
  holds(page, '2\nXW295445484JF\nboutique-bio-1043-26000046-1\n01\n0,500\n75011\nFR')
  holds(page, '3\n1234567890 \nJD014600006281230701\n', '17\n0,012\n1000\nBE')
  holds(page, 'France\n2\n1,750', 'Belgique\n1\n0,012', 'Total\n3\n1,762')
  holds(page, "Signature de l'expéditeur", 'Signature du chauffeur CHRONOPOST', '3 colis remis', 'Page 1/1')
  assert.doesNotMatch(page, /NaN|undefined|null/)
})

test('a long list goes on with its titles on each page, every parcel once, the totals and boxes whole', async () => {
  const lines = Array.from({ length: 120 }, (_, i) => ({
    ...LINE,
    trackingNumber: `XP${String(i).padStart(9, '0')}FR`,
  }))
  const pages = await read({ ...PAPER, lines })
  assert.equal(pages.length, 4)
  for (const [i, page] of pages.entries()) {
    holds(page, `Page ${i + 1}/4`)
    if (i > 0) holds(page, 'Bordereau n° CHRONOPOST-LYON-2026-11-24-1 (suite)')
  }
  const withRows = pages.filter((page) => page.includes('N° de suivi'))
  assert.ok(withRows.length >= 3)
  const whole = pages.join('\n')
  for (const { trackingNumber } of lines) assert.equal(whole.split(trackingNumber).length, 2, trackingNumber)
  holds(pages.at(-1) ?? '', 'Total\n120\n150,000', 'Signature du chauffeur CHRONOPOST')
})

test('the same list gives the same bytes, and nothing is drawn out of numbers or without a glyph', async () => {
  const odd = { ...PAPER, lines: [{ ...LINE, reference: 'référence 山-1', postalCode: '', country: '' }] }
  const [first, second] = await Promise.all([drawManifest(odd), drawManifest(odd)])
  assert.deepEqual(first, second)
  assert.doesNotMatch(pdfStreams(first), /NaN|undefined/)
  assert.ok(!pdfPages(first).join('').includes('\u0000'))
  holds(pdfPages(first).join(''), 'Pays non renseigné')
})

/** A PDF of pages of one size, in points. */
async function pdfOf(size: [number, number], pages: number): Promise<Uint8Array> {
  const doc = new PdfKit({ size, autoFirstPage: false })
  for (let i = 0; i < pages; i += 1) doc.addPage()
  doc.end()
  return new Uint8Array(Buffer.concat(await Array.fromAsync(doc as AsyncIterable<Buffer>)))
}

test('merged labels keep their order, their pages and their sizes', async () => {
  const small: [number, number] = [283.46, 425.2] // 10 x 15 cm
  const large: [number, number] = [595.28, 841.89] // A4
  const parts = [
    { name: 'a', bytes: await pdfOf(small, 1) },
    { name: 'b', bytes: await pdfOf(large, 2) },
    { name: 'c', bytes: await pdfOf(small, 1) },
  ]
  const { bytes, pages } = await mergePdf(parts, { title: 'Étiquettes' })
  assert.equal(pages, 4)
  const merged = await PDFDocument.load(bytes)
  assert.deepEqual(
    merged.getPages().map((page) => Math.round(page.getWidth())),
    [283, 595, 595, 283],
  )
  assert.equal(merged.getTitle(), 'Étiquettes')
})

test('a label that is no PDF is named', async () => {
  const parts = [{ name: '6A00001234567.pdf', bytes: new TextEncoder().encode('^XA^XZ') }]
  await assert.rejects(
    mergePdf(parts, { title: 'Étiquettes' }),
    (error) => error instanceof Refused && error.remedy.includes('6A00001234567.pdf'),
  )
})
