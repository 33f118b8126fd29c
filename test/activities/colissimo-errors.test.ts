import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertDone, meaningOf } from '../../activities/carriers/colissimo/errors.ts'
import { type FailureCode, Refused } from '../../domain/failures.ts'
import { rowsOf } from './colissimo-samples.ts'
import { refused, unavailable } from './outcomes.ts'

const nothing = { parcelNumber: null, label: null, cn23: null, bordereauNumber: null, deliveryPaper: null }
const replied = (id: string) => ({ status: 400, messages: [{ id, messageContent: 'Message' }], ...nothing })

/** What each class of the contract may become for a person. */
const CODES: Record<string, FailureCode[]> = {
  auth: ['login-refused'],
  customs: ['customs-incomplete'],
  config: ['refused'],
  state: ['refused'],
  input: ['refused', 'address-refused', 'not-offered'],
}

test('every error code of the label service has its meaning', () => {
  const rows = rowsOf('error-codes.csv').filter(({ service }) => service === 'sls')
  assert.equal(rows.length, 164)
  for (const { code = '', class: kind = '' } of rows) {
    const done = () => assertDone(replied(code), { buys: true })
    if (kind === 'warning') assert.throws(done, refused('refused', /HTTP 400/))
    else if (kind === 'transient') assert.throws(done, unavailable(false))
    else {
      const { code: ours } = meaningOf(code) ?? {}
      assert.ok(ours && CODES[kind]?.includes(ours), `${code} ${kind} ${ours}`)
      assert.throws(done, refused(ours, new RegExp(`${code} Message`)), code)
    }
  }
})

test('what a person can mend is told apart', () => {
  const cases: Record<string, FailureCode> = {
    ...{
      '30200': 'address-refused',
      '30211': 'address-refused',
      '30401': 'address-refused',
      '30600': 'address-refused',
    },
    ...{ '30213': 'not-offered', '30015': 'not-offered', '40013': 'not-offered' },
    ...{ '30107': 'refused', '30300': 'refused', '30701': 'refused', '50031': 'refused', '99999': 'refused' },
  }
  for (const [id, code] of Object.entries(cases))
    assert.throws(() => assertDone(replied(id), { buys: true }), refused(code), id)
  assert.throws(
    () => assertDone(replied('30107'), { buys: true }),
    (error) =>
      error instanceof Refused && error.remedy.startsWith("30107 Message (adresse de l'expéditeur, à corriger)"),
  )
})
