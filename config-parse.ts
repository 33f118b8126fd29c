import { z } from 'zod'

/** Real settings miss or have a wrong shape; the message lists each variable with its remedy. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem'
}

/** An address of a web server. */
export const webUrl = z.url({ protocol: /^https?$/ })

/** Checks settings once; a `ConfigProblem` lists each wrong variable, by its full name. */
export function parse<S extends z.ZodType>(schema: S, values: unknown, prefix: string): z.output<S> {
  const result = schema.safeParse(values)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${prefix}${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigProblem(`These settings are missing or wrong (see .env.example):\n${lines.join('\n')}`)
}
