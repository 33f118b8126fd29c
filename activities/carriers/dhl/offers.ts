import type { LabelRequest, ServiceOffer } from '../carrier.ts'
import { declaredOf } from './customs.ts'
import { priceOf } from './documents.ts'
import { type Form, journeyOf } from './mapping.ts'
import type { DhlOffer, DhlRateOrder } from './wire.ts'

/** The body of POST /rates: what the account may buy on this lane, also when it is not what was chosen. */
export function rateOrder(request: LabelRequest, form: Form): DhlRateOrder {
  const { shipper, receiver, accounts, customs, packages, plannedAt } = journeyOf(request, form)
  return {
    customerDetails: { shipperDetails: shipper.postalAddress, receiverDetails: receiver.postalAddress },
    accounts,
    plannedShippingDateAndTime: plannedAt,
    unitOfMeasurement: 'metric',
    isCustomsDeclarable: customs !== null,
    ...(customs ? { monetaryAmount: [declaredAmount(declaredOf(customs))] } : {}),
    nextBusinessDay: true,
    productTypeCode: 'all',
    packages,
  }
}

const declaredAmount = (o: { declaredValue: number; declaredValueCurrency: string }) => ({
  typeCode: 'declaredValue' as const,
  value: o.declaredValue,
  currency: o.declaredValueCurrency,
})

/** What DHL offers, in its order. */
export const offersOf = (products: DhlOffer[]): ServiceOffer[] =>
  products.map(({ productCode, productName, totalPrice, deliveryCapabilities }) => ({
    service: productCode,
    name: productName,
    price: priceOf(totalPrice),
    deliveredOn: /^\d{4}-\d\d-\d\d/.exec(deliveryCapabilities?.estimatedDeliveryDateAndTime ?? '')?.[0] ?? null,
  }))
