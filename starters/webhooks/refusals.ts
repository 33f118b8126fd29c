import type { Db } from '../../db/connect.ts'
import { reportOperation } from '../../db/operations.ts'

/** Counts forged calls into the report. */
export interface Refusals {
  /** Counts one; returns at once, the report follows. */
  count(site: string): void
  /** Writes what is counted now, without waiting for the pace. */
  flush(): Promise<void>
}

const HOUR = 3_600_000

/** Milliseconds between two writings: a flood costs the database one row a second. */
const PACE = 1000

/** Opens the count: one row of the report for each site and hour, however many calls were refused. */
export function openRefusals({ db, now }: { db: Db; now: () => Date }): Refusals {
  const counted = new Map<string, { site: string; hour: number; count: number }>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let wroteAt = 0

  function add(site: string, hour: number, count: number): void {
    const id = `${site}:${hour}`
    counted.set(id, { site, hour, count: count + (counted.get(id)?.count ?? 0) })
  }

  async function write(): Promise<void> {
    wroteAt = Date.now()
    const due = [...counted.values()]
    counted.clear() // what is counted from here on waits for the next writing
    for (const { site, hour, count } of due) {
      try {
        await addToReport({ db, site, hour, count, now: now() })
      } catch {
        add(site, hour, count) // the next refusal tries again
      }
    }
    writing = undefined
  }

  function writeSoon(): void {
    timer = setTimeout(
      () => {
        timer = undefined
        writing = (writing ?? Promise.resolve()).then(write)
      },
      Math.max(0, wroteAt + PACE - Date.now()),
    )
  }

  return {
    count(site) {
      add(site, Math.floor(now().getTime() / HOUR) * HOUR, 1)
      if (!timer) writeSoon()
    },
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await writing
      await write()
    },
  }
}

async function addToReport(o: { db: Db; site: string; hour: number; count: number; now: Date }): Promise<void> {
  const { db } = o
  const from = new Date(o.hour)
  const id = `webhook-refused:${o.site}:${from.toISOString().slice(0, 13)}`
  const row = await db.selectFrom('operations').select('failed').where('id', '=', id).executeTakeFirst()
  const failed = (row?.failed ?? 0) + o.count
  await reportOperation(db, {
    id,
    type: 'Webhook refusé',
    direction: 'site-codial',
    site: o.site,
    light: 'rouge',
    message: failed > 1 ? `${failed} appels refusés en une heure.` : '1 appel refusé.',
    remedy: REMEDY,
    handled: failed,
    failed,
    trigger: 'webhook',
    started_at: from,
    ended_at: o.now,
  })
}

const REMEDY =
  'Signature absente, fausse ou trop ancienne. Si la boutique appelle bien ce connecteur, vérifier que le secret de ' +
  'son webhook est celui du connecteur, et que son horloge est à l’heure ; sinon quelqu’un essaie l’adresse. ' +
  'Rien n’est perdu : les commandes sont lues de toute façon.'
