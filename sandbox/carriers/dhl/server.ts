import { Hono } from 'hono'
import { serveSandbox } from '../../kit.ts'
import type { CarrierSandbox } from '../carrier-sandbox.ts'
import { type Carrier, findPieces, openCarrier, scanAll, scanPieces, sendPieces } from './carrier.ts'
import { guardDoor } from './door.ts'
import { type SoldPiece, soldPieces } from './log.ts'
import { openLookups } from './lookups.ts'
import { openPage } from './page.ts'
import { openPickups } from './pickups.ts'
import { refuseBusiness } from './problems.ts'
import { openRates } from './rates.ts'
import { openReferenceData } from './reference-data.ts'
import { openServicePoints } from './service-points.ts'
import { openShipments } from './shipments.ts'
import { openTracking } from './tracking.ts'

/** A running DHL Express: shipments, couriers, tracking and what to know before, under `/mydhlapi`. */
export interface DhlSandbox extends CarrierSandbox {
  port: number
  /** One entry a piece, oldest first. */
  labels(): SoldPiece[]
  /** Piece numbers sold for one own reference. */
  labelsByReference(reference: string): string[]
}

/** Starts DHL Express on 127.0.0.1 for one customer with one account; its state is kept in `file`, or forgotten. */
export async function startDhl(o: {
  port?: number
  user: string
  password: string
  /** The customer's account number, for shipping and duties. */
  account: string
  file?: string
  now?: () => Date
  /** Milliseconds until a search by reference finds a new shipment; default 0. */
  visibleAfterMs?: number
  /** Opens GET /identifiers, which is refused otherwise. */
  hasIdentifiers?: boolean
}): Promise<DhlSandbox> {
  const carrier = openCarrier({
    file: o.file,
    now: o.now ?? (() => new Date()),
    account: o.account,
    visibleAfterMs: o.visibleAfterMs ?? 0,
    hasIdentifiers: o.hasIdentifiers ?? false,
  })
  const app = new Hono()
  app.route('/mydhlapi', openApi(carrier, o))
  app.route('/', openPage(carrier))
  let timer: NodeJS.Timeout | undefined
  const stopHand = () => clearInterval(timer)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: carrier.ledger, onClose: stopHand })
  return {
    ...server,
    code: 'DHL',
    labels: () => soldPieces(carrier),
    labelsByReference: (reference) =>
      soldPieces(carrier)
        .filter((piece) => piece.reference === reference)
        .map(({ pieceNumber }) => pieceNumber),
    advance: (number) => (number === undefined ? scanAll(carrier) : scanPieces(carrier, knownPieces(carrier, number))),
    send: (number, journey) => sendPieces(carrier, knownPieces(carrier, number), journey),
    startHand(paceMs) {
      stopHand()
      timer = setInterval(() => scanAll(carrier), paceMs).unref()
    },
    stopHand,
  }
}

function knownPieces(carrier: Carrier, number: string) {
  const pieces = findPieces(carrier, number)
  if (!pieces.length) throw new RangeError(`no shipment or piece ${number}`)
  return pieces
}

function openApi(carrier: Carrier, login: { user: string; password: string }): Hono {
  const app = new Hono()
  app.use('/*', guardDoor(login))
  app.route('/', openShipments(carrier))
  app.route('/', openTracking(carrier))
  app.route('/', openPickups(carrier))
  app.route('/', openRates(carrier))
  app.route('/', openLookups(carrier))
  app.route('/', openServicePoints())
  app.route('/', openReferenceData())
  app.all('/*', (c) => refuseBusiness(c, ['Resource not found'], 404))
  return app
}
