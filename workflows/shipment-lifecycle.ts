import * as wf from '@temporalio/workflow'
import type { ShipmentFacts, ShipmentState } from '../domain/facts.ts'
import { isFinal, mayAct } from '../domain/shipment.ts'
import { openDesk } from './attention.ts'
import { orderId } from './ids.ts'
import { openBranches, openInbox } from './inbox.ts'
import { orderSignals, shipmentSignals } from './messages.ts'
import {
  LEAVING_STEP,
  momentOf,
  openShipmentFile,
  type ShipmentFile,
  type ShipmentInput,
  showStage,
} from './shipment-file.ts'
import { giveUpDoubts, giveUpLabels, labelParcels } from './shipment-labels.ts'
import { acceptRequests } from './shipment-requests.ts'
import { stepsOf } from './steps.ts'

/** One delivery note, from its labels to the last parcel delivered. */
export async function shipmentLifecycle(input: ShipmentInput): Promise<ShipmentState> {
  const { order, deliveryNote, policy } = input
  const steps = stepsOf({ site: order.site, patience: policy.patience })
  const desk = openDesk({
    tell: (parked, decision) => steps.console.noteAttention({ order, deliveryNote, parked, decision }),
    mayCancel: () => mayAct('cancel', momentOf(file)),
  })
  const inbox = openInbox<ShipmentFacts>(shipmentSignals)
  const file: ShipmentFile = openShipmentFile(input, { steps, desk, inbox, branches: openBranches() })
  acceptRequests(file)
  const scope = new wf.CancellationScope()
  obeyCancellation(file, scope)
  const state = await scope.run(() => live(file)).catch((error: unknown) => giveUp(file, error))
  await wf.CancellationScope.nonCancellable(async () => {
    await file.branches.settled() // a label that is still being given up
    await wf.condition(wf.allHandlersFinished)
  })
  return state
}

async function live(file: ShipmentFile): Promise<ShipmentState> {
  showStage(file, 'labelling')
  await labelParcels(file)
  showStage(file, 'announcing')
  await announced(file)
  showStage(file, 'left')
  await report(file, 'shipped')
  const state = file.backOrder ? 'partially-shipped' : 'shipped'
  await shownToCustomer(file, state)
  return end(file, await followed(file))
}

/** Every number to the ERP, then the note leaves; a parcel added here is unknown to the ERP, which goes by its own ranks. */
async function announced(file: ShipmentFile): Promise<void> {
  const { order, deliveryNote, toldByErp, steps, desk } = file
  for (const rank of toldByErp) {
    await desk.attempt(`announce parcel ${rank} to Codial`, (pace, verdict) =>
      steps.codial[pace].pushTrackingToErp({ order, deliveryNote, rank, verdict }),
    )
  }
  showStage(file, 'leaving')
  await desk.attempt(LEAVING_STEP, (pace, verdict) =>
    steps.codial[pace].shipDeliveryNote({ order, deliveryNote, verdict }),
  )
}

async function shownToCustomer(file: ShipmentFile, state: 'partially-shipped' | 'shipped'): Promise<void> {
  const { order, deliveryNote, carrier, parcels, policy, steps, desk } = file
  for (const rank of parcels) {
    await desk.attempt(`show parcel ${rank} on the shop`, (pace, verdict) =>
      steps.shop[pace].pushTrackingToShop({ order, deliveryNote, rank, carrier, verdict }),
    )
  }
  await desk.attempt(
    `push status ${state}`,
    (pace, verdict) => steps.shop[pace].pushOrderStatus({ order, state, verdict }),
    { maySkip: true },
  )
  if (!policy.letters.shipped) return
  await desk.attempt(
    'send tracking e-mail',
    (pace, verdict) => steps.mail[pace].sendTrackingEmail({ order, deliveryNote, verdict }),
    { maySkip: true },
  )
}

