import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { checkDigit } from '../../sandbox/carriers/chronopost/numbers.ts'
import type { ChronopostSandbox } from '../../sandbox/carriers/chronopost/server.ts'
import { pdfTextOf } from '../activities/pdf-text.ts'
import { ask, envelope, fixture, LOGIN, open, refusalOf, requestWith, resultOf } from './chronopost-desk.ts'

let carrier: ChronopostSandbox
beforeEach(async () => {
  carrier = await open()
})
afterEach(() => carrier.close())

const post = (body: string) => ask({ url: carrier.url, body })
const bytesOf = (base64: string) => Buffer.from(base64, 'base64')
const buy = async (...edits: [string, string][]) =>
  resultOf(await post(requestWith('shippingMultiParcelV5', ...edits))).resultMultiParcelValue
const reserve = (reservationNumber: string, mode = 'THE') =>
  post(requestWith('getReservedSkybillWithTypeAndMode', ['00000000000000000001', reservationNumber], ['THE', mode]))

describe('numbers', () => {
  it('have the check digit of real numbers', () => {
    assert.equal(checkDigit('69698248'), 5) // XP696982485FR
    assert.equal(checkDigit('29544548'), 4) // XW295445484JF
    assert.equal(checkDigit('20000000'), 6) // 16 mod 11 = 5, 11 - 5
    assert.equal(checkDigit('00000000'), 5) // 11 is written 5
    assert.equal(checkDigit('02000000'), 0) // 12 mod 11 = 1, and 10 is written 0
  })

  it('rise with every purchase, though the request is the same', async () => {
    const numbers = [(await buy()).skybillNumber, (await buy()).skybillNumber, (await buy()).skybillNumber]
    for (const number of numbers) {
      assert.match(number, /^XP\d{9}FR$/)
      assert.equal(Number(number[10]), checkDigit(number.slice(2, 10)))
    }
    assert.deepEqual(numbers, [...new Set(numbers)].sort())
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 3 } })
  })
})

describe('labels in one call', () => {
  it('answer the recorded request in the recorded shape', async () => {
    const recorded = fixture('shippingMultiParcelV5-response').replace(/>\s+</g, '><').trim()
    const reply = await post(fixture('shippingMultiParcelV5-request'))
    assert.equal(reply.headers['content-type'], 'text/xml;charset=UTF-8')
    const withoutLabel = (text: string) => text.replace(/<pdfEtiquette>[^<]*/, '<pdfEtiquette>')
    assert.equal(withoutLabel(reply.text), withoutLabel(recorded))
    const [sold] = carrier.labels()
    assert.deepEqual(
      { ...sold },
      {
        reference: 'CMD-2026-000123-1',
        trackingNumber: 'XP696982485FR',
        soldAt: '2026-03-16T09:00:00.000Z',
        voided: false,
        reservationNumber: '00000000000000000001',
        productCode: '01',
        service: '0',
        weightKg: 2.35,
        country: 'FR',
        recipientRef: 'C-000871',
        state: 'DC',
      },
    )
  })

  it('takes the recorded customs request', async () => {
    const { skybillNumber } = resultOf(
      await post(fixture('shippingMultiParcelV5-customs-request')),
    ).resultMultiParcelValue
    assert.equal(skybillNumber, 'XP696982485FR')
    assert.equal(carrier.labels()[0]?.country, 'CH')
  })

  it('says the reservation when it is asked for, and keeps the label back in the other return modes', async () => {
    const asked = requestWith(
      'shippingMultiParcelV5',
      ['<withReservation>0<', '<withReservation>1<'],
      ['<modeRetour>1<', '<modeRetour>2<'],
    )
    const { reservationNumber, resultMultiParcelValue } = resultOf(await post(asked))
    assert.equal(reservationNumber, '00000000000000000001')
    assert.equal(resultMultiParcelValue.pdfEtiquette, undefined)
    assert.equal(resultOf(await reserve(reservationNumber)).errorCode, '0')
  })

  it('are A4 with the proof of deposit (PDF), A4 alone (SPD), a 10x15 cm page (THE)', async () => {
    const sizes = { PDF: [595.28, 841.89], SPD: [595.28, 841.89], THE: [283.46, 425.2] }
    for (const [mode, size] of Object.entries(sizes)) {
      const { pdfEtiquette, skybillNumber } = await buy(['<mode>PDF<', `<mode>${mode}<`])
      const bytes = bytesOf(pdfEtiquette)
      const pages = (await PDFDocument.load(bytes)).getPages()
      const rounded = pages.map((page) =>
        [page.getWidth(), page.getHeight()].map((side) => Math.round(side * 100) / 100),
      )
      assert.deepEqual(rounded, [size], mode)
      const text = pdfTextOf(bytes)
      const words = [
        'Chrono 13',
        'BOUTIQUE EXEMPLE',
        'Lucie Martin',
        '72 rue Reine Elisabeth',
        '06500 MENTON',
        'SPECIMEN',
      ]
      for (const word of [skybillNumber, ...words]) assert.ok(text.includes(word), `${mode}: ${word}`)
      assert.equal(text.includes('Justificatif de dépôt'), mode === 'PDF')
    }
  })

  it('are Zebra text in the modes of label printers', async () => {
    for (const mode of ['Z2D', 'ZPL300', 'ZPLPSG']) {
      const { pdfEtiquette, skybillNumber } = await buy(['<mode>PDF<', `<mode>${mode}<`])
      const zpl = bytesOf(pdfEtiquette).toString()
      assert.match(zpl, /^\^XA\n[\s\S]*\n\^XZ\n$/)
      assert.ok(zpl.includes(`^FD${skybillNumber}^FS`))
    }
  })

  it('are sold by the older and the single operation as well', async () => {
    const body = fixture('shippingMultiParcelV5-request')
    const v4 = body.replaceAll('shippingMultiParcelV5', 'shippingMultiParcelV4')
    assert.equal(resultOf(await post(v4)).resultMultiParcelValue.skybillNumber, 'XP696982485FR')
    const v7 = body
      .replaceAll('shippingMultiParcelV5', 'shippingV7')
      .replace(/<numberOfParcel>.*<\/numberOfParcel>|<multiParcel>.*<\/multiParcel>/g, '')
    const single = resultOf(await post(v7))
    assert.equal(single.skybillNumber, 'XP696982499FR')
    assert.match(bytesOf(single.pdfEtiquette).toString('latin1'), /^%PDF-/)
  })
})

