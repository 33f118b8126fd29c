import { readFileSync } from 'node:fs'
import { wallClockOf } from './dates.ts'
import { eventOf, type TrackingEvent } from './events.ts'
import { shipmentScans } from './journeys.ts'
import type { Piece, Shipment } from './model.ts'
import { areaOf } from './places.ts'
import { kilogramsOf, totalKilograms } from './products.ts'
import { expectedDay } from './quote.ts'
import type { Party, Reference } from './request.ts'

/** What a call wants to see. */
export interface View {
  trackingView: string
  levelOfDetail: string
  hasOffset: boolean
}

interface TrackedPiece {
  events: TrackingEvent[]
  [member: string]: unknown
}

/** A shipment in a tracking reply. */
export interface TrackedShipment {
  shipmentTrackingNumber: string
  events: TrackingEvent[]
  pieces?: TrackedPiece[]
  [member: string]: unknown
}

const sampleFile = new URL('../../data/dhl/sample-tracking.json', import.meta.url)
const sample: TrackedShipment = JSON.parse(readFileSync(sampleFile, 'utf8'))

/** The numbers that the test system knows without having sold them. */
export const SAMPLE_NUMBERS = [
  ...['9356579890', '4818240420', '5584773180', '5786694550', '2449648740', '5980622760', '5980622970', '5980623180'],
  ...['5980770460', '6781059250', '9077880070', '5786694760', '7957673080', '5786696720', '8066924740'],
]

/** The recorded shipment under one of those numbers. */
export function trackedSample(number: string, view: View): TrackedShipment {
  const pieces = sample.pieces?.map((piece) => ({ ...piece, shipmentTrackingNumber: number }))
  return narrow({ ...sample, shipmentTrackingNumber: number, ...(pieces ? { pieces } : {}) }, view)
}

/** A sold shipment; names and towns stay blank, as in the recording. */
export function trackedShipment(shipment: Shipment, view: View): TrackedShipment {
  const { request, pieces } = shipment
  const { shipperDetails, receiverDetails } = request.customerDetails
  const { packages, unitOfMeasurement: unit, description } = request.content
  const { zone } = areaOf(shipperDetails.postalAddress.countryCode)
  const { date, time } = wallClockOf(shipment.soldAt, zone)
  const write = (scan: Piece['scans'][number]) => eventOf({ shipment, scan, hasOffset: view.hasOffset })
  const tracked: TrackedShipment = {
    shipmentTrackingNumber: shipment.number,
    status: 'Success',
    shipmentTimestamp: `${date}T${time}`,
    productCode: request.productCode,
    description,
    shipperDetails: partyOf(shipperDetails),
    receiverDetails: partyOf(receiverDetails),
    totalWeight: totalKilograms(packages, unit),
    unitOfMeasurements: 'metric',
    ...referencesOf(request.customerReferences),
    events: shipmentScans(pieces).map(write),
    numberOfPieces: pieces.length,
    pieces: pieces.map((piece) => ({ ...pieceOf(shipment, piece), events: piece.scans.map(write) })),
    estimatedDeliveryDate: `${expectedDay(request)}T23:59:00`,
  }
  return narrow(tracked, view)
}

const referencesOf = (references: Reference[] | undefined) =>
  references?.length ? { shipperReferences: references } : {}

function partyOf({ postalAddress: { countryCode } }: Party) {
  const { code, description } = areaOf(countryCode)
  const postalAddress = { cityName: '', postalCode: '', countryCode }
  return { name: '', postalAddress, serviceArea: [{ code, description }] }
}

function pieceOf(shipment: Shipment, piece: Piece) {
  const { packages, unitOfMeasurement: unit } = shipment.request.content
  const part = packages[piece.number - 1]
  return {
    number: piece.number,
    typeCode: 'SMF',
    shipmentTrackingNumber: shipment.number,
    trackingNumber: piece.trackingNumber,
    weight: Number(kilogramsOf(part?.weight ?? 0, unit).toFixed(3)),
    unitOfMeasurements: 'metric',
    ...referencesOf(part?.customerReferences),
  }
}

const NO_EVENTS = ['shipment-details-only', 'advance-shipment', 'bbx-children']

function narrow({ pieces = [], ...shipment }: TrackedShipment, view: View): TrackedShipment {
  const show = (events: TrackingEvent[]) => eventsSeen(events, view.trackingView)
  const isAtShipment = view.levelOfDetail !== 'piece'
  const isAtPiece = view.levelOfDetail !== 'shipment'
  return {
    ...shipment,
    shipmentTrackingNumber: shipment.shipmentTrackingNumber,
    events: isAtShipment ? show(shipment.events) : [],
    ...(isAtPiece ? { pieces: pieces.map((piece) => ({ ...piece, events: show(piece.events) })) } : {}),
  }
}

function eventsSeen(events: TrackingEvent[], trackingView: string): TrackingEvent[] {
  if (NO_EVENTS.includes(trackingView)) return []
  const seen = trackingView === 'last-checkpoint' ? events.slice(-1) : events
  return trackingView === 'all-checkpoints-with-remarks' ? seen : seen.map(({ remarks: _remarks, ...event }) => event)
}
