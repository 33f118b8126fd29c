import type { OperationChange } from '../db/operations.ts'
import type { Trouble } from '../domain/failures.ts'

/** What the report calls a batch of labels. */
export const PRINT_TYPE = "Impression d'étiquettes"

/** How a batch went: where it was to go, and what came of it. */
export interface PrintEnd {
  /** "pdf", or the code of a printer. */
  target: string
  /** Pages of the PDF. */
  pages?: number
  /** Names of labels that a PDF cannot hold. */
  leftOut?: string[]
  /** What kept the batch from its end. */
  trouble?: Trouble
}

/** How far a batch came; `next` is the name of the first label that was not sent. */
interface Reach {
  total: number
  sent: number
  next: string | null
}

/** The report's row of a batch that ended, in one sentence that says what to do about what is missing. */
export function endOfPrint({ target, pages = 0, leftOut = [], trouble }: PrintEnd, reach: Reach): OperationChange {
  const ended_at = new Date()
  const { total, sent, next } = reach
  if (trouble) {
    const far =
      target === 'pdf'
        ? 'Le PDF des étiquettes n’a pas pu être fait'
        : `${labels(sent)} envoyée${s(sent)} sur ${total} à « ${target} »`
    const message = `${far}${sent > 0 && next ? `, la suivante est ${next}` : ''}.`
    return { light: 'rouge', message, error_code: trouble.code, remedy: trouble.remedy, failed: total - sent, ended_at }
  }
  if (target !== 'pdf')
    return { light: 'vert', message: `${labels(total)} envoyée${s(total)} à l’imprimante « ${target} ».`, ended_at }
  const made = `${labels(total - leftOut.length)} en un PDF de ${pages} page${s(pages)}.`
  if (leftOut.length === 0) return { light: 'vert', message: made, ended_at }
  const left = `Pas dans le PDF, à envoyer à une imprimante d’étiquettes : ${shortList(leftOut)}.`
  return { light: 'orange', message: `${made} ${left}`, ended_at }
}

/** Names, the first ones when there are many: "A, B, C et 4 autres". */
export function shortList(names: string[]): string {
  const [shown, more] = [names.slice(0, 5).join(', '), names.length - 5]
  return more > 0 ? `${shown} et ${more} autre${s(more)}` : shown
}

const s = (n: number): string => (n > 1 ? 's' : '')
const labels = (n: number): string => `${n} étiquette${s(n)}`
