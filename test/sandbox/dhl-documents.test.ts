import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { DhlSandbox } from '../../sandbox/carriers/dhl/server.ts'
import { pdfTextOf } from '../activities/pdf-text.ts'
import { call, fits, open, requestWith, TO_GENEVA, toBerlin } from './dhl-desk.ts'

let carrier: DhlSandbox
before(async () => {
  carrier = await open()
})
after(() => carrier.close())

interface Printed {
  imageFormat: string
  content: string
  typeCode: string
  packageReferenceNumber?: number
}

const sell = async (body: unknown) => {
  const reply = await call(carrier.url, '/shipments', { body })
  const { documents, ...rest } = fits(reply, { status: 201, schema: 'CreateShipmentResponse' })
  return { ...rest, documents: documents as Printed[] }
}
const print = async (images: object | undefined, references = ['CMD-1-1'], more: Record<string, unknown> = {}) =>
  (await sell(toBerlin(references, { ...more, outputImageProperties: images }))).documents

const bytesOf = ({ content }: Printed) => Buffer.from(content, 'base64')
const pagesOf = async (document: Printed) => (await PDFDocument.load(bytesOf(document))).getPages()
const sizesOf = async (document: Printed) =>
  (await pagesOf(document)).map((page) => [page.getWidth().toFixed(1), page.getHeight().toFixed(1)].join(' x '))
const label = (templateName: string, more: object = {}) => ({
  imageOptions: [{ typeCode: 'label', templateName, ...more }],
})
const kindsOf = (documents: Printed[]) =>
  documents.map(({ typeCode, packageReferenceNumber: rank }) => `${typeCode} ${rank ?? '-'}`)

const LABEL = { typeCode: 'label', templateName: 'ECOM26_84_001' }
const WAYBILL = { typeCode: 'waybillDoc', templateName: 'ARCH_8X4', isRequested: true }
const INVOICE = { typeCode: 'invoice', templateName: 'COMMERCIAL_INVOICE_P_10', isRequested: true }
const RECEIPT = { typeCode: 'shipmentReceipt', isRequested: true }

describe('labels', () => {
  it('are pages of their template', async () => {
    for (const [template, size] of [
      ['ECOM26_84_001', '283.5 x 425.2'],
      ['ECOM26_84_A4_001', '595.3 x 841.9'],
      ['ecom26_a6_002', '297.6 x 419.5'],
    ] as const) {
      const [document] = await print(label(template))
      assert.deepEqual(document && (await sizesOf(document)), [size], template)
    }
    const [fitted] = await print(label('ECOM26_A6_002', { fitLabelsToA4: true }))
    assert.deepEqual(fitted && (await sizesOf(fitted)), ['595.3 x 841.9'])
  })

  it('say what the parcel is, and that nobody shall send it', async () => {
    const {
      shipmentTrackingNumber: number,
      packages,
      documents,
    } = await sell(toBerlin(['CMD-1-1', 'CMD-1-2'], { outputImageProperties: { imageOptions: [LABEL] } }))
    const [document] = documents
    assert.ok(document)
    assert.equal((await pagesOf(document)).length, 2)
    const text = pdfTextOf(bytesOf(document))
    for (const words of [
      ...['SPECIMEN', number, packages[0].trackingNumber, packages[1].trackingNumber, 'EXPRESS WORLDWIDE', 'CDG - FRA'],
      ...['Boutique Exemple', '12 rue Halévy', '75009 Paris', 'Erika Muster', 'Invalidenstr. 44', '10115 Berlin'],
      ...['Ref: CMD-1-1', 'Ref: CMD-1-2', 'Weight: 0.7 kg', 'Piece: 1/2', 'Piece: 2/2', 'Content: Cotton shirts'],
    ])
      assert.ok(text.includes(words), words)
  })

  it('come as Zebra text, one label a piece, and for Eltron printers', async () => {
    const [zebra] = await print({ encodingFormat: 'zpl', imageOptions: [LABEL] }, ['CMD^1', 'CMD-1-2'])
    assert.equal(zebra?.imageFormat, 'ZPL')
    const text = zebra ? bytesOf(zebra).toString('utf8') : ''
    assert.match(text, /^\^XA\n\^CI28\n[\s\S]*\^FDErika Muster\^FS[\s\S]*\^FDJD\d{18}\^FS\n\^XZ\n\^XA\n[\s\S]*\^XZ\n$/)
    assert.match(text, /\^FDRef: CMD 1\^FS/)
    const [eltron] = await print({ encodingFormat: 'epl', imageOptions: [LABEL] })
    assert.equal(eltron?.imageFormat, 'EPL2')
    assert.match(eltron ? bytesOf(eltron).toString('utf8') : '', /^N\n[\s\S]*"Erika Muster"\n[\s\S]*P1\n$/)
  })
})

