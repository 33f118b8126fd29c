import type { LabelFormat } from '../../../domain/shipment.ts'
import type { Paper } from '../carrier.ts'

/** How a label is asked for, and how what comes back is known for it. */
export interface Printing {
  /** The carrier's name: "PDF_10x15_300dpi". */
  type: string
  mediaType: Paper['mediaType']
  /** How its bytes begin, read as Latin-1. */
  begins: RegExp
}

/** Customs forms are asked for in this, whatever prints the labels. */
export const FORM_TYPE = 'PDF_A4_300dpi'
/** How a PDF begins. */
export const PDF = /^%PDF-/

const pdf = { mediaType: 'application/pdf', begins: PDF } as const
const zpl = { mediaType: 'application/zpl', begins: /^\s*\^XA/ } as const
const dpl = { mediaType: 'application/dpl', begins: /./s } as const

/** The carrier's name of each of our formats (contract of carriers, label-formats.csv). */
export const FORMATS: Record<LabelFormat, Printing> = {
  'pdf-10x15': { type: 'PDF_10x15_300dpi', ...pdf },
  'pdf-a4': { type: 'PDF_A4_300dpi', ...pdf },
  'zpl-203': { type: 'ZPL_10x15_203dpi', ...zpl },
  'zpl-300': { type: 'ZPL_10x15_300dpi', ...zpl },
  'dpl-203': { type: 'DPL_10x15_203dpi', ...dpl },
  'dpl-300': { type: 'DPL_10x15_300dpi', ...dpl },
}

/** True when the bytes begin as they should. */
export const isSuch = (bytes: Uint8Array | null, begins: RegExp): bytes is Uint8Array =>
  bytes !== null && begins.test(Buffer.from(bytes.subarray(0, 32)).toString('latin1'))
