import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { heartbeat } from '@temporalio/activity'
import { moveCursor, readCursor } from '../db/cursors.ts'
import { readRules } from '../db/mappings.ts'
import { orderOperation, reportOperation } from '../db/operations.ts'
import { findOrderRow, insertOrder, type OrderRow, setOrder } from '../db/orders.ts'
import type { OrderChange, OrderFact } from '../domain/facts.ts'
import { euros } from '../domain/money.ts'
import type { OrderRef, WebOrder } from '../domain/order.ts'
import type { SiteRules } from '../domain/site.ts'
import type { Deps } from './deps.ts'
import { noCounts, type RunCounts, reportRun } from './run-report.ts'
import type { OrderPage, ReadOrder } from './shops/shop.ts'

/** Re-read this much before the cursor: a shop's clock has whole seconds, and pages shift while they are read. */
const OVERLAP_MS = 5 * 60_000

/** The errand that brings web orders in. */
export function importActivities(deps: Deps) {
  const { db, shopOf, siteOf } = deps
  return {
    /** Reads every order changed since the cursor; each is started or told before the cursor moves. */
    async importChangedOrders({ site, run }: { site: string; run: string }): Promise<{ handled: number }> {
      const operation = { id: run, type: 'Import des commandes', direction: 'site-codial' as const, site }
      return reportRun(db, operation, async () => {
        const rules = await readRules(db, site, siteOf(site).rules)
        const cursor = (await readCursor(db, `orders:${site}`)) ?? siteOf(site).importFrom
        const since = new Date(Date.parse(cursor) - OVERLAP_MS).toISOString()
        const counts = noCounts()
        let newest = cursor
        let moved: string | null = null // since when a later page may have missed an order
        const seen = new Map<string, string>()
        let page: string | null = null
        do {
          const { orders, next }: OrderPage = await shopOf(site).readChangedOrders({ since, page })
          for (const read of orders) {
            await takeIn(deps, { site, read, rules, counts })
            if (read.modifiedAt > newest) newest = read.modifiedAt
            const before = seen.get(read.webId) ?? read.modifiedAt
            if (before !== read.modifiedAt && (moved === null || before < moved)) moved = before
            seen.set(read.webId, read.modifiedAt)
            heartbeat({ page })
          }
          page = next
        } while (page !== null)
        await moveCursor(db, `orders:${site}`, completeUntil({ cursor, newest, moved }))
        return counts
      })
    },
  }
}

/**
 * An order that changes while pages are read leaves its page for the end, and those behind it move up, one past a page already
 * read: a run that met an order twice is complete only until the order's first place, and the next run reads on from there.
 */
function completeUntil({ cursor, newest, moved }: { cursor: string; newest: string; moved: string | null }): string {
  if (moved === null) return newest
  return moved > cursor ? moved : cursor
}

async function takeIn(
  deps: Deps,
  o: { site: string; read: ReadOrder; rules: SiteRules; counts: RunCounts },
): Promise<void> {
  const { site, read, rules, counts } = o
  const ref = { site, webId: read.webId }
  const row = await findOrderRow(deps.db, ref)
  const news = newsOf(read)
  if (!row && 'order' in read && ruleOf(read.order.webStatus, rules) === 'ignore') return
  if (row?.life_started && row.fingerprint === news.fingerprint && row.web_status === news.web_status) return
  counts.handled += 1
  if ('refusal' in read) counts.failed += 1
  if (!row) await insertOrder(deps.db, { ...ref, ...news })
  if (!row?.life_started) {
    await startLife(deps, ref, read)
    counts.created += 1
    if (row) await setOrder(deps.db, ref, news)
    return
  }
  await tellChanges(deps, { ref, row, read, rules, counts })
  await setOrder(deps.db, ref, news)
}

async function startLife({ db, lives, siteOf }: Deps, ref: OrderRef, read: ReadOrder): Promise<void> {
  const order = 'order' in read ? read.order : null
  await reportOperation(db, {
    id: orderOperation(ref),
    type: 'Commande',
    direction: 'site-codial',
    site: ref.site,
    web_id: ref.webId,
    light: 'bleu',
    message: 'Commande en cours.',
    trigger: 'planifié',
  })
  const amount = order ? ` · ${euros(order.total, order.currency)}` : ''
  await lives.startOrder({ ref, summary: `${order?.number ?? ref.webId} · ${siteOf(ref.site).identity.name}${amount}` })
  await setOrder(db, ref, { life_started: true })
}

