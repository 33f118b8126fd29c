import { Refused } from '../../../domain/failures.ts'
import type { PickupRequest } from '../carrier.ts'
import { partyOf } from './addresses.ts'
import type { Form } from './mapping.ts'
import { stampOf } from './moments.ts'
import type { DhlPackage, DhlPickupOrder } from './wire.ts'

/** The body of POST /pickups: one courier for the parcels of a day, whatever their products; DHL wants one named all the same. */
export function pickupOrder(o: PickupRequest, { sender, account }: Pick<Form, 'sender' | 'account'>): DhlPickupOrder {
  const { postalAddress, contactInformation } = partyOf(sender, 'sender')
  return {
    plannedPickupDateAndTime: stampOf(`${o.day}T${o.from}:00`),
    closeTime: o.until,
    locationType: 'business',
    accounts: [{ typeCode: 'shipper', number: account }],
    customerDetails: { shipperDetails: { postalAddress, contactInformation } },
    shipmentDetails: [
      { productCode: 'U', isCustomsDeclarable: false, unitOfMeasurement: 'metric', packages: sharesOf(o) },
    ],
  }
}

/** The weight shared out over the parcels, to the gram; 999 at most. */
function sharesOf({ parcels, weight }: PickupRequest): DhlPackage[] {
  if (!(parcels >= 1 && parcels <= 999 && weight >= parcels))
    throw new Refused('refused', 'enlèvement (packages) : de 1 à 999 colis, avec leur poids')
  const share = Math.floor(weight / parcels)
  return Array.from({ length: parcels }, (_, i) => ({
    weight: (i === 0 ? weight - share * (parcels - 1) : share) / 1000,
  }))
}
