import type { Db } from './connect.ts'

/** Reads how far a repeated reading has come; null before its first time. */
export async function readCursor(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom('cursors').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value ?? null
}

/** Moves a cursor; always the last act of a reading, so that a crash reads again rather than loses. */
export async function moveCursor(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('cursors')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value, updated_at: new Date() }))
    .execute()
}
