import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import PDFDocument from 'pdfkit'
import type { Label, LabelRequest, Paper } from '../../activities/carriers/carrier.ts'
import { lostLabelPdf } from '../../activities/documents/lost-label-pdf.ts'
import { drawManifest } from '../../activities/documents/manifest-pdf.ts'
import { CARRIER_CODES, type CarrierCode } from '../../domain/carrier.ts'
import type { LabelFormat } from '../../domain/shipment.ts'
import { NO_CHROMIUM } from '../support/chromium.ts'
import { type LabelDesk, LONG_SHOP, openLabelDesk } from '../support/label-desks.ts'
import { type Easel, openEasel } from './easel.ts'
import { longManifest } from './long-manifest.ts'
import { assertLooks, type Look } from './look.ts'
import { countCut, findBars, type Picture } from './picture.ts'
import { findOverlaps, findStruck } from './texts.ts'

/** A folder where the pictures stay, to be looked at by a person. */
const FOLDER = process.env.LABEL_PICTURES

async function keepIn(folder: string, { name, png }: { name: string; png: Uint8Array }): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.png`), png)
}

let easel: Easel | undefined
before(async () => {
  easel = await openEasel(FOLDER ? (picture) => keepIn(FOLDER, picture) : null)
})
after(() => easel?.close())

/** Draws a document and looks at each of its pages; `look` is asked what page 0, 1... must look like. */
async function inspect(o: {
  name: string
  pdf: Uint8Array
  most?: number
  look: (page: number) => Look
}): Promise<Picture[]> {
  assert.ok(easel, 'a browser')
  const pictures = await easel.draw(o)
  for (const [page, picture] of pictures.entries()) assertLooks(picture, o.look(page))
  assert.deepEqual(easel.complaints, [])
  return pictures
}

type Shape = Omit<Look, 'says'>

const SMALL: Shape = { size: [100, 150], dark: [0.08, 0.3], bars: 1 }
const SHEET: Shape = { size: [210, 297], dark: [0.015, 0.08], bars: 1 }
const PAPER: Shape = { size: [210, 297], dark: [0.002, 0.08], bars: 0 }

/** The labels of each carrier: DHL's small one is A6, and has bars for the shipment and for its piece. */
const LABELS: Record<CarrierCode, Record<'pdf-10x15' | 'pdf-a4', Shape>> = {
  COLISSIMO: { 'pdf-10x15': SMALL, 'pdf-a4': SHEET },
  CHRONOPOST: { 'pdf-10x15': SMALL, 'pdf-a4': SHEET },
  DHL: { 'pdf-10x15': { ...SMALL, size: [105, 148], bars: 2 }, 'pdf-a4': { ...SHEET, bars: 2 } },
}
const WAYBILLS = { 'pdf-10x15': SMALL, 'pdf-a4': SHEET }

/** What goes with a parcel beyond the customs border (contract of carriers, 1.7 and 3.3). */
const WORLD_PAPERS: Record<CarrierCode, Paper['kind'][]> = {
  COLISSIMO: ['customs-form'],
  CHRONOPOST: [],
  DHL: ['waybill', 'invoice'],
}

/** All that must be read on a label; the carriers lay the words of the street out as they like. */
function wordsOf({ recipient }: LabelRequest, { trackingNumber }: Label): string[] {
  const { company, firstName, lastName, lines, postalCode, city } = recipient
  const street = lines.flatMap((line) => line.split(' '))
  return [trackingNumber, company ?? '', `${firstName} ${lastName}`, ...street, `${postalCode} ${city}`]
}

async function buy(desk: LabelDesk, o: { request: LabelRequest; format: LabelFormat }): Promise<Label> {
  const [label] = (await desk.carrier(o.format).createLabels(o.request)).labels
  assert.ok(label)
  return label
}

for (const code of CARRIER_CODES)
  describe(`${code}, with the longest names and addresses`, () => {
    let desk: LabelDesk
    before(async () => {
      desk = await openLabelDesk(code)
    })
    after(() => desk.close())

    for (const format of ['pdf-10x15', 'pdf-a4'] as const)
      it(`a label in ${format} shows all of it, its bars standing alone`, async (t) => {
        if (!easel) return t.diagnostic(NO_CHROMIUM)
        const request = desk.home()
        const bought = await buy(desk, { request, format })
        const says = wordsOf(request, bought)
        for (const { kind, bytes } of [bought.label, ...bought.papers]) {
          const shape = kind === 'label' ? LABELS[code][format] : WAYBILLS[format]
          const pages = await inspect({
            name: `${code}-${format}-${kind}`,
            pdf: bytes,
            look: () => ({ ...shape, says }),
          })
          assert.equal(pages.length, 1)
        }
        assert.equal(bought.papers.length, code === 'DHL' ? 1 : 0)
      })

    it('a label beyond the customs border, and the papers that go with it', async (t) => {
      if (!easel) return t.diagnostic(NO_CHROMIUM)
      const request = desk.world()
      const bought = await buy(desk, { request, format: 'pdf-10x15' })
      const says = wordsOf(request, bought)
      const shapes = { label: LABELS[code]['pdf-10x15'], waybill: SMALL, 'customs-form': PAPER, invoice: PAPER }
      for (const { kind, bytes } of [bought.label, ...bought.papers]) {
        // The copies of a customs form are alike; a long one has a second page, which names its parcel.
        const look = (page: number): Look => ({ ...shapes[kind], says: page % 2 ? says.slice(0, 1) : says })
        await inspect({ name: `${code}-world-${kind}`, pdf: bytes, most: 2, look })
      }
      assert.deepEqual(bought.papers.map(({ kind }) => kind).sort(), WORLD_PAPERS[code].sort())
    })
  })

describe('our own papers, with the longest names and numbers', () => {
  it('the list that a driver signs goes on over pages, every parcel on it', async (t) => {
    if (!easel) return t.diagnostic(NO_CHROMIUM)
    const paper = longManifest(LONG_SHOP)
    const look = () => ({ ...PAPER, says: [paper.number, paper.branch] })
    const pages = await inspect({ name: 'manifest', pdf: await drawManifest(paper), look })
    assert.ok(pages.length >= 2)
    const said = pages.map((page) => page.said).join(' ')
    for (const { trackingNumber, reference } of paper.lines)
      for (const text of [trackingNumber, reference]) assert.equal(said.split(text).length, 2, text)
  })

  it('the page that stands for a lost label says where to print it', async (t) => {
    if (!easel) return t.diagnostic(NO_CHROMIUM)
    const lost = { carrier: 'CHRONOPOST', trackingNumber: 'XP696982485FR', reference: 'BOUTIQUE-DES-PINS-MWM-000045-1' }
    const says = ['Étiquette à imprimer sur le portail CHRONOPOST', lost.trackingNumber, lost.reference, 'Colis 12']
    const look = { size: SMALL.size, dark: [0.01, 0.1], bars: 0, says } satisfies Look
    await inspect({ name: 'lost-label', pdf: await lostLabelPdf({ ...lost, rank: 12 }), look: () => look })
  })
})

it('a spoiled label is seen to be spoiled', async (t) => {
  if (!easel) return t.diagnostic(NO_CHROMIUM)
  const pdf = await pdfOf((page) => {
    page.fontSize(12).text('Marie-Magdalena Wollenschlaeger', 20, 40, { lineBreak: false })
    page.text('Colis 1/1', 120, 44, { lineBreak: false })
    page.text('SAVONNERIES RÉUNIES DU MONT VENTOUX', 20, 100, { lineBreak: false })
    page.moveTo(100, 60).lineTo(100, 140).moveTo(20, 300).lineTo(283, 300).stroke()
  })
  const [picture] = await easel.draw({ name: 'spoiled', pdf })
  assert.ok(picture)
  assert.deepEqual(findOverlaps(picture), [['Marie-Magdalena Wollenschlaeger', 'Colis 1/1']])
  assert.deepEqual(findStruck(picture), ['SAVONNERIES RÉUNIES DU MONT VENTOUX'])
  assert.deepEqual([findBars(picture), countCut(picture) > 0], [[], true])
})

/** A label of 10 x 15 cm, drawn by hand. */
async function pdfOf(draw: (page: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const page = new PDFDocument({ size: [283.46, 425.2], margin: 0 })
  draw(page)
  page.end()
  return new Uint8Array(await buffer(page))
}
