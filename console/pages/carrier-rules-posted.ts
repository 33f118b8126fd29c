import { z } from 'zod'
import { NO_METHOD } from '../../domain/carrier-choice.ts'
import { EMPTY_ENTRY, methodsOf, type RuleEntry } from '../../domain/carrier-rule-entry.ts'
import type { Visit } from '../options.ts'
import type { Draft } from './carrier-rules-draft.ts'

/** More rules than this in one list cannot be understood any more. */
export const MOST_RULES = 100

const bounds = z.object({ from: z.int().min(0), to: z.int().min(0).nullable() }).nullable()
const code = z.string().regex(/^[A-Z0-9+_-]{1,20}$/)
const rule = z.object({
  methods: z.array(z.string().max(200)).min(1).max(50).nullable(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .nullable(),
  weight: bounds,
  amount: bounds,
  pickup: z.boolean().nullable(),
  choice: z.object({ carrier: code, service: code }),
})
const draft = z.object({ rules: z.array(rule).max(MOST_RULES), version: z.string().max(40) })

/** Reads the draft that a form carries; null when it is none of ours. */
export function draftIn(text: string): Draft | null {
  try {
    return draft.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The fields of a posted form; `all` gives every value of a name. */
export interface Posted {
  one(name: string): string
  all(name: string): string[]
}

/** Reads a posted form. */
export async function postedBy(c: Visit): Promise<Posted> {
  const fields = await c.req.parseBody({ all: true })
  const all = (name: string): string[] =>
    [fields[name] ?? []].flat().flatMap((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : []))
  return { all, one: (name) => all(name)[0] ?? '' }
}

/** What stands in the form of a rule: methods that are ticked, typed, or none. */
export function entryIn({ one, all }: Posted): RuleEntry {
  const fields = Object.keys(EMPTY_ENTRY).map((name) => [name, one(name).slice(0, 2000)])
  const none = one('noMethod') ? [NO_METHOD] : []
  return { ...Object.fromEntries(fields), methods: [...all('methods'), ...methodsOf(one('otherMethods')), ...none] }
}
