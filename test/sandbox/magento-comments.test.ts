import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { note, useDesk } from './magento-desk.ts'

const { desk, open, call, orderOf, place } = useDesk()

describe('the status of a comment', () => {
  const comment = (id: string, status?: string) =>
    call('POST', `/orders/${id}/comments`, { statusHistory: { ...note, ...(status ? { status } : {}) } })

  it('is wiped by 2.4.6 when it is missing; any text is taken', async () => {
    await open('2.4.6')
    const id = place('paid-card')
    assert.equal((await comment(id, 'anything')).status, 200)
    assert.equal((await orderOf(id)).status, 'anything')
    assert.equal((await comment(id)).status, 200)
    assert.equal('status' in (await orderOf(id)), false)
    assert.deepEqual(desk.shop.counters(), {
      'order-status': { [`${id}:anything`]: 1, [`${id}:wiped`]: 1 },
      'order-note': { [`${id}:Bonjour`]: 2 },
    })
  })

  it('may only be the same on 2.4.7', async () => {
    await open('2.4.7')
    const id = place('paid-card')
    assert.equal((await comment(id, 'fraud')).status, 400)
    assert.equal((await comment(id)).status, 200)
    assert.equal((await orderOf(id)).status, 'processing')
  })

  it('may be another of the current state on 2.4.8', async () => {
    await open('2.4.8')
    const id = place('paid-card')
    assert.equal((await comment(id, 'complete')).status, 400)
    assert.equal((await comment(id, 'fraud')).status, 200)
    const { state, status } = await orderOf(id)
    assert.deepEqual([state, status], ['processing', 'fraud'])
    assert.deepEqual(desk.shop.order(id).comments, ['Bonjour'])
  })
})
