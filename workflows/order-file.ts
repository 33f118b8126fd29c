import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow'
import type { OrderFact, ShipmentState } from '../domain/facts.ts'
import type { OrderRef, OrderState } from '../domain/order.ts'
import type { PaymentState } from '../domain/payment.ts'
import type { Desk } from './attention.ts'
import { ERP_DOCUMENT, STAGE } from './attributes.ts'
import type { Branches, Inbox } from './inbox.ts'
import type { LifePolicy, Progress } from './messages.ts'
import type { stepsOf } from './steps.ts'

/** What an order's life keeps in mind while it runs. */
export interface OrderFile {
  readonly order: OrderRef
  readonly policy: LifePolicy
  readonly steps: ReturnType<typeof stepsOf>
  readonly desk: Desk
  readonly inbox: Inbox<OrderFact>
  readonly branches: Branches
  stage: OrderState
  erpNumber: string | null
  payment: PaymentState
  readonly shipments: Map<string, { state: ShipmentState; backOrder: boolean }>
  readonly invoices: Set<string>
  /** Newest first: each is put here before the step that it undoes. */
  readonly undo: (() => Promise<void>)[]
  /** Works of one kind never overtake one another: status pushes, payments, changes to look at. */
  inLine<T>(kind: 'status' | 'payment' | 'change', work: () => Promise<T>): Promise<T>
  hasShipped(): boolean
  isSettled(): boolean
  progress(): Progress
}

type Given = Pick<OrderFile, 'order' | 'policy' | 'steps' | 'desk' | 'inbox' | 'branches'>

const LEFT: readonly ShipmentState[] = ['shipped', 'delivered', 'returned', 'lost-sight']
const ENDED: readonly ShipmentState[] = ['delivered', 'returned', 'lost-sight', 'cancelled']

/** Opens the file of one order. */
export function openFile(given: Given): OrderFile {
  const lines = new Map<string, Promise<unknown>>()
  const file: OrderFile = {
    ...given,
    stage: 'received',
    erpNumber: null,
    payment: 'unpaid',
    shipments: new Map(),
    invoices: new Set(),
    undo: [],
    inLine: (kind, work) => {
      const turn = (lines.get(kind) ?? Promise.resolve()).then(work, work)
      lines.set(kind, turn)
      return turn
    },
    hasShipped: () => [...file.shipments.values()].some(({ state }) => LEFT.includes(state)),
    isSettled: () => isSettled(file),
    progress: () => ({
      stage: file.stage,
      payment: file.payment,
      erpNumber: file.erpNumber,
      shipments: Object.fromEntries([...file.shipments].map(([number, { state }]) => [number, state])),
      invoices: [...file.invoices],
      parked: file.desk.parked(),
    }),
  }
  return file
}

/** Delivered, invoiced and settled, with nothing left to do. */
function isSettled({ shipments, invoices, payment, inbox, branches }: OrderFile): boolean {
  const all = [...shipments.values()]
  const complete = all.some(({ state, backOrder }) => !backOrder && state !== 'cancelled')
  const paid = payment === 'matched' || payment === 'overpaid' || payment === 'refunded'
  return (
    complete &&
    all.every(({ state }) => ENDED.includes(state)) &&
    invoices.size > 0 &&
    paid &&
    branches.idle() &&
    inbox.waiting.length === 0
  )
}

/** Shows the stage in the Temporal UI, and the ERP's number once it is known. */
export function showStage(file: OrderFile, stage: OrderState): void {
  if (file.stage === stage) return
  file.stage = stage
  upsertSearchAttributes([
    { key: STAGE, value: stage },
    { key: ERP_DOCUMENT, value: file.erpNumber },
  ])
  if (file.desk.parked().length === 0) setCurrentDetails(`**${stage}** since ${new Date().toISOString()}`)
}
