import { Hono } from 'hono'
import { type SandboxServer, serveSandbox } from '../../kit.ts'
import { findParcel, openCarrier, scanAll, scanParcel } from './carrier.ts'
import { openLabels } from './labels.ts'
import { labelsOf, openPage } from './page.ts'
import { openTracking } from './tracking.ts'

/** A running Colissimo: labels, open tracking, and parcels that move. */
export interface ColissimoSandbox extends SandboxServer {
  /** The log of labels, oldest first. */
  labels(): ReturnType<typeof labelsOf>
  /** Parcel numbers allotted for one `service.orderNumber`. */
  labelsByReference(orderNumber: string): string[]
  /** Moves one parcel, or all, one step: announced, taken in charge, in transit, out for delivery, delivered. */
  advance(parcelNumber?: string): void
  /** From now on every parcel moves one step a pace. */
  startHand(paceMs: number): void
  stopHand(): void
}

/** Starts Colissimo on 127.0.0.1 (`/sls-ws/...` for labels, `/suivi/v2` for tracking); its state is kept in `file`, or forgotten. */
export async function startColissimo(o: {
  port?: number
  apiKey: string
  okapiKey: string
  file?: string
  now?: () => Date
}): Promise<ColissimoSandbox> {
  const carrier = openCarrier({ ...(o.file ? { file: o.file } : {}), ...(o.now ? { now: o.now } : {}) })
  const app = new Hono()
  app.route('/', openLabels(carrier, o.apiKey))
  app.route('/', openTracking(carrier, o.okapiKey))
  app.route('/', openPage(carrier))
  let timer: NodeJS.Timeout | undefined
  const stopHand = () => clearInterval(timer)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: carrier.ledger, onClose: stopHand })
  return {
    ...server,
    labels: () => labelsOf(carrier),
    labelsByReference: (orderNumber) =>
      carrier.store.data.parcels
        .filter((parcel) => parcel.orderNumber === orderNumber)
        .map((parcel) => parcel.parcelNumber),
    advance(parcelNumber) {
      if (parcelNumber === undefined) return scanAll(carrier)
      const parcel = findParcel(carrier, parcelNumber)
      if (!parcel) throw new RangeError(`no parcel ${parcelNumber}`)
      scanParcel(carrier, parcel)
    },
    startHand(paceMs) {
      stopHand()
      timer = setInterval(() => scanAll(carrier), paceMs).unref()
    },
    stopHand,
  }
}
