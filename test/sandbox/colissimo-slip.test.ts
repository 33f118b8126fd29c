import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { pdfTextOf } from '../activities/pdf-text.ts'
import { askLabels, fixture, idsOf, infosOf, numberOf, partsOf, requestWith, shapeOf } from './colissimo-desk.ts'
import { jsonOf, type RawReply } from './raw-http.ts'

let carrier: ColissimoSandbox
before(async () => {
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => new Date('2026-03-16T09:00:00Z') })
})
after(() => carrier.close())

const label = async (changes: Record<string, unknown> = {}) =>
  numberOf(await askLabels(carrier.url, 'generateLabel', requestWith('DOS', changes)))
const slip = (parcelsNumbers: string[], more: object = {}) =>
  askLabels(carrier.url, 'generateBordereauByParcelsNumbers', {
    generateBordereauParcelNumberList: { parcelsNumbers },
    ...more,
  })
const wordsOf = (reply: RawReply) =>
  (jsonOf(reply) as { messages: { messageContent: string }[] }).messages[0]?.messageContent
const forAccount = (account: string) => ({ fields: { field: [{ key: 'ACCOUNT_NUMBER', value: account }] } })

describe('the deposit slip', () => {
  it('is one page that lists every number, of the recorded shape', async () => {
    const numbers = [await label(), await label()]
    const reply = await slip(numbers)
    const [recorded] = partsOf(fixture('generateBordereau-success.multipart'))
    assert.deepEqual(shapeOf(infosOf(reply)), shapeOf(JSON.parse(recorded?.body.toString('utf8') ?? '')))
    const { bordereauHeader } = infosOf(reply)
    assert.equal(bordereauHeader.numberOfParcels, 2)
    assert.equal(bordereauHeader.publishingDate, Date.parse('2026-03-16T09:00:00Z'))
    const [, paper] = partsOf(reply.bytes)
    assert.match(paper?.head ?? '', /Content-ID: <deliveryPaper>/)
    assert.equal((await PDFDocument.load(paper?.body ?? '')).getPageCount(), 1)
    const text = pdfTextOf(paper?.body ?? Buffer.alloc(0))
    for (const words of [
      ...numbers,
      `n° ${bordereauHeader.bordereauNumber}`,
      'Nombre de colis : 2',
      'Lucie Martin',
      'SPECIMEN',
    ])
      assert.ok(text.includes(words), words)
  })

  it('is another one each time, and counted by its number', async () => {
    const number = await label()
    const [first, second] = [await slip([number]), await slip([number])].map(
      (reply) => infosOf(reply).bordereauHeader.bordereauNumber,
    )
    assert.equal(second, first + 1)
    const { manifest } = carrier.counters()
    assert.deepEqual([manifest?.[first], manifest?.[second]], [1, 1])
    assert.equal(carrier.labels().find(({ parcelNumber }) => parcelNumber === number)?.slip, second)
  })

  it('refuses unknown and repeated parcels by their number, and counts nothing then', async () => {
    const number = await label()
    const before = carrier.counters()
    for (const [list, named] of [
      [[number, '6A07905668182'], '6A07905668182'],
      [[number, number], number],
    ] as const) {
      const reply = await slip([...list])
      assert.deepEqual([reply.status, idsOf(reply)], [400, ['50031']])
      assert.ok(wordsOf(reply)?.endsWith(` : ${named}`))
    }
    assert.equal((await slip([])).status, 422)
    assert.deepEqual(carrier.counters(), before)
  })

  it('takes the parcels of one account only', async () => {
    const [own, other] = [await label(), await label({ 'fields.field': forAccount('900001').fields.field })]
    assert.deepEqual(idsOf(await slip([own, other])), ['50031'])
    assert.deepEqual(idsOf(await slip([own], forAccount('900001'))), ['50031'])
    assert.equal(infosOf(await slip([other], forAccount('900001'))).bordereauHeader.clientNumber, '900001')
  })

  it('takes 50 parcels, not 51', async () => {
    const numbers: string[] = []
    for (let n = 0; n < 51; n++) numbers.push(await label())
    const refused = await slip(numbers)
    assert.deepEqual(idsOf(refused), ['50031'])
    assert.ok(wordsOf(refused)?.endsWith(String(numbers[50])))
    const reply = await slip(numbers.slice(0, 50))
    assert.equal(infosOf(reply).bordereauHeader.numberOfParcels, 50)
    const paper = partsOf(reply.bytes)[1]?.body ?? Buffer.alloc(0)
    assert.equal((await PDFDocument.load(paper)).getPageCount(), 1)
    assert.ok(pdfTextOf(paper).includes(String(numbers[49])))
  })
})
