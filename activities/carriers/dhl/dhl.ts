import type { LoginOf } from '../../../domain/carrier.ts'
import { Refused } from '../../../domain/failures.ts'
import type { TrackedParcel, TrackingEvent } from '../../../domain/shipment.ts'
import { type HttpReply, jsonOf } from '../../wire/http.ts'
import type { Carrier, CarrierAbilities, CarrierSetup, Found, LabelRequest } from '../carrier.ts'
import { type DhlClient, openClient } from './client.ts'
import { pickupOrder } from './collections.ts'
import { purchaseOf, trackingPage } from './documents.ts'
import { FORMATS, type Form, PIECES, shipmentOrder } from './mapping.ts'
import { parisDay } from './moments.ts'
import { offersOf, rateOrder } from './offers.ts'
import { placesOf, pointsQuery } from './pickup-points.ts'
import { assertDone, isNothingFound, refusesPaperless } from './problems.ts'
import { latestEvents } from './tracking.ts'
import { readBought, readCollection, readProblem, readRates, WHO } from './wire.ts'
import { readPoints } from './wire-points.ts'
import { type DhlTracked, readTracking } from './wire-tracking.ts'

const ABILITIES: CarrierAbilities = {
  parcelsPerPurchase: PIECES,
  trackingBatch: 100,
  manifestBatch: null,
  voids: false,
  findsWithin: 30 * 60_000,
  sharesNumber: true,
  reprints: false,
  findsPickupPoints: true,
  returns: true,
  insures: true,
  fetches: true,
  formats: FORMATS,
}

/** Opens DHL Express (MyDHL API 3.1); hand-over times are counted from `now`, and a call lasts `timeout` milliseconds at most. */
export function openDhl(
  setup: CarrierSetup<LoginOf<'DHL'>> & { now?: () => Date; timeout?: number | undefined },
): Carrier {
  const { login, sender, format, now = () => new Date(), timeout } = setup
  const client = openClient(login, timeout)
  const form = (): Form => ({ sender, format, account: login.account, now: now() })
  const notOffered = async (): Promise<never> => {
    throw new Refused('not-offered', 'DHL Express')
  }
  return {
    abilities: ABILITIES,
    trackingPage,
    async checkLabels(request) {
      const reply = await send({ client, request, form: form(), buys: false })
      assertDone(reply)
      if (reply.bytes.length > 0) jsonOf(reply, WHO) // a page of some other server has checked nothing
    },
    async createLabels(request) {
      const reply = await send({ client, request, form: form(), buys: true })
      assertDone(reply)
      return purchaseOf(readBought(reply), request)
    },
    findLabels: (request) => findShipment({ client, request, today: now() }),
    // `get-image` serves the waybill for our files, which is no label ("not to be attached"): the bytes of the purchase are the only ones.
    fetchLabels: async () => null,
    voidLabel: notOffered,
    async trackParcels(parcels) {
      return trackParcels(parcels, client)
    },
    makeManifest: notOffered,
    async findPickupPoints({ near, weight }) {
      const reply = await client.servicePoints(pointsQuery({ near, weight }))
      assertDone(reply)
      return placesOf(readPoints(reply), weight)
    },
    async offersFor(request) {
      const reply = await client.rates(rateOrder(request, form()))
      assertDone(reply)
      return offersOf(readRates(reply))
    },
    async requestPickup(o) {
      const reply = await client.requestPickup(pickupOrder(o, form()))
      assertDone(reply)
      const [number = ''] = readCollection(reply)
      return { number }
    },
  }
}

/** Sends an order, once more without paperless trade where the lane refuses that (7008): a refusal bought nothing. */
async function send(o: { client: DhlClient; request: LabelRequest; form: Form; buys: boolean }): Promise<HttpReply> {
  const { client, request, form, buys } = o
  const reply = await client.createShipment(shipmentOrder(request, { form, paperless: true }), { buys })
  if (!refusesPaperless(reply)) return reply
  return client.createShipment(shipmentOrder(request, { form, paperless: false }), { buys })
}

/** Looks for our reference from ten days before the hand-over, the longest that DHL lets plan ahead, until tomorrow. */
async function findShipment(o: { client: DhlClient; request: LabelRequest; today: Date }): Promise<Found | 'absent'> {
  const { reference, shipOn } = o.request
  const [first = shipOn, last = shipOn] = [shipOn, parisDay(o.today)].sort()
  const [from, until] = [parisDay(new Date(first), -10), parisDay(new Date(last), 1)]
  const reply = await o.client.findByReference({ reference, from, until })
  if (isNothingFound(reply)) return 'absent'
  assertDone(reply)
  const found = readTracking(reply).find((shipment) => isOurs(shipment, reference))
  return found ? { trackingNumber: found.shipmentTrackingNumber, purchase: null } : 'absent'
}

/** A shipment under our reference; where DHL tells its references, ours is one of them. */
const isOurs = ({ shipmentTrackingNumber, shipperReferences }: DhlTracked, reference: string): boolean =>
  shipmentTrackingNumber !== '' &&
  (shipperReferences.length === 0 || shipperReferences.some(({ value }) => value === reference))

async function trackParcels(parcels: TrackedParcel[], client: DhlClient): Promise<TrackingEvent[]> {
  const numbers = [...new Set(parcels.map(({ trackingNumber }) => trackingNumber))]
  return latestEvents(parcels, numbers.length > 0 ? await trackedOf(numbers, client) : [])
}

/** A malformed number, for which DHL refuses them all without telling which, is searched for by halves and left out. */
async function trackedOf(numbers: string[], client: DhlClient): Promise<DhlTracked[]> {
  const reply = await client.track(numbers)
  if (isNothingFound(reply)) return []
  if (reply.status !== 400 && reply.status !== 422) {
    assertDone(reply)
    return readTracking(reply)
  }
  readProblem(reply)
  if (numbers.length < 2) return []
  const half = Math.ceil(numbers.length / 2)
  const first = await trackedOf(numbers.slice(0, half), client)
  return [...first, ...(await trackedOf(numbers.slice(half), client))]
}
