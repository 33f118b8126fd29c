import type { z } from 'zod'
import { Problem } from './problems.ts'

/** Reads what came in by its schema, or refuses it with the JSON pointer of the first culprit. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const { success, data, error } = schema.safeParse(input)
  if (success) return data
  const issue = error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  throw new Problem('champ_invalide', issue?.message ?? 'illisible', pointerOf([...(issue?.path ?? []), ...extra]))
}

function pointerOf(path: PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