/** A delivery note taken back before it left ends the shipment, even one that waits for a person; so does a cancel beside the main line. */
function obeyCancellation(file: ShipmentFile, scope: wf.CancellationScope): void {
  const takenBack = (): boolean => file.inbox.waiting.some(({ name }) => name === 'shipmentCancelled')
  const isOver = (): boolean => takenBack() || file.branches.fatal() !== undefined
  const watch = wf.condition(() => isOver() && mayAct('cancel', momentOf(file))).then(() => scope.cancel())
  watch.catch(() => undefined) // the whole workflow was cancelled: nothing more to watch
}

/** Waits for scans until every parcel is delivered or returned, or the time to follow it is over. */
async function followed(file: ShipmentFile): Promise<ShipmentState> {
  const { parcels, policy, inbox, statuses } = file
  const until = Date.now() + policy.patience.tracking
  showStage(file, 'shipped')
  while (!parcels.every((rank) => isFinal(statuses.get(rank) ?? 'announced'))) {
    const timeout = Math.max(1, until - Date.now())
    if (!(await wf.condition(() => inbox.waiting.length > 0, timeout, { summary: 'waits for scans' })))
      return 'lost-sight'
    const fact = inbox.waiting.shift()
    if (fact?.name === 'parcelScanned') await scanned(file, fact)
  }
  return parcels.every((rank) => statuses.get(rank) === 'delivered') ? 'delivered' : 'returned'
}

/** A scan reaches the ERP; an incident the shop's people and the customer too. */
async function scanned(file: ShipmentFile, { rank, status, at }: ShipmentFacts['parcelScanned']): Promise<void> {
  const { order, deliveryNote, policy, steps, desk, statuses, toldByErp } = file
  statuses.set(rank, status)
  showStage(file, status)
  if (toldByErp.includes(rank)) {
    await desk.attempt(
      `tell Codial that parcel ${rank} is ${status}`,
      (pace, verdict) => steps.codial[pace].pushTrackingEvent({ order, deliveryNote, rank, status, at, verdict }),
      { maySkip: true },
    )
  }
  if (status !== 'incident') return
  await desk.attempt(
    `tell the shop of the incident of parcel ${rank}`,
    (pace, verdict) => steps.shop[pace].pushIncidentToShop({ order, deliveryNote, rank, at, verdict }),
    { maySkip: true },
  )
  if (!policy.letters.incident) return
  await desk.attempt(
    `send incident e-mail of parcel ${rank}`,
    (pace, verdict) => steps.mail[pace].sendIncidentEmail({ order, deliveryNote, rank, at, verdict }),
    { maySkip: true },
  )
}

async function end(file: ShipmentFile, state: ShipmentState): Promise<ShipmentState> {
  const { order, deliveryNote, policy, steps, desk } = file
  if (state === 'delivered' && policy.letters.delivered) {
    await desk.attempt(
      'send delivered e-mail',
      (pace, verdict) => steps.mail[pace].sendDeliveredEmail({ order, deliveryNote, verdict }),
      { maySkip: true },
    )
  }
  await desk.attempt('close shipment', (pace) => steps.connector[pace].closeShipment({ order, deliveryNote, state }))
  showStage(file, state)
  await report(file, state)
  return state
}

/** After a cancel by a person or the Temporal UI: labels are given up; what has left is only not followed any more. */
async function giveUp(file: ShipmentFile, error: unknown): Promise<ShipmentState> {
  const byPerson = error instanceof wf.ApplicationFailure && error.type === 'CancelledByPerson'
  if (!wf.isCancellation(error) && !byPerson) throw error
  return wf.CancellationScope.nonCancellable(async () => {
    if (!mayAct('cancel', momentOf(file))) return end(file, 'lost-sight')
    await giveUpLabels(file, { operator: 'Automate', branch: null })
    await giveUpDoubts(file)
    return end(file, 'cancelled')
  })
}

/** Tells the order; one that has closed already is no error. */
async function report({ order, deliveryNote }: ShipmentFile, state: ShipmentState): Promise<void> {
  const parent = wf.getExternalWorkflowHandle(orderId(order))
  const told = parent.signal(orderSignals.shipmentMoved, { id: `${deliveryNote}:${state}`, deliveryNote, state })
  await told.catch((error: unknown) => {
    if (wf.isCancellation(error)) throw error
  })
}
