import { sql } from 'kysely'
import type { ParkedStep } from '../domain/decision.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'

/** Keeps the console's list of what waits in one life equal to what the life itself says. */
export async function replaceParkedSteps(
  db: Db,
  workflowId: string,
  { site, webId }: OrderRef,
  parked: ParkedStep[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${workflowId}, 1))`.execute(tx) // a late try may still be at it
    await tx.deleteFrom('parked_steps').where('workflow_id', '=', workflowId).execute()
    if (parked.length === 0) return
    const rows = parked.map(({ step, code, remedy, maySkip, since }) => ({
      workflow_id: workflowId,
      site,
      web_id: webId,
      step,
      code,
      remedy,
      may_skip: maySkip,
      since,
    }))
    await tx.insertInto('parked_steps').values(rows).execute()
  })
}

/** What waits for a person in all lives of one order, oldest first. */
export const parkedStepsOf = (db: Db, { site, webId }: OrderRef) =>
  db
    .selectFrom('parked_steps')
    .selectAll()
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .orderBy('since')
    .execute()
