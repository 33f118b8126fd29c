import { activityInfo, heartbeat } from '@temporalio/activity'
import { storeDocument } from '../db/documents.ts'
import { readOperation, reportOperation, updateOperation } from '../db/operations.ts'
import { forgetOldPrints, readPaperNames, readPapers } from '../db/prints.ts'
import { Refused } from '../domain/failures.ts'
import { printRef } from '../domain/manifest.ts'
import type { Deps } from './deps.ts'
import { mergePdf } from './documents/merge-pdf.ts'
import { endOfPrint, PRINT_TYPE, type PrintEnd, shortList } from './print-report.ts'

interface PrintStep {
  print: string
  documents: string[]
}

/** The steps of printing labels: into one PDF, or straight to a printer. */
export function printActivities({ db, printerOf }: Pick<Deps, 'db' | 'printerOf'>) {
  /** How many labels a printer took of a batch, which the report keeps: it outlives a killed process. */
  const sentSoFar = async (print: string): Promise<number> => (await readOperation(db, print))?.handled ?? 0

  return {
    /** Puts the PDF labels into one, in their order; names those that a PDF cannot hold. */
    async mergeLabels({ print, documents }: PrintStep): Promise<MergedLabels> {
      const papers = await readPapers(db, documents)
      const parts = papers.filter(isPdf).map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }))
      const leftOut = papers.filter((paper) => !isPdf(paper)).map(({ name }) => name)
      if (parts.length === 0) throw new Refused('refused', `aucun PDF : ${TO_A_PRINTER} (${shortList(leftOut)})`)
      const { bytes, pages } = await mergePdf(parts, { title: 'Étiquettes' })
      const document = documentOf(print)
      const named = { name: `${document}.pdf`, mediaType: 'application/pdf' }
      await storeDocument(db, { id: document, ref: printRef(print), kind: 'print', ...named, bytes })
      await updateOperation(db, print, { handled: parts.length, failed: leftOut.length })
      return { document, pages, leftOut }
    },

    /** Refuses a whole batch, before anything is sent, when its printer cannot read one of the labels. */
    async checkPrint({ printer: code, documents }: { printer: string; documents: string[] }): Promise<void> {
      const { takesPdf } = printerOf(code)
      const refused = (await readPaperNames(db, documents)).find((paper) => isPdf(paper) && !takesPdf)
      if (!refused) return
      const { name } = refused
      throw new Refused('refused', `${name} est un PDF, que l'imprimante « ${code} » ne lit pas : imprimez en PDF`)
    },

    /** Sends labels one by one from the `from`th of the batch; tried again, it goes on after the last one that the printer took. */
    async sendLabels(o: PrintStep & { printer: string; from: number }): Promise<{ sent: number }> {
      const printer = printerOf(o.printer)
      const papers = await readPapers(db, o.documents)
      const begun = Math.max(
        (activityInfo().heartbeatDetails as Sent | undefined)?.sent ?? 0,
        (await sentSoFar(o.print)) - o.from,
      )
      for (const [i, paper] of papers.entries()) {
        if (i < begun) continue
        await printer.send(new Uint8Array(paper.bytes))
        const sent = i + 1
        heartbeat({ sent } satisfies Sent)
        await updateOperation(db, o.print, { handled: o.from + sent })
      }
      return { sent: o.from + papers.length }
    },

    /** Reports that a batch began, and forgets old prints. */
    async beginPrint(o: { print: string; total: number; operator: string; branch: string }): Promise<void> {
      const { print: id, total, operator, branch } = o
      await forgetOldPrints(db)
      await reportOperation(db, {
        id,
        type: PRINT_TYPE,
        direction: 'interne',
        light: 'bleu',
        message: `Impression de ${total} étiquette${total > 1 ? 's' : ''} en cours.`,
        trigger: 'manuel',
        operator,
        branch,
        ...NO_TROUBLE,
      })
    },

    /** Reports how a batch ended: green only when every label was printed. */
    async endPrint({ print, documents, ...end }: PrintStep & PrintEnd): Promise<void> {
      const sent = await sentSoFar(print)
      const next = documents[sent]
      const [paper] = end.trouble && next ? await readPaperNames(db, [next]) : []
      await updateOperation(db, print, endOfPrint(end, { total: documents.length, sent, next: paper?.name ?? null }))
    },
  }
}

interface Sent {
  sent: number
}

/** The one PDF, and the names of the labels that a PDF cannot hold. */
interface MergedLabels {
  document: string
  pages: number
  leftOut: string[]
}

const TO_A_PRINTER = "envoyez ces étiquettes à une imprimante d'étiquettes"

/** A request that was thought lost may have left other words in the row. */
const NO_TROUBLE = { error_code: null, remedy: null, ended_at: null }

const isPdf = ({ media_type }: { media_type: string }): boolean => media_type === 'application/pdf'

/** An id that stands in an address: "print-…". */
const documentOf = (print: string): string => print.replace(/[^\w-]/g, '-')
