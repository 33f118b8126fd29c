import type { Piece, Shipment } from './model.ts'
import { areaOf } from './places.ts'
import { findProduct, kilogramsOf } from './products.ts'
import { ownReference, type Party } from './request.ts'

/** What a label or a waybill says, line by line; the same for paper and thermal printers. */
export interface LabelTexts {
  product: string
  content: string
  /** Service areas, from and to. */
  lane: string
  sender: string[]
  receiver: string[]
  /** Weight, rank of the piece, reference, goods. */
  details: string[]
  waybill: string
  /** The piece's own number; missing on the waybill document. */
  pieceNumber?: string
}

/** Not to be mistaken for a label that a courier would take. */
export const SPECIMEN = 'SPECIMEN - DO NOT SHIP'

function linesOf({ contactInformation: contact, postalAddress: at }: Party): string[] {
  const names = [...new Set([contact.companyName, contact.fullName])]
  const streets = [at.addressLine1, at.addressLine2, at.addressLine3]
  const town = [at.postalCode, at.cityName, at.provinceCode].filter(Boolean).join(' ')
  return [...names, ...streets, town, at.countryCode, contact.phone].filter((line) => line !== undefined)
}

/** The texts for a piece, or for the whole shipment without one. */
export function labelTextsOf({ number, request, pieces }: Shipment, piece: Piece | undefined): LabelTexts {
  const { shipperDetails: from, receiverDetails: to } = request.customerDetails
  const { packages, unitOfMeasurement: unit, description } = request.content
  const parts = piece ? packages.slice(piece.number - 1, piece.number) : packages
  const weight = parts.reduce((sum, part) => sum + kilogramsOf(part.weight, unit), 0)
  const product = findProduct(request.productCode)
  const reference = piece?.reference ?? ownReference(request.customerReferences) ?? ''
  return {
    product: product?.name ?? request.productCode,
    content: product?.content ?? '',
    lane: `${areaOf(from.postalAddress.countryCode).code} - ${areaOf(to.postalAddress.countryCode).code}`,
    sender: linesOf(from),
    receiver: linesOf(to),
    details: [
      `Ref: ${reference}`,
      `Weight: ${Number(weight.toFixed(3))} kg`,
      `Piece: ${piece ? `${piece.number}/${pieces.length}` : pieces.length}`,
      `Content: ${description}`,
    ],
    waybill: number,
    ...(piece ? { pieceNumber: piece.trackingNumber } : {}),
  }
}
