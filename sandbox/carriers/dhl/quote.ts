import { readMoment, workingDayAfter } from './dates.ts'
import { isDomestic, passesCustoms } from './places.ts'
import { findProduct, type Product, totalKilograms, volumetricKilograms } from './products.ts'
import type { Package, PostalAddress, ShipmentRequest } from './request.ts'

/** What a price depends on. */
export interface Lane {
  from: Pick<PostalAddress, 'countryCode' | 'postalCode'>
  to: Pick<PostalAddress, 'countryCode' | 'postalCode'>
}

const BASE_EUROS = { inside: 12, union: 28, world: 46 }
const EUROS_PER_KILOGRAM = { inside: 1.1, union: 2.4, world: 6.2 }
const FUEL_SHARE = 0.18

const zoneOf = ({ from, to }: Lane) => (isDomestic(from, to) ? 'inside' : passesCustoms(from, to) ? 'world' : 'union')

/** Days on the way. */
export const transitDays = (lane: Lane): number => ({ inside: 1, union: 2, world: 3 })[zoneOf(lane)]

/** An invented price in euros, two decimals: transport, fuel, and both together. */
export function priceOf(o: { lane: Lane; product: Product; packages: Package[]; unit: string }) {
  const zone = zoneOf(o.lane)
  const kilograms = Math.max(totalKilograms(o.packages, o.unit), volumetricKilograms(o.packages, o.unit))
  const isEarly = o.product.deliveryTime < '13:00'
  const transport = Number(((BASE_EUROS[zone] + kilograms * EUROS_PER_KILOGRAM[zone]) * (isEarly ? 1.3 : 1)).toFixed(2))
  const fuel = Number((transport * FUEL_SHARE).toFixed(2))
  return { transport, fuel, total: Number((transport + fuel).toFixed(2)) }
}

/** Where a request goes from and to. */
export const laneOf = ({ customerDetails: { shipperDetails, receiverDetails } }: ShipmentRequest): Lane => ({
  from: shipperDetails.postalAddress,
  to: receiverDetails.postalAddress,
})

/** The day a shipment is expected to arrive, YYYY-MM-DD. */
export const expectedDay = (request: ShipmentRequest): string =>
  workingDayAfter(readMoment(request.plannedShippingDateAndTime) ?? new Date(0), transitDays(laneOf(request)))

/** The price of a request that was accepted. */
export function chargesOf(request: ShipmentRequest) {
  const product = findProduct(request.productCode)
  if (!product) throw new RangeError(`no product ${request.productCode}`)
  const { packages, unitOfMeasurement: unit } = request.content
  return { product, ...priceOf({ lane: laneOf(request), product, packages, unit }) }
}
