import { workflowInfo } from '@temporalio/workflow'
import { shopQueue } from './queues.ts'
import { errandOn } from './steps.ts'

/** Reads the orders of one site that changed since the cursor, and starts or tells their lives; `silence`: milliseconds after which a mute worker is given up. */
export async function importOrders({
  site,
  silence,
}: {
  site: string
  silence?: number
}): Promise<{ handled: number }> {
  return errandOn(shopQueue(site), { silence }).importChangedOrders({ site, run: workflowInfo().workflowId })
}
