import * as wf from '@temporalio/workflow'
import { type ManifestPlace, type ManifestState, manifestRef } from '../domain/manifest.ts'
import { type Desk, openDesk } from './attention.ts'
import { STAGE } from './attributes.ts'
import { progress } from './messages.ts'
import { type StepPatience, stepsOf, USUAL_PATIENCE } from './steps.ts'

/** What starts a manifest, under its row's id; `patience` is for tests. */
export interface ManifestInput extends ManifestPlace {
  manifest: string
  patience?: StepPatience
}

/** How a manifest ended, and how many parcels are on it. */
export interface ManifestOutcome {
  state: Exclude<ManifestState, 'open'>
  parcels: number
}

interface ManifestFile {
  manifest: string
  carrier: string
  steps: ReturnType<typeof stepsOf>
  desk: Desk
  stage: string
}

/** What one branch hands over to one carrier: the parcels gathered, put on paper, and the courier called. */
export async function carrierManifest({
  manifest,
  carrier,
  patience = USUAL_PATIENCE,
}: ManifestInput): Promise<ManifestOutcome> {
  const order = manifestRef(manifest)
  const steps = stepsOf({ site: order.site, patience })
  const operation = { id: manifest, running: 'Bordereau en cours.' }
  const desk = openDesk({
    tell: (parked, decision) => steps.console.noteAttention({ order, operation, parked, decision }),
  })
  const file: ManifestFile = { manifest, carrier, steps, desk, stage: 'gathering' }
  wf.setHandler(progress, () => ({ stage: file.stage, parked: desk.parked() }))
  const outcome = await handOver(file).catch((error: unknown) => giveUp(file, error))
  await wf.CancellationScope.nonCancellable(() => wf.condition(wf.allHandlersFinished))
  return outcome
}

async function handOver(file: ManifestFile): Promise<ManifestOutcome> {
  const { manifest, carrier, steps, desk } = file
  const gathered = await desk.attempt('gather parcels', (pace) => steps.connector[pace].gatherParcels({ manifest }))
  const { parts = [], isOurs = true, fetches = false } = gathered ?? {}
  if (parts.length === 0) return close(file, { isCancelled: false })
  showStage(file, 'making')
  for (const part of parts.keys()) {
    const rank = part + 1
    await desk.attempt(`make manifest ${rank}`, (pace, verdict) =>
      isOurs
        ? steps.documents[pace].drawManifestList({ manifest, part, verdict })
        : steps.carrier(carrier)[pace].makeCarrierManifest({ manifest, part, verdict }),
    )
  }
  await merge(file)
  if (fetches) {
    showStage(file, 'calling the courier')
    await desk.attempt(
      'call the courier',
      (pace, verdict) => steps.carrier(carrier)[pace].callCourier({ manifest, verdict }),
      { maySkip: true },
    )
  }
  return close(file, { isCancelled: false })
}

const merge = ({ manifest, steps, desk }: ManifestFile): Promise<void> =>
  desk.attempt('merge manifest', (pace) => steps.documents[pace].mergeManifest({ manifest }))

async function close(file: ManifestFile, { isCancelled }: { isCancelled: boolean }): Promise<ManifestOutcome> {
  const { manifest, steps, desk } = file
  const outcome = await desk.attempt('close manifest', (pace) =>
    steps.connector[pace].closeManifest({ manifest, isCancelled }),
  )
  if (!outcome) throw wf.ApplicationFailure.nonRetryable('a manifest that was not closed') // it may not be skipped
  showStage(file, outcome.state)
  return outcome
}

/** After a cancel by a person or the Temporal UI: the papers that were made stay, the other parcels are free again. */
async function giveUp(file: ManifestFile, error: unknown): Promise<ManifestOutcome> {
  const byPerson = error instanceof wf.ApplicationFailure && error.type === 'CancelledByPerson'
  if (!wf.isCancellation(error) && !byPerson) throw error
  return wf.CancellationScope.nonCancellable(async () => {
    await merge(file)
    return close(file, { isCancelled: true })
  })
}

function showStage(file: ManifestFile, stage: string): void {
  file.stage = stage
  wf.upsertSearchAttributes([{ key: STAGE, value: stage }])
}
