import { workflowInfo } from '@temporalio/workflow'
import { CODIAL_QUEUE } from './queues.ts'
import { errandOn } from './steps.ts'

/** Reads the ERP's change feed from the cursor, and tells the orders that it speaks of; `silence`: milliseconds after which a mute worker is given up. */
export async function followErp({ silence }: { silence?: number } = {}): Promise<{ handled: number }> {
  return errandOn(CODIAL_QUEUE, { silence }).followErpEvents({ run: workflowInfo().workflowId })
}
