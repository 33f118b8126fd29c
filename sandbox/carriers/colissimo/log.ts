import { type Carrier, stateOf } from './carrier.ts'
import { bringsForm } from './customs-rules.ts'
import { RETURNS } from './lanes.ts'
import type { Parcel } from './model.ts'

/** Whether a customer sends the parcel back to the shop. */
export const isReturn = ({ request }: Parcel) => RETURNS.includes(request.letter.service.productCode ?? '')

/** The log of labels, oldest first, with the caller's own reference. */
export const labelsOf = (carrier: Carrier) =>
  carrier.store.data.parcels.map((parcel) => {
    const { letter } = parcel.request
    const { address } = letter.addressee
    return {
      parcelNumber: parcel.parcelNumber,
      orderNumber: parcel.orderNumber,
      productCode: letter.service.productCode ?? '',
      weightKg: Number(letter.parcel.weight),
      pickupLocationId: letter.parcel.pickupLocationId ?? null,
      country: address.countryCode ?? '',
      createdAt: parcel.createdAt,
      state: stateOf(parcel),
      isReturn: isReturn(parcel),
      hasCustomsForm: bringsForm(parcel.request),
      slip: parcel.slip ?? null,
      letter,
    }
  })
