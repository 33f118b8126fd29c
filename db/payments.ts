import { Refused } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Payment, PaymentState } from '../domain/payment.ts'
import type { Db } from './connect.ts'

/** Adds payments sighted for an order; one that is known already stays as it was first seen. */
export async function addPayments(db: Db, { site, webId }: OrderRef, payments: Payment[]): Promise<void> {
  if (payments.length === 0) return
  const rows = payments.map((p) => ({
    site,
    web_id: webId,
    id: p.id,
    method: p.method,
    amount: p.amount,
    transaction_id: p.transactionId,
    paid_at: p.paidAt,
    state: null,
  }))
  await db
    .insertInto('payments')
    .values(rows)
    .onConflict((c) => c.columns(['site', 'web_id', 'id']).doNothing())
    .execute()
}

/** Reads one payment with the ERP's method; Refused when nobody sighted it. */
export async function readPayment(db: Db, { site, webId }: OrderRef, id: string): Promise<Payment> {
  const row = await paymentRow(db, { site, webId }, id)
  if (!row) throw new Refused('refused', `règlement ${id} absent`)
  return {
    id: row.id,
    method: row.method,
    amount: row.amount,
    transactionId: row.transaction_id,
    paidAt: row.paid_at.toISOString(),
  }
}

/** Writes down what the ERP said after a payment was recorded. */
export async function settlePayment(db: Db, { site, webId }: OrderRef, id: string, state: PaymentState): Promise<void> {
  await db
    .updateTable('payments')
    .set({ state })
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .where('id', '=', id)
    .execute()
  await db
    .updateTable('orders')
    .set({ payment_state: state })
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .execute()
}

const paymentRow = (db: Db, { site, webId }: OrderRef, id: string) =>
  db
    .selectFrom('payments')
    .selectAll()
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .where('id', '=', id)
    .executeTakeFirst()
