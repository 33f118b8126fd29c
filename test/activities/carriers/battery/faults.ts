import assert from 'node:assert/strict'
import { afterEach, it } from 'node:test'
import { Unavailable } from '../../../../domain/failures.ts'
import type { Fault } from '../../../../sandbox/kit.ts'
import { type CarrierHarness, requestFor, useGround } from './harness.ts'
import { openRecorder } from './recorder.ts'

const PAGE = { contentType: 'text/html', body: '<html><body>Service momentanément indisponible</body></html>' }

interface Case {
  name: string
  fault: Omit<Fault, 'match'>
  /** True when it is proven that nothing was bought. */
  nothingHappened: boolean
  /** Labels that the carrier counts afterwards. */
  bought: number
}

/** A purchase that goes wrong on the way: what is known of it, and what the carrier counted. */
const CASES: Case[] = [
  { name: 'cut before it arrives', fault: { drop: 'before' }, nothingHappened: false, bought: 0 },
  { name: 'its reply lost', fault: { drop: 'after' }, nothingHappened: false, bought: 1 },
  { name: 'half of its reply', fault: { cut: true }, nothingHappened: false, bought: 1 },
  { name: '429', fault: { status: 429, headers: { 'retry-after': '7' } }, nothingHappened: true, bought: 0 },
  { name: '500 without words', fault: { status: 500, body: '' }, nothingHappened: false, bought: 0 },
  { name: "503 with a host's page", fault: { status: 503, ...PAGE }, nothingHappened: false, bought: 0 },
  { name: "200 with a host's page", fault: { status: 200, ...PAGE }, nothingHappened: false, bought: 0 },
]

/** Money and doubt: no fault is taken for a purchase, and none that may be one is taken for nothing. */
export function checkFaults(harness: CarrierHarness): void {
  const ground = useGround(harness)
  afterEach(() => ground.sandbox.faults.clear())

  for (const { name, fault, nothingHappened, bought } of CASES) {
    it(`buying: ${name}`, async () => {
      const request = requestFor(harness)
      ground.sandbox.faults.add({ match: harness.calls.buy, ...fault })
      const error = await ground
        .open()
        .createLabels(request)
        .then(
          () => assert.fail('a label came back'),
          (reason: unknown) => reason,
        )
      assert.ok(error instanceof Unavailable, String(error))
      assert.equal(error.nothingHappened, nothingHappened)
      if (fault.headers) assert.equal(error.retryAfterMs, 7_000)
      assert.equal(ground.sold(request.reference), bought)
      ground.sandbox.faults.clear()
      const found = await ground.carrier.findLabels(request)
      if (ground.carrier.abilities.findsWithin === null) assert.equal(found, 'unknown')
      else if (bought === 0) assert.equal(found, 'absent')
      else
        assert.equal(typeof found === 'object' && found.trackingNumber, ground.sandbox.labels().at(-1)?.trackingNumber)
    })
  }

  it('nobody at the door: surely nothing was bought', async () => {
    const closed = await openRecorder('http://127.0.0.1')
    await closed.close()
    const nobody = ground.open({ url: closed.url })
    await assert.rejects(
      nobody.createLabels(requestFor(harness)),
      (error: unknown) => error instanceof Unavailable && error.nothingHappened,
    )
  })

  for (const fault of [{ status: 500 }, { drop: 'after' }, { cut: true }, { status: 503, ...PAGE }] as const) {
    it(`a dry run that fails (${JSON.stringify(fault).slice(0, 30)}) is only tried again`, async () => {
      if (harness.calls.dryRun === null) return
      const request = requestFor(harness)
      ground.sandbox.faults.add({ match: harness.calls.dryRun, ...fault })
      await assert.rejects(ground.open().checkLabels(request), Unavailable)
      assert.equal(ground.sold(request.reference), 0)
    })
  }

  it('a look-up that fails says neither absent nor found', async () => {
    if (harness.calls.find === null) return
    const request = requestFor(harness)
    await ground.carrier.createLabels(request)
    ground.sandbox.faults.add({ match: harness.calls.find, status: 500, times: 5 })
    await assert.rejects(ground.open().findLabels(request), Unavailable)
  })
}
