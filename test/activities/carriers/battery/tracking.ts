import assert from 'node:assert/strict'
import { afterEach, it } from 'node:test'
import type { Label } from '../../../../activities/carriers/carrier.ts'
import { Unavailable } from '../../../../domain/failures.ts'
import { isFinal, type TrackingStatus } from '../../../../domain/shipment.ts'
import { type CarrierHarness, requestFor, useGround } from './harness.ts'

const HAPPY: TrackingStatus[] = ['announced', 'taken', 'in-transit', 'out-for-delivery', 'delivered']

/** Where a parcel is, in our words, whatever the carrier's codes. */
export function checkTracking(harness: CarrierHarness): void {
  const ground = useGround(harness)
  afterEach(() => ground.sandbox.faults.clear())
  const buy = async (): Promise<Label> => (await ground.carrier.createLabels(requestFor(harness))).labels[0] as Label
  const statusOf = async (label: Label) => (await ground.carrier.trackParcels([label]))[0]

  async function follow(label: Label): Promise<TrackingStatus[]> {
    const seen: TrackingStatus[] = []
    for (let i = 0; i < 12; i += 1) {
      const event = await statusOf(label)
      if (event && event.status !== seen.at(-1)) seen.push(event.status)
      ground.sandbox.advance(label.trackingNumber)
    }
    return seen
  }

  it('goes from announced to delivered, one step after the other, and stays there', async () => {
    const seen = await follow(await buy())
    assert.deepEqual(
      seen.filter((status) => HAPPY.includes(status)),
      seen,
    )
    assert.deepEqual(
      seen,
      HAPPY.filter((status) => seen.includes(status)),
    )
    assert.equal(seen.at(-1), 'delivered')
    assert.ok(seen.length >= 4, seen.join())
  })

  for (const [journey, status] of [
    ['incident', 'incident'],
    ['pickup', 'at-pickup-point'],
    ['returned', 'returned'],
  ] as const) {
    it(`a parcel of the journey "${journey}" shows "${status}"`, async () => {
      const label = await buy()
      ground.sandbox.send(label.trackingNumber, journey)
      assert.ok((await follow(label)).includes(status))
    })
  }

  it('an event has a moment with its zone, and a label to read', async () => {
    const label = await buy()
    ground.sandbox.advance(label.trackingNumber)
    const event = await statusOf(label)
    assert.match(event?.at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    assert.ok(Math.abs(Date.parse(event?.at ?? '') - Date.now()) < 7_200_000, 'the zone is right')
    assert.ok((event?.label ?? '').trim().length > 0)
    assert.equal(isFinal(event?.status ?? 'announced'), false)
  })

  it('a number that nobody knows is left out, the others are told', async () => {
    const label = await buy()
    ground.sandbox.advance(label.trackingNumber)
    const unknown = {
      trackingNumber: label.trackingNumber.replace(/\d(?=\D*$)/, (d) => String((Number(d) + 5) % 10)),
      pieceNumber: null,
    }
    const events = await ground.carrier.trackParcels([unknown, label])
    assert.deepEqual(
      events.map(({ trackingNumber }) => trackingNumber),
      [label.trackingNumber],
    )
    assert.deepEqual(await ground.carrier.trackParcels([unknown]), [])
    assert.deepEqual(await ground.carrier.trackParcels([]), [])
  })

  it('as many as it says are asked for at once', async () => {
    const { trackingBatch } = ground.carrier.abilities
    const labels = await Promise.all(Array.from({ length: Math.min(trackingBatch, 25) }, buy))
    for (const { trackingNumber } of labels) ground.sandbox.advance(trackingNumber)
    const events = await ground.carrier.trackParcels(labels)
    assert.deepEqual(
      events.map(({ trackingNumber }) => trackingNumber).sort(),
      labels.map(({ trackingNumber }) => trackingNumber).sort(),
    )
  })

  for (const fault of [{ status: 500 }, { status: 429 }, { drop: 'before' }, { cut: true }] as const) {
    it(`asked in vain (${JSON.stringify(fault)}), it is asked again later`, async () => {
      const label = await buy()
      ground.sandbox.faults.add({ match: harness.calls.track, times: 20, ...fault })
      await assert.rejects(ground.open().trackParcels([label]), Unavailable)
    })
  }
}
