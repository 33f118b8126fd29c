import type { Db } from '../../db/connect.ts'
import { csvOf } from '../csv.ts'
import { operatorName, siteName } from '../kit.ts'
import { dayAndSecond } from '../moments.ts'
import type { ConsoleOptions } from '../options.ts'
import { lifeStep, spokenMessage } from '../steps.ts'
import { DIRECTION_WORDS, failureTitle, lightWord } from '../words.ts'
import type { ReportFilter } from './report-filter.ts'
import { type ReportRow, readReport } from './report-rows.ts'

const CHUNK = 2_000
const MOST_ROWS = 100_000

const HEADINGS = [
  'Voyant',
  'Début',
  'Fin',
  'Durée (s)',
  'Type',
  'Sens',
  'Site',
  'N° web',
  'N° Codial',
  'Message',
  'Traités',
  'Créés',
  'Modifiés',
  'Ignorés',
  'En erreur',
  'Déclencheur',
  'Opérateur',
  'Agence',
  "Code d'erreur",
  'Erreur',
  'Remède',
  'Étape',
]

/** All rows of the filtered report as CSV, read from one snapshot of the database; the newest 100 000 at most. */
export async function reportAsCsv(o: ConsoleOptions, filter: ReportFilter): Promise<string> {
  const rows = await o.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => readAll(tx, filter))
  const cut = rows.length === MOST_ROWS ? [[`Export limité à ${MOST_ROWS} lignes : précisez la période.`]] : []
  return csvOf([HEADINGS, ...rows.map((row) => cellsOf(o, row)), ...cut])
}

async function readAll(db: Db, filter: ReportFilter): Promise<ReportRow[]> {
  const all = await readReport(db, filter, { offset: 0, limit: CHUNK })
  for (let more = all.length === CHUNK; more && all.length < MOST_ROWS; ) {
    const chunk = await readReport(db, filter, { after: all.at(-1)?.id ?? '', limit: CHUNK })
    all.push(...chunk)
    more = chunk.length === CHUNK
  }
  return all
}

function cellsOf(o: ConsoleOptions, row: ReportRow): (string | number | null)[] {
  const { started_at: start, ended_at: end } = row
  return [
    lightWord(row),
    dayAndSecond(start),
    end && dayAndSecond(end),
    end && Math.round((end.getTime() - start.getTime()) / 1000),
    row.type,
    DIRECTION_WORDS[row.direction],
    row.site && siteName(o, row.site),
    row.number ?? row.web_id,
    row.erp_number,
    spokenMessage(row.message),
    row.handled,
    row.created,
    row.modified,
    row.ignored,
    row.failed,
    row.trigger,
    operatorName(o, row.operator),
    row.branch,
    row.error_code,
    row.error_code && failureTitle(row.error_code),
    row.remedy,
    row.step && lifeStep(row.step).words,
  ]
}
