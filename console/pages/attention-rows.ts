import type { Db } from '../../db/connect.ts'

const waiting = (db: Db, { site, code }: { site: string; code: string }) => {
  let query = db.selectFrom('parked_steps')
  if (site) query = query.where('parked_steps.site', '=', site)
  if (code) query = query.where('parked_steps.code', '=', code)
  return query
}

/** Equal troubles together: how many, and since when the oldest waits. */
export const readGroups = (db: Db, o: { site: string; code: string }) =>
  waiting(db, o)
    .select('code')
    .select((eb) => [eb.fn.countAll<number>().as('times'), eb.fn.min<Date>('since').as('oldest')])
    .groupBy('code')
    .orderBy('times', 'desc')
    .orderBy('code')
    .execute()

/** Steps that wait for one cause, oldest first, with the order's number for people. */
export const readSteps = (db: Db, o: { site: string; code: string; limit: number; offset: number }) =>
  waiting(db, o)
    .leftJoin('orders', (join) =>
      join.onRef('orders.site', '=', 'parked_steps.site').onRef('orders.web_id', '=', 'parked_steps.web_id'),
    )
    .selectAll('parked_steps')
    .select('orders.number')
    .orderBy('parked_steps.since')
    .orderBy('parked_steps.workflow_id')
    .orderBy('parked_steps.step')
    .limit(o.limit)
    .offset(o.offset)
    .execute()

/** How many steps of a site wait for one cause. */
export async function countSteps(db: Db, o: { site: string; code: string }): Promise<number> {
  const { n } = await waiting(db, o)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Equal troubles together. */
export type AttentionGroup = Awaited<ReturnType<typeof readGroups>>[number]

/** One waiting step. */
export type AttentionRow = Awaited<ReturnType<typeof readSteps>>[number]
