import { activityInfo } from '@temporalio/activity'
import { parkedStepsOf, replaceParkedSteps } from '../db/attention.ts'
import type { Db } from '../db/connect.ts'
import { orderOperation, reportOperation, updateOperation } from '../db/operations.ts'
import type { Decision, ParkedStep } from '../domain/decision.ts'
import { FAILURES, type FailureCode } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Deps } from './deps.ts'

const ACTIONS = { retry: 'relancée', skip: 'ignorée', cancel: 'annulée' } as const

/** What the console must know of a running life. */
export function operationActivities({ db }: Deps) {
  return {
    /** Keeps the report and the list of parked steps true; a decision leaves its own row, with operator and branch. */
    async noteAttention(o: {
      /** An order, or the pseudo reference of a life that is none. */
      order: OrderRef
      /** Of a life that is no order: the id of its row in the report, and what the row says while it runs. */
      operation?: { id: string; running: string }
      deliveryNote?: string
      parked: ParkedStep[]
      decision?: Decision | undefined
    }): Promise<void> {
      const { order, operation, parked, decision } = o
      const workflowId = activityInfo().workflowExecution?.workflowId ?? ''
      const running = operation ? { ...RUNNING, message: operation.running } : RUNNING
      await db.transaction().execute(async (tx) => {
        await replaceParkedSteps(tx, workflowId, order, parked)
        const [oldest] = await parkedStepsOf(tx, order)
        await updateOperation(tx, operation?.id ?? orderOperation(order), oldest ? waiting(oldest) : running)
        if (decision) await reportDecision(tx, operation ? null : order, decision)
      })
    },
  }

  async function reportDecision(
    tx: Db,
    order: OrderRef | null,
    { id, step, action, operator, branch, note }: Decision,
  ): Promise<void> {
    await reportOperation(tx, {
      id: `decision:${id}`,
      type: 'Décision',
      direction: 'interne',
      site: order?.site ?? null,
      web_id: order?.webId ?? null,
      light: 'vert',
      message: `Étape « ${step} » ${ACTIONS[action]}${note ? ` : ${note.slice(0, 200)}` : ''}.`,
      trigger: action === 'retry' ? 'relance' : 'manuel',
      operator,
      branch,
      step,
      ended_at: new Date(),
    })
  }
}

const RUNNING = {
  light: 'bleu',
  message: 'Commande en cours.',
  error_code: null,
  remedy: null,
  step: null,
  parked_at: null,
} as const

function waiting({ step, code, remedy, since }: { step: string; code: string; remedy: string; since: Date }) {
  const light = code === 'in-doubt' ? ('violet' as const) : ('rouge' as const)
  const title = FAILURES[code as FailureCode]?.title ?? code
  return { light, message: `${title} : une décision est attendue.`, error_code: code, remedy, step, parked_at: since }
}
