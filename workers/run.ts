import { fileURLToPath } from 'node:url'
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import type { Logger } from 'pino'
import type { Deps } from '../activities/deps.ts'
import { createActivities } from '../activities/index.ts'
import {
  CODIAL_QUEUE,
  CONNECTOR_QUEUE,
  carrierQueue,
  DOCUMENTS_QUEUE,
  MAIL_QUEUE,
  PRINT_QUEUE,
  shopQueue,
} from '../workflows/queues.ts'
import { FailureTranslator } from './failures.ts'

/** What the workers of one process serve, and how. */
export interface WorkersOptions {
  connection: NativeConnection
  namespace: string
  deps: Deps
  log: Logger
  identity: string
  /** Queue names, `*` at the end matches any ending; empty: all. */
  queues: string[]
  sites: { code: string; pace: number; slots: number }[]
  /** Requests per second that the ERP bears. */
  codialPace: number
  carriers: { login: { carrier: string }; pace: number }[]
  /** A bundle made before, so that a start takes less time. */
  bundle?: string
  overrides?: Partial<WorkerOptions>
}

/** Running workers; `finished` rejects when one of them dies, and the others are drained then. */
export interface RunningWorkers {
  finished: Promise<void>
  shutdown(): Promise<void>
}

const at = (slots: number, pollers: number, extra: Partial<WorkerOptions> = {}): Partial<WorkerOptions> => ({
  maxConcurrentActivityTaskExecutions: slots,
  activityTaskPollerBehavior: { type: 'simple-maximum', maximum: pollers },
  ...extra,
})

/** Every queue there is, with the pace that its seam bears (temporal.md, section 4). */
export function queueTable({
  sites,
  carriers,
  codialPace,
}: Pick<WorkersOptions, 'sites' | 'carriers' | 'codialPace'>): Record<string, Partial<WorkerOptions>> {
  return {
    [CONNECTOR_QUEUE]: {
      maxConcurrentWorkflowTaskExecutions: 40,
      maxConcurrentActivityTaskExecutions: 10,
      maxCachedWorkflows: 500,
    },
    [CODIAL_QUEUE]: at(Math.max(2, Math.round(codialPace / 10)), 2, { maxTaskQueueActivitiesPerSecond: codialPace }),
    [MAIL_QUEUE]: at(2, 1),
    [DOCUMENTS_QUEUE]: at(1, 1),
    [PRINT_QUEUE]: at(4, 1),
    ...Object.fromEntries(
      sites.map(({ code, pace, slots }) => [
        shopQueue(code),
        at(slots, 2, { maxTaskQueueActivitiesPerSecond: 0.9 * pace }),
      ]),
    ),
    ...Object.fromEntries(
      carriers.map(({ login, pace }) => [
        carrierQueue(login.carrier),
        at(4, 2, { maxTaskQueueActivitiesPerSecond: 0.9 * pace }),
      ]),
    ),
  }
}

/** Starts the workers of the chosen queues in this process. */
export async function startWorkers(o: WorkersOptions): Promise<RunningWorkers> {
  const chosen = Object.entries(queueTable(o)).filter(([queue]) => isChosen(queue, o.queues))
  if (chosen.length === 0)
    throw new Error(`no queue matches ${o.queues.join(', ')}; there are ${Object.keys(queueTable(o)).join(', ')}`)
  const workers = await Promise.all(chosen.map(([queue, options]) => Worker.create(workerOptions(o, queue, options))))
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  const finished = Promise.all(
    workers.map((worker) =>
      worker.run().catch((error: unknown) => {
        shutdown()
        throw error
      }),
    ),
  ).then(() => undefined)
  return {
    finished,
    async shutdown() {
      shutdown()
      await finished
    },
  }
}

function workerOptions(o: WorkersOptions, taskQueue: string, options: Partial<WorkerOptions>): WorkerOptions {
  const workflows = o.bundle
    ? { workflowBundle: { codePath: o.bundle } }
    : { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) }
  return {
    connection: o.connection,
    namespace: o.namespace,
    taskQueue,
    identity: o.identity,
    activities: createActivities(o.deps),
    ...(taskQueue === CONNECTOR_QUEUE ? workflows : {}),
    interceptors: { activity: [() => ({ inbound: new FailureTranslator(o.log) })] },
    shutdownGraceTime: 30_000,
    shutdownForceTime: 60_000,
    ...options,
    ...o.overrides,
  }
}

const isChosen = (queue: string, patterns: string[]): boolean =>
  patterns.length === 0 || patterns.some((p) => (p.endsWith('*') ? queue.startsWith(p.slice(0, -1)) : queue === p))
