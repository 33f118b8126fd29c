import type { LoginOf } from '../../../domain/carrier.ts'
import { Refused } from '../../../domain/failures.ts'
import type { LabelFormat } from '../../../domain/shipment.ts'
import type { Carrier, CarrierAbilities, CarrierSetup, LabelRequest } from '../carrier.ts'
import { openClient } from './client.ts'
import { fetchPurchase, findPurchase } from './finding.ts'
import { PARCELS_AT_MOST, saleOf } from './mapping.ts'
import { assertOffered, offersFor } from './offers.ts'
import { findPoints } from './points.ts'
import { buy, type Print, trackingPage } from './sale.ts'
import { trackParcels } from './tracking.ts'
import { voidSkybill } from './voiding.ts'

const PRINTS: Partial<Record<LabelFormat, Print>> = {
  'pdf-10x15': { mode: 'THE', mediaType: 'application/pdf' },
  'pdf-a4': { mode: 'SPD', mediaType: 'application/pdf' },
  'zpl-203': { mode: 'Z2D', mediaType: 'application/zpl' },
  'zpl-300': { mode: 'ZPL300', mediaType: 'application/zpl' },
}

/** `reprints` is false: a label is surely given again by its reservation number only, which nobody keeps; by parcel number it is tried. */
const ABILITIES: CarrierAbilities = {
  parcelsPerPurchase: PARCELS_AT_MOST,
  trackingBatch: 20,
  manifestBatch: null,
  voids: true,
  findsWithin: 15 * 60_000,
  sharesNumber: false,
  reprints: false,
  findsPickupPoints: true,
  returns: true,
  insures: true,
  fetches: false,
  formats: Object.keys(PRINTS) as LabelFormat[],
}

/**
 * Opens Chronopost (SOAP). Labels are reserved, then fetched, which may be repeated; where customs have a say they come
 * with the sale. The reservation number lives no longer than `createLabels`: when labels were sold but not fetched the
 * outcome is in doubt, and `findLabels` finds their numbers by our references, with the bytes if the carrier gives them.
 */
export function openChronopost({ login, sender, format }: CarrierSetup<LoginOf<'CHRONOPOST'>>): Carrier {
  const client = openClient(login)
  const print = (): Print => {
    const found = PRINTS[format]
    if (!found) throw new Refused('not-offered', `format d'étiquette ${format}`)
    return found
  }
  const order = (request: LabelRequest) => saleOf(request, { login, sender, mode: print().mode, now: new Date() })
  const notOffered = async (): Promise<never> => {
    throw new Refused('not-offered', 'Chronopost')
  }
  return {
    abilities: ABILITIES,
    trackingPage,
    async checkLabels(request) {
      order(request)
      if (request.direction === 'outward') await assertOffered({ client, request, sender })
    },
    async createLabels(request) {
      return buy({ client, order: order(request), request, print: print() })
    },
    findLabels: async (request) => findPurchase({ client, request, print: print() }),
    fetchLabels: async (o) => fetchPurchase({ ...o, client, print: print() }),
    voidLabel: (trackingNumber) => voidSkybill(trackingNumber, client),
    trackParcels: (parcels) => trackParcels(parcels, client),
    makeManifest: notOffered,
    findPickupPoints: (o) => findPoints({ ...o, client }),
    offersFor: (request) => offersFor({ client, request, sender }),
    requestPickup: notOffered,
  }
}
