import type { Context } from 'hono'
import type { z } from 'zod'
import { allRight, type Fault, messageOf } from './messages.ts'
import { multipartOf } from './multipart.ts'

/** The JSON of a body; undefined when there is none. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text())
  } catch {
    return undefined
  }
}

/** Reads a body of the right shape; anything else is unreadable to the carrier (422). */
export async function readBody<T extends z.ZodType>(
  c: Context,
  shape: T,
): Promise<{ isRight: true; body: z.infer<T> } | { isRight: false; refusal: Response }> {
  const isJson = (c.req.header('content-type') ?? '').startsWith('application/json')
  const parsed = isJson ? shape.safeParse(await readJson(c)) : undefined
  if (parsed?.success) return { isRight: true, body: parsed.data }
  const [issue] = parsed?.error.issues ?? []
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const detail = [...(issue?.path ?? []), ...keys].join('.')
  return { isRight: false, refusal: refuse(c, [detail ? { id: '422', detail } : { id: '422' }], 422) }
}

const isOld = (c: Context) => c.req.param('version') === '2.0'

/** A refusal: plain JSON with 400 unless told otherwise; the old version hides functional errors in a one-part multipart with 200. */
export function refuse(c: Context, faults: Fault[], status: 400 | 403 | 422 = 400): Response {
  const infos = { ...infosOf(c, null), messages: faults.map(messageOf) }
  return isOld(c) && status === 400 ? multipartOf(infos, []) : c.json(infos, status)
}

/** The JSON of a reply: everything went well, and the label when there is one; 2.0 names that member otherwise. */
export function infosOf(c: Context, label: unknown) {
  return { messages: [allRight()], labelXmlV2Reponse: null, [isOld(c) ? 'labelV2Response' : 'labelV31Response']: label }
}
