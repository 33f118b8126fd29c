import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { checkDigit } from '../../sandbox/carriers/colissimo/numbers.ts'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { pdfTextOf } from '../activities/pdf-text.ts'
import {
  askLabels,
  fixture,
  idsOf,
  infosOf,
  numberOf,
  partsOf,
  readJson,
  requestWith,
  shapeOf,
} from './colissimo-desk.ts'
import { jsonOf, send } from './raw-http.ts'

let carrier: ColissimoSandbox
let clock: Date
beforeEach(async () => {
  clock = new Date('2026-03-16T09:00:00Z')
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => clock })
})
afterEach(() => carrier.close())

const post = (operation: string, body: unknown, o: { version?: string; apiKey?: string } = {}) =>
  askLabels(carrier.url, operation, body, o)

describe('labels', () => {
  it('are multipart bytes as recorded: the JSON, then the PDF', async () => {
    const reply = await post('generateLabel', requestWith('DOS'))
    assert.equal(reply.status, 200)
    assert.match(
      reply.headers['content-type'] ?? '',
      /^multipart\/mixed; boundary="uuid:[0-9a-f-]{36}"; type="application\/json"/,
    )
    const [infos, label, ...none] = partsOf(reply.bytes)
    const [recordedInfos, recordedLabel] = partsOf(fixture('generateLabel-success-v3.1.multipart'))
    assert.deepEqual([infos?.head, label?.head, none], [recordedInfos?.head, recordedLabel?.head, []])
    assert.deepEqual(shapeOf(infosOf(reply)), shapeOf(JSON.parse(recordedInfos?.body.toString('utf8') ?? '')))
    const pdf = label?.body.toString('latin1') ?? ''
    assert.match(pdf, /^%PDF-1\.\d[\s\S]*%%EOF\s*$/)
    assert.match(pdf, /MediaBox \[0 0 283\.46\d* 425\.19\d*\]/)
    const text = pdfTextOf(label?.body ?? Buffer.alloc(0))
    for (const words of [numberOf(reply), 'Lucie Martin', '72 rue Reine Elisabeth', '06500 Menton'])
      assert.ok(text.includes(words), words)
  })

  it('come as A4, as Zebra text and in version 2.0 when asked', async () => {
    const as = async (type: string) =>
      partsOf(
        (await post('generateLabel', requestWith('DOS', { 'outputFormat.outputPrintingType': type }))).bytes,
      )[1]?.body.toString('latin1')
    assert.match((await as('PDF_A4_300dpi')) ?? '', /MediaBox \[0 0 595\.28 841\.89\]/)
    assert.match((await as('ZPL_10x15_203dpi')) ?? '', /^\^XA[\s\S]*72 rue Reine Elisabeth[\s\S]*6A\d{11}\^FS\n\^XZ/)
    assert.ok(infosOf(await post('generateLabel', requestWith('DOS'), { version: '2.0' })).labelV2Response.parcelNumber)
  })

  it('bring the customs form overseas', async () => {
    const parts = partsOf((await post('generateLabel', requestWith('COM-cn23'))).bytes)
    assert.deepEqual(
      parts.map(({ head }) => /<(\w+)>/.exec(head)?.[1]),
      ['jsonInfos', 'label', 'cn23'],
    )
  })

  it('are never the same twice: numbers rise, keep their check digit, and are logged by reference', async () => {
    const numbers = [
      numberOf(await post('generateLabel', requestWith('DOS'))),
      numberOf(await post('generateLabel', requestWith('DOS'))),
    ]
    for (const number of numbers) {
      assert.match(number, /^6A\d{11}$/)
      assert.equal(Number(number.at(-1)), checkDigit(number.slice(2, 12)))
    }
    assert.ok((numbers[0] ?? '') < (numbers[1] ?? ''))
    assert.deepEqual(carrier.labelsByReference('CMD-2026-000123-1'), numbers)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 2 } })
    const log = jsonOf(await send({ url: `${carrier.url}/_labels` })) as { parcelNumber: string }[]
    assert.deepEqual(
      log.map((entry) => entry.parcelNumber),
      numbers,
    )
  })

  it('has the check digit of a real number', () => {
    assert.equal(checkDigit('1598404033'), 1) // 6A15984040331
    assert.equal(checkDigit('0790566818'), 2) // 6A07905668182
  })

  it('are checked without being made by checkGenerateLabel', async () => {
    const reply = await post('checkGenerateLabel', requestWith('HD'))
    assert.deepEqual(jsonOf(reply), readJson('checkGenerateLabel-success.json'))
    assert.deepEqual([carrier.labels(), carrier.counters()], [[], {}])
  })

  it('can be printed again, and put on a slip', async () => {
    const number = numberOf(await post('generateLabel', requestWith('DOS')))
    const again = await post('getLabel', { ...readJson('getLabel-request.json'), parcelNumber: number })
    assert.equal(numberOf(again), number)
    assert.deepEqual(idsOf(await post('getLabel', readJson('getLabel-request.json'))), ['30321'])
    const slip = await post('generateBordereauByParcelsNumbers', {
      generateBordereauParcelNumberList: { parcelsNumbers: [number] },
    })
    const recorded = JSON.parse(partsOf(fixture('generateBordereau-success.multipart'))[0]?.body.toString('utf8') ?? '')
    assert.deepEqual(shapeOf(infosOf(slip)), shapeOf(recorded))
    assert.deepEqual(
      idsOf(await post('generateBordereauByParcelsNumbers', readJson('generateBordereau-request.json'))),
      ['50031'],
    )
    assert.deepEqual(carrier.counters().label, { 'CMD-2026-000123-1': 1 })
  })

  it('are lost to the caller, not to the carrier, when the connection is cut after the effect', async () => {
    carrier.faults.add({ match: 'POST .*/generateLabel', drop: 'after' })
    assert.equal((await post('generateLabel', requestWith('DOS'))).status, 0)
    assert.equal(carrier.labelsByReference('CMD-2026-000123-1').length, 1)
  })
})

