import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { LabelRequest } from '../../activities/carriers/carrier.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { FORMATS } from '../../activities/carriers/colissimo/formats.ts'
import { labelOf } from '../../activities/carriers/colissimo/purchases.ts'
import { readSls } from '../../activities/carriers/colissimo/wire.ts'
import { Refused } from '../../domain/failures.ts'
import {
  COM,
  failing,
  fixture,
  HD,
  json,
  label,
  MULTIPART,
  ok,
  openCounter,
  packed,
  papers,
  REQUEST,
  to,
} from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'
import type { Reply } from './playing.ts'

const counter = await openCounter()
const colissimo = openColissimo(counter.settings)
after(counter.close)
beforeEach(() => {
  counter.heard.length = 0
})

test('a label is bought with the key in the header, and read from its parts', async () => {
  counter.play(label)
  const { labels, price } = await colissimo.createLabels(REQUEST)
  const [bought] = labels
  assert.ok(bought)
  assert.deepEqual([labels.length, price, bought.reference, bought.papers], [1, null, REQUEST.reference, []])
  assert.equal(bought.trackingNumber, '6A15984040331')
  assert.equal(bought.trackingUrl, 'https://www.laposte.fr/outils/suivre-vos-envois?code=6A15984040331')
  assert.equal(bought.label.mediaType, 'application/pdf')
  assert.equal(Buffer.from(bought.label.bytes).toString(), '%PDF-1.4\n% placeholder label\n%%EOF\n')
  assert.equal(counter.heard[0]?.path, 'POST /3.1/generateLabel')
  assert.equal(counter.heard[0]?.headers.apikey, 'key')
  assert.equal(JSON.parse(counter.heard[0]?.body ?? '{}').letter.service.orderNumber, REQUEST.reference)
})

test('the older shape, a header without boundary and a line end before the first part are read too', async () => {
  const older = fixture('generateLabel-success-v2-cn23.multipart')
  counter.play(
    { type: MULTIPART, body: older },
    { type: 'multipart/related;start="<jsonInfos>";type="application/xop+xml"', body: older },
    { type: 'application/octet-stream', body: Buffer.concat([Buffer.from('\r\n'), older]) },
  )
  for (const _ of [1, 2, 3])
    assert.equal((await colissimo.createLabels(REQUEST)).labels[0]?.trackingNumber, 'CB699462444FR')
})

test('a reply cut short at any byte never gives a label, and is in doubt', () => {
  const { body } = label
  for (const type of [MULTIPART, 'multipart/related'])
    for (let length = 0; length < body.length; length += 1) {
      const reply = {
        status: 200,
        headers: new Headers({ 'content-type': type }),
        bytes: new Uint8Array(body.subarray(0, length)),
      }
      assert.throws(
        () => labelOf(readSls(reply), { buys: true, request: REQUEST, printing: FORMATS['pdf-10x15'] }),
        unavailable(false),
        `at ${length}`,
      )
    }
})

test('a label that may have been bought is in doubt: cut line, 500, unreadable page, 40015, no bytes', async () => {
  const numbered = { labelV31Response: { parcelNumber: '6A15984040331' } }
  const unknown: Reply[] = [
    { ...label, cut: true },
    { status: 500, body: '{"messages":[{"id":"30000"}]}' },
    { status: 200, type: 'text/html', body: '<html>' },
    { status: 404, type: 'text/html', body: '<html>' },
    { status: 302, body: '{"messages":[{"id":"0"}]}' },
    failing('40015'),
    failing('40015', 200),
    { body: '{"messages":[]}' },
    { ...ok },
    papers({}, { label: '%PDF-1.4' }),
    papers(numbered),
    papers(numbered, { label: '<html>' }),
    papers(numbered, { label: '%PDF-1.4', cn23: '<html>' }),
  ]
  for (const reply of unknown) {
    counter.play(reply)
    await assert.rejects(colissimo.createLabels(REQUEST), unavailable(false), String(reply.body).slice(0, 80))
  }
  for (const half of unknown.slice(-3)) {
    counter.play(half)
    await assert.rejects(colissimo.createLabels(REQUEST), /6A15984040331/, 'a person finds the number in the message')
  }
})

test('what proves that nothing was bought says so', async () => {
  const gone = await openCounter()
  await gone.close()
  const nobody = openColissimo(gone.settings)
  await assert.rejects(nobody.createLabels(REQUEST), unavailable(true))
  counter.play({ status: 429, body: '' })
  await assert.rejects(colissimo.createLabels(REQUEST), unavailable(true))
})

