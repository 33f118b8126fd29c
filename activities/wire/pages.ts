import { PDFDocument } from '@cantoo/pdf-lib'

/** Cuts a document that holds the labels of several parcels into one each, in order; null when its pages do not say which is whose. */
export async function splitPages(
  bytes: Uint8Array,
  { into, mediaType }: { into: number; mediaType: 'application/pdf' | 'application/zpl' },
): Promise<Uint8Array[] | null> {
  if (into === 1) return [bytes]
  return mediaType === 'application/pdf' ? splitPdf(bytes, into) : splitZpl(bytes, into)
}

async function splitPdf(bytes: Uint8Array, into: number): Promise<Uint8Array[] | null> {
  try {
    const whole = await PDFDocument.load(bytes)
    const indices = sharesOf(whole.getPageIndices(), into)
    return indices && (await Promise.all(indices.map((pages) => extractPages(whole, pages))))
  } catch {
    return null
  }
}

async function extractPages(whole: PDFDocument, pages: number[]): Promise<Uint8Array> {
  const part = await PDFDocument.create()
  for (const page of await part.copyPages(whole, pages)) part.addPage(page)
  return part.save()
}

/** One label of ZPL ends with ^XZ; what is downloaded before it (~DG) belongs to it. */
function splitZpl(bytes: Uint8Array, into: number): Uint8Array[] | null {
  const labels = Buffer.from(bytes)
    .toString('latin1')
    .match(/[\s\S]*?\^XZ/g)
  const shares = sharesOf(labels ?? [], into)
  return shares?.map((share) => new Uint8Array(Buffer.from(share.join('').trim(), 'latin1'))) ?? null
}

function sharesOf<T>(all: T[], into: number): T[][] | null {
  const each = all.length / into
  if (each < 1 || !Number.isInteger(each)) return null
  return Array.from({ length: into }, (_, i) => all.slice(i * each, (i + 1) * each))
}
