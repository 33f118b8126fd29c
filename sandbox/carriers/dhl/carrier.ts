import { type Ledger, openLedger, openStore, type Store } from '../../kit.ts'
import type { Journey } from '../carrier-sandbox.ts'
import { readMoment, wallClockOf } from './dates.ts'
import { ANNOUNCED, firstRoute, happensAtOrigin, hasArrived, routeFrom } from './journeys.ts'
import { type CarrierState, emptyCarrier, type Pickup, type Piece, type Shipment } from './model.ts'
import { dispatchNumberOf, pieceNumberOf, waybillOf } from './numbers.ts'
import { areaOf } from './places.ts'
import { ownReference, type ShipmentRequest } from './request.ts'

/** The carrier behind the API: its customer's account, what it sold, where it is. */
export interface Carrier {
  store: Store<CarrierState>
  ledger: Ledger
  now: () => Date
  account: string
  /** Milliseconds until a search by reference finds a new shipment. */
  visibleAfterMs: number
  /** Whether GET /identifiers is open to this customer. */
  hasIdentifiers: boolean
}

/** Opens a carrier on its file, or in memory. */
export function openCarrier(o: Omit<Carrier, 'store' | 'ledger'> & { file: string | undefined }): Carrier {
  const { file, ...settings } = o
  const store = openStore(file, emptyCarrier)
  return { ...settings, store, ledger: openLedger(store) }
}

/** The next number of a shipment; each is larger than the one before. */
export const nextWaybill = ({ store }: Carrier): string => waybillOf(store.data.nextShipment++)

/** Sells a shipment; the same request again is another shipment, as at the real carrier. */
export function sellShipment(carrier: Carrier, request: ShipmentRequest): Shipment {
  const { data } = carrier.store
  const asked = request.identifiers?.find(({ typeCode }) => typeCode === 'shipmentId')?.value
  data.reserved = data.reserved.filter((number) => number !== asked)
  const soldAt = carrier.now().toISOString()
  const { documentImages: _images, ...kept } = request
  const shipment: Shipment = {
    number: asked ?? nextWaybill(carrier),
    soldAt,
    request: kept,
    pieces: request.content.packages.map((_, index) => newPiece({ carrier, request, index, soldAt })),
  }
  if (request.pickup.isRequested)
    shipment.dispatchConfirmationNumber = bookPickup(carrier, {
      country: request.customerDetails.shipperDetails.postalAddress.countryCode,
      plannedAt: request.plannedShippingDateAndTime,
    }).dispatchConfirmationNumber
  data.shipments.push(shipment)
  for (const { reference } of shipment.pieces) carrier.ledger.count('label', reference)
  return shipment
}

function newPiece(o: { carrier: Carrier; request: ShipmentRequest; index: number; soldAt: string }): Piece {
  const { customerReferences, content } = o.request
  return {
    number: o.index + 1,
    trackingNumber: pieceNumberOf(o.carrier.store.data.nextPiece++),
    reference: ownReference(content.packages[o.index]?.customerReferences) ?? ownReference(customerReferences) ?? '',
    scans: [{ code: ANNOUNCED, at: o.soldAt, isAtOrigin: true }],
    route: firstRoute(),
  }
}

/** Books a courier; each call books another one. */
export function bookPickup(carrier: Carrier, o: { country: string; plannedAt: string }): Pickup {
  const { code, zone } = areaOf(o.country)
  const { date } = wallClockOf(readMoment(o.plannedAt) ?? carrier.now(), zone)
  const { data } = carrier.store
  const pickup: Pickup = {
    dispatchConfirmationNumber: dispatchNumberOf({ area: code, day: date, serial: data.nextPickup++ }),
    plannedAt: o.plannedAt,
    shipperAccount: carrier.account,
  }
  data.pickups.push(pickup)
  carrier.ledger.count('fetch', pickup.dispatchConfirmationNumber)
  return pickup
}

/** The shipment with this number; undefined when there is none. */
export const findShipment = ({ store }: Carrier, number: string): Shipment | undefined =>
  store.data.shipments.find((shipment) => shipment.number === number)

/** The pieces a number names: all those of a waybill, or the one of a piece number. */
export function findPieces({ store }: Carrier, number: string): Piece[] {
  return store.data.shipments.flatMap((shipment) =>
    shipment.number === number ? shipment.pieces : shipment.pieces.filter((piece) => piece.trackingNumber === number),
  )
}

/** Scans pieces once more on their way, all at the same instant; those that have arrived stay where they are. */
export function scanPieces(carrier: Carrier, pieces: Piece[]): void {
  const moving = pieces.filter((piece) => piece.route.length > 0)
  const lasts = moving.map((piece) => Date.parse(piece.scans.at(-1)?.at ?? ''))
  const at = new Date(Math.max(carrier.now().getTime(), ...lasts.map((last) => last + 1000))).toISOString()
  for (const piece of moving) {
    const code = piece.route.shift() ?? ''
    piece.scans.push({ code, at, isAtOrigin: happensAtOrigin(code, piece.scans.at(-1)) })
  }
  carrier.store.save()
}

/** Scans every shipment that has not arrived yet. */
export function scanAll(carrier: Carrier): void {
  for (const shipment of carrier.store.data.shipments) scanPieces(carrier, shipment.pieces)
}

/** Sends pieces another way from where they are; those that have arrived stay. */
export function sendPieces(carrier: Carrier, pieces: Piece[], journey: Journey): void {
  for (const piece of pieces) if (!hasArrived(piece)) piece.route = routeFrom(piece, journey)
  carrier.store.save()
}
