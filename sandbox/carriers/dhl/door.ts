import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { refuse, refuseBusiness, refuseFormat, refuseMissing, refuseShape } from './problems.ts'
import { schemaProblems } from './schema.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Lets through who has the password and names a version of the interface; every answer gets its numbers for the log. */
export function guardDoor(o: { user: string; password: string }): MiddlewareHandler {
  const expected = digest(`Basic ${Buffer.from(`${o.user}:${o.password}`).toString('base64')}`)
  return async (c, next) => {
    c.header('Invocation-Id', randomUUID())
    const reference = c.req.header('message-reference')
    if (reference) c.header('Message-Reference', reference)
    if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), expected)) return refuseStranger(c)
    const version = c.req.header('x-version')
    if (version === undefined) return refuseMissing(c, ['x-version'])
    if (!/^3\.\d+\.\d+$/.test(version)) return refuseFormat(c, ['x-version'])
    if (reference !== undefined && reference.length > 36) return refuseFormat(c, ['Message-Reference (maxLength=36)'])
    return next()
  }
}

function refuseStranger(c: Context): Response {
  c.header('WWW-Authenticate', 'Basic realm="MyDHL API"')
  const details = ['Invalid Credentials']
  return refuse(c, { httpStatus: 401, title: 'Unauthorized', message: 'Unauthorized', details })
}

/** Reads a JSON body that must fit a schema of the description, or says how it is refused. */
export async function readBody<T>(
  c: Context,
  schema: string,
): Promise<{ isRight: true; body: T } | { isRight: false; refusal: Response }> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    const title = 'Unsupported Media Type'
    return { isRight: false, refusal: refuse(c, { httpStatus: 415, title, message: title, details: [] }) }
  }
  let body: unknown
  try {
    body = JSON.parse(await c.req.text())
  } catch {
    return { isRight: false, refusal: refuseBusiness(c, ['Request message is not a well-formed JSON']) }
  }
  const problems = schemaProblems(schema, body)
  if (problems.length) return { isRight: false, refusal: refuseShape(c, problems) }
  return { isRight: true, body: body as T }
}
