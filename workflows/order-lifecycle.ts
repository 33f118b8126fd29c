import * as wf from '@temporalio/workflow'
import type { PersonRequest } from '../domain/decision.ts'
import type { OrderFacts } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import { openDesk } from './attention.ts'
import { openBranches, openInbox } from './inbox.ts'
import { cancelOrder, type LifePolicy, type OrderOutcome, orderSignals, progress } from './messages.ts'
import { handleFact } from './order-facts.ts'
import { type OrderFile, openFile, showStage } from './order-file.ts'
import { admitted, closeUnpaid, matchPayment, registered, undoAll } from './order-steps.ts'
import { stepsOf } from './steps.ts'

/** What starts an order's life: its reference, and what its site wants. */
export interface OrderInput {
  order: OrderRef
  policy: LifePolicy
}

/** One order, from the shop to the archived invoice. */
export async function orderLifecycle({ order, policy }: OrderInput): Promise<OrderOutcome> {
  const steps = stepsOf({ site: order.site, patience: policy.patience })
  const desk = openDesk({
    tell: (parked, decision) => steps.console.noteAttention({ order, parked, decision }),
  })
  const file = openFile({
    order,
    policy,
    steps,
    desk,
    inbox: openInbox<OrderFacts>(orderSignals),
    branches: openBranches(),
  })
  const scope = new wf.CancellationScope()
  acceptCancel(file, scope)
  wf.setHandler(progress, () => file.progress())
  const outcome = await scope
    .run(() => live(file))
    .catch((error: unknown) => {
      scope.cancel() // what else is parked or under way ends too
      return giveUp(file, error)
    })
  await wf.CancellationScope.nonCancellable(() => wf.condition(wf.allHandlersFinished))
  return outcome
}

async function live(file: OrderFile): Promise<OrderOutcome> {
  const admission = await admitted(file)
  if (admission === 'unpaid') return closeUnpaid(file)
  if (admission === 'ignored' || admission === 'cancelled') return close(file, admission)
  if (admission.due === 0) file.payment = 'matched'
  await registered(file)
  for (const payment of admission.payments) file.branches.start(() => matchPayment(file, payment))
  while (!file.isSettled()) {
    await wf.condition(() => file.inbox.waiting.length > 0 || file.branches.fatal() !== undefined || file.isSettled())
    const fatal = file.branches.fatal()
    if (fatal) throw fatal.error
    const fact = file.inbox.waiting.shift()
    if (fact) handleFact(file, fact)
  }
  return close(file, 'settled')
}

async function close(file: OrderFile, outcome: OrderOutcome['outcome']): Promise<OrderOutcome> {
  const { order, desk, steps } = file
  const state = await desk.attempt('close', (pace) => steps.connector[pace].closeOrder({ order, outcome }))
  showStage(file, state ?? 'closed')
  return { outcome, state: state ?? 'closed' }
}

/** After a cancel, by a person, the console or the Temporal UI: what was done is undone, newest first. */
async function giveUp(file: OrderFile, error: unknown): Promise<OrderOutcome> {
  const byPerson = error instanceof wf.ApplicationFailure && error.type === 'CancelledByPerson'
  if (!wf.isCancellation(error) && !byPerson) throw error
  return wf.CancellationScope.nonCancellable(async () => {
    await undoAll(file)
    return close(file, 'cancelled')
  })
}

function acceptCancel(file: OrderFile, scope: wf.CancellationScope): void {
  const validator = ({ operator }: PersonRequest): void => {
    if (!operator) throw new Error('an operator is needed')
    if (file.hasShipped()) throw new Error('the order has been shipped: handle the return instead')
  }
  wf.setHandler(cancelOrder, () => scope.cancel(), {
    validator,
    description: 'Cancel the whole order before it is shipped',
  })
}
