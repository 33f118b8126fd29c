import * as wf from '@temporalio/workflow'
import type { ShipmentFact, ShipmentFacts, ShipmentState } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import { isFinal, type TrackingStatus } from '../domain/shipment.ts'
import { type Desk, openDesk } from './attention.ts'
import { STAGE } from './attributes.ts'
import { orderId } from './ids.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { type LifePolicy, orderSignals, progress, reprintLabel, shipmentSignals, voidLabel } from './messages.ts'
import { stepsOf } from './steps.ts'

/** What starts a shipment's life; `parcels` are the ranks, `backOrder` says that more is to come. */
export interface ShipmentInput {
  order: OrderRef
  deliveryNote: string
  carrier: string
  parcels: number[]
  backOrder: boolean
  policy: LifePolicy
}

interface ShipmentFile extends ShipmentInput {
  steps: ReturnType<typeof stepsOf>
  desk: Desk
  inbox: Inbox<ShipmentFact>
  stage: string
  /** Rank -> how many labels were given up before the one it has. */
  labelled: Map<number, number>
  generations: Map<number, number>
  statuses: Map<number, TrackingStatus>
}

/** One delivery note, from its labels to the last parcel delivered. */
export async function shipmentLifecycle(input: ShipmentInput): Promise<ShipmentState> {
  const { order, deliveryNote, policy } = input
  const steps = stepsOf({ site: order.site, patience: policy.patience })
  const desk = openDesk({
    tell: (parked, decision) => steps.console.noteAttention({ order, deliveryNote, parked, decision }),
  })
  const file: ShipmentFile = {
    ...input,
    steps,
    desk,
    inbox: openInbox<ShipmentFacts>(shipmentSignals),
    stage: 'ready',
    labelled: new Map(),
    generations: new Map(),
    statuses: new Map(),
  }
  acceptRequests(file)
  const scope = new wf.CancellationScope()
  obeyCancellation(file, scope)
  const state = await scope.run(() => live(file)).catch((error: unknown) => giveUp(file, error))
  await wf.CancellationScope.nonCancellable(() => wf.condition(wf.allHandlersFinished))
  return state
}

async function live(file: ShipmentFile): Promise<ShipmentState> {
  const { order, deliveryNote, carrier, parcels, backOrder, policy, steps, desk } = file
  showStage(file, 'labelling')
  for (let rank = nextUnlabelled(file); rank !== undefined; rank = nextUnlabelled(file)) {
    await label(file, rank)
  }
  showStage(file, 'announcing')
  for (const rank of parcels) {
    await desk.attempt(`announce parcel ${rank} to Codial`, (pace, verdict) =>
      steps.codial[pace].pushTrackingToErp({ order, deliveryNote, rank, verdict }),
    )
  }
  await desk.attempt('ship delivery note', (pace, verdict) =>
    steps.codial[pace].shipDeliveryNote({ order, deliveryNote, verdict }),
  )
  for (const rank of parcels) {
    await desk.attempt(`show parcel ${rank} on the shop`, (pace, verdict) =>
      steps.shop[pace].pushTrackingToShop({ order, deliveryNote, rank, carrier, verdict }),
    )
  }
  const state = backOrder ? 'partially-shipped' : 'shipped'
  await desk.attempt(
    `push status ${state}`,
    (pace, verdict) => steps.shop[pace].pushOrderStatus({ order, state, verdict }),
    { maySkip: true },
  )
  await report(file, 'shipped')
  if (policy.letters.shipped) {
    await desk.attempt(
      'send tracking e-mail',
      (pace, verdict) => steps.mail[pace].sendTrackingEmail({ order, deliveryNote, verdict }),
      {
        maySkip: true,
      },
    )
  }
  return end(file, await followed(file))
}

async function label(file: ShipmentFile, rank: number): Promise<void> {
  const { order, deliveryNote, carrier, steps, desk } = file
  const generation = file.generations.get(rank) ?? 0
  await desk.attempt(`make label of parcel ${rank}`, (pace, verdict) =>
    steps.carrier(carrier)[pace].createLabel({ order, deliveryNote, carrier, rank, generation, verdict }),
  )
  file.labelled.set(rank, generation)
}

const nextUnlabelled = ({ parcels, labelled }: ShipmentFile): number | undefined =>
  parcels.find((rank) => !labelled.has(rank))

