import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openCodialApi } from '../../activities/erp/codial-api/codial-api.ts'
import type { Erp } from '../../activities/erp/erp.ts'
import { admit } from '../../domain/admission.ts'
import { Unavailable } from '../../domain/failures.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { startCodial } from '../../sandbox/codial/codial.ts'
import { cardPayment, webOrder } from './codial-orders.ts'

const TOKEN = 'jeton-de-test'
let codial: Awaited<ReturnType<typeof startCodial>>
let erp: Erp
const webId = 2000

before(async () => {
  codial = await startCodial({ token: TOKEN, requestsPerSecond: 0 })
  erp = openCodialApi({ url: `${codial.url}/v1`, token: TOKEN })
})
after(() => codial.close())

const create = (web = webOrder(String(webId))) =>
  erp.createOrder({ order: admit(web, WOOCOMMERCE_RULES), web, key: `${web.webId}:erp-order` })
const isUnavailable = (error: unknown) => error instanceof Unavailable

describe('a delivery note and an invoice in Codial', () => {
  it('travel there and back, and the feed tells of both', async () => {
    const { cursor: start } = await readToEnd(null)
    const { number } = await create()
    await erp.recordPayment({ number, payment: cardPayment(`ch_${webId}`), key: `${number}:pay` })
    codial.prepare(number)
    const deliveryNote = codial.makeDeliveryNote(number, { parcels: 1 })
    const note = await erp.readDeliveryNote(deliveryNote)
    assert.deepEqual([note.carrier, note.service, note.pickupPoint, note.backOrder], ['COLISSIMO', 'DOM', null, false])
    await ship(deliveryNote)
    const invoice = codial.invoice(number)
    const { events, cursor } = await readToEnd(start)
    assert.ok(events.every((event, i) => i === 0 || event.id > (events[i - 1]?.id ?? '')))
    assert.deepEqual(
      events
        .filter((event) => event.type === 'order-status')
        .map((event) => [event.order, event.ref.webId, event.status]),
      ['Enregistrée', 'En préparation', 'Expédiée', 'Facturée'].map((status) => [number, String(webId), status]),
    )
    const ready = events.find((event) => event.type === 'delivery-note-ready')
    assert.deepEqual([ready?.order, ready?.deliveryNote, ready?.branch], [number, note, 'LYON'])
    const issued = events.find((event) => event.type === 'invoice-issued')
    assert.deepEqual([issued?.invoice, issued?.orders, issued?.gross], [invoice, [number], 1870])
    assert.deepEqual((await readToEnd(cursor)).events, [])
    await checkInvoice(invoice, { order: number, deliveryNote })
  })

  async function ship(deliveryNote: string): Promise<void> {
    const tracking = { deliveryNote, rank: 1, trackingNumber: '6A12345678901', key: `${deliveryNote}:1` }
    const label = {
      carrier: 'COLISSIMO',
      trackingUrl: 'https://track.example.test/6A',
      labelledAt: '2026-11-25T09:00:00Z',
    }
    codial.faults.add({ match: '/suivi', drop: 'after', times: 1 })
    await assert.rejects(erp.pushTracking({ ...tracking, ...label }), isUnavailable)
    await erp.pushTracking({ ...tracking, ...label })
    codial.faults.add({ match: '/expedition', drop: 'after', times: 1 })
    const expedition = { deliveryNote, key: `${deliveryNote}:ship` }
    await assert.rejects(erp.shipDeliveryNote(expedition), isUnavailable)
    await erp.shipDeliveryNote(expedition)
    const event = {
      trackingNumber: '6A12345678901',
      status: 'in-transit',
      label: 'En transit',
      at: '2026-11-25T20:00:00Z',
    } as const
    await erp.pushTrackingEvent({ deliveryNote, rank: 1, event, key: `${deliveryNote}:1:in-transit` })
    const { suivi, expedition: left, 'evenement-suivi': scans } = codial.counters()
    const counted = [suivi?.[`${deliveryNote}:1`], left?.[deliveryNote], scans?.[`${deliveryNote}:1:in_transit`]]
    assert.deepEqual(counted, [1, 1, 1])
  }

  async function checkInvoice(number: string, from: { order: string; deliveryNote: string }): Promise<void> {
    const invoice = await erp.readInvoice(number)
    assert.deepEqual([invoice.kind, invoice.currency, invoice.remaining], ['invoice', 'EUR', 0])
    assert.deepEqual([invoice.net, invoice.vatTotal, invoice.gross], [1558, 312, 1870])
    assert.deepEqual(invoice.vat, [{ rate: '20.00', base: 1558, amount: 312 }])
    assert.deepEqual([invoice.orders, invoice.deliveryNotes], [[from.order], [from.deliveryNote]])
    assert.deepEqual(
      invoice.lines.map((line) => [line.reference, line.quantity, line.vatRate, line.net]),
      [
        ['SAV-001', '2', '20.00', 1317],
        ['PORT', '1', '20.00', 408],
        ['REMISE', '1', '20.00', -167],
      ],
    )
    assert.deepEqual(
      invoice.payments.map((paid) => [paid.method, paid.amount, paid.paidOn, paid.reference]),
      [['CB', 1870, '2026-11-24', `ch_${webId}`]],
    )
    assert.deepEqual([invoice.customer.isCompany, invoice.customer.address.lines], [false, ['12 rue des Lilas']])
  }

  async function readToEnd(from: string | null) {
    const page = await erp.readEvents({ cursor: from })
    const events = [...page.events]
    let { cursor, done } = page
    while (!done) {
      const next = await erp.readEvents({ cursor })
      events.push(...next.events)
      ;({ cursor, done } = next)
    }
    return { events, cursor }
  }
})
