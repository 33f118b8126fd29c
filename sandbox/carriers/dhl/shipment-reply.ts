import { warningsOfParties } from './address-rules.ts'
import { readMoment, wallClockOf } from './dates.ts'
import { printDocuments } from './documents.ts'
import type { Shipment } from './model.ts'
import { areaOf } from './places.ts'
import { volumetricKilograms } from './products.ts'
import { chargesOf, expectedDay, laneOf, transitDays } from './quote.ts'
import type { ShipmentRequest } from './request.ts'

/** The answer to a purchase: numbers, documents, and what else was asked for; `base` is the address of the API. */
export async function shipmentReply(shipment: Shipment, base: string) {
  const { number, request, pieces, dispatchConfirmationNumber: dispatch } = shipment
  const tracking = `${base}/shipments/${number}/tracking`
  const warnings = warningsOfParties(request.customerDetails)
  return {
    shipmentTrackingNumber: number,
    ...(dispatch ? { cancelPickupUrl: `${base}/pickups/${dispatch}`, dispatchConfirmationNumber: dispatch } : {}),
    trackingUrl: tracking,
    packages: pieces.map(({ number: referenceNumber, trackingNumber }) => ({
      referenceNumber,
      trackingNumber,
      trackingUrl: `${tracking}?pieceTrackingNumber=${trackingNumber}`,
    })),
    documents: await printDocuments(shipment),
    ...(asks(request, 'pickupDetails') ? { shipmentDetails: [detailsOf(request)] } : {}),
    ...(request.getRateEstimates ? { shipmentCharges: writeCharges(request) } : {}),
    ...(request.estimatedDeliveryDate?.isRequested ? { estimatedDeliveryDate: estimateOf(request) } : {}),
    ...(asks(request, 'barcodeInformation') ? { barcodeInfo: barcodesOf(shipment) } : {}),
    ...(warnings.length ? { warnings } : {}),
  }
}

const asks = ({ getAdditionalInformation: wishes = [] }: ShipmentRequest, type: string): boolean =>
  wishes.some(({ typeCode, isRequested }) => typeCode === type && isRequested)

const estimateOf = (request: ShipmentRequest) => ({
  estimatedDeliveryDate: `${expectedDay(request)}T23:59:00Z`,
  estimatedDeliveryType: request.estimatedDeliveryDate?.typeCode ?? 'QDDF',
})

function writeCharges(request: ShipmentRequest) {
  const { product, transport, fuel, total } = chargesOf(request)
  return ['BILLC', 'PULCL', 'BASEC'].map((currencyType) => ({
    currencyType,
    priceCurrency: 'EUR',
    price: total,
    serviceBreakdown: [
      { name: product.name, price: transport },
      { name: 'FUEL SURCHARGE', price: fuel, typeCode: 'FF' },
    ],
  }))
}

const dayOfWeek = (day: string): string => String(new Date(day).getUTCDay() || 7)

function detailsOf(request: ShipmentRequest) {
  const { zone } = areaOf(request.customerDetails.shipperDetails.postalAddress.countryCode)
  const planned = readMoment(request.plannedShippingDateAndTime) ?? new Date(0)
  const { date } = wallClockOf(planned, zone)
  const { packages, unitOfMeasurement: unit } = request.content
  return {
    volumetricWeight: volumetricKilograms(packages, unit),
    pickupDetails: {
      localCutoffDateAndTime: `${date}T17:00:00`,
      cutoffTimeOffset: 'PT1H',
      pickupEarliest: '10:00:00',
      pickupLatest: '18:00:00',
      pickupCutoffSameDayOutboundProcessing: '21:00:00',
      totalTransitDays: String(transitDays(laneOf(request))),
      pickupAdditionalDays: '0',
      deliveryAdditionalDays: '0',
      pickupDayOfWeek: dayOfWeek(date),
      deliveryDayOfWeek: dayOfWeek(expectedDay(request)),
    },
  }
}

const barcodesOf = ({ number, pieces }: Shipment) => ({
  shipmentIdentificationNumberBarcodeContent: number,
  trackingNumberBarcodes: pieces.map((piece) => ({
    referenceNumber: piece.number,
    trackingNumberBarcodeContent: `J${piece.trackingNumber}`,
  })),
})
