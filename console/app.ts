import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { sql } from 'kysely'
import { openEngine } from './engine.ts'
import { openFlashes } from './flash.ts'
import { neverCached, safeHeaders, sameOriginOnly, signedInOnly } from './guards.ts'
import type { PageKit } from './kit.ts'
import type { ConsoleApp, ConsoleEnv, ConsoleOptions } from './options.ts'
import { assetPages } from './pages/assets.ts'
import { attentionPages } from './pages/attention.ts'
import { carrierRulePages } from './pages/carrier-rules.ts'
import { dayParcelPages } from './pages/day-parcels.ts'
import { decisionPages } from './pages/decisions.ts'
import { documentPages, signedDocumentPage } from './pages/documents.ts'
import { layOut } from './pages/layout.ts'
import { mappingPages } from './pages/mappings.ts'
import { orderPages } from './pages/order.ts'
import { orderListPages } from './pages/orders.ts'
import { parcelActPages } from './pages/parcel-acts.ts'
import { reportPages } from './pages/report.ts'
import { signInPages, signOutPage } from './pages/sign-in.ts'
import { taskPages } from './pages/tasks.ts'
import { crashed, foreign, missing, unreadable } from './pages/troubles.ts'
import { openSessions } from './sessions.ts'

/** The console without a network: guards first, then what is seen by all, then what is seen by who is signed in. */
export function buildConsole(o: ConsoleOptions): ConsoleApp {
  if (o.secret.length < 32) throw new RangeError('the secret of the console needs at least 32 characters')
  const app: ConsoleApp = new Hono<ConsoleEnv>()
  const sessions = openSessions(o)
  const kit = openKit(o)
  app.use(safeHeaders, neverCached, sameOriginOnly(foreign(kit)), bodyLimit({ maxSize: 256 * 1024 }))
  app.onError(async (error, c) => {
    if (isUnreadable(error)) return unreadable(kit, c)
    const reference = randomUUID().slice(0, 8)
    console.error(`console ${reference} ${c.req.method} ${c.req.path}`, error)
    return crashed(kit, c, reference)
  })
  app.notFound((c) => missing(kit, c))

  app.get('/sante', async (c) => {
    const ok = await sql`select 1`.execute(o.db).then(
      () => true,
      () => false,
    )
    return c.json({ ok }, ok ? 200 : 503)
  })
  assetPages(app)
  signInPages(app, kit, sessions)
  signedDocumentPage(app, kit)

  app.use(signedInOnly(sessions))
  signOutPage(app, kit, sessions)
  for (const add of PAGES) add(app, kit)
  return app
}

/** Bytes or dates that no database holds, and bodies that are too long: the fault is in what was asked. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof HTTPException) return error.status < 500
  return error instanceof Error && 'code' in error && ['22021', '22007', '22008', '22P05'].includes(String(error.code))
}

const PAGES = [
  reportPages,
  orderListPages,
  orderPages,
  parcelActPages,
  dayParcelPages,
  decisionPages,
  attentionPages,
  mappingPages,
  carrierRulePages,
  taskPages,
  documentPages,
]

function openKit(o: ConsoleOptions): PageKit {
  const flashes = openFlashes(o)
  return {
    o,
    engine: openEngine(o),
    flashes,
    async render(c, page) {
      const signedIn = Boolean(c.get('session'))
      const flash = await flashes.take(c)
      const waiting = signedIn ? await countWaiting(o) : 0
      return c.html(await layOut(page, { o, path: c.req.path, signedIn, flash, waiting }), page.status ?? 200)
    },
    async back(c, to, flash) {
      await flashes.set(c, flash)
      return c.redirect(to, 303)
    },
  }
}

async function countWaiting({ db }: ConsoleOptions): Promise<number> {
  const { n } = await db
    .selectFrom('parked_steps')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
