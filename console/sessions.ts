import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { ConsoleOptions, Session, Visit } from './options.ts'

const COOKIE = 'session'
const LIFETIME_MS = 12 * 3_600_000

/** Opens, reads and ends the session of the operator; it is kept in a signed cookie, 12 hours long. */
export interface Sessions {
  /** True when code and password are the operator's; takes the same time whatever is wrong. */
  admits(o: { code: string; password: string }): boolean
  open(c: Visit): Promise<void>
  read(c: Visit): Promise<Session | null>
  end(c: Visit): Promise<void>
}

/** The sessions of one operator; a changed password or secret ends them all. */
export function openSessions({
  operator,
  secret,
  now = Date.now,
}: Pick<ConsoleOptions, 'operator' | 'secret' | 'now'>): Sessions {
  const key = createHmac('sha256', secret).update(`session:${operator.code}:${operator.password}`).digest('base64url')
  const ended = new Map<string, number>()
  const sameText = (given: string, right: string): boolean => timingSafeEqual(digest(key, given), digest(key, right))

  async function read(c: Visit): Promise<Session | null> {
    const text = await getSignedCookie(c, key, COOKIE)
    const [id = '', moment = ''] = text ? text.split('|') : []
    const expires = Number(moment)
    return id && expires > now() && !ended.has(id) ? { id, expires } : null
  }

  return {
    admits({ code, password }) {
      const [codeIsRight, passwordIsRight] = [sameText(code, operator.code), sameText(password, operator.password)]
      return codeIsRight && passwordIsRight
    },
    async open(c) {
      const session = `${randomUUID()}|${now() + LIFETIME_MS}`
      await setSignedCookie(c, COOKIE, session, key, { ...cookieRules(c), maxAge: LIFETIME_MS / 1000 })
    },
    read,
    async end(c) {
      const session = await read(c)
      for (const [id, expires] of ended) if (expires <= now()) ended.delete(id)
      if (session) ended.set(session.id, session.expires)
      deleteCookie(c, COOKIE, cookieRules(c))
    },
  }
}

const digest = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Cookies only travel encrypted once the console is reached by https, which a proxy in front of it tells. */
export function cookieRules(c: Visit) {
  const secure = c.req.header('x-forwarded-proto') === 'https' || c.req.url.startsWith('https:')
  return { httpOnly: true, sameSite: 'Strict', path: '/', secure } as const
}
