import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { eachOf } from '../../activities/carriers/chronopost/side-by-side.ts'
import { statusOf } from '../../activities/carriers/chronopost/statuses.ts'
import { latestOf } from '../../activities/carriers/chronopost/tracking.ts'
import { answer, failing, fault, fixture, openCounter, REQUEST, recorded, validate } from './chronopost-samples.ts'
import { refused, unavailable } from './outcomes.ts'
import type { Reply } from './playing.ts'

const counter = await openCounter()
const { chronopost } = counter
after(counter.close)
beforeEach(counter.forget)

const parcels = (...numbers: string[]) => numbers.map((trackingNumber) => ({ trackingNumber, pieceNumber: null }))
const TRACK = 'trackSkybillV2'
const html: Reply = { type: 'text/html', body: '<html>Maintenance</html>' }

test('the latest event of a parcel is read from the recorded answers', async () => {
  counter.play(recorded('trackSkybillV2-response-delivered.xml'))
  assert.deepEqual(await chronopost.trackParcels(parcels('XP696982485FR')), [
    {
      trackingNumber: 'XP696982485FR',
      pieceNumber: null,
      status: 'delivered',
      label: 'Delivered',
      at: '2022-06-22T06:30:00.000Z',
    },
  ])
  validate(counter.heard[0]?.body ?? '')
  counter.play(recorded('trackSkybillV2-response-padded-codes.xml'))
  assert.deepEqual(await chronopost.trackParcels(parcels('XW295445484JF')), [
    {
      trackingNumber: 'XW295445484JF',
      pieceNumber: null,
      status: 'in-transit',
      label: 'Envoi en transit',
      at: '2024-02-07T10:00:00.000Z',
    },
  ])
  counter.play(recorded('trackSkybillV2-response-unknown.xml'))
  assert.deepEqual(await chronopost.trackParcels(parcels('XP696982485FR')), [])
  assert.deepEqual(await chronopost.trackParcels([]), [])
})

test('of many parcels, one that fails does not lose the others', async () => {
  const numbers = Array.from({ length: 20 }, (_, i) => `XP${i}FR`)
  const bad: Record<string, Reply> = {
    XP3FR: { status: 500, body: '' },
    XP5FR: fault('Client'),
    XP7FR: recorded('trackSkybillV2-error-response.xml'),
    XP9FR: failing(TRACK, 8, 'Unknown parcel'),
    XP11FR: { ...recorded('trackSkybillV2-response-delivered.xml'), cut: true },
    XP13FR: { status: 429, body: '' },
    XP15FR: recorded('trackSkybillV2-response-unknown.xml'),
    XP17FR: html,
  }
  counter.playBy(
    ({ body }) => bad[/XP\d+FR/.exec(body)?.[0] ?? ''] ?? recorded('trackSkybillV2-response-delivered.xml'),
  )
  const events = await chronopost.trackParcels(parcels(...numbers))
  assert.deepEqual(
    events.map(({ trackingNumber }) => trackingNumber),
    numbers.filter((number) => !(number in bad)),
  )
  assert.equal(counter.heard.length, 20)
})

test('things are done four at a time, their answers in order', async () => {
  let [running, most] = [0, 0]
  const things = Array.from({ length: 10 }, (_, i) => i)
  const answers = await eachOf(things, async (thing) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < 10 - thing; turn += 1) await Promise.resolve()
    running -= 1
    return thing * 2
  })
  assert.equal(most, 4)
  assert.deepEqual(answers, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18])
})

test('when nothing but failures comes, the failure is told', async () => {
  for (const [reply, expected] of [
    [recorded('trackSkybillV2-error-response.xml'), unavailable(true, /1 System Error/)],
    [{ status: 429, body: '' }, unavailable(true)],
    [{ status: 500, body: '' }, unavailable(false)],
    [fault('Server'), unavailable(true)],
    [fault('Client'), refused('refused')],
    [html, unavailable(false)],
    [{ body: fixture('trackSkybillV2-response-delivered.xml').slice(0, 900) }, unavailable(false)],
  ] as [Reply, (error: unknown) => boolean][]) {
    counter.playBy(() => reply)
    await assert.rejects(chronopost.trackParcels(parcels('XP1FR', 'XP2FR')), expected, String(reply.body))
  }
})

