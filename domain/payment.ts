import type { Cents } from './money.ts'

/** Where the money of an order stands; its own axis, derived from no other. */
export type PaymentState = 'unpaid' | 'partial' | 'matched' | 'overpaid' | 'refunded'

/** One sighting of money: what the shop says was paid, by which method, under which id. */
export interface Payment {
  /** Unique within the order: the transaction id where there is one. */
  id: string
  /** The shop's code of the method, such as "stripe". */
  method: string
  amount: Cents
  transactionId: string | null
  /** ISO moment. */
  paidAt: string
}

/** What the ERP says after a payment was recorded. */
export interface PaymentOutcome {
  state: PaymentState
  /** What is still due; negative when too much came in. */
  remaining: Cents
}