test('functional errors are refused with their code and the French message, in any container and status', async () => {
  const cases: [Reply, string, RegExp][] = [
    [
      { status: 400, body: fixture('generateLabel-error-plain.json') },
      'refused',
      /30109 Le code pays ou le code postal de l'expéditeur/,
    ],
    [
      { status: 400, type: MULTIPART, body: fixture('generateLabel-error.multipart') },
      'login-refused',
      /30000 Identifiant/,
    ],
    [{ status: 200, type: MULTIPART, body: fixture('generateLabel-error.multipart') }, 'login-refused', /30000/],
    [failing('30000', 403), 'login-refused', /30000 Message en français/],
    [{ status: 403, type: 'text/html', body: '<html>' }, 'login-refused', /HTTP 403/],
    [{ status: 401, body: '' }, 'login-refused', /HTTP 401/],
    [failing('30700'), 'login-refused', /30700/],
    [failing('30220'), 'address-refused', /30220/],
    [failing('30204', 200), 'address-refused', /30204/],
    [failing('30401'), 'address-refused', /30401/],
    [failing('30600'), 'address-refused', /30600/],
    [failing('30002'), 'refused', /30002/],
    [failing('50005', 422), 'refused', /50005/],
    [failing('99999'), 'refused', /99999/],
    [{ status: 422, body: '{"error":"Bad Request"}' }, 'refused', /HTTP 422/],
  ]
  for (const [reply, code, says] of cases) {
    counter.play(reply)
    await assert.rejects(colissimo.createLabels(REQUEST), refused(code, says), `${code} ${says}`)
  }
})

test('a warning is no error', async () => {
  counter.play({ body: JSON.stringify({ messages: [{ id: '30816' }, { id: '0' }] }) })
  await colissimo.checkLabels(REQUEST)
})

test('the dry run asks checkGenerateLabel, after our own rules', async () => {
  counter.play(ok)
  await colissimo.checkLabels(REQUEST)
  assert.equal(counter.heard[0]?.path, 'POST /3.1/checkGenerateLabel')
  counter.play(failing('40015'))
  await assert.rejects(colissimo.checkLabels(REQUEST), unavailable(true))
  counter.heard.length = 0
  await assert.rejects(colissimo.checkLabels(to({ city: '' })), refused('address-refused', /ville \(city\)/))
  assert.equal(counter.heard.length, 0)
})

test('our own rules name the field, never its value', async () => {
  const long = 'Abcdefghijklmnopqrstuvwxyzabcdefghijkl'
  const pickup = (over: Partial<LabelRequest['recipient']>): LabelRequest => ({
    ...HD,
    recipient: { ...HD.recipient, ...over },
  })
  const cases: [LabelRequest, string, RegExp][] = [
    [to({ lastName: long }), 'address-refused', /nom \(lastName\)/],
    [to({ lastName: '山田' }), 'address-refused', /nom \(lastName\)/],
    [to({ firstName: long }), 'address-refused', /prénom \(firstName\)/],
    [to({ company: long }), 'address-refused', /société \(companyName\)/],
    [to({ lines: ['  '] }), 'address-refused', /rue \(line2\)/],
    [to({ lines: [long] }), 'address-refused', /rue \(line0 à line3\)/],
    [to({ postalCode: '6500' }), 'address-refused', /code postal \(zipCode\)/],
    [pickup({ phone: '04 94 00 00 00' }), 'address-refused', /portable \(mobileNumber\)/],
    [pickup({ firstName: '' }), 'address-refused', /prénom \(firstName\)/],
    [pickup({ email: 'lucie' }), 'address-refused', /e-mail \(email\)/],
    [{ ...HD, pickupPoint: null }, 'address-refused', /point de retrait \(pickupLocationId\)/],
    [packed(REQUEST, { weight: 30_001 }), 'refused', /poids/],
    [packed(REQUEST, { weight: 0 }), 'refused', /poids/],
    [{ ...HD, insured: 100_001 }, 'refused', /assurance \(insuranceValue\) : 1000 € au plus en point de retrait/],
    [{ ...REQUEST, insured: 500_001 }, 'refused', /assurance \(insuranceValue\) : 5000 € au plus/],
    [{ ...REQUEST, insured: 1000, currency: 'CHF' }, 'refused', /assurance \(insuranceValue\) : en euros/],
    [
      { ...COM, service: 'DOS', recipient: { ...COM.recipient, country: 'SX' }, insured: 1000 },
      'refused',
      /assurance \(insuranceValue\) : non proposée vers SX/,
    ],
    [{ ...REQUEST, parcels: [...REQUEST.parcels, ...HD.parcels] }, 'not-offered', /un colis par achat/],
    [to({ country: 'CH', postalCode: '1201' }), 'customs-incomplete', /CN23/],
    [to({ country: 'ES', postalCode: '35001' }), 'customs-incomplete', /CN23/],
  ]
  for (const [request, code, says] of cases) {
    await assert.rejects(colissimo.createLabels(request), (error: unknown) => {
      assert.ok(refused(code, says)(error), `${code} ${says}, got ${error}`)
      return error instanceof Refused && !error.message.includes(long) && !error.message.includes('山田')
    })
  }
  assert.equal(counter.heard.length, 0)
})

test('a label is fetched again by its number, and never found by reference', async () => {
  counter.play(label)
  const again = await colissimo.fetchLabels({ trackingNumber: '6A15984040331', request: REQUEST })
  assert.equal(again?.labels[0]?.trackingNumber, '6A15984040331')
  assert.deepEqual(JSON.parse(counter.heard[0]?.body ?? '{}'), json('getLabel-request.json'))
  assert.equal(await colissimo.findLabels(REQUEST), 'unknown')
})
