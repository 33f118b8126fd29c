import { sql } from 'kysely'
import { Refused, Unavailable } from '../domain/failures.ts'
import type { OrderRef } from '../domain/order.ts'
import type { Db } from './connect.ts'

/** A person's word on an effect in doubt: found outside under this number, or surely absent when there is none. */
export interface Verdict {
  /** The decision's id: one decision settles one doubt. */
  decision: string
  found: string | null
}

/** What an effect is and how to settle a doubt about it. */
export interface Effect<A extends object> {
  ref: OrderRef
  /** Unique within the order, never made of a run or an attempt: "erp-order", "label:BL26-000045:1". */
  step: string
  verdict?: Verdict | undefined
  /** Does it with the effect's key, which the outside gets too; must await `start` right before the point of no return. */
  act: (o: { key: string; start: () => Promise<void> }) => Promise<A>
  /** Looks outside whether an earlier try was done; 'repeat': the outside knows our key, so doing it again is harmless. */
  find: ((o: { key: string; startedAt: Date }) => Promise<A | 'absent' | 'unknown'>) | 'repeat'
  /** Turns the number that a person found into the answer; without it a found number is written down as it is. */
  adopt?: (found: string) => Promise<A>
  /** Picks the outside number shown in the timeline. */
  numberOf?: (answer: A) => string | null
}

/** The key of an effect, ours and the outside's. */
export const effectKey = (ref: OrderRef, step: string): string => `${ref.site}:${ref.webId}:${step}`

/**
 * Does an effect outside at most once, whatever crashes: a done one gives its answer again, one begun but not known is
 * looked up, and what cannot be known is `Refused` as in-doubt until a person's verdict.
 */
export async function performOnce<A extends object>(db: Db, effect: Effect<A>): Promise<A> {
  const key = effectKey(effect.ref, effect.step)
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      locked: boolean
    }>`select pg_try_advisory_lock(hashtextextended(${key}, 0)) as locked`.execute(connection)
    if (!rows[0]?.locked)
      throw new Unavailable(`${effect.step}: another attempt is still at it`, { nothingHappened: true })
    try {
      return await settle(connection, key, effect)
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${key}, 0))`.execute(connection)
    }
  })
}

/** The effects of an order whose steps begin so, that were started and are not known to be done. */
export const startedEffects = (db: Db, { site, webId }: OrderRef, begins: string) =>
  db
    .selectFrom('effects')
    .select('step')
    .where('site', '=', site)
    .where('web_id', '=', webId)
    .where('state', '=', 'started')
    .where((eb) => eb(eb.fn<string>('left', ['step', eb.val(begins.length)]), '=', begins))
    .execute()

async function settle<A extends object>(db: Db, key: string, effect: Effect<A>): Promise<A> {
  const known = await db.selectFrom('effects').selectAll().where('key', '=', key).executeTakeFirst()
  if (known?.state === 'done') return known.answer as A
  if (known?.state !== 'started') return attempt(db, key, effect)
  const found = await answerOfDoubt(db, key, effect, known)
  return found ? writeDown(db, key, effect, found) : attempt(db, key, effect)
}

/** The answer when the effect turns out to be done, null when it is surely not. */
async function answerOfDoubt<A extends object>(
  db: Db,
  key: string,
  effect: Effect<A>,
  { settled_by: settledBy, started_at: startedAt }: { settled_by: string | null; started_at: Date },
): Promise<A | null> {
  const { verdict, find, adopt } = effect
  if (verdict && verdict.decision !== settledBy) {
    await db.updateTable('effects').set({ settled_by: verdict.decision }).where('key', '=', key).execute()
    if (verdict.found === null) return null
    return adopt ? adopt(verdict.found) : ({ number: verdict.found } as unknown as A)
  }
  if (find === 'repeat') return null
  const found = await find({ key, startedAt })
  if (found === 'unknown') throw new Refused('in-doubt')
  return found === 'absent' ? null : found
}

async function attempt<A extends object>(db: Db, key: string, effect: Effect<A>): Promise<A> {
  await prepare(db, key, effect)
  try {
    return await writeDown(
      db,
      key,
      effect,
      await effect.act({ key, start: () => mark(db, key, { state: 'started', started_at: new Date() }) }),
    )
  } catch (error) {
    if (nothingHappened(error)) await mark(db, key, { state: 'prepared' })
    throw error
  }
}

async function prepare<A extends object>(db: Db, key: string, { ref, step }: Effect<A>): Promise<void> {
  await db
    .insertInto('effects')
    .values({ key, site: ref.site, web_id: ref.webId, step, state: 'prepared' })
    .onConflict((c) => c.column('key').doUpdateSet({ state: 'prepared', attempts: sql`effects.attempts + 1` }))
    .execute()
}

const nothingHappened = (error: unknown): boolean =>
  error instanceof Refused ? error.code !== 'in-doubt' : error instanceof Unavailable && error.nothingHappened

async function mark(db: Db, key: string, set: { state: 'prepared' | 'started'; started_at?: Date }): Promise<void> {
  await db.updateTable('effects').set(set).where('key', '=', key).where('state', '!=', 'done').execute()
}

async function writeDown<A extends object>(db: Db, key: string, { step, numberOf }: Effect<A>, answer: A): Promise<A> {
  const { numUpdatedRows } = await db
    .updateTable('effects')
    .set({
      state: 'done',
      answer: JSON.stringify(answer),
      outside_number: numberOf?.(answer) ?? null,
      done_at: new Date(),
    })
    .where('key', '=', key)
    .where('state', '=', 'started')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error(`the effect "${step}" was done without being started`)
  return answer
}