describe('labels by reservation', () => {
  it('answers the recorded request: two numbers, one reservation, no label yet', async () => {
    const reply = await post(fixture('shippingMultiParcelWithReservationV3-request'))
    const recorded = fixture('shippingMultiParcelWithReservationV3-response').replace(/>\s+</g, '><').trim()
    assert.equal(reply.text, recorded)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 2 } })
  })

  it('gives the label any number of times, in any mode, without selling again', async () => {
    await post(fixture('shippingMultiParcelWithReservationV3-request'))
    for (let time = 0; time < 3; time++) {
      const { errorCode, skybill, type } = resultOf(await reserve('00000000000000000001'))
      assert.deepEqual([errorCode, type], ['0', 'THE'])
      assert.equal((await PDFDocument.load(bytesOf(skybill))).getPageCount(), 2)
      const text = pdfTextOf(bytesOf(skybill))
      assert.ok(text.includes('XP696982485FR') && text.includes('XP696982499FR'))
    }
    const zpl = bytesOf(resultOf(await reserve('00000000000000000001', 'Z2D')).skybill).toString()
    assert.equal(zpl.match(/\^XA/g)?.length, 2)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 2 } })
  })

  it('gives it by the plain operation, and by number to whoever logs in', async () => {
    await post(fixture('shippingMultiParcelWithReservationV3-request'))
    const plain = envelope('shipping', 'getReservedSkybill', { reservationNumber: '00000000000000000001' })
    const { skybill, type } = resultOf(await post(plain))
    assert.deepEqual([(await PDFDocument.load(bytesOf(skybill))).getPageCount(), type], [2, undefined])
    const auth = (numberSearch: string, o = {}) =>
      post(envelope('shipping', 'getReservedSkybillWithTypeAndModeAuth', { numberSearch, mode: 'THE', ...LOGIN, ...o }))
    const one = resultOf(await auth('XP696982499FR'))
    assert.ok(pdfTextOf(bytesOf(one.skybill)).includes('XP696982499FR'))
    assert.equal((await PDFDocument.load(bytesOf(one.skybill))).getPageCount(), 1)
    assert.equal(resultOf(await auth('00000000000000000001')).errorCode, '0')
    assert.equal(refusalOf(await auth('XP696982485FR', { accountNumber: 1 }))[0], '33')
    assert.equal(refusalOf(await auth('XP696982485FR', { password: 'x' }))[0], '3')
  })

  it('knows no other reservation', async () => {
    assert.deepEqual(refusalOf(await reserve('00000000000000000009')), ['2', 'Numéro de réservation inconnu'])
    await post(fixture('shippingMultiParcelWithReservationV3-request'))
    assert.deepEqual(refusalOf(await reserve('00000000000000000001', 'FAX')), ['2', 'mode est inconnu'])
  })
})

describe('faults on demand', () => {
  it('loses the answer, not the parcel, when the connection is dropped after the effect', async () => {
    carrier.faults.add({ match: 'POST .*/ShippingServiceWS', drop: 'after' })
    assert.equal((await post(fixture('shippingMultiParcelV5-request'))).status, 0)
    assert.deepEqual(carrier.counters(), { label: { 'CMD-2026-000123-1': 1 } })
    const found = resultOf(await post(fixture('trackWithSenderRef-request'))).listParcel
    assert.equal(found.skybillNumber, 'XP696982485FR')
  })

  it('cuts an answer in the middle, and drops a request before the effect', async () => {
    carrier.faults.add({ match: 'ShippingServiceWS', cut: true })
    const half = await post(fixture('shippingMultiParcelV5-request'))
    assert.deepEqual([half.isCut, half.text.includes('</soap:Envelope>')], [true, false])
    carrier.faults.add({ match: 'ShippingServiceWS', drop: 'before' })
    assert.equal((await post(fixture('shippingMultiParcelV5-request'))).status, 0)
    assert.equal(carrier.labels().length, 1)
  })
})

describe('what it remembers', () => {
  it('survives a restart: numbers go on, labels and counters stay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chronopost-'))
    try {
      const first = await open({ file: join(folder, 'state.json') })
      await ask({ url: first.url, body: fixture('shippingMultiParcelV5-request') })
      first.advance('XP696982485FR')
      await first.close()
      const second = await open({ file: join(folder, 'state.json') })
      const bought = resultOf(await ask({ url: second.url, body: fixture('shippingMultiParcelV5-request') }))
      const [before, after] = second.labels()
      const counters = second.counters()
      await second.close()
      assert.equal(bought.resultMultiParcelValue.skybillNumber, 'XP696982499FR')
      assert.deepEqual([before?.state, after?.state], ['DB', 'DC'])
      assert.deepEqual(counters, { label: { 'CMD-2026-000123-1': 2 } })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
