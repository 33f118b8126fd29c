import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type ColissimoSandbox, startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { askLabels, numberOf, readJson, requestWith, shapeOf } from './colissimo-desk.ts'
import { jsonOf, send } from './raw-http.ts'

let carrier: ColissimoSandbox
let clock: Date
let number: string
beforeEach(async () => {
  clock = new Date('2026-03-16T09:00:00Z')
  carrier = await startColissimo({ apiKey: 'key', okapiKey: 'okapi', now: () => clock })
  number = numberOf(await askLabels(carrier.url, 'generateLabel', requestWith('DOS')))
})
afterEach(() => carrier.close())

const advance = (times: number) => {
  for (let n = 0; n < times; n++) carrier.advance(number)
}
const suivi = async () => {
  const headers = { Accept: 'application/json', 'X-Okapi-Key': 'okapi' }
  const reply = await send({ url: `${carrier.url}/suivi/v2/idships/${number}`, headers })
  const { shipment } = jsonOf(reply) as {
    shipment: { isFinal: boolean; event: { code: string }[]; timeline: { status: boolean }[] }
  }
  return { ...shipment, codes: shipment.event.map(({ code }) => code).reverse() }
}

describe('where a parcel may be sent', () => {
  it('an incident is one scan, then it goes on to the door', async () => {
    advance(2)
    carrier.send(number, 'incident')
    advance(9)
    const { isFinal, codes } = await suivi()
    assert.deepEqual([isFinal, codes], [true, ['DR1', 'PC1', 'ET1', 'PB1', 'MD2', 'DI1']])
  })

  it('an incident may come first, and again', async () => {
    carrier.send(number, 'incident')
    advance(1)
    carrier.send(number, 'incident')
    advance(2)
    assert.deepEqual((await suivi()).codes, ['DR1', 'PB1', 'PB1', 'PC1'])
  })

  it('a pickup point is an end, from which it can still be collected', async () => {
    carrier.send(number, 'pickup')
    advance(9)
    const waiting = await suivi()
    assert.deepEqual([waiting.isFinal, waiting.codes], [false, ['DR1', 'PC1', 'ET1', 'AG1']])
    carrier.send(number, 'delivered')
    advance(9)
    const { isFinal, codes } = await suivi()
    assert.deepEqual([isFinal, codes], [true, ['DR1', 'PC1', 'ET1', 'AG1', 'DI1']])
  })

  it('a return ends at the sender', async () => {
    advance(3)
    carrier.send(number, 'returned')
    advance(9)
    const { isFinal, codes } = await suivi()
    assert.deepEqual([isFinal, codes], [true, ['DR1', 'PC1', 'ET1', 'MD2', 'RE1', 'DI2']])
  })

  it('moves only the one that was sent, and not what has arrived or is unknown', async () => {
    const other = numberOf(await askLabels(carrier.url, 'generateLabel', requestWith('DOS')))
    carrier.send(number, 'incident')
    carrier.advance()
    const states = carrier.labels().map(({ trackingNumber, state }) => [trackingNumber, state])
    assert.deepEqual(states, [
      [number, 'PB1'],
      [other, 'PC1'],
    ])
    advance(9)
    assert.throws(() => carrier.send(number, 'returned'), /has arrived/)
    assert.throws(() => carrier.send('6A07905668182', 'returned'), /no parcel/)
  })

  it('can be chosen on the page, by form', async () => {
    const form = (journey: string) =>
      send({
        url: `${carrier.url}/_page/send/${number}`,
        method: 'POST',
        headers: { Origin: carrier.url, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `journey=${journey}`,
      })
    assert.equal((await form('nowhere')).status, 404)
    assert.equal((await form('returned')).status, 303)
    advance(3)
    assert.equal(carrier.labels()[0]?.state, 'RE1')
    const { text } = await send({ url: `${carrier.url}/` })
    assert.match(text, /Envoi au destinataire · Sans douane · Sur aucun bordereau/)
    assert.match(text, new RegExp(`<label for="suite-${number}">[\\s\\S]*<select id="suite-${number}"`))
  })
})

describe('the timeline of the contract holder', () => {
  interface Event {
    date: string
    code: string
    siteZipCode?: number | string
  }
  const ask = async (changes: object = {}) => {
    const body = { ...readJson('tracking-timeline-request.json'), apiKey: 'key', parcelNumber: number, ...changes }
    const url = `${carrier.url}/tracking-timeline-ws/rest/tracking/timelineCompany`
    const reply = await send({
      url,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    assert.equal(reply.status, 200)
    return jsonOf(reply) as {
      lang: string
      status: { code: string }[]
      parcel: { event: Event | Event[]; step: { status: string }[] } | null
    }
  }

  it('gives a fresh label one event, as an object and not as a list', async () => {
    const { status, parcel } = await ask()
    assert.equal(status[0]?.code, '0')
    assert.deepEqual(parcel?.event, {
      date: '2026-03-16T10:00:00.000',
      code: 'PCHMQT',
      labelLong: 'Votre Colissimo va bientôt nous être confié !',
    })
  })

  it('gives several in no order, postcodes of sites now as a number and now as a text', async () => {
    clock = new Date('2026-07-01T09:00:00Z')
    advance(2)
    const { parcel } = await ask()
    const events = [parcel?.event ?? []].flat()
    assert.deepEqual(
      events.map(({ date, code }) => [date, code]),
      [
        ['2026-07-01T11:00:00.000', 'PCHCFM'],
        ['2026-03-16T10:00:00.000', 'PCHMQT'],
        ['2026-07-01T11:00:01.000', 'AECCFM'],
      ],
    )
    assert.deepEqual(
      events.map(({ siteZipCode }) => typeof siteZipCode),
      ['string', 'undefined', 'number'],
    )
    const active = parcel?.step.map(({ status }) => status === 'STEP_STATUS_ACTIVE')
    assert.deepEqual(active, [true, true, true, false, false, false])
  })

  it('has the members of the recorded reply', async () => {
    advance(1)
    const recorded = readJson('tracking-timeline-response.json')
    const { parcel, ...rest } = await ask()
    assert.deepEqual(Object.keys(parcel ?? {}).sort(), Object.keys(recorded.parcel).sort())
    assert.deepEqual(shapeOf(rest), shapeOf({ lang: recorded.lang, status: recorded.status }))
    const consignee = (reply: unknown) => shapeOf((reply as { consigneeInformation: object }).consigneeInformation)
    assert.deepEqual(consignee(parcel), consignee(recorded.parcel))
  })

  it('says unknown, invalid, and who may not ask', async () => {
    assert.deepEqual(await ask({ parcelNumber: '6A07905668182' }), readJson('tracking-timeline-unknown-response.json'))
    const codeOf = async (changes: object) => (await ask(changes)).status[0]?.code
    assert.equal(await codeOf({ parcelNumber: '123' }), '101')
    assert.equal(await codeOf({ apiKey: 'other' }), '201')
    assert.equal(await codeOf({ apiKey: undefined, login: '900000', password: 'autre' }), '201')
    const account = { apiKey: undefined, accountNumber: '900000', password: 'mot-de-passe-bac-a-sable' }
    assert.equal(await codeOf(account), '0')
    assert.equal((await ask({ lang: 'de_DE' })).lang, 'de_DE')
  })

  it('speaks six-letter codes for every end', async () => {
    const codes = async () => [(await ask()).parcel?.event ?? []].flat().map(({ code }) => code)
    carrier.send(number, 'incident')
    advance(1)
    assert.ok((await codes()).includes('RENRES'))
    carrier.send(number, 'pickup')
    advance(3)
    assert.ok((await codes()).includes('AARBPR'))
    carrier.send(number, 'returned')
    advance(2)
    const all = await codes()
    assert.ok(all.includes('RENDID') && all.includes('LIVEXP'))
  })
})

describe('the quota of open tracking', () => {
  it('is 100 calls in one second', async () => {
    const headers = { Accept: 'application/json', 'X-Okapi-Key': 'okapi' }
    const calls = Array.from({ length: 120 }, () => send({ url: `${carrier.url}/suivi/v2/idships/${number}`, headers }))
    const replies = await Promise.all(calls)
    const refused = replies.filter(({ status }) => status === 429)
    assert.ok(refused.length > 0 && replies.filter(({ status }) => status === 200).length >= 100)
    assert.deepEqual(jsonOf(refused[0] ?? (replies[0] as never)), readJson('suivi-v2-429.json'))
  })
})
