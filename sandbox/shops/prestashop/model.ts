import type { Counters } from '../../kit.ts'

/** One stored value: nearly always a text, as the web service shows it. */
export type Value = string | number | null

/** The entries of the associations of a row, by name of association. */
export type Associations = Record<string, Record<string, string>[]>

/** One row of a resource, with the fields of its schema. */
export interface Row {
  id: number
  associations?: Associations
  [field: string]: Value | Associations | undefined
}

/** Everything the shop remembers; a resource without a table here is reference data. */
export interface ShopState {
  counters?: Counters
  tables: Record<string, Row[]>
  /** Next number by table (and `cart`, `seed`, `transfer`). */
  next: Record<string, number>
  /** Mails that the shop sent to customers because the web service asked for it. */
  mails: { order: number; template: string }[]
}

/** One field of a resource, as its synopsis describes it. */
export interface Field {
  name: string
  /** `decimal6` etc.: a decimal text with that many decimals. */
  kind: 'text' | 'int' | 'date' | 'day' | 'i18n' | 'decimal2' | 'decimal3' | 'decimal6'
  required?: boolean
  format?: string
  maxSize?: number
  readOnly?: boolean
  notFilterable?: boolean
  /** The resource that its value points to. */
  href?: string
  /** Linked even when it is 0. */
  linksZero?: boolean
}

/** One association of a resource; without `api` its entries live only inside their parent. */
export interface AssociationSchema {
  name: string
  one: string
  api?: string
  fields: { name: string; href?: string; readOnly?: boolean; required?: boolean }[]
}

/** What the web service tells about one resource. */
export interface Schema {
  one: string
  many: string
  description: string
  fields: Field[]
  associations?: AssociationSchema[]
}

/** The program that is played. */
export type Version = '1.7.8' | '8.2.1'

/** One field of a row as a text; nothing is an empty text. */
export function textOf(row: Row, name: string): string {
  const value = row[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
