import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import type { LabelFormat } from '../../domain/shipment.ts'
import { failing, fixture, json, label, MULTIPART, openCounter, papers, REQUEST, rowsOf } from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'
import type { Reply } from './playing.ts'

const counter = await openCounter()
const colissimo = openColissimo(counter.settings)
const slip: Reply = { type: MULTIPART, body: fixture('generateBordereau-success.multipart') }
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

test('each printer is spoken to in its own language', async () => {
  const names = rowsOf('label-formats.csv').map((row) => row.output_printing_type)
  const cases: [LabelFormat, string, string, string][] = [
    ['pdf-10x15', 'PDF_10x15_300dpi', 'application/pdf', '%PDF-1.4'],
    ['pdf-a4', 'PDF_A4_300dpi', 'application/pdf', '%PDF-1.7'],
    ['zpl-203', 'ZPL_10x15_203dpi', 'application/zpl', '^XA^FO50^XZ'],
    ['zpl-300', 'ZPL_10x15_300dpi', 'application/zpl', '\n^XA^XZ'],
    ['dpl-203', 'DPL_10x15_203dpi', 'application/dpl', '\x02L'],
    ['dpl-300', 'DPL_10x15_300dpi', 'application/dpl', '\x02L'],
  ]
  assert.deepEqual(
    cases.map(([format]) => format),
    colissimo.abilities.formats,
  )
  for (const [format, name, mediaType, bytes] of cases) {
    assert.ok(names.includes(name), name)
    counter.play(papers({ labelV31Response: { parcelNumber: '6A15984040331' } }, { label: bytes }))
    const [bought] = (await openColissimo({ ...counter.settings, format }).createLabels(REQUEST)).labels
    assert.deepEqual([bought?.label.mediaType, Buffer.from(bought?.label.bytes ?? []).toString()], [mediaType, bytes])
    assert.equal(JSON.parse(counter.heard.at(-1)?.body ?? '{}').outputFormat.outputPrintingType, name)
  }
  counter.play(label)
  await assert.rejects(
    openColissimo({ ...counter.settings, format: 'zpl-203' }).createLabels(REQUEST),
    unavailable(false),
    'a PDF for a printer of ZPL',
  )
})

test('a label that cannot be fetched again was not bought either', async () => {
  counter.play(papers({}, { label: '<html>' }))
  await assert.rejects(colissimo.fetchLabels({ trackingNumber: '6A15984040331', request: REQUEST }), unavailable(true))
  counter.play(failing('30321'))
  await assert.rejects(colissimo.fetchLabels({ trackingNumber: 'X', request: REQUEST }), refused('refused', /30321/))
})

test('a slip is made for some parcels', async () => {
  counter.play(slip)
  const { number, pdf } = await colissimo.makeManifest(['6A15984040331', '6A07905668182'])
  assert.equal(number, '4587')
  assert.equal(Buffer.from(pdf).toString(), '%PDF-1.4\n% placeholder label\n%%EOF\n')
  assert.equal(counter.heard[0]?.path, 'POST /3.1/generateBordereauByParcelsNumbers')
  assert.equal(counter.heard[0]?.headers.apikey, 'key')
  assert.deepEqual(JSON.parse(counter.heard[0]?.body ?? '{}'), json('generateBordereau-request.json'))
})

test('a slip of no parcel, or of too many, is not asked for', async () => {
  for (const length of [0, 51])
    await assert.rejects(
      colissimo.makeManifest(Array.from({ length }, () => '6A15984040331')),
      refused('refused', /bordereau \(parcelsNumbers\) : de 1 à 50/),
    )
  assert.equal(counter.heard.length, 0)
  counter.play(slip)
  await colissimo.makeManifest(Array.from({ length: 50 }, () => '6A15984040331'))
})

test('parcels that a slip does not take are named', async () => {
  const messages = [
    {
      id: '50031',
      messageContent: 'Colis refusé',
      replacementValues: [{ value: '6A07905668182' }, { value: 'Lucie' }],
    },
    { id: '50031', messageContent: 'Colis 6A15984040331 refusé', replacementValues: [{ value: '6A15984040331' }] },
  ]
  counter.play({ status: 400, body: JSON.stringify({ messages }) })
  await assert.rejects(colissimo.makeManifest(['6A15984040331', '6A07905668182']), (error: Error) => {
    assert.ok(refused('refused', /50031 Colis refusé 6A07905668182 ; 50031 Colis 6A15984040331 refusé/)(error))
    return !error.message.includes('Lucie')
  })
  counter.play(failing('50027'))
  await assert.rejects(colissimo.makeManifest(['6A15984040331']), refused('refused', /bordereau/))
})

test('a slip that may have been made is in doubt', async () => {
  const header = { bordereauHeader: { bordereauNumber: 4587 } }
  const unknown: Reply[] = [
    { ...slip, cut: true },
    { status: 500, body: '' },
    failing('40015'),
    papers({}, { deliveryPaper: '%PDF-1.4' }),
    papers(header),
    papers(header, { deliveryPaper: '<html>' }),
  ]
  for (const reply of unknown) {
    counter.play(reply)
    await assert.rejects(colissimo.makeManifest(['6A15984040331']), unavailable(false))
  }
})
