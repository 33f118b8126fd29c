import { sql } from 'kysely'
import type { Db } from './connect.ts'

/** What names a delivery without keeping any of it: two SHA-256 hashes, in hex. */
export interface DeliveryMark {
  /** Of site, delivery id and content. */
  delivery: string
  /** Of site and content. */
  content: string
}

/** The same content is taken under this many delivery ids: a shop sends it once for each of its hooks. */
export const COPIES_TAKEN = 8

/** Rows that one purge takes away at most. */
export const PURGE_BATCH = 1000

/** Records a delivery; false for one that is known already, or one more copy of a content than a shop has hooks. */
export async function recordDelivery(db: Db, o: { site: string; mark: DeliveryMark; at: Date }): Promise<boolean> {
  const { delivery, content } = o.mark
  const { numAffectedRows } = await sql`
    insert into webhook_deliveries (delivery, site, content, received_at)
    select ${delivery}, ${o.site}, ${content}, ${o.at}::timestamptz
    where (select count(*) from webhook_deliveries where content = ${content}) < ${COPIES_TAKEN}::int
    on conflict (delivery) do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** Forgets deliveries received before a moment, one batch of them; answers how many, a full batch means there may be more. */
export async function purgeDeliveries(db: Db, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('webhook_deliveries')
    .where('delivery', 'in', (rows) =>
      rows
        .selectFrom('webhook_deliveries')
        .select('delivery')
        .where('received_at', '<', before)
        .orderBy('received_at')
        .limit(PURGE_BATCH),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
