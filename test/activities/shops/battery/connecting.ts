import assert from 'node:assert/strict'
import { it } from 'node:test'
import { inWorld, keepsSecrets, refuses, type ShopHarness } from './harness.ts'

/** The check of a connection, and keys that are not good enough. */
export function checkConnecting({ hasReadOnlyKeys = true, ...harness }: ShopHarness): void {
  it('a good connection is said to be good, in sentences, and nothing is written', () =>
    inWorld(harness, async ({ shop, sandbox, ...ground }) => {
      const { id } = sandbox.placeOrder({ template: harness.templates.paid, seed: 0 })
      const [shown, counters] = [sandbox.order(id), sandbox.counters()]
      const findings = await shop.checkConnection()
      assert.ok(findings.length >= 3, `${findings.length} findings`)
      assert.deepEqual(
        findings.filter(({ ok }) => !ok),
        [],
      )
      for (const { sentence } of findings) assert.match(sentence, /^\p{Lu}.*\.$/u)
      assert.ok(findings.some(({ sentence }) => /\d+\.\d+/.test(sentence)))
      assert.deepEqual([sandbox.order(id), sandbox.counters()], [shown, counters])
      keepsSecrets({ shop, sandbox, ...ground }, JSON.stringify(findings))
    }))
  it('a bad key is a finding for the check, and a refusal everywhere else', () =>
    inWorld(
      harness,
      async (ground) => {
        const { shop, since } = ground
        const findings = await shop.checkConnection()
        assert.ok(findings.some(({ ok }) => !ok))
        keepsSecrets(ground, JSON.stringify(findings))
        await refuses(ground, () => shop.readChangedOrders({ since, page: null }), 'login-refused')
        await refuses(ground, () => shop.readOrder('1'), 'login-refused')
        const comment = { webId: '1', text: 'Bonjour', forCustomer: false }
        await refuses(ground, () => shop.pushComment(comment), 'login-refused')
      },
      { login: 'bad' },
    ))
  it('a key that only reads is found, reads, and does not write', { skip: !hasReadOnlyKeys }, () =>
    inWorld(
      harness,
      async (ground) => {
        const { shop, sandbox } = ground
        const { id: webId } = sandbox.placeOrder({ template: harness.templates.paid, seed: 0 })
        const findings = await shop.checkConnection()
        assert.ok(findings.some(({ ok }) => !ok) && findings.some(({ ok }) => ok))
        assert.equal((await shop.readOrder(webId)).webId, webId)
        const status = harness.words.complete
        await refuses(ground, () => shop.pushStatus({ webId, status }), 'login-refused')
        assert.equal(sandbox.order(webId).status, harness.words.imported)
      },
      { login: 'read-only' },
    ),
  )
  it('a shop that does not answer is a finding too', () =>
    inWorld(harness, async (ground) => {
      ground.sandbox.faults.add({ match: '.', drop: 'before', times: 100 })
      const findings = await ground.shop.checkConnection()
      assert.ok(findings.some(({ ok }) => !ok))
      keepsSecrets(ground, JSON.stringify(findings))
    }))
}
