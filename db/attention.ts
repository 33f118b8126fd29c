import { sql } from 'kysely'
import type { ParkedStep } from '../domain/decision.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'

/** Keeps the console's list of what waits in one life equal to what the life itself says; within a transaction. */
export async function replaceParkedSteps(
  tx: Db,
  workflowId: string,
  { site, webId }: OrderRef,
  parked: ParkedStep[],
): Promise<void> {
  // The lives of one order take turns, and so do a try that comes late and the next one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`parked:${site}:${webId}`}, 0))`.execute(tx)
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
