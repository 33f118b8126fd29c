import { getConnInfo } from '@hono/node-server/conninfo'
import { html } from 'hono/html'
import { ownPath, type PageKit, pathWith } from '../kit.ts'
import { duration } from '../moments.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import type { Sessions } from '../sessions.ts'
import { openThrottle } from '../throttle.ts'
import { hidden } from './parts.ts'

/** Signing in, the only page with a form that is seen without being signed in. */
export function signInPages(app: ConsoleApp, kit: PageKit, sessions: Sessions): void {
  const throttle = openThrottle(kit.o.now)

  app.get('/connexion', async (c) => {
    const suite = ownPath(c.req.query('suite'))
    return (await sessions.read(c)) ? c.redirect(suite, 303) : form(kit, c, { suite })
  })

  app.post('/connexion', async (c) => {
    const fields = await c.req.parseBody()
    const [code, password, suite] = [text(fields.code).trim(), text(fields.password), ownPath(fields.suite)]
    const address = addressOf(c)
    const wait = throttle.waitOf(address)
    if (wait > 0) return tooMany(kit, c, { suite, code, wait })
    if (!sessions.admits({ code, password })) {
      throttle.failed(address)
      const next = throttle.waitOf(address)
      if (next > 0) return tooMany(kit, c, { suite, code, wait: next })
      return form(kit, c, { suite, code, status: 401, problem: 'Code ou mot de passe incorrect.' })
    }
    throttle.succeeded(address)
    await sessions.open(c)
    return c.redirect(suite, 303)
  })
}

/** Signing out; reached only by who is signed in. */
export function signOutPage(app: ConsoleApp, kit: PageKit, sessions: Sessions): void {
  app.post('/deconnexion', async (c) => {
    await sessions.end(c)
    return kit.back(c, '/connexion', { tone: 'done', text: 'Vous êtes déconnecté.' })
  })
}

interface Form {
  suite: string
  code?: string
  problem?: string
  status?: 200 | 401 | 429
}

function tooMany(kit: PageKit, c: Visit, { wait, ...form_ }: Form & { wait: number }): Promise<Response> {
  c.header('retry-after', String(Math.ceil(wait / 1000)))
  const problem = `Trop d’essais incorrects. Attendez ${duration(Math.ceil(wait / 1000) * 1000)}, puis réessayez.`
  return form(kit, c, { ...form_, problem, status: 429 })
}

function form(kit: PageKit, c: Visit, { suite, code = '', problem, status = 200 }: Form): Promise<Response> {
  const main = html`
    <div class="sign-in card">
      <h1>Connexion</h1>
      <p class="muted">Commandes, colis et factures entre vos boutiques et Codial.</p>
      ${problem && html`<p class="problem" role="alert" id="probleme">${problem}</p>`}
      <form method="post" action="${pathWith('/connexion', {})}">
        ${hidden({ suite })}
        <label class="field">Code opérateur
          <input name="code" value="${code}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="60">
        </label>
        <label class="field">Mot de passe
          <input name="password" type="password" autocomplete="current-password" required maxlength="200">
        </label>
        <button class="primary" type="submit">Se connecter</button>
      </form>
    </div>`
  return kit.render(c, { title: 'Connexion', main, status })
}

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500) : '')

/** The caller's address; requests made without a network (tests of routes) share one. */
function addressOf(c: Visit): string {
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? 'unknown') : 'local'
}
