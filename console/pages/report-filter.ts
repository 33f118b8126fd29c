import { LIGHT_WORDS } from '../words.ts'

/** What the report is narrowed to; empty texts narrow nothing. */
export interface ReportFilter {
  site: string
  type: string
  voyant: string
  /** Days in Paris, such as 2026-11-24, both included. */
  du: string
  au: string
  operateur: string
  agence: string
  erreur: string
  reference: string
  attente: string
}

/** Reads the filter from an address; what makes no sense narrows nothing. */
export function readFilter(query: Record<string, string>): ReportFilter {
  const text = (name: string): string => plain(query[name])
  const day = (name: string): string => (isDay(text(name)) ? text(name) : '')
  return {
    site: text('site'),
    type: text('type'),
    voyant: Object.hasOwn(LIGHT_WORDS, text('voyant')) ? text('voyant') : '',
    du: day('du'),
    au: day('au'),
    operateur: text('operateur'),
    agence: text('agence'),
    erreur: text('erreur'),
    reference: text('reference'),
    attente: text('attente') === 'oui' ? 'oui' : '',
  }
}

/** A text of an address, of a sane length and without the NUL that PostgreSQL refuses. */
export const plain = (text: string | undefined): string => (text ?? '').replaceAll('\0', '').trim().slice(0, 100)

/** True of an ISO day that exists. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Anything that contains the text, its own wildcards taken literally. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