/** A delivery note taken back while its labels are made ends the shipment, even one that waits for a person. */
function obeyCancellation(file: ShipmentFile, scope: wf.CancellationScope): void {
  const takenBack = (): boolean => file.inbox.waiting.some(({ name }) => name === 'shipmentCancelled')
  const watch = wf.condition(() => takenBack() && file.stage === 'labelling').then(() => scope.cancel())
  watch.catch(() => undefined) // the whole workflow was cancelled: nothing more to watch
}

/** Waits for scans until every parcel is delivered or returned, or the time to follow it is over. */
async function followed(file: ShipmentFile): Promise<ShipmentState> {
  const { order, deliveryNote, parcels, policy, steps, desk, inbox, statuses } = file
  const until = Date.now() + policy.patience.tracking
  showStage(file, 'shipped')
  while (!parcels.every((rank) => isFinal(statuses.get(rank) ?? 'announced'))) {
    const timeout = Math.max(1, until - Date.now())
    if (!(await wf.condition(() => inbox.waiting.length > 0, timeout, { summary: 'waits for scans' })))
      return 'lost-sight'
    const fact = inbox.waiting.shift()
    if (fact?.name !== 'parcelScanned') continue
    const { rank, status, at } = fact
    statuses.set(rank, status)
    showStage(file, status)
    await desk.attempt(
      `tell Codial that parcel ${rank} is ${status}`,
      (pace, verdict) => steps.codial[pace].pushTrackingEvent({ order, deliveryNote, rank, status, at, verdict }),
      { maySkip: true },
    )
  }
  return parcels.every((rank) => statuses.get(rank) === 'delivered') ? 'delivered' : 'returned'
}

async function end(file: ShipmentFile, state: ShipmentState): Promise<ShipmentState> {
  const { order, deliveryNote, steps, desk } = file
  await desk.attempt('close shipment', (pace) => steps.connector[pace].closeShipment({ order, deliveryNote, state }))
  showStage(file, state)
  await report(file, state)
  return state
}

/** After a cancel by a person or the Temporal UI: labels are given up locally, the order is told. */
async function giveUp(file: ShipmentFile, error: unknown): Promise<ShipmentState> {
  const byPerson = error instanceof wf.ApplicationFailure && error.type === 'CancelledByPerson'
  if (!wf.isCancellation(error) && !byPerson) throw error
  return wf.CancellationScope.nonCancellable(() => end(file, 'cancelled'))
}

/** Tells the order; one that has closed already is no error. */
async function report({ order, deliveryNote }: ShipmentFile, state: ShipmentState): Promise<void> {
  const parent = wf.getExternalWorkflowHandle(orderId(order))
  const told = parent.signal(orderSignals.shipmentMoved, { id: `${deliveryNote}:${state}`, deliveryNote, state })
  await told.catch((error: unknown) => {
    if (wf.isCancellation(error)) throw error
  })
}

function showStage(file: ShipmentFile, stage: string): void {
  if (file.stage === stage) return
  file.stage = stage
  wf.upsertSearchAttributes([{ key: STAGE, value: stage }])
}

function acceptRequests(file: ShipmentFile): void {
  const { order, deliveryNote, parcels, steps } = file
  wf.setHandler(progress, () => ({ stage: file.stage, parked: file.desk.parked() }))
  const known = (rank: number): void => {
    if (!parcels.includes(rank)) throw new Error(`no parcel ${rank}`)
    if (!file.labelled.has(rank)) throw new Error(`parcel ${rank} has no label yet`)
  }
  wf.setHandler(
    reprintLabel,
    ({ rank, operator, branch }) => steps.connector.slow.reprintLabel({ order, deliveryNote, rank, operator, branch }),
    {
      validator: ({ rank }) => known(rank),
      description: 'Give the stored label again, without buying',
    },
  )
  wf.setHandler(
    voidLabel,
    ({ rank }) => {
      file.generations.set(rank, (file.labelled.get(rank) ?? 0) + 1)
      file.labelled.delete(rank)
    },
    {
      validator: ({ rank }) => {
        known(rank)
        if (file.stage !== 'labelling') throw new Error('its number was announced already')
      },
      description: 'Give up a label before its number is announced; another is made',
    },
  )
}
