import type { Db } from '../../db/connect.ts'

/** What the filters offer. */
export interface ReportChoices {
  types: string[]
  operators: string[]
  branches: string[]
}

const CHOICES_LAST_MS = 60_000

/** Reads the choices once a minute at most: the page is read every few seconds, and these look through the whole report. */
export function openChoices(db: Db): () => Promise<ReportChoices> {
  let known: { until: number; choices: Promise<ReportChoices> } | undefined
  return () => {
    if (!known || known.until < Date.now()) {
      const choices = readChoices(db)
      known = { until: Date.now() + CHOICES_LAST_MS, choices }
      choices.catch(() => {
        known = undefined
      })
    }
    return known.choices
  }
}

async function readChoices(db: Db): Promise<ReportChoices> {
  const [types, operators, branches] = await Promise.all([
    distinct(db, 'type'),
    distinct(db, 'operator'),
    distinct(db, 'branch'),
  ])
  return { types, operators, branches }
}

async function distinct(db: Db, column: 'type' | 'operator' | 'branch'): Promise<string[]> {
  const rows = await db.selectFrom('operations').select(`${column} as value`).distinct().orderBy('value').execute()
  return rows.flatMap(({ value }) => (value ? [value] : []))
}
