import * as wf from '@temporalio/workflow'
import type { PickupPlace, ServiceOffer } from '../activities/carriers/carrier.ts'
import type { Activities } from '../activities/index.ts'
import type { Trouble } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import { carrierQueue } from './queues.ts'

/** What a person wants to know of a carrier before choosing for a delivery note. */
export interface CarrierQuestion {
  order: OrderRef
  deliveryNote: string
  carrier: string
  /** The carrier's product; points are looked for that take its parcels. */
  service: string
  question: 'pickup-points' | 'offers'
  /** Milliseconds in all; default: as long as a person waits for a page. */
  patience?: number
}

/** Public places, what is sold on the lane, or why the carrier told neither; nothing of the customer is in it. */
export type CarrierAnswer = { places: PickupPlace[] } | { offers: ServiceOffer[] } | { trouble: Trouble }

export type { PickupPlace, ServiceOffer }

/** Shorter than the console waits: it then shows what went wrong instead of nothing. */
const PATIENCE = 8_500

/** Asks a carrier once, and a second time if that was quick to fail; a trouble is an answer, since somebody looks at the page. */
export async function askCarrier(asked: CarrierQuestion): Promise<CarrierAnswer> {
  const { question, patience = PATIENCE, ...about } = asked
  const { findOffers, findPickupPlaces } = wf.proxyActivities<Activities>({
    taskQueue: carrierQueue(asked.carrier),
    scheduleToCloseTimeout: patience,
    retry: { initialInterval: 300, maximumAttempts: 2 },
  })
  try {
    return question === 'offers' ? { offers: await findOffers(about) } : { places: await findPickupPlaces(about) }
  } catch (error) {
    if (!(error instanceof wf.ActivityFailure) || wf.isCancellation(error)) throw error
    return { trouble: troubleOf(error, asked.carrier) }
  }
}

function troubleOf({ cause }: wf.ActivityFailure, carrier: string): Trouble {
  const [trouble] = cause instanceof wf.ApplicationFailure ? (cause.details ?? []) : []
  if (trouble) return trouble as Trouble
  return { code: 'unavailable', remedy: `${carrier} ne répond pas pour l’instant : réessayez dans une minute.` }
}
