import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import * as wf from '@temporalio/workflow'
import type { OrderFact, OrderFacts } from '../domain/facts.ts'
import { CARRIER, ERP_DOCUMENT, ORDER_REFERENCE, SITE } from './attributes.ts'
import { shipmentId } from './ids.ts'
import type { OrderFile } from './order-file.ts'
import { invoice, matchPayment, pushStatus, tellShipmentCancelled } from './order-steps.ts'
import type { shipmentLifecycle } from './shipment-lifecycle.ts'

type Handlers = { [K in keyof OrderFacts]: (file: OrderFile, fact: OrderFacts[K]) => Promise<void> }

/** Step 4: what each fact makes an order do; every row is short, and goes on side by side with the others. */
const HANDLERS: Handlers = {
  erpStatusChanged: async (file, { state }) => {
    if (state && state !== 'cancelled') await pushStatus(file, state)
  },
  erpOrderCancelled: async (file) => {
    file.undo.length = 0 // the branch cancelled it in the ERP: nothing to undo there
    throw wf.ApplicationFailure.nonRetryable('cancelled in Codial', 'CancelledByPerson')
  },
  shipmentReady: startShipment,
  shipmentCancelled: (file, { deliveryNote }) => tellShipmentCancelled(file, deliveryNote),
  shipmentMoved: async (file, { deliveryNote, state }) => {
    const shipment = file.shipments.get(deliveryNote)
    if (shipment) shipment.state = state
    if (state === 'delivered' && allDelivered(file)) await pushStatus(file, 'delivered')
  },
  invoiceIssued: (file, fact) => invoice(file, fact.invoice),
  creditNoteIssued: (file, { creditNote }) => invoice(file, creditNote),
  webOrderChanged: changedOnShop,
  webOrderCancelled: cancelledOnShop,
  refundMade: refundedOnShop,
  paymentReceived: matchPayment,
}

/** Hands a fact to its row, side by side with the others. */
export function handleFact(file: OrderFile, fact: OrderFact): void {
  const handle = HANDLERS[fact.name] as (file: OrderFile, fact: OrderFact) => Promise<void>
  file.branches.start(() => handle(file, fact))
}

/** Step 5: a life per delivery note, left running when the order closes. */
async function startShipment(
  file: OrderFile,
  { deliveryNote, carrier, parcels, backOrder }: OrderFacts['shipmentReady'],
): Promise<void> {
  const { order, policy } = file
  if (file.shipments.has(deliveryNote)) return
  file.shipments.set(deliveryNote, { state: 'started', backOrder })
  try {
    await wf.startChild<typeof shipmentLifecycle>('shipmentLifecycle', {
      workflowId: shipmentId(order, deliveryNote),
      args: [{ order, deliveryNote, carrier, parcels, backOrder, policy }],
      parentClosePolicy: wf.ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `${order.webId} · ${deliveryNote} · ${carrier}`,
      typedSearchAttributes: [
        { key: SITE, value: order.site },
        { key: ORDER_REFERENCE, value: order.webId },
        { key: ERP_DOCUMENT, value: deliveryNote },
        { key: CARRIER, value: carrier },
      ],
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

function allDelivered({ shipments }: OrderFile): boolean {
  const all = [...shipments.values()].filter(({ state }) => state !== 'cancelled')
  return all.every(({ state }) => state === 'delivered') && all.some(({ backOrder }) => !backOrder)
}

/** The customer or the shop cancelled it: before shipping everything is undone, after it a person decides. */
async function cancelledOnShop(file: OrderFile): Promise<void> {
  if (!file.hasShipped()) throw wf.ApplicationFailure.nonRetryable('cancelled on the shop', 'CancelledByPerson')
  await file.desk.ask('cancel asked by the shop', 'cancel-too-late')
}

/** The ERP's order cannot be changed from outside: a person corrects it there, before or after the parcel has left. */
async function changedOnShop(file: OrderFile, { changed }: OrderFacts['webOrderChanged']): Promise<void> {
  if (changed.length === 0) return
  const code = file.hasShipped() ? 'changed-too-late' : 'order-changed'
  const what = changed.join(' and ')
  await file.inLine('change', () => file.desk.ask(`look at the changed ${what}`, code))
}

/** All money back before anything left cancels the order; any other refund waits for its credit note, made by a person. */
async function refundedOnShop(file: OrderFile, { id, refunded, isWhole }: OrderFacts['refundMade']): Promise<void> {
  const { order, desk, steps } = file
  const state = await desk.attempt('note refund', (pace) => steps.connector[pace].noteRefund({ order, refunded }))
  if (state) file.payment = state
  if (isWhole && !file.hasShipped())
    throw wf.ApplicationFailure.nonRetryable('refunded on the shop', 'CancelledByPerson')
  await file.inLine('change', () => desk.ask(`refund ${id}`, 'refund-made'))
}
