import { Hono } from 'hono'
import { serveSandbox } from '../../kit.ts'
import type { CarrierSandbox, Journey, SoldLabel } from '../carrier-sandbox.ts'
import type { Access } from './access.ts'
import { type Carrier, findParcel, openCarrier, scanAll, scanParcel, sendParcel } from './carrier.ts'
import { openDocuments } from './documents.ts'
import { openLabels } from './labels.ts'
import { labelsOf } from './log.ts'
import type { Parcel } from './model.ts'
import { openPage } from './page.ts'
import { openPickup } from './pickup.ts'
import { openTimeline } from './timeline.ts'
import { openTracking } from './tracking.ts'

/** A running Colissimo: labels, pickup points, two trackings, and parcels that move. */
export interface ColissimoSandbox extends CarrierSandbox {
  /** The log of labels, oldest first. */
  labels(): (SoldLabel & ReturnType<typeof labelsOf>[number])[]
  /** Parcel numbers allotted for one `service.orderNumber`. */
  labelsByReference(orderNumber: string): string[]
}

/** Who may call besides the holder of the key: an account with its password, for the services that take one. */
const ACCOUNT = { number: '900000', password: 'mot-de-passe-bac-a-sable' }

/** Starts Colissimo on 127.0.0.1, with the paths of the real one; its state is kept in `file`, or forgotten. */
export async function startColissimo(o: {
  port?: number
  apiKey: string
  okapiKey: string
  account?: { number: string; password: string }
  file?: string
  now?: () => Date
}): Promise<ColissimoSandbox> {
  const carrier = openCarrier({ ...(o.file ? { file: o.file } : {}), ...(o.now ? { now: o.now } : {}) })
  const { number, password } = o.account ?? ACCOUNT
  const app = openServices(carrier, { access: { apiKey: o.apiKey, account: number, password }, okapiKey: o.okapiKey })
  let timer: NodeJS.Timeout | undefined
  const stopHand = () => clearInterval(timer)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: carrier.ledger, onClose: stopHand })
  return {
    ...server,
    ...deskOf(carrier),
    startHand(paceMs) {
      stopHand()
      timer = setInterval(() => scanAll(carrier), paceMs).unref()
    },
    stopHand,
  }
}

function openServices(carrier: Carrier, { access, okapiKey }: { access: Access; okapiKey: string }): Hono {
  const app = new Hono()
  app.route('/', openLabels(carrier, access))
  app.route('/', openDocuments(carrier, access))
  app.route('/', openPickup(access))
  app.route('/', openTimeline(carrier, access))
  app.route('/', openTracking(carrier, okapiKey))
  app.route('/', openPage(carrier))
  return app
}

/** What a test or the demo does with the carrier, without its wire. */
function deskOf(carrier: Carrier) {
  return {
    code: 'COLISSIMO',
    labels: () =>
      labelsOf(carrier).map((label) => ({
        ...label,
        reference: label.orderNumber,
        trackingNumber: label.parcelNumber,
        soldAt: label.createdAt,
        voided: false,
      })),
    labelsByReference: (orderNumber: string) =>
      carrier.store.data.parcels
        .filter((parcel) => parcel.orderNumber === orderNumber)
        .map((parcel) => parcel.parcelNumber),
    advance: (parcelNumber?: string) =>
      parcelNumber === undefined ? scanAll(carrier) : scanParcel(carrier, parcelOf(carrier, parcelNumber)),
    send: (parcelNumber: string, journey: Journey) => sendParcel(carrier, parcelOf(carrier, parcelNumber), journey),
  }
}

function parcelOf(carrier: Carrier, parcelNumber: string): Parcel {
  const parcel = findParcel(carrier, parcelNumber)
  if (!parcel) throw new RangeError(`no parcel ${parcelNumber}`)
  return parcel
}
