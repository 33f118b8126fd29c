import type { Db } from '../db/connect.ts'
import { storeDocument } from '../db/documents.ts'
import { performOnce, type Verdict } from '../db/effects.ts'
import { readRules } from '../db/mappings.ts'
import { orderOperation, reportOperation, updateOperation } from '../db/operations.ts'
import { findOrderRow, moveOrder, readSnapshot, setOrder } from '../db/orders.ts'
import { addPayments } from '../db/payments.ts'
import { admissionRule, admit } from '../domain/admission.ts'
import type { Cents } from '../domain/money.ts'
import type { OrderRef, OrderState } from '../domain/order.ts'
import type { PaymentState } from '../domain/payment.ts'
import { judgePush } from '../domain/shop-status.ts'
import type { AdmissionRule } from '../domain/site.ts'
import type { Deps } from './deps.ts'

/** The steps of an order that are neither money, parcels nor papers. */
export function orderActivities({ db, erp, shopOf, siteOf, lives }: Deps) {
  const rulesOf = (site: string) => readRules(db, site, siteOf(site).rules)

  return {
    /** Judges the shop's last word by the site's rules; Refused names what a person must map or mend. */
    async admitOrder({
      order,
    }: {
      order: OrderRef
    }): Promise<{ rule: AdmissionRule; payments: { id: string; amount: Cents }[]; due: Cents }> {
      const [web, rules] = await Promise.all([readSnapshot(db, order), rulesOf(order.site)])
      const rule = admissionRule(web, rules)
      if (rule === 'wait') await moveOrder(db, order, 'awaiting-payment')
      if (rule !== 'import') return { rule, payments: [], due: web.total }
      const { payments, gross } = admit(web, rules)
      await addPayments(db, order, payments)
      return { rule, payments: payments.map(({ id, amount }) => ({ id, amount })), due: gross }
    },

    /** One order in the ERP, whatever crashes; a creation in doubt is looked up by the shop's reference. */
    async createErpOrder({
      order,
      verdict,
    }: {
      order: OrderRef
      verdict?: Verdict | undefined
    }): Promise<{ number: string }> {
      const [web, rules] = await Promise.all([readSnapshot(db, order), rulesOf(order.site)])
      const erpOrder = admit(web, rules)
      const { number } = await performOnce(db, {
        ref: order,
        step: 'erp-order',
        verdict,
        act: async ({ key, start }) => {
          await start()
          return erp.createOrder({ order: erpOrder, web, key })
        },
        find: async () => (await erp.findOrder(order)) ?? 'absent',
        numberOf: (made) => made.number,
      })
      await setOrder(db, order, { erp_number: number })
      await moveOrder(db, order, 'registered')
      await updateOperation(db, orderOperation(order), { erp_number: number, branch: rules.branch })
      return { number }
    },

    /** Undoes the registration: looks first whether there is an order to cancel. */
    async cancelErpOrder({ order }: { order: OrderRef }): Promise<void> {
      const made = await erp.findOrder(order)
      if (!made) return
      await performOnce(db, {
        ref: order,
        step: 'erp-cancel',
        act: async ({ key, start }) => {
          await start()
          await erp.cancelOrder({ number: made.number, reason: 'Annulée depuis le connecteur', key })
          return made
        },
        find: 'repeat',
        numberOf: ({ number }) => number,
      })
    },

    /** Shows a state on the shop, unless it shows it already, has gone past it, or the shop has ended the order itself. */
    async pushOrderStatus({
      order,
      state,
      verdict,
    }: {
      order: OrderRef
      state: OrderState
      verdict?: Verdict | undefined
    }): Promise<void> {
      const rules = await rulesOf(order.site)
      const status = rules.shopStatuses[state]
      if (!(await moveOrder(db, order, state)) || !status) return
      const shop = shopOf(order.site)
      const shown = () => shop.readStatus(order.webId)
      await performOnce(db, {
        ref: order,
        step: `status:${state}`,
        verdict,
        act: async ({ start }) => {
          const now = await shown()
          await start()
          const push = judgePush({ now, state, rules })
          if (push === 'differs') await reportDifference(db, order, { now, wanted: status })
          if (push !== 'needed') return { shown: now, pushed: false }
          await shop.pushStatus({ webId: order.webId, status })
          return { shown: status, pushed: true }
        },
        find: async () => ((await shown()) === status ? { shown: status, pushed: true } : 'absent'),
        numberOf: (answer) => answer.shown,
      })
    },

    /** Writes down that money went back; the credit note itself is the ERP's business. */
    async noteRefund({ order, refunded }: { order: OrderRef; refunded: Cents }): Promise<PaymentState | null> {
      const row = await findOrderRow(db, order)
      if (!row || refunded < row.total) return null
      await setOrder(db, order, { payment_state: 'refunded' })
      return 'refunded'
    },

    /** Ends an order: its history is kept, the report is told. */
    async closeOrder({
      order,
      outcome,
    }: {
      order: OrderRef
      outcome: 'settled' | 'cancelled' | 'unpaid' | 'ignored'
    }): Promise<OrderState> {
      const history = Buffer.from(await lives.historyOf(order))
      const id = `history-${order.site}-${order.webId}`
      await storeDocument(db, {
        id,
        ref: order,
        kind: 'history',
        name: `${id}.json`,
        mediaType: 'application/json',
        bytes: history,
      })
      const state = outcome === 'settled' ? 'closed' : 'cancelled'
      await setOrder(db, order, { state, outcome, closed_at: new Date() })
      const [light, message] = ENDINGS[outcome]
      await updateOperation(db, orderOperation(order), {
        light,
        message,
        ended_at: new Date(),
        error_code: null,
        remedy: null,
        step: null,
        parked_at: null,
      })
      return state
    },
  }
}

const ENDINGS = {
  settled: ['vert', 'Commande livrée, facturée et réglée.'],
  cancelled: ['gris', 'Commande annulée.'],
  unpaid: ['gris', 'Commande classée : règlement non reçu dans le délai.'],
  ignored: ['gris', 'Commande ignorée selon la règle du site.'],
} as const

/** A status that somebody moved on the shop is not fought: the report shows the difference. */
async function reportDifference(
  db: Db,
  { site, webId }: OrderRef,
  { now, wanted }: { now: string; wanted: string },
): Promise<void> {
  await reportOperation(db, {
    id: `status-difference:${site}:${webId}:${now}:${wanted}`,
    type: 'Différence de statut',
    direction: 'codial-site',
    site,
    web_id: webId,
    light: 'orange',
    message: `La boutique montre « ${now} », Codial en est à « ${wanted} » : laissé tel quel.`,
    trigger: 'planifié',
    ended_at: new Date(),
  })
}
