import { Refused } from '../domain/failures.ts'
import type { Db } from './connect.ts'

const DAY = 86_400_000

/** Forgets the merged prints older than a week: they are copies, and they show addresses. */
export async function forgetOldPrints(db: Db, now = Date.now()): Promise<void> {
  const before = new Date(now - 7 * DAY)
  await db.deleteFrom('documents').where('kind', '=', 'print').where('created_at', '<', before).execute()
}

/** Reads papers in the order in which they were asked for; Refused names one that is gone. */
export async function readPapers(db: Db, ids: string[]) {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'name', 'media_type', 'bytes'])
    .where('id', 'in', ['', ...ids]) // SQL has no empty list
    .execute()
  return inOrder(ids, rows)
}

/** The same without their bytes. */
export async function readPaperNames(db: Db, ids: string[]) {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'name', 'media_type'])
    .where('id', 'in', ['', ...ids]) // SQL has no empty list
    .execute()
  return inOrder(ids, rows)
}

function inOrder<R extends { id: string }>(ids: string[], rows: R[]): R[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (!row) throw new Refused('refused', `document ${id} absent`)
    return row
  })
}
