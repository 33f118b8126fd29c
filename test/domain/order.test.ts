import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitLines } from '../../domain/address.ts'
import { mayFollow, NEXT_STATES, ORDER_LABELS, type OrderState } from '../../domain/order.ts'
import { isFinal, parcelReference, replaces, TRACKING_LABELS, type TrackingStatus } from '../../domain/shipment.ts'

const states = Object.keys(NEXT_STATES) as OrderState[]
const anyState = fc.constantFrom(...states)

test('every state has a label, and every life can end', () => {
  assert.deepEqual(Object.keys(ORDER_LABELS).sort(), [...states].sort())
  for (const state of states) {
    const reached = new Set<OrderState>([state])
    for (const s of reached) for (const next of NEXT_STATES[s]) reached.add(next)
    assert.ok(reached.has('closed') || reached.has('cancelled'), `${state} never ends`)
  }
})

test('an ended order never moves again, and nothing returns to where it was before the ERP', () => {
  fc.assert(
    fc.property(fc.array(anyState), (wanted) => {
      let state: OrderState = 'received'
      let ended = false
      for (const next of wanted) {
        if (!mayFollow(state, next)) continue
        assert.ok(!ended, `${state} was an end`)
        assert.notEqual(next, 'received')
        state = next
        ended = state === 'closed' || state === 'cancelled'
      }
    }),
  )
})

test('an order that was shipped is not cancelled any more', () => {
  for (const state of ['shipped', 'delivered', 'invoiced'] as const) assert.equal(mayFollow(state, 'cancelled'), false)
})

test('a delivered or returned parcel is never overwritten by an older word', () => {
  const any = fc.constantFrom(...(Object.keys(TRACKING_LABELS) as TrackingStatus[]))
  fc.assert(fc.property(any, any, (known, read) => !isFinal(known) || !replaces(known, read)))
})

test('a parcel reference is unique per parcel and fits the carriers', () => {
  const part = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
  fc.assert(
    fc.property(
      part,
      fc.nat(99_999_999),
      fc.nat(999_999),
      fc.integer({ min: 1, max: 99 }),
      (site, webId, note, rank) => {
        const of = (r: number, generation = 0) =>
          parcelReference({
            site,
            webId: String(webId),
            deliveryNote: `BL26-${String(note).padStart(6, '0')}`,
            rank: r,
            generation,
          })
        assert.match(of(rank), /^[A-Za-z0-9-]{1,30}$/)
        assert.notEqual(of(rank), of(rank + 1))
        assert.notEqual(of(rank), of(rank, 1))
      },
    ),
  )
})

test('street lines are laid out without losing a word, or not at all', () => {
  const word = fc.stringMatching(/^[A-Za-zéè']{1,20}$/)
  fc.assert(
    fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (lines) => {
      const given = lines.map((words) => words.join(' '))
      const fitted = fitLines(given, { count: 4, width: 35 })
      if (!fitted) return
      assert.ok(fitted.length <= 4 && fitted.every((line) => line.length <= 35))
      assert.equal(fitted.join(' '), given.join(' '))
    }),
  )
})