describe('open tracking', () => {
  const track = (ids: string, key = 'okapi') =>
    send({ url: `${carrier.url}/suivi/v2/idships/${ids}`, headers: { Accept: 'application/json', 'X-Okapi-Key': key } })
  const label = async () => numberOf(await post('generateLabel', requestWith('DOS')))
  interface Shipment {
    isFinal: boolean
    event: { code: string; date: string }[]
  }
  const shipmentOf = async (number: string) => (jsonOf(await track(number)) as { shipment: Shipment }).shipment

  it('knows a fresh label, and follows it to the door', async () => {
    const number = await label()
    assert.deepEqual(
      (await shipmentOf(number)).event.map(({ code, date }) => [code, date]),
      [['DR1', '2026-03-16T10:00:00+01:00']],
    )
    clock = new Date('2026-07-01T09:00:00Z')
    for (let step = 0; step < 6; step++) carrier.advance(number)
    const { isFinal, event } = await shipmentOf(number)
    assert.deepEqual([isFinal, event.map(({ code }) => code)], [true, ['DI1', 'MD2', 'ET1', 'PC1', 'DR1']])
    assert.equal(event[3]?.date, '2026-07-01T11:00:00+02:00')
    assert.deepEqual(
      event,
      [...event].sort((a, b) => b.date.localeCompare(a.date)),
    )
  })

  it('has the recorded shape: one as an object, several as 207, unknown as 404, wrong as 400, no key 401', async () => {
    const number = await label()
    carrier.advance()
    for (let step = 0; step < 3; step++) carrier.advance(number)
    const one = await track(number)
    assert.equal(one.status, 200)
    const recorded = readJson('suivi-v2-single.json')
    assert.deepEqual(Object.keys(jsonOf(one) as object).sort(), Object.keys(recorded).sort())
    assert.deepEqual(Object.keys(await shipmentOf(number)).sort(), Object.keys(recorded.shipment).sort())
    const several = await track(`${number},6A15984040331`)
    assert.equal(several.status, 207)
    assert.deepEqual((jsonOf(several) as unknown[])[1], readJson('suivi-v2-multi-207.json')[1])
    const unknown = await track('6A15984040331')
    assert.deepEqual([unknown.status, jsonOf(unknown)], [404, readJson('suivi-v2-404.json')])
    const wrong = await track('123982738923')
    assert.deepEqual([wrong.status, jsonOf(wrong)], [400, readJson('suivi-v2-400.json')])
    assert.equal((await track(Array(11).fill(number).join(','))).status, 400)
    assert.equal((await track(number, 'other')).status, 401)
  })

  it('moves by the hand, one step a pace', async (test) => {
    const number = await label()
    test.mock.timers.enable({ apis: ['setInterval'] })
    carrier.startHand(500)
    test.mock.timers.tick(1000)
    carrier.stopHand()
    assert.equal(carrier.labels().find((entry) => entry.parcelNumber === number)?.state, 'ET1')
  })
})

describe('the carrier as a place', () => {
  it('keeps its parcels and its numbers over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-colissimo-'))
    const open = () =>
      startColissimo({ apiKey: 'key', okapiKey: 'okapi', file: join(folder, 'c.json'), now: () => clock })
    await carrier.close()
    carrier = await open()
    const first = numberOf(await post('generateLabel', requestWith('DOS')))
    await carrier.close()
    carrier = await open()
    assert.ok(numberOf(await post('generateLabel', requestWith('DOS'))) > first)
    assert.equal(carrier.labels().length, 2)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 2 } })
    rmSync(folder, { recursive: true })
  })

  it('shows a page with a button for each parcel on its way', async () => {
    const number = numberOf(await post('generateLabel', requestWith('DOS')))
    const { text } = await send({ url: `${carrier.url}/` })
    assert.match(text, new RegExp(`action="/_page/advance/${number}"`))
    const form = { url: `${carrier.url}/_page/advance/${number}`, method: 'POST' }
    assert.equal((await send({ ...form, headers: { Origin: 'https://evil.example' } })).status, 403)
    assert.equal((await send({ ...form, headers: { Origin: carrier.url } })).status, 303)
    assert.equal(carrier.labels()[0]?.state, 'PC1')
  })
})
