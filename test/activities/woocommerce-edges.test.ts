import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { decodeEntities } from '../../activities/shops/woocommerce/entities.ts'
import { DEFAULT_META, namesTracking, trackingNote } from '../../activities/shops/woocommerce/mapping.ts'
import { readWcOrder } from '../../activities/shops/woocommerce/woocommerce.ts'
import { Refused } from '../../domain/failures.ts'
import type { WebOrder } from '../../domain/order.ts'

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/woocommerce/order_${name}.json`, import.meta.url), 'utf8'))

/** Reads a recorded order after one change. */
function readChanged(name: string, change: (raw: ReturnType<typeof sample>) => void): WebOrder {
  const raw = sample(name)
  change(raw)
  return readWcOrder(raw, { site: 'boutique-bio', keys: DEFAULT_META })
}

/** What the refusal of a changed order says. */
function refusalOf(change: (raw: ReturnType<typeof sample>) => void): string {
  try {
    readChanged('paid_card', change)
  } catch (error) {
    assert.ok(error instanceof Refused)
    assert.equal(error.code, 'unreadable-order')
    return error.remedy
  }
  return assert.fail('the order was read')
}

describe('an unusual WooCommerce order', () => {
  it('has its names decoded exactly once', () => {
    const order = readChanged('coupons_fee_bank_transfer', (raw) => {
      raw.line_items[0].name = 'Vis &amp; boulons &lt;b&gt; l&#039;unit&eacute; &#x1F527; &amp;eacute; & co &nope;'
      raw.shipping_lines[0].method_title = 'Point &laquo; relais &raquo;'
      raw.fee_lines[0].name = 'Carte &amp; ruban'
    })
    assert.equal(order.lines[0]?.name, "Vis & boulons <b> l'unité 🔧 &eacute; & co &nope;")
    assert.equal(order.shippingMethod?.name, 'Point « relais »')
    assert.deepEqual(order.lines[3]?.code, 'Carte & ruban')
    assert.equal(decodeEntities('&euro;&nbsp;&ndash; &#0; &#1114112;'), '€\u00a0– &#0; &#1114112;')
  })

  it('names its pickup point and company numbers in the metas of plug-ins', () => {
    const order = readChanged('paid_card', (raw) => {
      raw.meta_data.push(
        { id: 90, key: '_lpc_meta_pickUpLocationId', value: '698745' },
        { id: 91, key: '_lpc_meta_pickUpProductCode', value: 'A2P' },
        { id: 92, key: '_lpc_meta_pickUpLocationLabel', value: 'TABAC DE LA GARE' },
        { id: 93, key: '_billing_siren', value: 842517393 },
        { id: 94, key: 'strange', value: { deep: [1] } },
      )
    })
    assert.deepEqual(order.pickupPoint, { id: '698745', network: 'A2P', name: 'TABAC DE LA GARE' })
    assert.equal(order.customer.siren, '842517393')
  })

  it('keeps a price raised by hand as the price', () => {
    const order = readChanged('paid_card', (raw) => {
      Object.assign(raw.line_items[0], { total: '40.00', total_tax: '8.00' })
    })
    const [line] = order.lines
    assert.deepEqual([line?.gross, line?.vat, line?.discount, line?.discountVat], [4800, 800, 0, 0])
  })

  it('has no payment when it is free or not yet paid, and one id with or without a transaction', () => {
    const free = readChanged('paid_card', (raw) => Object.assign(raw, { total: '0.00' }))
    assert.deepEqual(free.payments, [])
    const cash = readChanged('paid_card', (raw) => Object.assign(raw, { payment_method: 'cod', transaction_id: '' }))
    assert.deepEqual(
      cash.payments.map((p) => [p.id, p.transactionId]),
      [['payment-1', null]],
    )
  })

  it('reads amounts in any number of decimals and rates as numbers or texts', () => {
    const order = readChanged('paid_card', (raw) => {
      Object.assign(raw.line_items[0], { subtotal: '37.037034', total: '37.037034' })
      raw.tax_lines[0].rate_percent = '8.5000'
      raw.tax_lines[1].rate_percent = 2.1
      raw.line_items[1].taxes.unshift({ id: 1, total: '', subtotal: '' })
    })
    assert.equal(order.lines[0]?.gross, 4445)
    assert.deepEqual(
      order.lines.map((line) => line.vatRate),
      ['8.50', '2.10', '8.50'],
    )
  })

  it('that cannot be read is refused by the name of its field, without its content', () => {
    assert.match(
      refusalOf((raw) => Object.assign(raw.line_items[1], { subtotal: 'gratuit' })),
      /line_items\.1\.subtotal/,
    )
    assert.match(
      refusalOf((raw) => Object.assign(raw.line_items[0], { quantity: 0.5 })),
      /line_items\.0\.quantity/,
    )
    assert.match(
      refusalOf((raw) => Object.assign(raw.line_items[0], { taxes: [{ id: 7, total: '1' }] })),
      /line_items\.0\.taxes/,
    )
    const remedy = refusalOf((raw) => Object.assign(raw.billing, { email: ['lea@example.org'] }))
    assert.match(remedy, /billing\.email/)
    assert.doesNotMatch(remedy, /lea@/)
  })
})

describe('a tracking note', () => {
  it('is worded as recorded, with the carrier as people write it', () => {
    const notes = JSON.parse(readFileSync(new URL('../fixtures/woocommerce/order_notes.json', import.meta.url), 'utf8'))
    const tracking = { trackingNumber: '6A12345678901', trackingUrl: 'https://track.example.test/6A12345678901' }
    assert.equal(trackingNote({ carrier: 'COLISSIMO', ...tracking }), notes[1].note)
    assert.match(trackingNote({ carrier: 'DHL', ...tracking }), /remis à DHL :/)
    assert.match(trackingNote({ carrier: 'MONDIAL_RELAY', ...tracking }), /remis à Mondial Relay :/)
  })

  it('is known by its whole number only', () => {
    const note = trackingNote({ carrier: 'DHL', trackingNumber: '6A1234-5', trackingUrl: 'https://t.test/?n=6A1234-5' })
    assert.ok(namesTracking(note, '6A1234-5'))
    for (const other of ['6A123', 'A1234-5', '6A1234.5', '1234-56']) assert.ok(!namesTracking(note, other), other)
  })
})
