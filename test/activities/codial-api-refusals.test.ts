import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openCodialApi } from '../../activities/erp/codial-api/codial-api.ts'
import type { Erp } from '../../activities/erp/erp.ts'
import { type FailureCode, Refused, Unavailable } from '../../domain/failures.ts'
import { startAnswering } from './answering.ts'

const PROBLEM = { 'content-type': 'application/problem+json' }
let bridge: Awaited<ReturnType<typeof startAnswering>>
let erp: Erp

before(async () => {
  bridge = await startAnswering()
  erp = openCodialApi({ url: `${bridge.url}/v1`, token: 'jeton' })
})
after(() => bridge.close())

describe("Codial's refusals", () => {
  const codes: [number, string, FailureCode][] = [
    [401, 'jeton_refuse', 'login-refused'],
    [403, 'interdit', 'login-refused'],
    [404, 'inconnu', 'refused'],
    [409, 'cle_reutilisee', 'in-doubt'],
    [409, 'etat_interdit', 'state-forbidden'],
    [422, 'article_inconnu', 'unknown-item'],
    [422, 'tva_inconnue', 'unknown-vat-rate'],
    [422, 'mode_reglement_inconnu', 'unknown-payment-method'],
    [422, 'total_incoherent', 'totals-mismatch'],
    [422, 'mot_nouveau', 'refused'],
  ]
  const caught = async (): Promise<unknown> =>
    erp.cancelOrder({ number: 'CC1', reason: 'r', key: 'k' }).then(
      () => assert.fail('nothing was refused'),
      (error) => error,
    )

  for (const [status, code, expected] of codes) {
    it(`${code} is ${expected}`, async () => {
      const detail = `à voir avec lea@example.org ${'x'.repeat(200)}`
      bridge.answer({ status, headers: PROBLEM, body: { code, status, detail } })
      const error = await caught()
      assert.ok(error instanceof Refused)
      assert.equal(error.code, expected)
      assert.match(error.remedy, new RegExp(`Codial : ${code}, à voir avec … x{1,80} — `))
    })
  }

  it('champ_invalide names its field, and is an unknown carrier when it is the carrier', async () => {
    bridge.answer({ status: 422, headers: PROBLEM, body: { code: 'champ_invalide', champ: '/transporteur' } })
    assert.equal(((await caught()) as Refused).code, 'unknown-carrier')
    bridge.answer({ status: 422, headers: PROBLEM, body: { code: 'champ_invalide', champ: '/client/email' } })
    const error = (await caught()) as Refused
    assert.deepEqual([error.code, /champ \/client\/email/.test(error.remedy)], ['refused', true])
  })

  it('429, 503, a proxy page and a strange answer are waited for', async () => {
    const replies = [
      { status: 429, headers: { ...PROBLEM, 'retry-after': '2' }, body: { code: 'debit_limite' } },
      { status: 503, headers: { ...PROBLEM, 'retry-after': '2' }, body: { code: 'indisponible' } },
      { status: 200, body: '<html>proxy</html>' },
      { status: 302, body: '' },
      { status: 404, body: '<html>nginx</html>' },
      { status: 200, body: [] },
    ]
    for (const [i, reply] of replies.entries()) {
      bridge.answer(reply)
      const error = await caught()
      assert.ok(error instanceof Unavailable)
      assert.deepEqual([error.retryAfterMs, error.nothingHappened], [i < 2 ? 2000 : undefined, i === 0])
    }
    bridge.answer({ status: 401, body: 'no' })
    assert.equal(((await caught()) as Refused).code, 'login-refused')
  })
})
