import type { Db } from '../db/connect.ts'
import { reportOperation } from '../db/operations.ts'
import type { Light, OperationsTable } from '../db/schema.ts'

/** What one run of an errand did. */
export interface RunCounts {
  handled: number
  created: number
  modified: number
  ignored: number
  failed: number
}

/** One run of an errand, as the report shows it. */
export interface Run {
  id: string
  type: string
  direction: OperationsTable['direction']
  site: string | null
}

/** A fresh count. */
export const noCounts = (): RunCounts => ({ handled: 0, created: 0, modified: 0, ignored: 0, failed: 0 })

/** Reports a run truly: green only for what was done, one standing row for runs that found nothing to do, red for a failure. */
export async function reportRun(db: Db, run: Run, work: () => Promise<RunCounts>): Promise<{ handled: number }> {
  const started_at = new Date()
  const common = { type: run.type, direction: run.direction, site: run.site, trigger: 'planifié' as const, started_at }
  try {
    const counts = await work()
    const idle = didNothing(counts)
    const id = idle ? `idle:${run.type}:${run.site ?? ''}` : run.id
    await reportOperation(db, {
      ...common,
      ...counts,
      id,
      light: lightOf(counts),
      message: messageOf(counts),
      error_code: null,
      remedy: null,
      ended_at: new Date(),
    })
    return { handled: counts.handled }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'erreur inconnue'
    await reportOperation(db, {
      ...common,
      id: run.id,
      light: 'rouge',
      message: `Échec : ${message}`,
      error_code: error instanceof Error ? error.name : 'defect',
      ended_at: new Date(),
    })
    throw error
  }
}

/** Reading again what had not changed is not a success: it is nothing to do. */
const didNothing = ({ created, modified, failed }: RunCounts): boolean => created + modified + failed === 0

const lightOf = (counts: RunCounts): Light => (didNothing(counts) ? 'gris' : counts.failed > 0 ? 'orange' : 'vert')

function messageOf(counts: RunCounts): string {
  if (didNothing(counts)) return 'Rien à faire.'
  const words: [number, string, string][] = [
    [counts.created, 'nouveau', 'nouveaux'],
    [counts.modified, 'modifié', 'modifiés'],
    [counts.ignored, 'inchangé', 'inchangés'],
    [counts.failed, 'en erreur', 'en erreur'],
  ]
  const parts = words.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n > 1 ? many : one}`)
  return `${counts.handled} ${counts.handled > 1 ? 'lus' : 'lu'} : ${parts.join(', ')}.`
}
