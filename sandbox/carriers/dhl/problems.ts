import type { Context } from 'hono'

/** A body of a refusal; some members are missing in some recordings, `status` is text. */
export interface Problem {
  httpStatus: 400 | 401 | 404 | 415 | 422
  title: string
  message?: string
  /** One text, or several which then go to `additionalDetails`. */
  details: string[]
}

const MANY = 'Multiple problems found, see Additional Details'

/** Sends a refusal as the carrier writes it: media type of problems, `status` as text, the address it is about. */
export function refuse(c: Context, { httpStatus, title, message, details }: Problem): Response {
  const { pathname, search } = new URL(c.req.url)
  const [only] = details
  const body = {
    instance: `/expressapi${pathname.replace(/^\/mydhlapi/, '')}${search}`,
    ...(only === undefined ? {} : { detail: details.length > 1 ? MANY : only }),
    title,
    ...(message === undefined ? {} : { message }),
    ...(details.length > 1 ? { additionalDetails: details } : {}),
    status: String(httpStatus),
  }
  return c.body(JSON.stringify(body), httpStatus, { 'Content-Type': 'application/problem+json' })
}

const MESSAGES = { 400: 'Bad request', 404: 'Not found' } as const

/** A refusal for what a request means: 400, or 404 where the thing is unknown. */
export const refuseBusiness = (c: Context, details: string[], httpStatus: 400 | 404 = 400): Response =>
  refuse(c, { httpStatus, title: MESSAGES[httpStatus], message: MESSAGES[httpStatus], details })

/** A refusal for the shape of a body: 422. */
export const refuseShape = (c: Context, details: string[]): Response =>
  refuse(c, { httpStatus: 422, title: 'Validation error', message: 'Unprocessable Entity', details })

/** A refusal because parameters are missing. */
export const refuseMissing = (c: Context, names: string[]): Response =>
  refuse(c, {
    httpStatus: 400,
    title: 'Missing parameters',
    message: 'Bad request',
    details: [`Missing mandatory parameters: ${names.join(', ')}`],
  })

/** A refusal because parameters cannot be read. */
export const refuseFormat = (c: Context, problems: string[]): Response =>
  refuse(c, {
    httpStatus: 400,
    title: 'Wrong format',
    message: 'Bad request',
    details: [`Parameters not having correct format: ${problems.join(', ')}`],
  })
