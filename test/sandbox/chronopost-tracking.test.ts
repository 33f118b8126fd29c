import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  envelope,
  fixture,
  LOGIN,
  NUMBER,
  PATHS,
  refusalOf,
  resultOf,
  schemaFaultOf,
  useDesk,
} from './chronopost-desk.ts'
import { send } from './raw-http.ts'

const { desk, post, buy, later, track, codesOf, walk } = useDesk()

describe('tracking by number', () => {
  it('knows nothing of a stranger: code 0 and an empty list, as recorded', async () => {
    const recorded = fixture('trackSkybillV2-response-unknown').replace(/>\s+</g, '><').trim()
    const reply = await post(fixture('trackSkybillV2-request'))
    assert.equal(reply.text.replace(/ns1/g, 'ns2'), recorded)
  })

  it('sees a fresh parcel once it is recorded, as one event', async () => {
    await buy()
    later(9)
    assert.deepEqual(await codesOf(), [])
    later(1)
    const { events, skybillNumber } = await track()
    assert.equal(skybillNumber, NUMBER)
    assert.deepEqual(events, {
      code: 'DC ',
      eventDate: '2026-03-16T10:00:00+01:00',
      eventLabel: "Envoi en cours de préparation chez l'expéditeur",
      highPriority: 'false',
      NPC: '',
      officeLabel: 'Web Services',
      zipCode: '',
      infoCompList: { name: 'Numéro partenaire', value: 'GEO/XP696982485248' },
    })
  })

  it('follows it to the door, with spaces behind some codes, and no further', async () => {
    await buy()
    desk.clock = new Date('2026-07-01T09:00:00Z')
    walk(6)
    assert.deepEqual(await codesOf(), ['DC ', 'DB', 'TS ', 'TA', 'D '])
    const { events } = await track(NUMBER, 'en_GB')
    assert.equal(events[1].eventDate, '2026-07-01T11:00:00+02:00')
    assert.deepEqual([events[1].officeLabel, events[1].zipCode], ['LA SEYNE SUR MER CHRONOPOST', '83500'])
    assert.deepEqual([events[4].eventLabel, events[4].highPriority], ['Delivered', 'true'])
    assert.equal(events[4].infoCompList.value, 'Lucie Martin')
  })

  it('answers a GET of the older operation in its own envelope', async () => {
    await buy()
    walk(1)
    const path = `${desk.carrier.url}${PATHS.tracking}/trackSkybill`
    const reply = await send({ url: `${path}?language=fr_FR&skybillNumber=${NUMBER}` })
    assert.match(reply.headers['content-type'] ?? '', /^text\/xml/)
    assert.match(reply.text, /<ns1:trackSkybillResponse /)
    const { listEvents } = resultOf(reply)
    assert.deepEqual(
      listEvents.events.map(({ code }: { code: string }) => code),
      ['DC ', 'DB'],
    )
    assert.equal(listEvents.skybillNumber, NUMBER)
    assert.equal(refusalOf(await send({ url: path }))[0], '2')
    const odd = await send({ url: `${path}?skybillNumber=%01%3Cb%3E` })
    assert.deepEqual([resultOf(odd).listEvents.skybillNumber, schemaFaultOf(odd)], ['<b>', null])
  })
})

describe('finding by the sender’s reference', () => {
  const byReference = async (sendersRef: string) =>
    resultOf(await post(envelope('tracking', 'trackWithSenderRef', { ...LOGIN, language: 'fr_FR', sendersRef })))
  const search = async (texts: Record<string, string>) =>
    resultOf(await post(envelope('tracking', 'trackSearch', { ...LOGIN, language: 'fr_FR', ...texts })))

  it('finds nothing until it is visible, then one element, then several', async () => {
    await buy()
    later(9)
    assert.equal((await byReference('CMD-2026-000123-1')).listParcel, undefined)
    later(1)
    const { listParcel } = await byReference('CMD-2026-000123-1')
    assert.deepEqual([listParcel.skybillNumber, listParcel.events.code], [NUMBER, 'DC '])
    await buy()
    later(10)
    const both = (await byReference('CMD-2026-000123-1')).listParcel
    assert.deepEqual(
      both.map(({ skybillNumber }: { skybillNumber: string }) => skybillNumber),
      [NUMBER, 'XP696982499FR'],
    )
    assert.equal((await byReference('CMD-2026-000123-2')).listParcel, undefined)
    assert.equal((await byReference('')).errorCode, '2')
  })

  it('searches by reference and days in the recorded shape', async () => {
    await buy()
    later(10)
    const { listInfosPOD } = resultOf(await post(fixture('trackSearch-request')))
    const { significantEvent, ...infos } = listInfosPOD
    assert.deepEqual(infos, {
      dateDeposit: '2026-03-16T15:00:00+01:00',
      depositCountry: 'FR',
      depositZipCode: '83500',
      objectType: 'MAR',
      recipientCity: 'MENTON',
      recipientCountry: 'FR',
      recipientName: 'Lucie Martin',
      recipientRef: 'C-000871',
      recipientZipCode: '06500',
      shipperCity: 'LA SEYNE SUR MER',
      shipperRef: 'CMD-2026-000123-1',
      shipperZipCode: '83500',
      skybillNumber: NUMBER,
    })
    assert.equal(significantEvent.code, 'DC ')
  })

  it('searches by each other criterion, and asks for one at least', async () => {
    await buy()
    later(10)
    const sendersRef = 'CMD-2026-000123-1'
    type Criteria = Record<string, string>
    const right: Criteria[] = [
      { consigneesCountry: 'FR' },
      { consigneesRef: 'C-000871' },
      { consigneesZipCode: '06500' },
    ]
    for (const texts of right) assert.equal((await search(texts)).listInfosPOD?.skybillNumber, NUMBER)
    const other: Criteria[] = [
      { consigneesCountry: 'BE' },
      { dateDeposit: '17/03/2026' },
      { dateEndDeposit: '15/03/2026' },
    ]
    for (const texts of other) assert.equal((await search({ ...texts, sendersRef })).listInfosPOD, undefined)
    const wrong: Criteria[] = [
      {},
      { dateDeposit: '2026-03-16', sendersRef },
      { dateEndDeposit: '31/02/2026', sendersRef },
    ]
    for (const texts of wrong) assert.equal((await search(texts)).errorCode, '2')
    assert.equal((await search({ sendersRef, accountNumber: '1' })).errorCode, '33')
  })
})

describe('the proof of delivery', () => {
  it('is a PDF once the parcel is delivered', async () => {
    await buy()
    const proof = async () =>
      resultOf(
        await post(
          envelope('tracking', 'searchPOD', { ...LOGIN, language: 'fr_FR', skybillNumber: NUMBER, pdf: 'true' }),
        ),
      )
    assert.equal((await proof()).podPresente, 'false')
    walk(4)
    const { podPresente, formatPOD, pod } = await proof()
    assert.deepEqual([podPresente, formatPOD], ['true', 'PDF'])
    assert.match(Buffer.from(pod, 'base64').toString('latin1'), /^%PDF-/)
  })
})
