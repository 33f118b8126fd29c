import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Carrier } from '../../activities/carriers/carrier.ts'
import { openColissimo } from '../../activities/carriers/colissimo/colissimo.ts'
import { guardLogin } from '../../activities/carriers/login-guard.ts'
import { Refused } from '../../domain/failures.ts'
import { startColissimo } from '../../sandbox/carriers/colissimo/server.ts'
import { SENDER } from './carriers/battery/harness.ts'
import { openRecorder } from './carriers/battery/recorder.ts'

let sandbox: Awaited<ReturnType<typeof startColissimo>>
let recorder: Awaited<ReturnType<typeof openRecorder>>
before(async () => {
  sandbox = await startColissimo({ apiKey: 'key', okapiKey: 'okapi' })
  recorder = await openRecorder(sandbox.url)
})
after(async () => {
  await recorder.close()
  await sandbox.close()
})

const open = (apiKey: string): Carrier => {
  const { url } = recorder
  const access = { url: `${url}/sls-ws/SlsServiceWSRest/3.1`, trackingUrl: `${url}/suivi/v2`, pickupUrl: url }
  return openColissimo({
    login: { carrier: 'COLISSIMO', apiKey, okapiKey: apiKey, ...access },
    sender: SENDER,
    format: 'pdf-10x15',
  })
}

test('a refused login is tried once, not once an order; after five minutes it is tried again', async () => {
  let clock = 0
  const carrier = guardLogin(open('mauvais-secret'), { now: () => clock })
  const isRefused = (error: unknown) => error instanceof Refused && error.code === 'login-refused'
  const parcel = [{ trackingNumber: '6A15984040331', pieceNumber: null }]
  for (let order = 0; order < 5; order += 1) await assert.rejects(carrier.trackParcels(parcel), isRefused)
  assert.equal(recorder.heard.length, 1)
  clock += 5 * 60_000
  await assert.rejects(carrier.trackParcels(parcel), isRefused)
  assert.equal(recorder.heard.length, 2)
})
