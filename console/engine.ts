import {
  isGrpcServiceError,
  ScheduleNotFoundError,
  type ScheduleSummary,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import type { Decision, PersonRequest } from '../domain/decision.ts'
import type { OrderRef } from '../domain/order.ts'
import { orderId } from '../workflows/ids.ts'
import { cancelOrder, decide } from '../workflows/messages.ts'
import type { ConsoleOptions } from './options.ts'

/** What became of a request: taken, refused with a French reason, or no answer in time (it may still be taken). */
export type Answer = { kind: 'taken' } | { kind: 'refused'; reason: string } | { kind: 'silent' }

/** The running lives and schedules, as a person's requests reach them. */
export interface Engine {
  /** The decision's id is the update's id: sent twice, it is taken once. */
  decide(workflowId: string, decision: Decision): Promise<Answer>
  cancelOrder(order: OrderRef, request: PersonRequest): Promise<Answer>
  /** Null when Temporal does not answer. */
  listTasks(): Promise<ScheduleSummary[] | null>
  runTask(id: string): Promise<Answer>
  pauseTask(id: string, note: string): Promise<Answer>
  resumeTask(id: string, note: string): Promise<Answer>
}

/** Reaches Temporal with a deadline, so that a page is always answered. */
export function openEngine({ client, patience = 10_000 }: Pick<ConsoleOptions, 'client' | 'patience'>): Engine {
  const inTime = <T>(ask: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + patience, ask)

  async function ask(request: () => Promise<unknown>): Promise<Answer> {
    try {
      await inTime(request)
      return { kind: 'taken' }
    } catch (error) {
      return answerOf(error)
    }
  }

  return {
    decide: (workflowId, decision) =>
      ask(() =>
        client.workflow.getHandle(workflowId).executeUpdate(decide, { args: [decision], updateId: decision.id }),
      ),
    cancelOrder: (order, request) =>
      ask(() =>
        client.workflow.getHandle(orderId(order)).executeUpdate(cancelOrder, { args: [request], updateId: request.id }),
      ),
    async listTasks() {
      try {
        return await inTime(() => allOf(client.schedule.list()))
      } catch (error) {
        if (answerOf(error).kind === 'silent') return null
        throw error
      }
    },
    runTask: (id) => ask(() => client.schedule.getHandle(id).trigger('BUFFER_ONE')),
    pauseTask: (id, note) => ask(() => client.schedule.getHandle(id).pause(note)),
    resumeTask: (id, note) => ask(() => client.schedule.getHandle(id).unpause(note)),
  }
}

async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of list) all.push(item)
  return all
}

function answerOf(error: unknown): Answer {
  if (error instanceof WorkflowUpdateFailedError)
    return { kind: 'refused', reason: reasonOf(error.cause?.message ?? '') }
  if (error instanceof WorkflowNotFoundError)
    return { kind: 'refused', reason: 'cette commande ou cette expédition est close, plus rien n’y attend' }
  if (error instanceof ScheduleNotFoundError) return { kind: 'refused', reason: 'cette tâche n’existe plus' }
  const unanswered = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof ServiceError
  if (unanswered || isGrpcServiceError(error)) return { kind: 'silent' }
  throw error
}

const REASONS: [RegExp, string][] = [
  [/does not wait for a decision/, 'cette étape n’attend plus de décision, elle a sans doute déjà été relancée'],
  [/may not be skipped/, 'cette étape ne peut pas être ignorée'],
  [/is not retry, skip or cancel/, 'cette décision n’est pas connue'],
  [/an operator is needed/, 'l’opérateur manque'],
  [/has been shipped/, 'la commande est déjà expédiée, traitez plutôt le retour'],
]

/** The validators' reasons are English and few; one that is new is shown as it came. */
function reasonOf(message: string): string {
  const known = REASONS.find(([pattern]) => pattern.test(message))
  return known ? known[1] : message || 'refusé sans motif'
}
