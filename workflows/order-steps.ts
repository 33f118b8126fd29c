import * as wf from '@temporalio/workflow'
import type { Cents } from '../domain/money.ts'
import { mayFollow, type OrderState } from '../domain/order.ts'
import { shipmentId } from './ids.ts'
import { type OrderOutcome, shipmentSignals } from './messages.ts'
import { type OrderFile, showStage } from './order-file.ts'

/** A payment to record: its id within the order, and its amount. */
export interface PaymentRef {
  id: string
  amount: Cents
}

type Admission = { payments: PaymentRef[]; due: Cents } | 'ignored' | 'cancelled' | 'unpaid'

/** Step 1: the site's rule says import now, wait for payment, or ignore; waiting ends at the site's delay. */
export async function admitted(file: OrderFile): Promise<Admission> {
  const { order, desk, steps, inbox, policy } = file
  const payBy = Date.now() + policy.patience.payment
  for (let waited = false; ; waited = true) {
    inbox.waiting.length = 0 // the snapshot that is read next holds all that was told so far
    const admission = await desk.attempt('admit', (pace) => steps.connector[pace].admitOrder({ order }))
    if (admission?.rule === 'import') return { payments: admission.payments, due: admission.due }
    if (admission?.rule !== 'wait') return waited ? 'cancelled' : 'ignored'
    showStage(file, 'awaiting-payment')
    const told = await wf.condition(() => inbox.waiting.length > 0, Math.max(1, payBy - Date.now()), {
      summary: 'waits for payment',
    })
    if (!told) return 'unpaid'
  }
}

/** Step 2: one order in the ERP; then the status to the shop and the letter, side by side with the rest. */
export async function registered(file: OrderFile): Promise<void> {
  const { order, desk, steps, policy, branches } = file
  file.undo.unshift(async () => {
    await desk.attempt('cancel in Codial', (pace) => steps.codial[pace].cancelErpOrder({ order }), { maySkip: true })
  })
  const made = await desk.attempt('register', (pace, verdict) => steps.codial[pace].createErpOrder({ order, verdict }))
  file.erpNumber = made?.number ?? null
  showStage(file, 'registered')
  branches.start(() => pushStatus(file, 'registered'))
  if (!policy.letters.registered) return
  branches.start(async () => {
    await desk.attempt(
      'send registered e-mail',
      (pace, verdict) => steps.mail[pace].sendRegisteredEmail({ order, verdict }),
      { maySkip: true },
    )
  })
}

/** Step 3: one payment, recorded once in the ERP; partial and overpaid may wait for a person, and block nothing. */
export async function matchPayment(file: OrderFile, { id, amount }: PaymentRef): Promise<void> {
  const { order, desk, steps, policy } = file
  const outcome = await file.inLine('payment', () =>
    desk.attempt(`match payment ${id}`, (pace, verdict) =>
      steps.codial[pace].recordPayment({ order, payment: id, amount, verdict }),
    ),
  )
  if (!outcome) return
  file.payment = outcome.state
  if (!policy.askAbout.includes(outcome.state)) return
  const code = outcome.state === 'overpaid' ? 'payment-overpaid' : 'payment-partial'
  await desk.ask(`decide payment ${id}`, code)
}

/** Shows a state of the order on the shop, after all earlier pushes; an old state that comes late is dropped. */
export async function pushStatus(file: OrderFile, state: OrderState): Promise<void> {
  const { order, desk, steps } = file
  if (mayFollow(file.stage, state)) showStage(file, state)
  await file.inLine('status', () =>
    desk.attempt(
      `push status ${state}`,
      (pace, verdict) => steps.shop[pace].pushOrderStatus({ order, state, verdict }),
      { maySkip: true },
    ),
  )
}

/** Step 6: the paper drawn from the ERP's invoice, then the customer's account and the letter. */
export async function invoice(file: OrderFile, number: string): Promise<void> {
  const { order, desk, steps, policy } = file
  await desk.attempt(`draw invoice ${number}`, (pace, verdict) =>
    steps.documents[pace].drawInvoice({ order, invoice: number, verdict }),
  )
  await desk.attempt(
    `publish invoice ${number}`,
    (pace, verdict) => steps.shop[pace].publishInvoice({ order, invoice: number, verdict }),
    {
      maySkip: true,
    },
  )
  if (policy.letters.invoice) {
    await desk.attempt(
      `send invoice ${number}`,
      (pace, verdict) => steps.mail[pace].sendInvoiceEmail({ order, invoice: number, verdict }),
      {
        maySkip: true,
      },
    )
  }
  file.invoices.add(number)
}

/** Unpaid past the site's delay: the order closes as unpaid, on both sides. */
export async function closeUnpaid(file: OrderFile): Promise<OrderOutcome> {
  const { order, desk, steps } = file
  await pushStatus(file, 'cancelled')
  await desk.attempt('close', (pace) => steps.connector[pace].closeOrder({ order, outcome: 'unpaid' }))
  return { outcome: 'unpaid', state: 'cancelled' }
}

/** Undoes what was done, newest first; each undo looks first whether there is anything to undo. E-mails stay sent. */
export async function undoAll(file: OrderFile): Promise<void> {
  await file.branches.settled()
  for (const [deliveryNote, { state }] of file.shipments) {
    if (state === 'started') await tellShipmentCancelled(file, deliveryNote)
  }
  for (const undo of file.undo) await undo()
  await pushStatus(file, 'cancelled')
}

/** Tells a shipment that its delivery note is gone; one that has ended already is no error. */
export async function tellShipmentCancelled({ order }: OrderFile, deliveryNote: string): Promise<void> {
  const shipment = wf.getExternalWorkflowHandle(shipmentId(order, deliveryNote))
  await shipment.signal(shipmentSignals.shipmentCancelled, { id: deliveryNote, deliveryNote }).catch(() => undefined)
}
