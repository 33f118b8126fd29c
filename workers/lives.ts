import type { Client } from '@temporalio/client'
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { Lives } from '../activities/deps.ts'
import { ORDER_REFERENCE, SITE, STAGE } from '../workflows/attributes.ts'
import { orderId, shipmentId } from '../workflows/ids.ts'
import type { LifePolicy } from '../workflows/messages.ts'
import type { orderLifecycle } from '../workflows/order-lifecycle.ts'
import { CONNECTOR_QUEUE } from '../workflows/queues.ts'

/** The running lives, reached through Temporal: started once, told facts; a closed one says so. */
export function openLives(
  client: Client,
  policyOf: (site: string) => LifePolicy,
  { workflowTaskTimeout }: { workflowTaskTimeout?: number } = {},
): Lives {
  const tell = async (workflowId: string, { name, ...fact }: { name: string }): Promise<'told' | 'closed'> => {
    try {
      await client.workflow.getHandle(workflowId).signal(name, fact)
      return 'told'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed'
      throw error
    }
  }
  return {
    async startOrder({ ref, summary }) {
      try {
        await client.workflow.start<typeof orderLifecycle>('orderLifecycle', {
          workflowId: orderId(ref),
          taskQueue: CONNECTOR_QUEUE,
          args: [{ order: ref, policy: policyOf(ref.site) }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          staticSummary: summary.slice(0, 200),
          ...(workflowTaskTimeout ? { workflowTaskTimeout } : {}),
          typedSearchAttributes: [
            { key: SITE, value: ref.site },
            { key: ORDER_REFERENCE, value: ref.webId },
            { key: STAGE, value: 'received' },
          ],
        })
        return 'started'
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'closed'
        throw error
      }
    },
    tellOrder: (ref, fact) => tell(orderId(ref), fact),
    tellShipment: (ref, deliveryNote, fact) => tell(shipmentId(ref, deliveryNote), fact),
    async historyOf(ref) {
      return historyToJSON(await client.workflow.getHandle(orderId(ref)).fetchHistory())
    },
  }
}
