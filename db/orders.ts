import type { Insertable, Selectable, Updateable } from 'kysely'
import { Refused } from '../domain/failures.ts'
import { mayFollow, type OrderRef, type OrderState, type WebOrder } from '../domain/order.ts'
import type { Db } from './connect.ts'
import type { OrdersTable } from './schema.ts'

/** Reads the shop's last word about an order; Refused when it could not be read, or is not known here. */
export async function readSnapshot(db: Db, ref: OrderRef): Promise<WebOrder> {
  const row = await orderRow(db, ref).select(['snapshot', 'refusal']).executeTakeFirst()
  if (row?.snapshot) return wholeSnapshot(row.snapshot)
  throw new Refused('unreadable-order', row?.refusal?.remedy ?? `commande ${ref.webId} absente`)
}

/** The last orders of a site that could be read, the newest first. */
export async function readLastSnapshots(db: Db, { site, limit }: { site: string; limit: number }): Promise<WebOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .select('snapshot')
    .where('site', '=', site)
    .where('snapshot', 'is not', null)
    .orderBy('placed_at', 'desc')
    .orderBy('web_id', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ snapshot }) => (snapshot ? [wholeSnapshot(snapshot)] : []))
}

/** Snapshots that were kept before shops told of weights have none. */
const wholeSnapshot = (kept: Omit<WebOrder, 'weight'> & Partial<WebOrder>): WebOrder => ({ weight: null, ...kept })

/** The ERP's number of an order; Refused when it has none yet. */
export async function readErpNumber(db: Db, ref: OrderRef): Promise<string> {
  const row = await orderRow(db, ref).select('erp_number').executeTakeFirst()
  if (!row?.erp_number) throw new Refused('state-forbidden', `la commande ${ref.webId} n'est pas encore dans Codial`)
  return row.erp_number
}

/** Moves an order to a state, unless it is past it; tells whether the state holds now. */
export async function moveOrder(db: Db, ref: OrderRef, to: OrderState): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await orderRow(tx, ref).select('state').forUpdate().executeTakeFirst()
    if (!row) return false
    if (row.state === to) return true
    if (!mayFollow(row.state, to)) return false
    await setOrder(tx, ref, { state: to })
    return true
  })
}

/** Whose order an ERP number is; null when it is not known here. */
export async function findByErpNumber(db: Db, number: string): Promise<OrderRef | null> {
  const row = await db
    .selectFrom('orders')
    .select(['site', 'web_id'])
    .where('erp_number', '=', number)
    .executeTakeFirst()
  return row ? { site: row.site, webId: row.web_id } : null
}

/** The whole row of an order; undefined when it is not known here. */
export const findOrderRow = (db: Db, ref: OrderRef) => orderRow(db, ref).selectAll().executeTakeFirst()

/** Changes what is known of an order. */
export async function setOrder(db: Db, { site, webId }: OrderRef, set: Updateable<OrdersTable>): Promise<void> {
  await db.updateTable('orders').set(set).where('site', '=', site).where('web_id', '=', webId).execute()
}

/** Writes down an order seen for the first time; (site, web id) is unique for ever. */
export async function insertOrder(
  db: Db,
  { webId, ...row }: OrderRef & Omit<Insertable<OrdersTable>, 'site' | 'web_id'>,
): Promise<void> {
  await db
    .insertInto('orders')
    .values({ ...row, web_id: webId })
    .onConflict((c) => c.columns(['site', 'web_id']).doNothing())
    .execute()
}

/** An order as the database keeps it. */
export type OrderRow = Selectable<OrdersTable>

const orderRow = (db: Db, { site, webId }: OrderRef) =>
  db.selectFrom('orders').where('site', '=', site).where('web_id', '=', webId)
