import { performOnce, type Verdict } from '../db/effects.ts'
import { readRules } from '../db/mappings.ts'
import { readErpNumber, readSnapshot } from '../db/orders.ts'
import { addPayments, readPayment, settlePayment } from '../db/payments.ts'
import { admit } from '../domain/admission.ts'
import type { Cents } from '../domain/money.ts'
import type { OrderRef } from '../domain/order.ts'
import type { PaymentOutcome } from '../domain/payment.ts'
import type { Deps } from './deps.ts'

/** The steps of money. */
export function paymentActivities({ db, erp, siteOf }: Deps) {
  return {
    /** Records one payment in the ERP, once; the ERP knows our key, so a repeat is harmless. */
    async recordPayment(o: {
      order: OrderRef
      payment: string
      amount: Cents
      verdict?: Verdict | undefined
    }): Promise<PaymentOutcome> {
      const { order, payment: id, verdict } = o
      const [web, rules] = await Promise.all([
        readSnapshot(db, order),
        readRules(db, order.site, siteOf(order.site).rules),
      ])
      await addPayments(db, order, admit(web, rules).payments)
      const [number, payment] = await Promise.all([readErpNumber(db, order), readPayment(db, order, id)])
      const outcome = await performOnce(db, {
        ref: order,
        step: `payment:${id}`,
        verdict,
        act: async ({ key, start }) => {
          await start()
          return erp.recordPayment({ number, payment, key })
        },
        find: 'repeat',
        numberOf: () => payment.transactionId ?? id,
      })
      await settlePayment(db, order, id, outcome.state)
      return outcome
    },
  }
}
