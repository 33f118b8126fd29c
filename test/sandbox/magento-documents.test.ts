import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { note, track, useDesk } from './magento-desk.ts'

const { desk, open, call, orderOf, refusal, later, place } = useDesk()

describe('documents', () => {
  it('ships in parts, and is complete when everything is invoiced and shipped', async () => {
    await open()
    const id = place('coupons-fee-bank-transfer')
    const [first, second] = (await orderOf(id)).items
    assert.ok(first && second)
    later(5)
    const part = { items: [{ order_item_id: first.item_id, qty: 2 }], tracks: [{ ...track, track_number: 'A1' }] }
    assert.equal((await call('POST', `/order/${id}/ship`, part)).status, 200)
    const shipped = await orderOf(id)
    assert.deepEqual([shipped.state, shipped.updated_at], ['processing', '2026-11-24 10:05:00'])
    assert.match(
      await refusal(`/order/${id}/ship`, part),
      /^Shipment Document .*\nWe found an invalid quantity to ship/,
    )
    const unknown = { items: [{ order_item_id: 999, qty: 1 }] }
    assert.match(await refusal(`/order/${id}/ship`, unknown), /We can not found item "999" in order/)
    assert.equal((await call('POST', `/order/${id}/invoice`, { capture: true })).status, 200)
    assert.equal((await orderOf(id)).state, 'processing')
    assert.equal((await call('POST', `/order/${id}/ship`, { items: [] })).status, 200)
    assert.equal((await orderOf(id)).state, 'complete')
    assert.deepEqual(desk.shop.counters()['order-status'], { [`${id}:shipped`]: 2, [`${id}:invoiced`]: 1 })
  })

  it('adds partial invoices and refunds up to the cent', async () => {
    await open()
    for (let seed = 1; seed <= 30; seed++) {
      const template = seed % 2 ? 'coupons-fee-bank-transfer' : 'free-shipping'
      const { id } = desk.shop.placeOrder({ template, seed })
      const [first] = (await orderOf(id)).items
      await call('POST', `/order/${id}/invoice`, { items: [{ order_item_id: first?.item_id, qty: 1 }] })
      await call('POST', `/order/${id}/invoice`, {})
      const { total, paid } = desk.shop.order(id)
      assert.equal(paid, true)
      await call('POST', `/order/${id}/refund`, { items: [{ order_item_id: first?.item_id, qty: 1 }] })
      desk.shop.refund(id)
      const refunded = desk.shop.order(id).refunds.map(({ amount }) => amount)
      assert.equal(
        refunded.reduce((a, b) => a + b, 0),
        total,
      )
      assert.equal(desk.shop.order(id).status, 'closed')
    }
  })

  it('lets the child of a configurable follow its parent, and a split bundle its children', async () => {
    await open()
    const [sized, box] = [place('configurable'), place('bundle')]
    const [parent, child] = (await orderOf(sized)).items
    assert.deepEqual([parent?.qty_invoiced, child?.qty_invoiced], [2, 2])
    const onlyChild = { items: [{ order_item_id: child?.item_id, qty: 1 }] }
    assert.match(await refusal(`/order/${sized}/ship`, onlyChild), /create a shipment without products/)
    const [, drill] = (await orderOf(box)).items
    await call('POST', `/order/${box}/ship`, { items: [{ order_item_id: drill?.item_id, qty: 1 }] })
    assert.deepEqual(
      (await orderOf(box)).items.map((item) => item.qty_shipped),
      [0, 1, 0],
    )
    await call('POST', `/order/${box}/ship`, {})
    const { items, state } = await orderOf(box)
    assert.deepEqual([items.map((item) => item.qty_shipped), state], [[1, 1, 2], 'complete'])
  })

  it('does not move the order for a comment of the same status, nor for one more track', async () => {
    await open()
    const id = place('paid-card')
    const ship = await call('POST', `/order/${id}/ship`, { tracks: [{ ...track, track_number: 'A1' }] })
    later(10)
    await call('POST', `/orders/${id}/comments`, { statusHistory: { ...note, status: 'complete' } })
    const entity = { order_id: Number(id), parent_id: Number(ship.body), weight: 0, qty: 1, description: '', ...track }
    for (const _ of [1, 2]) await call('POST', '/shipment/track', { entity: { ...entity, track_number: 'A2' } })
    assert.equal((await orderOf(id)).updated_at, '2026-11-24 10:00:00')
    assert.deepEqual(desk.shop.order(id).tracking, ['A1', 'A2', 'A2'])
    assert.deepEqual(desk.shop.counters()['order-tracking'], { [`${id}:A1`]: 1, [`${id}:A2`]: 2 })
    const foreign = { entity: { ...entity, parent_id: 99, track_number: 'A3' } }
    assert.equal(await refusal('/shipment/track', foreign), "The shipment doesn't belong to the order.")
  })
})

describe('bodies against the published schema', () => {
  it('refuses missing members, wrong types, unknown members and other content types', async () => {
    await open()
    const id = place('paid-card')
    const needed = '"%fieldName" is required. Enter and try again.'
    assert.equal(await refusal(`/orders/${id}/comments`, {}), needed)
    assert.equal(await refusal(`/orders/${id}/comments`, { statusHistory: { comment: 'x' } }), needed)
    assert.equal(await refusal(`/order/${id}/ship`, { items: [{ qty: 1 }] }), needed)
    assert.match(await refusal(`/order/${id}/ship`, { items: 'all' }), /type is invalid/)
    assert.match(await refusal(`/order/${id}/ship`, { items: [{ order_item_id: '1', qty: 1 }] }), /type is invalid/)
    const twisted = { tracks: [{ ...track, number: 'A1' }] }
    assert.match(await refusal(`/order/${id}/ship`, twisted), /Error occurred during "%fieldName" processing/)
    const source = { arguments: { extension_attributes: { source_code: 'lyon' } } }
    assert.equal(await refusal(`/order/${id}/ship`, source), 'Source with code "%value" does not exist.')
    const typed = await call('POST', `/order/${id}/ship`, {}, { 'Content-Type': 'text/plain' })
    assert.equal(typed.status, 400)
    assert.deepEqual(desk.shop.counters(), {})
  })
})
