import { PDFDocument } from '@cantoo/pdf-lib'
import { Refused } from '../../domain/failures.ts'

/** One PDF to merge; `name` is said when it cannot be read. */
export interface PdfPart {
  name: string
  bytes: Uint8Array
}

/** Puts PDFs behind each other, each page as large as it was; Refused names the one that cannot be read. */
export async function mergePdf(
  parts: PdfPart[],
  { title }: { title: string },
): Promise<{ bytes: Uint8Array; pages: number }> {
  const whole = await PDFDocument.create()
  whole.setTitle(title)
  whole.setProducer('Codial connector')
  for (const part of parts) {
    const source = await readPdf(part)
    for (const page of await whole.copyPages(source, source.getPageIndices())) whole.addPage(page)
  }
  return { bytes: await whole.save(), pages: whole.getPageCount() }
}

async function readPdf({ name, bytes }: PdfPart): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false })
  } catch {
    throw new Refused('refused', `le document ${name} n'est pas un PDF lisible : refaites cette étiquette`)
  }
}
