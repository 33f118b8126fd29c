import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from './problems.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Lets in who brings the token of this company. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = digest(`Bearer ${token}`)
  return async (c, next) => {
    const given = digest(c.req.header('Authorization') ?? '')
    if (!timingSafeEqual(given, expected)) throw new Problem('jeton_refuse', 'jeton absent ou inconnu')
    await next()
  }
}

/** Lets so many requests through in any second; 0 means no limit. */
export function limitPace(requestsPerSecond: number): MiddlewareHandler {
  let recent: number[] = []
  return async (_, next) => {
    const at = performance.now()
    recent = recent.filter((time) => at - time < 1000)
    const isTooMany = requestsPerSecond > 0 && recent.length >= requestsPerSecond
    if (isTooMany) throw new Problem('debit_limite', `${requestsPerSecond} requêtes par seconde au plus`)
    recent.push(at)
    await next()
  }
}

/** Refuses bodies above 5 MB (contract, section 2). */
export const limitSize: MiddlewareHandler = bodyLimit({
  maxSize: 5 * 1024 * 1024,
  onError: () => {
    throw new Problem('champ_invalide', 'corps de plus de 5 Mo', '', 413)
  },
})
