import type { HttpBindings } from '@hono/node-server'
import type { Client } from '@temporalio/client'
import type { Context, Hono } from 'hono'
import type { SiteSettings } from '../config.ts'
import type { Db } from '../db/connect.ts'
import { type SiteRules, siteRules } from '../domain/site.ts'

/** A shop as the console knows it: its name for people, and the defaults of its tables. */
export interface ConsoleSite {
  code: string
  name: string
  url: string
  rules: SiteRules
}

/** A configured shop as the console knows it. */
export const consoleSiteOf = ({ code, name, url, login, branch }: SiteSettings): ConsoleSite => ({
  code,
  name,
  url,
  rules: siteRules({ platform: login.platform, branch }),
})

/** The one person who signs in, and the branch their decisions are noted under. */
export interface ConsoleOperator {
  code: string
  name: string
  password: string
  branch: string
}

/** What the console stands on. */
export interface ConsoleOptions {
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
  host?: string
  /** 0: any free port. */
  port: number
  db: Db
  client: Client
  namespace: string
  /** Base of the Temporal UI, for links; null when there is none. */
  temporalUi: string | null
  operator: ConsoleOperator
  /** At least 32 characters; signs sessions and links. */
  secret: string
  sites: ConsoleSite[]
  /** Codes of the carriers that are served. */
  carriers: string[]
  /** Codes of the label printers that the settings name. */
  printers?: string[]
  /** Milliseconds that Temporal has to answer a person; 10 s unless told otherwise. */
  patience?: number
  /** Milliseconds since 1970, for the sign-in's clock. */
  now?: () => number
}

/** Who is signed in. */
export interface Session {
  id: string
  /** Milliseconds since 1970. */
  expires: number
}

/** What a request carries besides itself. */
export interface ConsoleEnv {
  Bindings: HttpBindings
  Variables: { session: Session | null }
}

/** The application that pages are added to. */
export type ConsoleApp = Hono<ConsoleEnv>

/** One request, as pages see it. */
export type Visit = Context<ConsoleEnv>
