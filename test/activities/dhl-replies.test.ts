import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { priceOf } from '../../activities/carriers/dhl/documents.ts'
import { answer, json, OVERSEAS, openCounter, REQUEST, THREE } from './dhl-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const counter = await openCounter()
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})
const bytesOf = (base64: string) => Buffer.from(base64, 'base64')

test('the recorded domestic shipment gives its label and its waybill document, which calls itself "label" too', async () => {
  const recorded = json('domestic-response.json')
  counter.play(answer(201, recorded))
  const { labels, price } = await counter.dhl().createLabels(REQUEST)
  assert.equal(price, null)
  assert.equal(labels.length, 1)
  const [label] = labels
  assert.equal(label?.reference, 'bio-1042-26000045-1')
  assert.equal(label?.trackingNumber, '5374534546')
  assert.equal(label?.pieceNumber, 'JD014600004617230779')
  assert.equal(
    label?.trackingUrl,
    'https://www.dhl.com/fr-fr/home/tracking/tracking-express.html?submit=1&tracking-id=5374534546',
  )
  assert.equal(label?.label.kind, 'label')
  assert.equal(label?.label.mediaType, 'application/pdf')
  assert.ok(bytesOf(recorded.documents[0].content).equals(label?.label.bytes ?? new Uint8Array()))
  assert.deepEqual(
    label?.papers.map(({ kind }) => kind),
    ['waybill'],
  )
  assert.ok(bytesOf(recorded.documents[1].content).equals(label?.papers[0]?.bytes ?? new Uint8Array()))
})

test('the recorded three pieces give three labels under one number; waybill and invoice go with the first', async () => {
  const recorded = json('pieces-response.json')
  // out of order, a number for a text, and a receipt that nobody prints
  recorded.documents.reverse()
  recorded.documents.push({ imageFormat: 'PDF', content: 'AAAA', typeCode: 'shipmentReceipt' })
  recorded.shipmentTrackingNumber = 5374534616
  recorded.shipmentCharges = [
    { currencyType: 'PULCL', priceCurrency: 'EUR', price: 90 },
    { currencyType: 'BILLC', priceCurrency: 'EUR', price: 64.35 },
  ]
  counter.play(answer(201, recorded))
  const { labels, price } = await counter.dhl().createLabels(THREE)
  assert.equal(price, 6435)
  assert.deepEqual(
    labels.map((one) => [one.reference, one.trackingNumber, one.pieceNumber, one.papers.map(({ kind }) => kind)]),
    [
      ['bio-1042-26000045-1', '5374534616', 'JD014600004617230711', ['invoice', 'waybill']],
      ['bio-1042-26000045-2', '5374534616', 'JD014600004617230712', []],
      ['bio-1042-26000045-3', '5374534616', 'JD014600004617230713', []],
    ],
  )
  assert.equal(
    Buffer.from(labels[1]?.label.bytes ?? [])
      .toString('base64')
      .slice(0, 52),
    'JVBERi0xLjQKJeLjz9MKNCAwIG9iago8PC9GaWx0ZXdGVEZWNvZG',
  )
})

test('a label printer gets ZPL, with the invoice still as a page', async () => {
  const recorded = json('international-response.json')
  recorded.documents = [
    {
      imageFormat: 'ZPL',
      content: Buffer.from('CT~~CD,~CC^~CT~\n^XA^FDwaybill^FS^XZ').toString('base64'),
      typeCode: 'label',
      packageReferenceNumber: 1,
    },
    { imageFormat: 'PDF', content: Buffer.from('%PDF-1.4').toString('base64'), typeCode: 'invoice' },
  ]
  counter.play(answer(201, recorded))
  const { labels } = await counter.dhl({ format: 'zpl-203' }).createLabels(OVERSEAS)
  assert.equal(labels[0]?.label.mediaType, 'application/zpl')
  assert.deepEqual(
    labels[0]?.papers.map(({ kind, mediaType }) => [kind, mediaType]),
    [['invoice', 'application/pdf']],
  )
})

test('half an answer is in doubt, and names the shipment that a person will find', async () => {
  const { shipmentTrackingNumber, ...nameless } = json('domestic-response.json')
  assert.equal(shipmentTrackingNumber, '5374534546')
  const whole = json('domestic-response.json')
  const cases: [unknown, RegExp][] = [
    [nameless, /shipmentTrackingNumber/],
    [{ ...whole, documents: [] }, /5374534546 with 0 of its 1 labels/],
    [{ ...whole, documents: undefined }, /5374534546 with 0 of its 1 labels/],
    [
      { ...whole, documents: [{ typeCode: 'label', content: Buffer.from('<html>').toString('base64') }] },
      /5374534546.*unreadable/,
    ],
    [{ ...whole, documents: [{ typeCode: 'label' }] }, /documents/],
    [{}, /shipmentTrackingNumber/],
    [[], /./],
  ]
  for (const [body, says] of cases) {
    counter.play(answer(201, body))
    await assert.rejects(
      counter.dhl().createLabels(REQUEST),
      unavailable(false, says),
      JSON.stringify(body).slice(0, 80),
    )
  }
  const pieces = json('pieces-response.json')
  counter.play(answer(201, { ...pieces, documents: pieces.documents.slice(1) }))
  await assert.rejects(counter.dhl().createLabels(THREE), unavailable(false, /5374534616 with 2 of its 3 labels/))
  counter.play(answer(201, { ...pieces, packages: [] }))
  await assert.rejects(counter.dhl().createLabels(THREE), unavailable(false, /5374534616 without the numbers/))
})

test('prices come out in euro cents, exactly', () => {
  const euros = (price: number, currencyType = 'BILLC') => ({ currencyType, priceCurrency: 'EUR', price })
  assert.equal(priceOf([euros(157.95)]), 15795)
  assert.equal(priceOf([euros(1.1)]), 110)
  assert.equal(priceOf([euros(4.35)]), 435)
  assert.equal(priceOf([euros(12.345)]), 1235)
  assert.equal(priceOf([euros(0)]), 0)
  assert.equal(priceOf([euros(3, 'BASEC'), euros(2, 'PULCL')]), 200)
  assert.equal(priceOf([{ currencyType: 'BILLC', priceCurrency: 'GBP', price: 9 }]), null)
  assert.equal(priceOf([]), null)
})

test('the dry run is the same order, and shows every reason with its field', async () => {
  counter.play(
    answer(200, json('domestic-response.json')),
    { status: 200, body: '' },
    { body: '<html>', type: 'text/html' },
  )
  const dhl = counter.dhl()
  await dhl.checkLabels(OVERSEAS)
  assert.equal(`${counter.heard[0]?.url.search}`, '?validateDataOnly=true')
  await dhl.checkLabels(OVERSEAS)
  await assert.rejects(dhl.checkLabels(OVERSEAS), unavailable(false), 'a page of another server has checked nothing')
  counter.play(
    answer(
      400,
      {
        detail: 'Multiple problems found, see Additional Details',
        additionalDetails: json('dry-run-response.json').additionalDetails.slice(4, 6),
      },
      { 'invocation-id': 'inv-77' },
    ),
  )
  await assert.rejects(dhl.checkLabels(OVERSEAS), (error: Error & { remedy?: string }) => {
    assert.match(
      error.remedy ?? '',
      /#\/content\/description Match.*#\/content\/exportdeclaration\/lineitems\/1\/description/,
    )
    assert.match(error.remedy ?? '', /Invocation-Id inv-77/)
    return refused('customs-incomplete')(error)
  })
})