test('codes mean what the table says', () => {
  const OURS: Record<string, string | undefined> = {
    label_created: 'announced',
    picked_up: 'taken',
    in_transit: 'in-transit',
    out_for_delivery: 'out-for-delivery',
    at_pickup_point: 'at-pickup-point',
    exception: 'incident',
    delivered: 'delivered',
    returned: 'returned',
    none: undefined,
  }
  const SAID: Record<string, string> = { delivered: 'Livraison effectuée', returned: "Retour à l'expéditeur" }
  const rows = [...fixture('event-codes.csv').matchAll(/^(\w+),(?:"[^"]*"|[^",]*),(\w+),/gm)].slice(1)
  assert.equal(rows.length, 32)
  for (const [, code = '', canonical = ''] of rows)
    assert.equal(statusOf({ code: `${code} `, label: SAID[canonical] ?? 'Envoi' }), OURS[canonical], code)
  for (const code of ['ZZ', '', 'constructor']) assert.equal(statusOf({ code, label: 'Livré' }), undefined)
})

test('a final code counts only when its label agrees', () => {
  for (const label of [
    'Delivered',
    'Colis livré',
    'Envoi livrée',
    'LIVRAISON EFFECTUÉE',
    'Remis au destinataire',
    'Retiré au point relais',
    'Distribué',
  ])
    assert.equal(statusOf({ code: 'D', label }), 'delivered', label)
  for (const label of [
    '',
    'Departed hub',
    'Not delivered',
    'Envoi non livré',
    "Le colis n'a pu être livré",
    'Sera livré demain',
    'En cours de livraison',
    'Delivery attempt',
    'Remis au transporteur',
    'Prêt à livrer',
  ])
    assert.equal(statusOf({ code: 'D1', label }), undefined, label)
  assert.equal(statusOf({ code: 'R', label: 'Colis retourné à l’expéditeur' }), 'returned')
  assert.equal(statusOf({ code: 'R', label: 'Received at facility' }), undefined)
  assert.equal(statusOf({ code: 'R', label: 'Retour en cours' }), undefined)
})

test('the latest event counts, by moment and then by its place in the list', () => {
  const at = (hour: string, zone = '+01:00') => `2026-11-24T${hour}:00:00${zone}`
  const latest = (...events: [code: string, eventDate: string][]) => {
    const listed = events.map(([code, eventDate]) => ({ code, eventDate, eventLabel: 'Livré' }))
    return latestOf(listed, 'XP1FR')?.status
  }
  assert.equal(latest(['TA', at('10')], ['TS', at('08')]), 'out-for-delivery')
  assert.equal(latest(['TA', at('10')], ['D', at('10')]), 'delivered')
  assert.equal(
    latest(['TS', at('10', '+01:00')], ['TA', at('09', 'Z')]),
    'out-for-delivery',
    '9:00 UTC is 10:00 in Paris',
  )
  assert.equal(latest(['TA', at('10', 'Z')], ['TS', at('10', '+01:00')]), 'out-for-delivery')
  assert.equal(latest(['TA', at('10')], ['ZZ', at('11')], ['CL', at('12')]), 'out-for-delivery')
  assert.equal(latest(['TA', 'hier'], ['', '']), undefined)
})

const FIND = 'recherchePointChronopost'
const point = (id: string, inside = ''): string =>
  `<listePointRelais><actif>true</actif><adresse1>5 PLACE DE L&apos;ESPLANADE</adresse1><adresse2/><adresse3>RDC</adresse3><codePays>FR</codePays><codePostal>31450</codePostal>${inside}<identifiant>${id}</identifiant><localite>MONTGISCARD</localite><nom>TABAC</nom></listePointRelais>`
const day = (jour: number, hours: string): string =>
  `<listeHoraireOuverture><horairesAsString>${hours}</horairesAsString><jour>${jour}</jour><listeHoraireOuverture><debut>08:00</debut><fin>12:30</fin></listeHoraireOuverture></listeHoraireOuverture>`