/** Facts go out before the snapshot is kept: a crash in between repeats them, and a life knows a fact by its id. */
async function tellChanges(
  deps: Deps,
  o: { ref: OrderRef; row: OrderRow; read: ReadOrder; rules: SiteRules; counts: RunCounts },
): Promise<void> {
  const { ref, row, read, rules, counts } = o
  const facts = 'order' in read ? factsOf(row, read.order, rules) : []
  if (facts.length === 0) counts.ignored += 1
  else counts.modified += 1
  for (const fact of facts) {
    if ((await deps.lives.tellOrder(ref, fact)) === 'closed') await reportLateFact(deps, ref, fact)
  }
}

const ruleOf = (status: string, rules: SiteRules) => rules.admission[status]

/** What changed in an order, as facts; our own status pushes are no news. */
function factsOf(row: OrderRow, order: WebOrder, rules: SiteRules): OrderFact[] {
  const known = row.snapshot
  const was = ruleOf(row.web_status, rules)
  const is = ruleOf(order.webStatus, rules) ?? was // a status of the merchant's own changes nothing
  const id = `${order.modifiedAt}:${order.webStatus}`
  const facts: OrderFact[] = []
  const paid = new Set(known?.payments.map((p) => p.id))
  for (const p of order.payments)
    if (!paid.has(p.id)) facts.push({ name: 'paymentReceived', id: p.id, amount: p.amount })
  const refunded = new Set(known?.refunds.map((r) => r.id))
  const back = order.refunds.filter((r) => !refunded.has(r.id))
  const sum = order.refunds.reduce((all, r) => all + r.amount, 0)
  for (const r of back)
    facts.push({ name: 'refundMade', id: r.id, amount: r.amount, refunded: sum, isWhole: sum >= order.total })
  if (
    is === 'ignore' &&
    was !== 'ignore' &&
    row.state !== 'cancelled' &&
    order.webStatus !== rules.shopStatuses.refunded
  ) {
    facts.push({ name: 'webOrderCancelled', id, webStatus: order.webStatus })
  } else if (was !== is || !known || changesIn(known, order).length > 0) {
    facts.push({
      name: 'webOrderChanged',
      id,
      webStatus: order.webStatus,
      changed: known ? changesIn(known, order) : [],
    })
  }
  return facts
}

/** What a person must look at: where it goes, and what is in it. */
function changesIn(known: WebOrder, order: WebOrder): OrderChange[] {
  const differs = (pick: (o: WebOrder) => unknown): boolean => !isDeepStrictEqual(pick(known), pick(order))
  return [
    ...(differs((o) => [o.shipping, o.billing, o.pickupPoint]) ? (['address'] as const) : []),
    ...(differs((o) => [o.lines, o.total]) ? (['lines'] as const) : []),
  ]
}

/** A fact for a closed life is kept for a person to look at. */
async function reportLateFact({ db }: Deps, { site, webId }: OrderRef, { name, id }: OrderFact): Promise<void> {
  await reportOperation(db, {
    id: `late:${site}:${webId}:${name}:${id}`,
    type: 'Fait tardif',
    direction: 'site-codial',
    site,
    web_id: webId,
    light: 'orange',
    message: `La boutique annonce « ${name} » pour une commande déjà close : à vérifier.`,
    trigger: 'planifié',
    ended_at: new Date(),
  })
}

function newsOf(read: ReadOrder) {
  if ('refusal' in read) {
    const { modifiedAt, webId, refusal } = read
    const fixed = { snapshot: null, web_status: '?', total: 0, currency: 'EUR', placed_at: modifiedAt, number: webId }
    return {
      ...fixed,
      refusal: JSON.stringify(refusal),
      fingerprint: `unreadable:${modifiedAt}`,
      modified_at: modifiedAt,
    }
  }
  const { order } = read
  return {
    number: order.number,
    web_status: order.webStatus,
    snapshot: JSON.stringify(order),
    refusal: null,
    fingerprint: fingerprintOf(order),
    modified_at: order.modifiedAt,
    placed_at: order.placedAt,
    total: order.total,
    currency: order.currency,
  }
}

/** A hash of what a person could have changed: neither the status nor the date of the change. */
function fingerprintOf({ webStatus: _, modifiedAt: __, ...rest }: WebOrder): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex')
}
