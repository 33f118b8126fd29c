import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import type { Patience } from './messages.ts'
import { CODIAL_QUEUE, CONNECTOR_QUEUE, carrierQueue, DOCUMENTS_QUEUE, MAIL_QUEUE, shopQueue } from './queues.ts'

/** First short and bounded, then slow and bounded; then a person. */
export type Pace = 'short' | 'slow'

/** The activities of one queue at either pace. */
export type Steps = Record<Pace, Activities>

/** How long steps are tried, without what a whole order waits for. */
export type StepPatience = Pick<Patience, 'short' | 'slow' | 'attempt'>

const SECOND = 1000

/** An activity already at work is waited for when its order is cancelled: its effect must be known before it is undone. */
const patient = { cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED }

function stepsOn(taskQueue: string, longest: number, { short, slow, attempt }: StepPatience): Steps {
  const startToCloseTimeout = attempt ?? longest
  const at = (retry: { initialInterval: number; backoffCoefficient: number; maximumAttempts: number }): Activities =>
    proxyActivities<Activities>({ taskQueue, startToCloseTimeout, retry, ...patient })
  return {
    short: at({ initialInterval: short, backoffCoefficient: 2, maximumAttempts: 5 }),
    slow: at({ initialInterval: slow, backoffCoefficient: 1, maximumAttempts: 12 }),
  }
}

/** How patiently the steps of a life that waits for nobody but the outside are tried (lifecycle.md, "Patience"). */
export const USUAL_PATIENCE: StepPatience = { short: SECOND, slow: 300 * SECOND }

/** Every queue an order's life works on, with the longest honest attempt of each. */
export function stepsOf({ site, patience }: { site: string; patience: StepPatience }) {
  const connector = stepsOn(CONNECTOR_QUEUE, 15 * SECOND, patience)
  return {
    connector: { ...connector, short: notes(patience) },
    /** Tells the console by way of the history: what it shows to a person has survived every crash already. */
    console: connector.short,
    codial: stepsOn(CODIAL_QUEUE, 60 * SECOND, patience),
    shop: stepsOn(shopQueue(site), 60 * SECOND, patience),
    mail: stepsOn(MAIL_QUEUE, 60 * SECOND, patience),
    documents: stepsOn(DOCUMENTS_QUEUE, 120 * SECOND, patience),
    carrier: (code: string): Steps => stepsOn(carrierQueue(code), 45 * SECOND, patience),
  }
}

/** Short writes to our own database, without a trip through the server. */
export function notes({ short }: Pick<Patience, 'short'>): Activities {
  const retry = { initialInterval: short, backoffCoefficient: 2, maximumAttempts: 3 }
  return proxyLocalActivities<Activities>({ startToCloseTimeout: 5 * SECOND, retry })
}

/** An errand's one activity: five quick attempts, then its run fails and the next one tries again. */
export function errandOn(taskQueue: string, { silence = 30 * SECOND }: { silence?: number | undefined }): Activities {
  return proxyActivities<Activities>({
    taskQueue,
    startToCloseTimeout: 300 * SECOND,
    heartbeatTimeout: silence,
    retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumAttempts: 5 },
  })
}
