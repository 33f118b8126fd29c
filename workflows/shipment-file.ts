import * as wf from '@temporalio/workflow'
import type { ShipmentFact } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import type { ShipmentMoment, TrackingStatus } from '../domain/shipment.ts'
import type { Desk } from './attention.ts'
import { CARRIER, STAGE } from './attributes.ts'
import type { Branches, Inbox } from './inbox.ts'
import type { LifePolicy } from './messages.ts'
import type { stepsOf } from './steps.ts'

/** What starts a shipment's life; `parcels` are the ranks, `backOrder` says that more is to come. */
export interface ShipmentInput {
  order: OrderRef
  deliveryNote: string
  carrier: string
  parcels: number[]
  backOrder: boolean
  policy: LifePolicy
}

/** What a shipment's life keeps in mind while it runs. */
export interface ShipmentFile {
  readonly order: OrderRef
  readonly deliveryNote: string
  readonly backOrder: boolean
  readonly policy: LifePolicy
  readonly steps: ReturnType<typeof stepsOf>
  readonly desk: Desk
  readonly inbox: Inbox<ShipmentFact>
  /** Labels being given up, side by side with the rest. */
  readonly branches: Branches
  stage: string
  carrier: string
  /** null: as the delivery note says. */
  service: string | null
  /** Ranks; those above what the ERP told were added here. */
  readonly parcels: number[]
  readonly toldByErp: readonly number[]
  /** Rank -> the generation of its label: how many were given up before it. */
  readonly labelled: Map<number, number>
  readonly generations: Map<number, number>
  readonly statuses: Map<number, TrackingStatus>
  /** Acts of persons that are being written down; labels wait for them. */
  acts: number
}

type Given = Pick<ShipmentFile, 'steps' | 'desk' | 'inbox' | 'branches'>

/** Opens the file of one shipment. */
export const openShipmentFile = (input: ShipmentInput, given: Given): ShipmentFile => ({
  ...given,
  order: input.order,
  deliveryNote: input.deliveryNote,
  backOrder: input.backOrder,
  policy: input.policy,
  stage: 'ready',
  carrier: input.carrier,
  service: null,
  parcels: [...input.parcels],
  toldByErp: input.parcels,
  labelled: new Map(),
  generations: new Map(),
  statuses: new Map(),
  acts: 0,
})

/** The step after which a shipment has left. */
export const LEAVING_STEP = 'ship delivery note'

/** How far the shipment has come, as the table of acts counts it; told to leave, it has left, unless the ERP refused it. */
export function momentOf({ stage, labelled, desk }: ShipmentFile): ShipmentMoment {
  if (stage === 'ready' || stage === 'labelling') return labelled.size === 0 ? 'before-label' : 'between-parcels'
  const isRefused = (code: string): boolean => !['in-doubt', 'unavailable', 'defect'].includes(code)
  const mayStay = desk.parked().some(({ step, code }) => step === LEAVING_STEP && isRefused(code))
  return stage === 'announcing' || (stage === 'leaving' && mayStay) ? 'announcing' : 'shipped'
}

/** Shows the stage in the Temporal UI, and the carrier, which a person may have changed. */
export function showStage(file: ShipmentFile, stage: string): void {
  if (file.stage === stage) return
  file.stage = stage
  wf.upsertSearchAttributes([
    { key: STAGE, value: stage },
    { key: CARRIER, value: file.carrier },
  ])
}
