import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { envelope, fixture, LOGIN, NUMBER, refusalOf, requestWith, resultOf, useDesk } from './chronopost-desk.ts'
import { jsonOf, send } from './raw-http.ts'

const { desk, post, buy, later, codesOf, walk } = useDesk()
const cancel = async (o: Record<string, string> = {}) =>
  refusalOf(
    await post(envelope('tracking', 'cancelSkybill', { ...LOGIN, language: 'fr_FR', skybillNumber: NUMBER, ...o })),
  )
const trimmed = async (number = NUMBER) => (await codesOf(number)).map((code) => code.trim())

describe('ways to go', () => {
  const road = async (journey: 'delivered' | 'incident' | 'pickup' | 'returned', stepsBefore: number) => {
    walk(stepsBefore)
    desk.carrier.send(NUMBER, journey)
    walk(8)
    return trimmed()
  }

  it('an incident is one scan, then on to the door', async () => {
    await buy()
    assert.deepEqual(await road('incident', 3), ['DC', 'DB', 'TS', 'TA', 'P', 'D'])
  })

  it('an incident on the way blocks the parcel before its delivery', async () => {
    await buy()
    assert.deepEqual(await road('incident', 1), ['DC', 'DB', 'SK', 'TS', 'TA', 'D'])
  })

  it('back to the sender', async () => {
    await buy()
    assert.deepEqual(await road('returned', 0), ['DC', 'DB', 'TS', 'P', 'R'])
  })

  it('to a pickup point, by product or because it was sent there', async () => {
    await buy()
    await buy(['<productCode>01<', '<productCode>86<'], ['<recipientRef>C-000871<', '<recipientRef>A1234<'])
    assert.deepEqual(await road('pickup', 2), ['DC', 'DB', 'TS', 'AB', 'D'])
    assert.deepEqual(await trimmed('XP696982499FR'), ['DC', 'DB', 'TS', 'AB', 'D'])
  })

  it('abroad the transit is scanned where it arrives', async () => {
    await post(fixture('shippingMultiParcelV5-customs-request'))
    assert.deepEqual(await road('delivered', 0), ['DC', 'DB', 'IA', 'TA', 'D'])
  })

  it('nothing moves a parcel that has arrived, and nobody sends a parcel that is not there', async () => {
    await buy()
    walk(4)
    assert.deepEqual(await road('returned', 0), ['DC', 'DB', 'TS', 'TA', 'D'])
    assert.throws(() => desk.carrier.send('XP000000005FR', 'incident'), RangeError)
    assert.throws(() => desk.carrier.advance('XP000000005FR'), RangeError)
  })
})

describe('cancelling', () => {
  it('0 once, and again without harm; a cancelled parcel never moves and is not found', async () => {
    await buy()
    later(10)
    assert.deepEqual(await cancel(), ['0', ''])
    assert.deepEqual(await cancel(), ['0', ''])
    assert.deepEqual(desk.carrier.counters().void, { [NUMBER]: 1 })
    assert.equal(desk.carrier.labels()[0]?.voided, true)
    walk(3)
    desk.carrier.send(NUMBER, 'incident')
    walk(1)
    assert.deepEqual(await trimmed(), ['DC'])
    assert.equal(resultOf(await post(fixture('trackWithSenderRef-request'))).listParcel, undefined)
    const again = requestWith('getReservedSkybillWithTypeAndMode')
    assert.equal(refusalOf(await post(again))[0], '2')
  })

  it('2 as recorded while it is not recorded yet, and for a number of nobody', async () => {
    await buy()
    later(9)
    const reply = await post(fixture('cancelSkybill-request'))
    const recorded = fixture('cancelSkybill-error-response').replace(/>\s+</g, '><').trim()
    assert.equal(reply.text.replace(/ns1/g, 'ns2'), recorded)
    assert.equal((await cancel({ skybillNumber: 'XP000000005FR' }))[0], '2')
    assert.equal(desk.carrier.labels()[0]?.voided, false)
  })

  it('3 once the carrier has scanned it', async () => {
    await buy()
    walk(1)
    assert.equal((await cancel())[0], '3')
    assert.deepEqual(desk.carrier.counters().void, undefined)
  })

  it('33 and 3 for whoever has no right', async () => {
    await buy()
    later(10)
    assert.equal((await cancel({ accountNumber: '87654321' }))[0], '33')
    assert.equal((await cancel({ password: 'other' }))[0], '3')
  })

  it('several at once: those that can be are', async () => {
    await buy()
    await buy()
    later(10)
    desk.carrier.advance(NUMBER)
    const both = { ...LOGIN, skybillNumber: `${NUMBER},XP696982499FR` }
    const { errorCode, skybills } = resultOf(await post(envelope('tracking', 'cancelListSkybill', both)))
    assert.deepEqual([errorCode, skybills], ['3', 'XP696982499FR'])
  })
})

describe('the page', () => {
  const press = (path: string, headers: Record<string, string> = {}, body?: string) =>
    send({ url: `${desk.carrier.url}${path}`, method: 'POST', headers, body })

  it('shows parcels, moves them, and not for other sites', async () => {
    assert.match((await send({ url: `${desk.carrier.url}/` })).text, /Aucun colis/)
    await buy(['<recipientName>Lucie Martin<', '<recipientName>Lucie Martin 2<'])
    const { text } = await send({ url: `${desk.carrier.url}/` })
    for (const words of [
      'lang="fr"',
      'width=device-width',
      NUMBER,
      'Chrono 13',
      'Annoncé',
      'Lucie Martin 2',
      '06500 MENTON FR',
    ])
      assert.ok(text.includes(words), words)
    assert.equal((await press('/_page/advance', { Origin: 'http://elsewhere.example' })).status, 403)
    assert.equal((await press(`/_page/advance/${NUMBER}`, { 'Sec-Fetch-Site': 'cross-site' })).status, 403)
    assert.equal(desk.carrier.labels()[0]?.state, 'DC')
    assert.equal((await press(`/_page/advance/${NUMBER}`)).status, 303)
    assert.equal((await press('/_page/advance', { Origin: desk.carrier.url })).status, 303)
    assert.equal(desk.carrier.labels()[0]?.state, 'TS')
    assert.equal((await press('/_page/advance/XP1')).status, 404)
    assert.deepEqual(jsonOf(await send({ url: `${desk.carrier.url}/_labels` })), desk.carrier.labels())
  })

  it('chooses the way of a parcel by form, and offers it no more once cancelled', async () => {
    await buy()
    const choose = (number: string, journey: string) => {
      const headers = { Origin: desk.carrier.url, 'Content-Type': 'application/x-www-form-urlencoded' }
      return press(`/_page/send/${number}`, headers, `journey=${journey}`)
    }
    const form = `action="/_page/send/${NUMBER}"`
    assert.ok((await send({ url: `${desk.carrier.url}/` })).text.includes(form))
    assert.equal((await choose(NUMBER, 'toString')).status, 404)
    assert.equal((await choose('XP1', 'incident')).status, 404)
    assert.equal((await choose(NUMBER, 'incident')).status, 303)
    later(10)
    assert.deepEqual(await cancel(), ['0', ''])
    assert.ok(!(await send({ url: `${desk.carrier.url}/` })).text.includes(form))
    await buy()
    assert.equal((await choose('XP696982499FR', 'incident')).status, 303)
    walk(1)
    assert.deepEqual(
      desk.carrier.labels().map(({ state }) => state),
      ['DC', 'SK'],
    )
  })
})