describe('files', () => {
  const three = ['CMD-1-1', 'CMD-1-2', 'CMD-1-3']
  const imageOptions = [LABEL, WAYBILL]

  it('hold labels and waybill together when nothing is asked', async () => {
    const [only, ...none] = await print(undefined, three)
    assert.deepEqual([only?.typeCode, only?.imageFormat, none], ['label', 'PDF', []])
    assert.deepEqual(only && (await sizesOf(only)), [...Array(3).fill('283.5 x 425.2'), '283.5 x 566.9'])
  })

  it('are split by kind, and by piece', async () => {
    const byKind = await print({ imageOptions, splitTransportAndWaybillDocLabels: true }, three)
    assert.deepEqual(kindsOf(byKind), ['label -', 'waybillDoc -'])
    assert.equal(byKind[0] && (await pagesOf(byKind[0])).length, 3)
    const byPage = await print({ imageOptions, splitDocumentsByPages: true }, three)
    assert.deepEqual(kindsOf(byPage), ['label 1', 'label 2', 'label 3', 'waybillDoc -'])
    assert.match(byPage[1] ? pdfTextOf(bytesOf(byPage[1])) : '', /Ref: CMD-1-2/)
    const linked = { getAdditionalInformation: [{ typeCode: 'linkLabelsByPieces', isRequested: true }] }
    assert.deepEqual(kindsOf(await print({ imageOptions: [LABEL] }, ['CMD-1-1'], linked)), ['label 1'])
    assert.deepEqual(kindsOf(await print({ imageOptions, splitDocumentsByPages: true })), ['label -', 'waybillDoc -'])
  })

  it('hold the invoice and the receipt apart from the labels, or everything in one', async () => {
    const all = [LABEL, WAYBILL, INVOICE, RECEIPT]
    assert.deepEqual(kindsOf(await print({ imageOptions: all }, three, TO_GENEVA)), ['label -', 'invoice -'])
    const split = await print({ imageOptions: all, splitInvoiceAndReceipt: true }, three, TO_GENEVA)
    assert.deepEqual(kindsOf(split), ['label -', 'invoice -', 'shipmentReceipt -'])
    assert.match(
      split[1] ? pdfTextOf(bytesOf(split[1])) : '',
      /COMMERCIAL INVOICE[\s\S]*Invoice F-1[\s\S]*2 x Cotton shirts {2}20 EUR/,
    )
    const [one, ...none] = await print({ imageOptions: all, allDocumentsInOneImage: true }, three, TO_GENEVA)
    assert.deepEqual([one && (await pagesOf(one)).length, none], [6, []])
    const zebra = await print({ imageOptions: all, encodingFormat: 'zpl' }, three, TO_GENEVA)
    assert.deepEqual(
      zebra.map((one: Printed) => one.imageFormat),
      ['ZPL', 'PDF'],
    )
  })

  it('are those of the recorded request: label, waybill in two copies at most, invoice', async () => {
    const { documents } = await sell(
      requestWith('international', { 'outputImageProperties.imageOptions.1.numberOfCopies': 2 }),
    )
    assert.deepEqual(kindsOf(documents), ['label -', 'waybillDoc -', 'invoice -'])
    assert.equal(documents[1] && (await pagesOf(documents[1])).length, 2)
    assert.deepEqual(documents[2] && (await sizesOf(documents[2])), ['595.3 x 841.9'])
  })
})
