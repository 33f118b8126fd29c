import type { LoginOf } from '../../../domain/carrier.ts'
import { parisDay } from '../../../domain/days.ts'
import { Refused } from '../../../domain/failures.ts'
import type { LabelFormat } from '../../../domain/shipment.ts'
import type { Carrier, CarrierAbilities, CarrierSetup, LabelRequest } from '../carrier.ts'
import { senderOf } from './addresses.ts'
import { openClient } from './client.ts'
import { assertDone } from './errors.ts'
import { FORMATS } from './formats.ts'
import { assertFits, manifestOf, SLIP_SIZE } from './manifests.ts'
import { labelOrder, laneOf } from './mapping.ts'
import { type PickupNeed, pickupSearch, placesOf } from './pickup-points.ts'
import { assertPickup, offersOn } from './products.ts'
import { labelOf, trackingPage } from './purchases.ts'
import { trackNumbers } from './tracking.ts'
import { readSls } from './wire.ts'
import { readPickup } from './wire-pickup.ts'

const ABILITIES: CarrierAbilities = {
  parcelsPerPurchase: 1,
  trackingBatch: 10,
  manifestBatch: SLIP_SIZE,
  voids: false,
  findsWithin: null,
  sharesNumber: false,
  reprints: true,
  findsPickupPoints: true,
  returns: true,
  insures: true,
  fetches: false,
  formats: Object.keys(FORMATS) as LabelFormat[],
}

/** True for a number that Colissimo knows but does not print again (foreign partners); 30321 and 30327 are of no parcel at all. */
const isUnprintable = (error: unknown): boolean =>
  error instanceof Refused && error.code !== 'login-refused' && !/\b3032[17]\b/.test(error.message)

/** Opens Colissimo: labels and slips by SLS 3.1, pickup points, tracking by Suivi v2. */
export function openColissimo({ login, sender, format }: CarrierSetup<LoginOf<'COLISSIMO'>>): Carrier {
  const printing = FORMATS[format]
  const client = openClient(login)
  const form = { sender: senderOf(sender), commercialName: sender.company ?? '', labelFormat: printing.type }
  const order = (request: LabelRequest) => labelOrder(request, form, parisDay(new Date()))
  return {
    abilities: ABILITIES,
    trackingPage,
    async checkLabels(request) {
      assertDone(readSls(await client.checkGenerateLabel(order(request))), { buys: false })
    },
    async createLabels(request) {
      return labelOf(readSls(await client.generateLabel(order(request))), { buys: true, request, printing })
    },
    // No web service finds a parcel by its order number; a person can, in the carrier's portal.
    findLabels: async () => 'unknown',
    async fetchLabels({ trackingNumber: number, request }) {
      const reply = readSls(await client.getLabel({ parcelNumber: number, outputPrintingType: printing.type }))
      try {
        return labelOf(reply, { buys: false, number, request, printing })
      } catch (error) {
        if (isUnprintable(error)) return null
        throw error
      }
    },
    voidLabel: async () => refuse("Colissimo n'annule pas ses étiquettes : gardez-la de côté sans la déposer"),
    trackParcels: (parcels) =>
      trackNumbers(
        parcels.map(({ trackingNumber }) => trackingNumber),
        client,
      ),
    async makeManifest(trackingNumbers) {
      assertFits(trackingNumbers)
      return manifestOf(readSls(await client.generateBordereau(trackingNumbers)))
    },
    async findPickupPoints(need: PickupNeed) {
      assertPickup(need.service, laneOf({ direction: 'outward', recipient: need.near }, form.sender))
      const reply = await client.findPickupPoints(pickupSearch(need, parisDay(new Date())))
      return placesOf({ status: reply.status, answer: readPickup(reply) }, need)
    },
    offersFor: async (request) => offersOn(laneOf(request, form.sender), request.direction),
    requestPickup: async () => refuse("Colissimo n'envoie pas de coursier sur demande"),
  }
}

function refuse(why: string): never {
  throw new Refused('not-offered', why)
}
