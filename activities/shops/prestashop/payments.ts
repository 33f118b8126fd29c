import type { Cents } from '../../../domain/money.ts'
import type { PsPayment, PsSibling } from './wire.ts'

/** What one order gets of the payments of its reference. */
export interface Part {
  payment: PsPayment
  amount: Cents
}

/**
 * Orders split from one cart share their payments (contract, 2.4): each payment goes to the order that it pays exactly,
 * else it fills the orders by age, and what is too much stays with the last. No cent is given twice, whichever order asks.
 */
export function paymentsOf(orderId: string, siblings: PsSibling[], payments: PsPayment[]): Part[] {
  const orders = siblings.map(({ id, total_paid_tax_incl: total }) => ({ id, due: total, untouched: true }))
  const given: (Part & { order: string })[] = []
  for (const payment of payments) {
    const exact = orders.find((order) => order.untouched && order.due === payment.amount)
    let rest = payment.amount
    for (const order of exact ? [exact] : orders) {
      const isLast = exact !== undefined || order === orders.at(-1)
      const amount = isLast || rest <= 0 ? rest : Math.min(rest, Math.max(0, order.due))
      if (amount === 0) continue
      given.push({ order: order.id, payment, amount })
      order.due -= amount
      order.untouched = false
      rest -= amount
    }
  }
  return given.filter(({ order }) => order === orderId)
}
