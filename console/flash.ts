import { createHmac } from 'node:crypto'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Visit } from './options.ts'
import { cookieRules } from './sessions.ts'

/** What the next page says first about the action just made. */
export interface Flash {
  tone: 'done' | 'problem'
  text: string
}

/** Carries one message over a redirect. */
export interface Flashes {
  set(c: Visit, flash: Flash): Promise<void>
  /** Reads the message and forgets it. */
  take(c: Visit): Promise<Flash | null>
}

/** Messages in a signed cookie of one minute: nobody else can put words into the console's mouth. */
export function openFlashes({ secret }: { secret: string }): Flashes {
  const key = createHmac('sha256', secret).update('flash').digest('base64url')
  return {
    async set(c, { tone, text }) {
      await setSignedCookie(c, 'flash', `${tone}|${text.slice(0, 500)}`, key, { ...cookieRules(c), maxAge: 60 })
    },
    async take(c) {
      const [, tone, text] = /^(done|problem)\|(.+)$/s.exec((await getSignedCookie(c, key, 'flash')) || '') ?? []
      if (!tone || !text) return null
      deleteCookie(c, 'flash', cookieRules(c))
      return { tone: tone as Flash['tone'], text }
    },
  }
}
