import { parkedStepsOf } from '../../db/attention.ts'
import type { Db } from '../../db/connect.ts'
import { findOrderRow } from '../../db/orders.ts'
import type { OrderRef } from '../../domain/order.ts'

/** Everything the console knows of one order; null when there is no such order. */
export async function readOrderFile(db: Db, ref: OrderRef) {
  const [order, effects, parked, parcels, shipments, payments, invoices, operations, documents] = await Promise.all([
    findOrderRow(db, ref),
    effectsOf(db, ref),
    parkedStepsOf(db, ref),
    parcelsOf(db, ref),
    shipmentsOf(db, ref),
    paymentsOf(db, ref),
    invoicesOf(db, ref),
    operationsOf(db, ref),
    documentsOf(db, ref),
  ])
  return order ? { ref, order, effects, parked, parcels, shipments, payments, invoices, operations, documents } : null
}

/** The file of one order. */
export type OrderFile = NonNullable<Awaited<ReturnType<typeof readOrderFile>>>

/** What waits for a person, as the database mirrors it. */
export type ParkedRow = OrderFile['parked'][number]

const own = ({ site, webId }: OrderRef) => ({ site, web_id: webId })

const effectsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('effects').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('started_at').execute()
}

const parcelsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('parcels').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('delivery_note').orderBy('rank').execute()
}

const shipmentsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('shipments').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('created_at').execute()
}

const paymentsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('payments').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('paid_at').execute()
}

const invoicesOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('invoices').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('created_at').execute()
}

const operationsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('operations').where((eb) => eb.and(own(ref)))
  return rows.selectAll().orderBy('started_at').execute()
}

/** The papers without their bytes. */
const documentsOf = (db: Db, ref: OrderRef) => {
  const rows = db.selectFrom('documents').where((eb) => eb.and(own(ref)))
  return rows.select(['id', 'kind', 'name', 'created_at']).orderBy('created_at').execute()
}