const near = { ...REQUEST.recipient, postalCode: '31450', city: 'MONTGISCARD' }
const asked = { near, weight: 1100, shipOn: '2026-03-16', service: '86' }

test('pickup points are told with their opening hours, nearest first', async () => {
  const far = point('1111A', '<distanceEnMetre>800</distanceEnMetre>')
  const close = point(
    '8197P',
    `<distanceEnMetre>120</distanceEnMetre>${day(4, '09:00-11:45 13:00-15:30')}${day(2, '08:00-12:30 00:00-00:00')}${day(7, '00:00-00:00 00:00-00:00')}`,
  )
  const shut = point('2222B').replace('>true<', '>false<')
  counter.play(
    answer(
      FIND,
      `<errorCode>0</errorCode><errorMessage>Code retour OK</errorMessage>${far}${shut}${close}${point('3333C')}`,
    ),
  )
  const places = await chronopost.findPickupPoints(asked)
  assert.deepEqual(
    places.map(({ id, distance }) => [id, distance]),
    [
      ['8197P', 120],
      ['1111A', 800],
      ['3333C', null],
    ],
  )
  assert.deepEqual(places[0], {
    id: '8197P',
    network: null,
    name: 'TABAC',
    lines: ["5 PLACE DE L'ESPLANADE", 'RDC'],
    postalCode: '31450',
    city: 'MONTGISCARD',
    country: 'FR',
    distance: 120,
    opening: { mardi: '08:00-12:30', jeudi: '09:00-11:45 13:00-15:30' },
  })
})

test('pickup points are asked for with the fields of the contract, abroad by the other operation', async () => {
  counter.playBy(({ operation }) => answer(operation, '<errorCode>0</errorCode>'))
  assert.deepEqual(await chronopost.findPickupPoints(asked), [])
  await chronopost.findPickupPoints({ ...asked, service: '49', near: { ...near, country: 'BE', postalCode: '1000' } })
  await chronopost.findPickupPoints({ ...asked, service: '4P', near: { ...near, postalCode: '97400' } })
  assert.deepEqual(
    counter.heard.map(({ path, operation }) => [path, operation]),
    [
      ['/recherchebt-ws-cxf/PointRelaisServiceWS', 'recherchePointChronopost'],
      ['/recherchebt-ws-cxf/PointRelaisServiceWS', 'recherchePointChronopostInter'],
      ['/recherchebt-ws-cxf/PointRelaisServiceWS', 'recherchePointChronopostInter'],
    ],
  )
  const fields = [...(counter.heard[0]?.body ?? '').matchAll(/<(\w+)>([^<]+)<\/\1>/g)].map(([, name, value]) => [
    name,
    value,
  ])
  assert.deepEqual(fields, [
    ['accountNumber', '12345678'],
    ['password', '000000'],
    ['address', '72 rue Reine Elisabeth'],
    ['zipCode', '31450'],
    ['city', 'MONTGISCARD'],
    ['countryCode', 'FR'],
    ['type', 'P'],
    ['productCode', '86'],
    ['service', 'T'],
    ['weight', '1100'],
    ['shippingDate', '16/03/2026'],
    ['maxPointChronopost', '10'],
    ['maxDistanceSearch', '20'],
    ['holidayTolerant', '1'],
  ])
})

test('pickup points that cannot be told are an error', async () => {
  for (const [reply, expected] of [
    [failing(FIND, 3, 'Wrong password'), refused('login-refused')],
    [failing(FIND, 1, 'System Error'), unavailable(true)],
    [failing(FIND, 300, 'service incorrect'), refused('refused', /300 service incorrect/)],
    [fault('Server'), unavailable(true)],
    [{ status: 500, body: '' }, unavailable(false)],
    [html, unavailable(false)],
  ] as [Reply, (error: unknown) => boolean][]) {
    counter.play(reply)
    await assert.rejects(chronopost.findPickupPoints(asked), expected)
  }
  counter.forget()
  await assert.rejects(chronopost.findPickupPoints({ ...asked, service: '01' }), refused('not-offered', /01/))
  assert.equal(counter.heard.length, 0)
})
