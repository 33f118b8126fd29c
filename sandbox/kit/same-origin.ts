import type { MiddlewareHandler } from 'hono'

/** Lets a form of a sandbox page through only when it was sent from that page: 403 for other sites. */
export const fromThisPageOnly: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  const isForeign = origin !== undefined && URL.parse(origin)?.host !== c.req.header('host')
  const site = c.req.header('sec-fetch-site') ?? 'same-origin'
  if (isForeign || !['same-origin', 'none'].includes(site)) {
    return c.text('Requête refusée : elle vient d’un autre site.', 403)
  }
  return next()
}
