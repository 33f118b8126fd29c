import type { SoldLabel } from '../carrier-sandbox.ts'
import type { Carrier } from './carrier.ts'
import { kilogramsOf } from './products.ts'
import { ownReference } from './request.ts'

/** One piece that was sold; `reference` is its own, `trackingNumber` the waybill it travels under. */
export interface SoldPiece extends SoldLabel {
  pieceNumber: string
  /** From 1. */
  pieceRank: number
  /** The shipment's own reference, which the search by reference looks for; empty when none was sent. */
  shipmentReference: string
  productCode: string
  /** Where it goes. */
  country: string
  weightKg: number
  isCustomsDeclarable: boolean
  services: string[]
  /** The last scan's code. */
  state: string
}

/** The log of sold pieces, oldest first. */
export const soldPieces = ({ store }: Carrier): SoldPiece[] =>
  store.data.shipments.flatMap(({ number, soldAt, request, pieces }) =>
    pieces.map((piece) => ({
      reference: piece.reference,
      trackingNumber: number,
      soldAt,
      // There is no cancel at this carrier.
      voided: false,
      pieceNumber: piece.trackingNumber,
      pieceRank: piece.number,
      shipmentReference: ownReference(request.customerReferences) ?? '',
      productCode: request.productCode,
      country: request.customerDetails.receiverDetails.postalAddress.countryCode,
      weightKg: kilogramsOf(request.content.packages[piece.number - 1]?.weight ?? 0, request.content.unitOfMeasurement),
      isCustomsDeclarable: request.content.isCustomsDeclarable,
      services: (request.valueAddedServices ?? []).map(({ serviceCode }) => serviceCode),
      state: piece.scans.at(-1)?.code ?? '',
    })),
  )
