import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ConsoleEnv } from './options.ts'
import type { Sessions } from './sessions.ts'

type Guard = MiddlewareHandler<ConsoleEnv>

/** Headers that keep browsers from running, framing or sending on what is not ours. */
export const safeHeaders: Guard = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin', // "no-referrer" would make browsers send "Origin: null" with our own forms
  xFrameOptions: 'DENY',
  strictTransportSecurity: false, // said by whoever holds the certificate, in front of us
})

/** Nothing of the console is kept by browsers or proxies, unless a page says otherwise. */
export const neverCached: Guard = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-store')
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Refuses every action that does not come from a page of this console, as the browser itself says. */
export const sameOriginOnly =
  (refuse: (c: Parameters<Guard>[0]) => Promise<Response>): Guard =>
  async (c, next) => {
    const [site, origin, host] = ['sec-fetch-site', 'origin', 'host'].map((name) => c.req.header(name))
    const ours = site === undefined ? origin !== undefined && hostOf(origin) === host : site === 'same-origin'
    if (SAFE_METHODS.includes(c.req.method) || ours) return next()
    return refuse(c)
  }

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

/** Sends whoever is not signed in to the sign-in page, and back afterwards. */
export const signedInOnly =
  ({ read }: Sessions): Guard =>
  async (c, next) => {
    const session = await read(c)
    c.set('session', session)
    if (session) return next()
    const { pathname, search } = new URL(c.req.url)
    const wanted = c.req.method === 'GET' && pathname !== '/' ? `?suite=${encodeURIComponent(pathname + search)}` : ''
    return c.redirect(`/connexion${wanted}`, 303)
  }
