import * as wf from '@temporalio/workflow'
import type { Trouble } from '../domain/failures.ts'
import { type PrintProgress, printProgress } from './messages.ts'
import { DOCUMENTS_QUEUE, PRINT_QUEUE } from './queues.ts'
import { errandOn, notes } from './steps.ts'

/** What is printed: documents in their order, into one PDF ("pdf") or on a printer by its code; `silence`: milliseconds after which a mute worker is given up. */
export interface PrintInput {
  print: string
  documents: string[]
  target: string
  operator: string
  branch: string
  silence?: number
}

/** Labels per activity: how often the progress moves, and how little a lost one repeats. */
const SLICE = 25

/** A batch of labels on paper; what fails is reported, and nothing waits for a person: the rest is printed again from the list. */
export async function printBatch({
  print,
  documents,
  target,
  operator,
  branch,
  silence,
}: PrintInput): Promise<PrintProgress> {
  const at: PrintProgress = { stage: 'printing', total: documents.length, sent: 0, document: null }
  wf.setHandler(printProgress, () => at)
  const { beginPrint, endPrint } = notes({ short: 200 })
  await beginPrint({ print, total: documents.length, operator, branch })
  try {
    const end = target === 'pdf' ? await merge() : await send()
    at.stage = 'done'
    await endPrint({ print, documents, target, ...end })
  } catch (error) {
    if (!(error instanceof wf.ActivityFailure)) throw error
    at.stage = 'failed'
    const trouble = troubleOf(error, target)
    await wf.CancellationScope.nonCancellable(() => endPrint({ print, documents, target, trouble }))
  }
  return at

  async function merge(): Promise<{ pages: number; leftOut: string[] }> {
    const { document, pages, leftOut } = await errandOn(DOCUMENTS_QUEUE, { silence: 300_000 }).mergeLabels({
      print,
      documents,
    })
    Object.assign(at, { document, sent: documents.length - leftOut.length })
    return { pages, leftOut }
  }

  async function send(): Promise<object> {
    const { checkPrint, sendLabels } = errandOn(PRINT_QUEUE, { silence })
    await checkPrint({ printer: target, documents })
    for (let from = 0; from < documents.length; from += SLICE) {
      const slice = documents.slice(from, from + SLICE)
      const { sent } = await sendLabels({
        print,
        printer: target,
        documents: slice,
        from,
      })
      at.sent = sent
    }
    return {}
  }
}

/** Why it failed, as a person can mend it. */
function troubleOf(failure: wf.ActivityFailure, target: string): Trouble {
  const { cause } = failure
  if (wf.isCancellation(failure))
    return { code: 'refused', remedy: 'L’impression a été annulée : imprimez la suite depuis la liste.' }
  const [trouble] = cause instanceof wf.ApplicationFailure ? (cause.details ?? []) : []
  if (trouble) return trouble as Trouble
  if (target === 'pdf')
    return { code: 'unavailable', remedy: 'Réessayez ; si cela dure, prévenez votre service informatique.' }
  const why = cause instanceof wf.ApplicationFailure ? `${cause.message} — ` : ''
  return {
    code: 'unavailable',
    remedy: `${why}Vérifiez qu’elle est allumée et reliée au réseau, puis imprimez la suite.`,
  }
}
