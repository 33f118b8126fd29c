import { readSnapshot } from '../db/orders.ts'
import { readShipment } from '../db/shipments.ts'
import { parisDay } from '../domain/days.ts'
import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { DeliveryNote } from '../domain/shipment.ts'
import type { PickupPlace, ServiceOffer } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'
import { labelRequest, recipientOf } from './label-request.ts'

/** What a question to a carrier is about; who the customer is stays in the database. */
interface Inquiry {
  order: OrderRef
  deliveryNote: string
  carrier: string
  service: string
}

/** The steps that ask carriers for what they have, without buying anything. */
export function inquiryActivities(deps: Pick<Deps, 'db' | 'siteOf' | 'insureFrom' | 'sender' | 'carrierOf'>) {
  const { db, carrierOf } = deps

  return {
    /** What may be bought for all parcels of a delivery note; no price when they take more than one purchase. */
    async findOffers(asked: Inquiry): Promise<ServiceOffer[]> {
      const carrier = carrierOf(asked.carrier)
      const ranks = packed(await readShipment(db, asked.deliveryNote)).map(({ rank }) => rank)
      const first = ranks.slice(0, carrier.abilities.parcelsPerPurchase)
      const request = await labelRequest(deps, { ...asked, ranks: first, generation: 0 })
      const offers = await carrier.offersFor({ ...request, pickupPoint: null })
      return first.length === ranks.length ? offers : offers.map((offer) => ({ ...offer, price: null }))
    },

    /** The pickup points near the order's address that take its heaviest parcel. */
    async findPickupPlaces({ order, deliveryNote, carrier, service }: Inquiry): Promise<PickupPlace[]> {
      const [web, note] = await Promise.all([readSnapshot(db, order), readShipment(db, deliveryNote)])
      const weight = Math.max(...packed(note).map((parcel) => parcel.weight))
      return carrierOf(carrier).findPickupPoints({
        near: recipientOf(web),
        weight,
        shipOn: parisDay(new Date()),
        service,
      })
    },
  }
}

function packed({ number, parcels }: DeliveryNote): DeliveryNote['parcels'] {
  if (parcels.length === 0) throw new Refused('state-forbidden', `le bon ${number} n'a encore aucun colis`)
  return parcels
}
