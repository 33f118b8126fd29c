import { instantOfGmt, instantOfLocal, localOf } from './clock.ts'
import type { BadParameter } from './replies.ts'

const LISTED = [
  'any',
  'trash',
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
]
const DATE = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}(?::\d{2})?)?$/

/** Every value of a parameter that may be a list: `a,b`, `name[]=a`, `name[0]=a`. */
export function listOf(query: URLSearchParams, name: string): string[] {
  const values = [...query]
    .filter(([key]) => key === name || key.replace(/\[\d*\]$/, '') === name)
    .map(([, value]) => value)
  return values.flatMap((value) => value.split(/[\s,]+/)).filter(Boolean)
}

const sentenceOf = (words: readonly string[]) =>
  words.length > 2 ? `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}` : words.join(' and ')

/** Says what WordPress says when a value is not one of a list. */
export const notInEnum = (name: string, allowed: readonly string[], shown = name): BadParameter => ({
  name,
  code: 'rest_not_in_enum',
  message: `${shown} is not one of ${sentenceOf(allowed)}.`,
})

/** Says what WordPress says when a value has the wrong type. */
export const notOfType = (name: string, type: string, shown = name): BadParameter => ({
  name,
  code: 'rest_invalid_type',
  message: `${shown} is not of type ${type}.`,
})

/** A query being read, and what was wrong so far. */
export interface Reading {
  query: URLSearchParams
  bad: BadParameter[]
}

/** Reads a whole number from 1 on. */
export function integer({ query, bad }: Reading, name: string, o: { default: number; max?: number }): number {
  const text = query.get(name)
  if (text === null) return o.default
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value)) bad.push(notOfType(name, 'integer'))
  else if (o.max !== undefined && (value < 1 || value > o.max)) {
    bad.push({
      name,
      code: 'rest_out_of_bounds',
      message: `${name} must be between 1 (inclusive) and ${o.max} (inclusive)`,
    })
  } else if (value < 1)
    bad.push({ name, code: 'rest_out_of_bounds', message: `${name} must be greater than or equal to 1` })
  return value
}

/** Reads one word of a list. */
export function oneOf<T extends string>(
  { query, bad }: Reading,
  name: string,
  o: { allowed: readonly T[]; default: NoInfer<T> },
): T {
  const value = query.get(name) ?? o.default
  const known = o.allowed.find((word) => word === value)
  if (known === undefined) bad.push(notInEnum(name, o.allowed))
  return known ?? o.default
}

/** Reads `status`, one or several; none means any. */
export function statuses({ query, bad }: Reading): string[] {
  const values = listOf(query, 'status')
  const wrong = values.findIndex((value) => !LISTED.includes(value))
  if (wrong >= 0) bad.push(notInEnum('status', LISTED, `status[${wrong}]`))
  return values.length ? values : ['any']
}

/** Reads a list of numbers. */
export function ids({ query, bad }: Reading, name: string): number[] {
  const values = listOf(query, name)
  const wrong = values.findIndex((value) => !/^-?\d+$/.test(value))
  if (wrong >= 0) bad.push(notOfType(name, 'integer', `${name}[${wrong}]`))
  return values.map(Number)
}

/** Reads yes or no, no by default. */
export function boolean({ query, bad }: Reading, name: string): boolean {
  const value = (query.get(name) ?? 'false').toLowerCase()
  if (!['true', '1', 'false', '0'].includes(value)) bad.push(notOfType(name, 'boolean'))
  return value === 'true' || value === '1'
}

/** Reads a bound as WooCommerce does: a zone suffix is turned into local time first, which `dates_are_gmt` then takes for GMT. */
export function moment(
  { query, bad }: Reading,
  name: string,
  o: { zone: string; areGmt: boolean },
): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const [, suffix] = DATE.exec(text) ?? []
  const wall = text.slice(0, 19).toUpperCase().replace(' ', 'T')
  const offset = suffix && suffix !== 'Z' && suffix.length === 3 ? `${suffix}:00` : (suffix ?? '')
  if (!DATE.test(text) || Number.isNaN(Date.parse(wall + (offset || 'Z')))) {
    bad.push({ name, code: 'rest_invalid_date', message: 'Invalid date.' })
    return undefined
  }
  const local = suffix ? localOf(new Date(wall + offset).toISOString().slice(0, 19), o.zone) : wall
  return o.areGmt ? instantOfGmt(local) : instantOfLocal(local, o.zone)
}
