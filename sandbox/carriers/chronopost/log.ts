import { type Carrier, stateOf } from './carrier.ts'

/** The log of labels, oldest first, with the caller's own reference. */
export const labelsOf = (carrier: Carrier) =>
  carrier.store.data.parcels.map((parcel) => ({
    reference: parcel.shipperRef,
    trackingNumber: parcel.skybillNumber,
    soldAt: parcel.soldAt,
    voided: parcel.cancelledAt !== undefined,
    reservationNumber: parcel.reservationNumber,
    productCode: parcel.productCode,
    service: parcel.service,
    weightKg: parcel.weightKg,
    country: parcel.recipient.Country ?? '',
    recipientRef: parcel.recipientRef,
    state: stateOf(parcel),
  }))
