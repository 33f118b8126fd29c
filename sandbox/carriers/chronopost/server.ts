import { Hono } from 'hono'
import { serveSandbox } from '../../kit.ts'
import type { CarrierSandbox, SoldLabel } from '../carrier-sandbox.ts'
import { findParcel, openCarrier, scanAll, scanParcel, sendParcel } from './carrier.ts'
import { labelsOf } from './log.ts'
import { openPage } from './page.ts'
import { openQuickcost } from './quickcost.ts'
import { openRelayPoints } from './relay-points.ts'
import { openShipping } from './shipping.ts'
import { openTracking } from './tracking.ts'

/** A running Chronopost: its SOAP services, its page, and parcels that move. */
export interface ChronopostSandbox extends CarrierSandbox {
  /** The log of labels, oldest first. */
  labels(): (SoldLabel & ReturnType<typeof labelsOf>[number])[]
}

/** Starts Chronopost on 127.0.0.1 at the paths of the real host; its state is kept in `file`, or forgotten. */
export async function startChronopost(o: {
  port?: number
  /** 8 digits. */
  account: string
  password: string
  file?: string
  now?: () => Date
  /** How long a sold parcel stays unknown to tracking and cancelling; default 0. */
  visibleAfterMs?: number
}): Promise<ChronopostSandbox> {
  const carrier = openCarrier(o)
  const app = new Hono()
  for (const open of [openShipping, openTracking, openQuickcost, openRelayPoints, openPage])
    app.route('/', open(carrier))
  const parcelOf = (trackingNumber: string) => {
    const parcel = findParcel(carrier, trackingNumber)
    if (!parcel) throw new RangeError(`no parcel ${trackingNumber}`)
    return parcel
  }
  let timer: NodeJS.Timeout | undefined
  const stopHand = () => clearInterval(timer)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: carrier.ledger, onClose: stopHand })
  return {
    ...server,
    code: 'CHRONOPOST',
    labels: () => labelsOf(carrier),
    advance: (number) => (number === undefined ? scanAll(carrier) : scanParcel(carrier, parcelOf(number))),
    send: (number, journey) => sendParcel(carrier, parcelOf(number), journey),
    startHand(paceMs) {
      stopHand()
      timer = setInterval(() => scanAll(carrier), paceMs).unref()
    },
    stopHand,
  }
}
