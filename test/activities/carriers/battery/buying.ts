import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Refused } from '../../../../domain/failures.ts'
import { type CarrierHarness, newReference, PEOPLE, parcelOf, requestFor, useGround, worldRequest } from './harness.ts'

/** What is asked for arrives as the carrier's schema wants it, and one label a parcel comes back. */
export function checkBuying(harness: CarrierHarness): void {
  const ground = useGround(harness)
  const { services } = harness

  function assertValid(): void {
    const faults = ground.heard.splice(0).flatMap((heard) => harness.faultOf(heard) ?? [])
    assert.deepEqual(faults, [])
  }

  it('says what it can do', () => {
    const { abilities } = ground.carrier
    assert.ok(abilities.parcelsPerPurchase >= 1 && abilities.trackingBatch >= 1)
    assert.ok(abilities.formats.includes('pdf-10x15'))
  })

  it('a dry run buys nothing', async () => {
    const request = requestFor(harness)
    await ground.carrier.checkLabels(request)
    assertValid()
    assert.equal(ground.sold(request.reference), 0)
  })

  it('a parcel home: one label, its number, its link, our reference', async () => {
    const request = requestFor(harness)
    const { labels } = await ground.carrier.createLabels(request)
    const bought = ground.heard.map(({ body }) => body).join('\n')
    for (const word of [...harness.homeWords, new RegExp(request.reference)]) assert.match(bought, word)
    assertValid()
    assert.equal(labels.length, 1)
    const [label] = labels
    assert.equal(label?.reference, request.reference)
    assert.match(label?.trackingUrl ?? '', new RegExp(`^https://.*${label?.trackingNumber}`))
    assert.equal(ground.sold(request.reference), 1)
    assert.equal(
      ground.sandbox.labels().find(({ reference }) => reference === request.reference)?.trackingNumber,
      label?.trackingNumber,
    )
  })

  it('a parcel to Germany needs no customs form', async () => {
    const request = requestFor(harness, { service: services.europe, recipient: PEOPLE.germany })
    const { labels } = await ground.carrier.createLabels(request)
    assertValid()
    assert.equal(labels.length, 1)
  })

  it('a parcel to Switzerland carries its customs declaration', async () => {
    const request = worldRequest(harness)
    await ground.carrier.checkLabels(request)
    const { labels } = await ground.carrier.createLabels(request)
    assert.match(ground.heard.map(({ body }) => body).join('\n'), /34011100/)
    assertValid()
    assert.equal(labels.length, 1)
  })

  it('a parcel to Switzerland without its declaration is refused before anything is bought', async () => {
    const request = { ...worldRequest(harness), customs: null }
    await assert.rejects(ground.carrier.checkLabels(request), isRefused('customs-incomplete'))
    assert.equal(ground.sold(request.reference), 0)
    ground.heard.splice(0)
  })

  it('a parcel to a pickup point carries the point', async () => {
    if (!services.pickup) return
    const request = requestFor(harness, { service: services.pickup, pickupPoint: harness.pickupPoint })
    await ground.carrier.checkLabels(request)
    await ground.carrier.createLabels(request)
    assert.match(ground.heard.map(({ body }) => body).join('\n'), new RegExp(harness.pickupPoint.id))
    assertValid()
    assert.equal(ground.sold(request.reference), 1)
  })

  it('a pickup product without a point is refused', async () => {
    if (!services.pickup) return
    const request = requestFor(harness, { service: services.pickup, pickupPoint: null })
    await assert.rejects(ground.carrier.checkLabels(request), isRefused())
    assert.equal(ground.sold(request.reference), 0)
    ground.heard.splice(0)
  })

  it('a parcel that comes back is sent by the customer to us', async () => {
    const request = requestFor(harness, { direction: 'return' })
    if (!ground.carrier.abilities.returns) {
      await assert.rejects(ground.carrier.createLabels(request), isRefused('not-offered'))
      return
    }
    const { labels } = await ground.carrier.createLabels(request)
    const body = ground.heard.at(-1)?.body ?? ''
    const all =
      ground.heard.map((one) => one.body).find((one) => one.includes('Menton') || one.includes('MENTON')) ?? body
    assertValid()
    assert.ok(all.search(/menton/i) < all.search(/lyon/i), 'the customer stands first, as the sender')
    assert.equal(labels.length, 1)
  })

  it('several parcels: one label each, under its own reference', async () => {
    const { parcelsPerPurchase } = ground.carrier.abilities
    const base = newReference()
    const references = [base, base.replace(/1$/, '2'), base.replace(/1$/, '3')].slice(0, parcelsPerPurchase)
    const parcels = references.map((reference, i) => parcelOf(reference, i + 1))
    const { labels } = await ground.carrier.createLabels(requestFor(harness, { reference: base, parcels }))
    assertValid()
    assert.deepEqual(
      labels.map(({ reference }) => reference),
      references,
    )
    for (const reference of references) assert.equal(ground.sold(reference), 1)
    const names = labels.map(({ trackingNumber, pieceNumber }) => `${trackingNumber}/${pieceNumber}`)
    assert.equal(new Set(names).size, references.length, 'each parcel can be told apart')
  })

  it('insured goods are told with their worth', async () => {
    if (!ground.carrier.abilities.insures) return
    const plain = requestFor(harness, { value: 14_000 })
    const insured = { ...requestFor(harness, { value: 14_000, insured: 14_000 }) }
    await ground.carrier.createLabels(plain)
    const without = bodies()
    await ground.carrier.createLabels(insured)
    assert.notEqual(bodies().replaceAll(insured.reference, ''), without.replaceAll(plain.reference, ''))
    assert.equal(ground.sold(insured.reference), 1)
  })

  it('the same request twice buys twice: whoever calls must not', async () => {
    const request = requestFor(harness)
    await ground.carrier.createLabels(request)
    await ground.carrier.createLabels(request)
    assert.equal(ground.sold(request.reference), 2)
    ground.heard.splice(0)
  })

  it('offers the product that is bought', async () => {
    const offers = await ground.carrier.offersFor(requestFor(harness))
    ground.heard.splice(0)
    assert.ok(offers.some(({ service }) => service === services.home))
    for (const { name, price } of offers) assert.ok(name.length > 0 && (price === null || Number.isInteger(price)))
  })

  const bodies = (): string =>
    ground.heard
      .splice(0)
      .map(({ body }) => body)
      .join('\n')
}

/** Checks for a `Refused`, of this code if one is given. */
export const isRefused =
  (code?: string) =>
  (error: unknown): boolean =>
    error instanceof Refused && (code === undefined || error.code === code)
