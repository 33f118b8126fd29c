import { workflowInfo } from '@temporalio/workflow'
import { carrierQueue } from './queues.ts'
import { errandOn } from './steps.ts'

/** Asks one carrier for the parcels that are due, many per call, and tells their shipments what changed; `silence`: milliseconds after which a mute worker is given up. */
export async function trackParcels({
  carrier,
  silence,
}: {
  carrier: string
  silence?: number
}): Promise<{ handled: number }> {
  return errandOn(carrierQueue(carrier), { silence }).trackDueParcels({ carrier, run: workflowInfo().workflowId })
}
