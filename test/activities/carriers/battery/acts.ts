import assert from 'node:assert/strict'
import { it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Label } from '../../../../activities/carriers/carrier.ts'
import { isRefused } from './buying.ts'
import { type CarrierHarness, PEOPLE, requestFor, today, useGround } from './harness.ts'

/** What operators do with labels: each works, or the carrier says that it is not offered. */
export function checkActs(harness: CarrierHarness): void {
  const ground = useGround(harness)
  const buy = async (): Promise<Label> => (await ground.carrier.createLabels(requestFor(harness))).labels[0] as Label

  it('a label is given up, and a repeat of it harms nothing', async () => {
    const { trackingNumber } = await buy()
    if (!ground.carrier.abilities.voids)
      return assert.rejects(ground.carrier.voidLabel(trackingNumber), isRefused('not-offered'))
    await ground.carrier.voidLabel(trackingNumber)
    await ground.carrier.voidLabel(trackingNumber)
    assert.equal(ground.sandbox.labels().find((one) => one.trackingNumber === trackingNumber)?.voided, true)
  })

  it('a label whose parcel was taken over is not given up', async () => {
    if (!ground.carrier.abilities.voids) return
    const { trackingNumber } = await buy()
    ground.sandbox.advance(trackingNumber)
    ground.sandbox.advance(trackingNumber)
    await assert.rejects(ground.carrier.voidLabel(trackingNumber), isRefused('label-taken'))
  })

  it('a manifest of some parcels is a paper with a number', async () => {
    const labels = [await buy(), await buy()]
    const numbers = labels.map(({ trackingNumber }) => trackingNumber)
    if (ground.carrier.abilities.manifestBatch === null)
      return assert.rejects(ground.carrier.makeManifest(numbers), isRefused('not-offered'))
    const { number, pdf } = await ground.carrier.makeManifest(numbers)
    assert.ok(number.length > 0)
    assert.ok((await PDFDocument.load(pdf)).getPageCount() >= 1)
  })

  it('pickup points near an address: nearest first, each with a name and a place', async () => {
    const asked = {
      near: PEOPLE.france,
      weight: 1200,
      shipOn: today(),
      service: harness.services.pickup ?? harness.services.home,
    }
    if (!ground.carrier.abilities.findsPickupPoints)
      return assert.rejects(ground.carrier.findPickupPoints(asked), isRefused('not-offered'))
    const places = await ground.carrier.findPickupPoints(asked)
    assert.ok(places.length > 0)
    for (const { id, name, city, postalCode } of places) assert.ok(id && name && city && postalCode)
    const far = places.map(({ distance }) => distance ?? 0)
    assert.deepEqual(
      far,
      [...far].sort((a, b) => a - b),
    )
  })

  it('a courier is called, or it is said that none comes', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const asked = { day: tomorrow, from: '15:00', until: '18:00', parcels: 3, weight: 4200 }
    if (!ground.carrier.abilities.fetches)
      return assert.rejects(ground.carrier.requestPickup(asked), isRefused('not-offered'))
    const { number } = await ground.carrier.requestPickup(asked)
    assert.ok(number.length > 0)
  })
}
