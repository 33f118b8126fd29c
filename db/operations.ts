import type { Insertable, Updateable } from 'kysely'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'
import type { OperationsTable } from './schema.ts'

/** Id of the report's row of one order's life. */
export const orderOperation = ({ site, webId }: OrderRef): string => `order:${site}:${webId}`

/** Writes a row of the report, or writes it anew: one row per id. */
export async function reportOperation(db: Db, row: Insertable<OperationsTable>): Promise<void> {
  const { id: _, started_at: __, ...changed } = row
  await db
    .insertInto('operations')
    .values(row)
    .onConflict((c) => c.column('id').doUpdateSet(changed))
    .execute()
}

/** What may change of a reported operation. */
export type OperationChange = Updateable<OperationsTable>

/** Changes what is known of a reported operation. */
export async function updateOperation(db: Db, id: string, set: OperationChange): Promise<void> {
  await db.updateTable('operations').set(set).where('id', '=', id).execute()
}

/** Reads a row of the report; undefined when there is none. */
export const readOperation = (db: Db, id: string) =>
  db.selectFrom('operations').selectAll().where('id', '=', id).executeTakeFirst()
