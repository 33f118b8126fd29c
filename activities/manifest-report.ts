import type { Db } from '../db/connect.ts'
import type { ManifestRow } from '../db/manifests.ts'
import { reportOperation } from '../db/operations.ts'
import type { Light } from '../db/schema.ts'
import type { ManifestState } from '../domain/manifest.ts'

/** What the report says of a manifest. */
export interface Said {
  light: Light
  message: string
  /** How many papers were made. */
  created?: number
  ended_at?: Date
}

/** Writes the one row that a manifest has in the report. */
export async function reportManifest(
  db: Db,
  row: ManifestRow,
  { created = 0, ended_at, ...said }: Said,
): Promise<void> {
  await reportOperation(db, {
    ...said,
    created,
    ended_at: ended_at ?? null,
    id: row.id,
    type: `Bordereau ${row.carrier}`,
    direction: 'interne',
    handled: row.parcels,
    trigger: 'manuel',
    operator: row.operator,
    branch: row.branch,
    error_code: null,
    remedy: null,
    step: null,
    parked_at: null,
    started_at: row.created_at,
  })
}

/** How a manifest ended, in one sentence: nothing to hand over is no success. */
export function endOf(state: Exclude<ManifestState, 'open'>, row: ManifestRow): Said {
  const papers = row.number?.split(', ').length ?? 0
  const name = `${papers > 1 ? 'Bordereaux' : 'Bordereau'} n° ${row.number}`
  const ended_at = new Date()
  if (state === 'nothing')
    return {
      light: 'gris',
      message: `Rien à remettre : aucun colis ${row.carrier} de ${row.branch} n'attend.`,
      ended_at,
    }
  if (state === 'done') {
    const courier = row.pickup_number ? ` Enlèvement demandé (n° ${row.pickup_number}).` : ''
    return { light: 'vert', message: `${name} : ${row.parcels} colis à remettre.${courier}`, created: papers, ended_at }
  }
  if (row.parcels === 0) return { light: 'gris', message: 'Bordereau annulé.', ended_at }
  const kept =
    papers > 0
      ? `${row.parcels} colis restent sur ${name}`
      : `${row.parcels} colis restent à vérifier chez ${row.carrier}`
  return { light: 'orange', message: `Bordereau annulé en partie : ${kept}.`, created: papers, ended_at }
}
