import type { Db } from '../../db/connect.ts'
import { findOrderRow } from '../../db/orders.ts'
import type { OrderRef } from '../../domain/order.ts'

/** Everything the console knows of one order; null when there is no such order. */
export async function readOrderFile(db: Db, ref: OrderRef) {
  const own = { site: ref.site, web_id: ref.webId }
  const [order, effects, parked, parcels, shipments, payments, invoices, operations, documents] = await Promise.all([
    findOrderRow(db, ref),
    db
      .selectFrom('effects')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('started_at')
      .execute(),
    db
      .selectFrom('parked_steps')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('since')
      .execute(),
    db
      .selectFrom('parcels')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('delivery_note')
      .orderBy('rank')
      .execute(),
    db
      .selectFrom('shipments')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('payments')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('paid_at')
      .execute(),
    db
      .selectFrom('invoices')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('operations')
      .selectAll()
      .where((eb) => eb.and(own))
      .orderBy('started_at')
      .execute(),
    db
      .selectFrom('documents')
      .select(['id', 'kind', 'name', 'created_at'])
      .where((eb) => eb.and(own))
      .orderBy('created_at')
      .execute(),
  ])
  return order ? { ref, order, effects, parked, parcels, shipments, payments, invoices, operations, documents } : null
}

/** The file of one order. */
export type OrderFile = NonNullable<Awaited<ReturnType<typeof readOrderFile>>>

/** What waits for a person, as the database mirrors it. */
export type ParkedRow = OrderFile['parked'][number]
