import assert from 'node:assert/strict'
import { it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Label } from '../../../../activities/carriers/carrier.ts'
import type { LabelFormat } from '../../../../domain/shipment.ts'
import { pdfTextOf } from '../../pdf-text.ts'
import { type CarrierHarness, requestFor, useGround, worldRequest } from './harness.ts'

/** Width and height in points; 10 x 15 cm may come as A6, which the same printer takes. */
const SIZES: Partial<Record<LabelFormat, [number, number]>> = { 'pdf-10x15': [283, 425], 'pdf-a4': [595, 842] }

/** Labels are real documents of the size asked for, and say whose they are. */
export function checkPapers(harness: CarrierHarness): void {
  const ground = useGround(harness)
  const buy = async (format: LabelFormat): Promise<Label> => {
    const { labels } = await ground.open({ format }).createLabels(requestFor(harness))
    return labels[0] as Label
  }

  for (const [format, [width, height]] of Object.entries(SIZES) as [LabelFormat, [number, number]][]) {
    it(`${format}: a PDF of that size that holds the number`, async () => {
      const { label, trackingNumber } = await buy(format)
      assert.equal(label.mediaType, 'application/pdf')
      const pdf = await PDFDocument.load(label.bytes)
      const page = pdf.getPage(0)
      assert.ok(
        Math.abs(page.getWidth() - width) <= 15 && Math.abs(page.getHeight() - height) <= 15,
        `${page.getWidth()} x ${page.getHeight()}`,
      )
      assert.ok(pdfTextOf(label.bytes).replace(/\s/g, '').includes(trackingNumber))
    })
  }

  for (const format of ['zpl-203', 'zpl-300'] as const) {
    it(`${format}: a label printer's file from its first to its last command`, async () => {
      const { label, trackingNumber } = await buy(format)
      const text = Buffer.from(label.bytes).toString('latin1').trim()
      assert.equal(label.mediaType, 'application/zpl')
      assert.ok(text.startsWith('^XA') && text.endsWith('^XZ'))
      assert.ok(text.replace(/\s/g, '').includes(trackingNumber))
    })
  }

  it('what goes with a parcel beyond the customs border opens too', async () => {
    const { labels } = await ground.carrier.createLabels(worldRequest(harness))
    for (const paper of labels[0]?.papers ?? []) {
      if (paper.mediaType === 'application/pdf') assert.ok((await PDFDocument.load(paper.bytes)).getPageCount() >= 1)
    }
    assert.ok((labels[0]?.label.bytes.length ?? 0) > 500)
  })

  it('a label can be had again without buying, or the carrier says that it cannot', async () => {
    const request = requestFor(harness)
    const { labels } = await ground.carrier.createLabels(request)
    const { trackingNumber } = labels[0] as Label
    const again = await ground.carrier.fetchLabels({ trackingNumber, request })
    if (ground.carrier.abilities.reprints) assert.equal(again?.labels[0]?.trackingNumber, trackingNumber)
    if (again) assert.equal(Buffer.from(again.labels[0]?.label.bytes ?? []).toString('latin1', 0, 5), '%PDF-')
    assert.equal(ground.sold(request.reference), 1)
  })
}
