import { heartbeat } from '@temporalio/activity'
import { moveCursor, readCursor } from '../db/cursors.ts'
import { addInvoice, ordersOfInvoice } from '../db/invoices.ts'
import { readRules } from '../db/mappings.ts'
import { reportOperation } from '../db/operations.ts'
import { findByErpNumber, findOrderRow } from '../db/orders.ts'
import { addShipment, findShipmentOrder } from '../db/shipments.ts'
import type { OrderFact } from '../domain/facts.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Deps } from './deps.ts'
import type { ErpEvent } from './erp/erp.ts'
import { noCounts, type RunCounts, reportRun } from './run-report.ts'

/** The errand that listens to the ERP. */
export function followErpActivities(deps: Deps) {
  const { db, erp } = deps
  return {
    /** Reads the change feed page by page; a page's facts are told before the cursor moves past it. */
    async followErpEvents({ run }: { run: string }): Promise<{ handled: number }> {
      const operation = { id: run, type: 'Suivi de Codial', direction: 'codial-site' as const, site: null }
      return reportRun(db, operation, async () => {
        const counts = noCounts()
        for (let done = false; !done; ) {
          const page = await erp.readEvents({ cursor: await readCursor(db, 'erp-events') })
          for (const event of page.events) {
            await tell(deps, event, counts)
            heartbeat({ event: event.id })
          }
          if (page.cursor !== null) await moveCursor(db, 'erp-events', page.cursor)
          done = page.done || page.events.length === 0
        }
        return counts
      })
    },
  }
}

async function tell(deps: Deps, event: ErpEvent, counts: RunCounts): Promise<void> {
  counts.handled += 1
  const refs = await ordersOf(deps, event)
  if (refs.length === 0) counts.ignored += 1 // an order taken at the counter: none of ours
  for (const ref of refs) {
    const fact = await factOf(deps, ref, event)
    const told = await deps.lives.tellOrder(ref, fact)
    counts.modified += 1
    if (told === 'closed') await reportLate(deps, ref, event)
  }
}

/** The web orders an event speaks of: by our own records, else by asking the ERP whose number it is. */
async function ordersOf({ db, erp }: Deps, event: ErpEvent): Promise<OrderRef[]> {
  const owner = async (number: string): Promise<OrderRef[]> => {
    const ref = (await findByErpNumber(db, number)) ?? (await erp.readOrder(number)).ref
    return ref && (await findOrderRow(db, ref)) ? [ref] : []
  }
  switch (event.type) {
    case 'order-status':
      return (await findOrderRow(db, event.ref)) ? [event.ref] : []
    case 'delivery-note-cancelled': {
      const ref = await findShipmentOrder(db, event.deliveryNote)
      return ref ? [ref] : []
    }
    case 'invoice-issued':
      return (await Promise.all(event.orders.map(owner))).flat()
    case 'credit-note-issued':
      return ordersOfInvoice(db, event.invoice)
    default:
      return owner(event.order)
  }
}

/** Keeps what the event brings in the database, and gives the fact with references and amounts only. */
async function factOf({ db, siteOf }: Deps, ref: OrderRef, event: ErpEvent): Promise<OrderFact> {
  const { id } = event
  switch (event.type) {
    case 'order-status': {
      const rules = await readRules(db, ref.site, siteOf(ref.site).rules)
      return { name: 'erpStatusChanged', id, status: event.status, state: rules.erpStatuses[event.status] ?? null }
    }
    case 'order-cancelled':
      return { name: 'erpOrderCancelled', id }
    case 'delivery-note-ready': {
      const { deliveryNote: note } = event
      await addShipment(db, ref, note)
      return {
        name: 'shipmentReady',
        id,
        deliveryNote: note.number,
        carrier: note.carrier,
        parcels: note.parcels.map((p) => p.rank),
        backOrder: note.backOrder,
      }
    }
    case 'delivery-note-cancelled':
      return { name: 'shipmentCancelled', id, deliveryNote: event.deliveryNote }
    case 'invoice-issued':
      await addInvoice(db, ref, { number: event.invoice, kind: 'invoice', gross: event.gross })
      return { name: 'invoiceIssued', id, invoice: event.invoice, gross: event.gross }
    case 'credit-note-issued':
      await addInvoice(db, ref, { number: event.creditNote, kind: 'credit-note', gross: event.gross })
      return { name: 'creditNoteIssued', id, creditNote: event.creditNote, gross: event.gross }
  }
}

/** Papers for an order that is closed are a person's business; the echo of its end is not. */
async function reportLate({ db }: Deps, { site, webId }: OrderRef, event: ErpEvent): Promise<void> {
  if (event.type === 'order-status' || event.type === 'order-cancelled') return
  await reportOperation(db, {
    id: `late:erp:${event.id}:${site}:${webId}`,
    type: 'Fait tardif',
    direction: 'codial-site',
    site,
    web_id: webId,
    light: 'orange',
    message: `Codial annonce « ${event.type} » pour une commande déjà close : à vérifier.`,
    trigger: 'planifié',
    operator: event.operator ?? 'Automate',
    branch: event.branch,
    ended_at: new Date(),
  })
}
