import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { LabelRequest } from '../../../../activities/carriers/carrier.ts'
import { Refused } from '../../../../domain/failures.ts'
import { isRefused } from './buying.ts'
import { type CarrierHarness, PEOPLE, parcelOf, requestFor, useGround } from './harness.ts'

/** What no carrier takes is refused before anything is bought, naming the field; what can be fitted is fitted. */
export function checkLimits(harness: CarrierHarness): void {
  const ground = useGround(harness)
  const to = (recipient: Partial<LabelRequest['recipient']>): LabelRequest =>
    requestFor(harness, { recipient: { ...PEOPLE.france, ...recipient } })

  async function assertTaken(request: LabelRequest): Promise<string> {
    ground.heard.splice(0)
    await ground.carrier.checkLabels(request)
    await ground.carrier.createLabels(request)
    assert.equal(ground.sold(request.reference), 1)
    return ground.heard.map(({ body }) => body).join('\n')
  }

  async function assertRefused(request: LabelRequest, says: RegExp, code?: string): Promise<void> {
    const seen = await ground.carrier.checkLabels(request).then(
      () => assert.fail('it was taken'),
      (error: unknown) => error,
    )
    assert.ok(isRefused(code)(seen), String(seen))
    assert.match((seen as Refused).remedy, says)
    assert.equal(ground.sold(request.reference), 0)
  }

  it('a long address is laid out anew: no word is lost', async () => {
    const words = 'Residence Les Grands Chenes Batiment Montgolfier Escalier Septentrional Appartement 1207'.split(' ')
    const request = to({ lines: [words.slice(0, 6).join(' '), words.slice(6).join(' ')] })
    if (harness.services.home.length === 0) return
    const fits = await ground.carrier.checkLabels(request).then(
      () => true,
      (error: unknown) => !(error instanceof Refused && error.code === 'address-refused'),
    )
    if (!fits) return // two lines of 38 characters cannot hold it: that is said, not cut
    const body = await assertTaken(request)
    for (const word of words) assert.match(body, new RegExp(word, 'i'))
  })

  it('an address that no line holds is refused, naming it', async () => {
    const line = 'Avenue du Marechal de Lattre de Tassigny et des Anciens Combattants'
    await assertRefused(to({ lines: [line, line, line, line, line] }), /adresse|rue|ligne/i, 'address-refused')
  })

  it('an address without a street or a city is refused', async () => {
    await assertRefused(to({ lines: [''] }), /adresse|rue|ligne/i, 'address-refused')
    await assertRefused(to({ city: '' }), /ville/i, 'address-refused')
  })

  it('letters that the carrier does not take are spelled for it', async () => {
    const body = await assertTaken(to({ lastName: 'Łukaszewicz-Œuvré', lines: ['3 impasse de l’Orée « Ćwik »'] }))
    assert.match(body, /ukaszewicz/i)
    assert.doesNotMatch(body, /[ŁĆ«»]/)
  })

  it('a name in other letters alone is refused: nobody could read the label', async () => {
    await assertRefused(to({ lastName: '王', firstName: '小明', company: null }), /nom|société/i, 'address-refused')
  })

  for (const [what, weight] of [
    ['nothing', 0],
    ['more than the carrier lifts', 4_000_000],
  ] as const) {
    it(`a parcel that weighs ${what} is refused`, async () => {
      const request = requestFor(harness)
      await assertRefused({ ...request, parcels: [{ ...parcelOf(request.reference, 1), weight }] }, /poids|kg/i)
    })
  }

  it('a product that does not exist is refused', async () => {
    await assertRefused(requestFor(harness, { service: 'ZZZ' }), /ZZZ|produit|service/i)
  })

  it('a wrong login is refused, and its secret is in no message', async () => {
    const stranger = ground.open({ login: 'wrong' })
    const request = requestFor(harness)
    const error = await stranger.createLabels(request).then(
      () => assert.fail('it was taken'),
      (reason: unknown) => reason,
    )
    assert.ok(isRefused('login-refused')(error), String(error))
    assert.doesNotMatch(`${error}${(error as Refused).remedy}`, /wrong|mauvais-secret/)
    assert.equal(ground.sold(request.reference), 0)
  })
}
