import type { Context } from 'hono'
import type { z } from 'zod'
import { allRight, type Fault, messageOf } from './messages.ts'

/** Reads a body of the right shape; anything else is unreadable to the carrier (422). */
export async function readBody<T extends z.ZodType>(
  c: Context,
  shape: T,
): Promise<{ isRight: true; body: z.infer<T> } | { isRight: false; refusal: Response }> {
  const isJson = (c.req.header('content-type') ?? '').startsWith('application/json')
  const parsed = isJson ? shape.safeParse(parse(await c.req.text())) : undefined
  if (parsed?.success) return { isRight: true, body: parsed.data }
  const [issue] = parsed?.error.issues ?? []
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const detail = [...(issue?.path ?? []), ...keys].join('.')
  return { isRight: false, refusal: refuse(c, [detail ? { id: '422', detail } : { id: '422' }], 422) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A refusal in plain JSON, as the service sends functional errors: 400 unless told otherwise. */
export function refuse(c: Context, faults: Fault[], status: 400 | 422 = 400): Response {
  return c.json({ ...infosOf(c, null), messages: faults.map(messageOf) }, status)
}

/** The JSON of a reply: everything went well, and the label when there is one; 2.0 names that member otherwise. */
export function infosOf(c: Context, label: unknown) {
  const isOld = c.req.param('version') === '2.0'
  return { messages: [allRight()], labelXmlV2Reponse: null, [isOld ? 'labelV2Response' : 'labelV31Response']: label }
}
