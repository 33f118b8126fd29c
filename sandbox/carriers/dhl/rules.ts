import { rulesOfAccounts } from './account-rules.ts'
import { rulesOfParties } from './address-rules.ts'
import { rulesOfCustoms, rulesOfDescriptions } from './customs-rules.ts'
import { dateFault } from './dates.ts'
import { findProduct, isSold, type Product, sizesOf, totalKilograms } from './products.ts'
import type { ShipmentRequest } from './request.ts'
import { rulesOfPaperless, rulesOfServices } from './service-rules.ts'
import { findTemplate } from './templates.ts'
import { SAY } from './texts.ts'

/** A request and what the carrier knows when it looks at it. */
export interface Case {
  request: ShipmentRequest
  now: Date
  /** The one account of the sandbox's customer. */
  account: string
  /** Shipment numbers given out before by GET /identifiers. */
  reserved: string[]
  /** `?bypassPLTError=true`: paperless trade is not checked against the lane. */
  isPaperlessUnchecked: boolean
}

/** Every rule of the carrier that a request breaks, in the order of the recorded answer. */
export const rulesBroken = (c: Case): string[] => [
  ...rulesOfDate(c),
  ...rulesOfAccounts(c),
  ...rulesOfProduct(c),
  ...rulesOfCustoms(c),
  ...rulesOfPrinting(c),
  ...rulesOfPaperless(c),
  ...rulesOfParties(c.request.customerDetails),
  ...rulesOfServices(c),
  ...rulesOfIdentifiers(c),
  ...rulesOfDescriptions(c.request.content),
]

function rulesOfDate({ request, now }: Case): string[] {
  const texts = { shape: SAY.dateShape, past: SAY.datePast, far: SAY.dateFar }
  const fault = dateFault(request.plannedShippingDateAndTime, now)
  const { isRequested, closeTime } = request.pickup
  return [...(fault ? [texts[fault]()] : []), ...(isRequested && closeTime === undefined ? [SAY.closeTime()] : [])]
}

function rulesOfProduct({ request }: Case): string[] {
  const { productCode: code, customerDetails } = request
  const lane = {
    from: customerDetails.shipperDetails.postalAddress,
    to: customerDetails.receiverDetails.postalAddress,
  }
  const product = findProduct(code)
  if (!product || !isSold(code, lane)) return [SAY.product(code)]
  return rulesOfLimits(request, product)
}

function rulesOfLimits({ content }: ShipmentRequest, product: Product): string[] {
  const { packages, unitOfMeasurement: unit } = content
  const { code, maxWeightKg, maxSizesCm } = product
  const isTooHeavy = totalKilograms(packages, unit) > maxWeightKg
  const tooLarge = [...packages.keys()].filter((index) => {
    const piece = packages[index]
    return piece && sizesOf(piece, unit).some((size, rank) => size > (maxSizesCm[rank] ?? 0))
  })
  return [
    ...(isTooHeavy ? [SAY.weight({ code, limit: maxWeightKg })] : []),
    ...tooLarge.map((index) => SAY.size({ index, code, limits: maxSizesCm })),
  ]
}

function rulesOfPrinting({ request }: Case): string[] {
  const options = request.outputImageProperties?.imageOptions ?? []
  return options
    .filter((option) => option.templateName !== undefined && !findTemplate(option))
    .map(({ templateName = '' }) => SAY.template(templateName))
}

function rulesOfIdentifiers({ request, reserved }: Case): string[] {
  const wanted = (request.identifiers ?? []).filter(({ typeCode }) => typeCode === 'shipmentId')
  return wanted.some(({ value }) => !reserved.includes(value)) ? [SAY.identifier()] : []
}
