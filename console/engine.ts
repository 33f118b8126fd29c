import { randomUUID } from 'node:crypto'
import {
  isGrpcServiceError,
  ScheduleNotFoundError,
  type ScheduleSummary,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import type { SearchAttributePair } from '@temporalio/common'
import type { Decision, PersonRequest } from '../domain/decision.ts'
import type { OrderRef } from '../domain/order.ts'
import type { CarrierAnswer, CarrierQuestion } from '../workflows/ask-carrier.ts'
import { CARRIER, ORDER_REFERENCE, SITE } from '../workflows/attributes.ts'
import type { ManifestInput } from '../workflows/carrier-manifest.ts'
import { askId, orderId, shipmentId } from '../workflows/ids.ts'
import {
  addParcel,
  cancelOrder,
  changeService,
  decide,
  type NewParcel,
  type ServiceChoice,
  voidLabel,
} from '../workflows/messages.ts'
import type { PrintInput } from '../workflows/print-batch.ts'
import { CONNECTOR_QUEUE } from '../workflows/queues.ts'
import type { ReturnInput } from '../workflows/return-lifecycle.ts'
import type { ConsoleOptions } from './options.ts'

/** What became of a request: taken, refused with a French reason, or no answer in time (it may still be taken). */
export type Answer = { kind: 'taken' } | { kind: 'refused'; reason: string } | { kind: 'silent' }

/** Names one shipment of an order. */
export interface ShipmentRef {
  order: OrderRef
  deliveryNote: string
}

/** A workflow that a person starts. */
export interface Launch {
  workflow: 'carrierManifest' | 'printBatch' | 'returnLifecycle'
  id: string
  input: ManifestInput | PrintInput | ReturnInput
  summary: string
  attributes: SearchAttributePair[]
  mayRunAgain: boolean
}

/** The running lives and schedules, as a person's requests reach them. */
export interface Engine {
  /** The decision's id is the update's id: sent twice, it is taken once. */
  decide(workflowId: string, decision: Decision): Promise<Answer>
  cancelOrder(order: OrderRef, request: PersonRequest): Promise<Answer>
  voidLabel(shipment: ShipmentRef, request: PersonRequest & { rank: number }): Promise<Answer>
  addParcel(shipment: ShipmentRef, request: PersonRequest & { parcel: NewParcel }): Promise<Answer>
  changeService(shipment: ShipmentRef, request: PersonRequest & { choice: ServiceChoice }): Promise<Answer>
  /** Starts a workflow; one that runs already under this id is joined, one that has ended runs again only where it may. */
  launch(o: Launch): Promise<Answer>
  /** Asks a carrier what it has, changing nothing; null when nobody answers in time. */
  askCarrier(question: CarrierQuestion): Promise<CarrierAnswer | null>
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

  const handleOf = ({ order, deliveryNote }: ShipmentRef) => client.workflow.getHandle(shipmentId(order, deliveryNote))
  const asUpdate = <R extends PersonRequest>(request: R) => ({ args: [request] as [R], updateId: request.id })

  return {
    decide: (workflowId, decision) =>
      ask(() =>
        client.workflow.getHandle(workflowId).executeUpdate(decide, { args: [decision], updateId: decision.id }),
      ),
    cancelOrder: (order, request) =>
      ask(() =>
        client.workflow.getHandle(orderId(order)).executeUpdate(cancelOrder, { args: [request], updateId: request.id }),
      ),
    voidLabel: (shipment, request) => ask(() => handleOf(shipment).executeUpdate(voidLabel, asUpdate(request))),
    addParcel: (shipment, request) => ask(() => handleOf(shipment).executeUpdate(addParcel, asUpdate(request))),
    changeService: (shipment, request) => ask(() => handleOf(shipment).executeUpdate(changeService, asUpdate(request))),
    launch: ({ workflow, id, input, summary, attributes, mayRunAgain }) =>
      ask(() =>
        client.workflow.start(workflow, {
          workflowId: id,
          taskQueue: CONNECTOR_QUEUE,
          args: [input],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: mayRunAgain ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
          staticSummary: summary,
          typedSearchAttributes: attributes,
        }),
      ),
    askCarrier: (question) => orNull(inTime(() => client.workflow.execute('askCarrier', questionOptions(question)))),
    listTasks: () => orNull(inTime(() => allOf(client.schedule.list()))),
    runTask: (id) => ask(() => client.schedule.getHandle(id).trigger('BUFFER_ONE')),
    pauseTask: (id, note) => ask(() => client.schedule.getHandle(id).pause(note)),
    resumeTask: (id, note) => ask(() => client.schedule.getHandle(id).unpause(note)),
  }
}

/** Null when Temporal, or whoever works for it, did not answer in time. */
async function orNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request
  } catch (error) {
    if (error instanceof WorkflowFailedError || answerOf(error).kind === 'silent') return null
    throw error
  }
}

/** A question that nobody took up in time is not asked any more: the page is gone. */
const questionOptions = (question: CarrierQuestion) => ({
  workflowId: askId(randomUUID()),
  taskQueue: CONNECTOR_QUEUE,
  args: [question],
  workflowExecutionTimeout: '30s' as const,
  staticSummary: `${question.order.webId} · ${question.question} ${question.carrier}`,
  typedSearchAttributes: [
    { key: SITE, value: question.order.site },
    { key: ORDER_REFERENCE, value: question.order.webId },
    { key: CARRIER, value: question.carrier },
  ],
})

async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of list) all.push(item)
  return all
}

function answerOf(error: unknown): Answer {
  if (error instanceof WorkflowUpdateFailedError)
    return { kind: 'refused', reason: reasonOf(error.cause?.message ?? '') }
  if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'taken' } // it has run already: once is enough
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
  [/comes too late, or too early/, 'à ce stade de l’expédition, ce n’est plus possible ou pas encore'],
  [
    /no label waits for a person/,
    'aucune étiquette n’attend de décision, ou un achat est à vérifier : décidez-en d’abord',
  ],
  [/has no label yet/, 'ce colis n’a pas encore d’étiquette'],
  [/it has left/, 'le colis est parti, il ne s’annule plus'],
  [/has been shipped/, 'la commande est déjà expédiée, traitez plutôt le retour'],
]

/** The validators' reasons are English and few; one that is new is shown as it came. */
function reasonOf(message: string): string {
  const known = REASONS.find(([pattern]) => pattern.test(message))
  return known ? known[1] : message || 'refusé sans motif'
}
