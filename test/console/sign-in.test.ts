import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Db } from '../../db/connect.ts'
import { openTestDatabase } from '../support/servers.ts'
import { openVisitor, stubClient, testOptions, textOf } from './kit.ts'

/** Everything that is answered without signing in; a new route that is not here must send to the sign-in page. */
const PUBLIC = ['GET /sante', 'GET /connexion', 'POST /connexion', 'GET /f/:document', 'GET /assets/:name']

let db: Db
let close: () => Promise<void>
before(async () => {
  ;({ db, close } = await openTestDatabase())
})
after(() => close())

describe('the door', () => {
  it('sends every page and refuses every action without signing in', async () => {
    const { client, sent } = stubClient()
    const { app, get, post } = openVisitor(testOptions({ db, client }))
    const routes = [
      ...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
    ]
    const closed = routes.filter((route) => !PUBLIC.includes(route))
    assert.ok(closed.length >= 14, `found ${closed.length} closed routes`)
    assert.deepEqual(
      PUBLIC.filter((route) => !routes.includes(route)),
      [],
    )
    for (const route of closed) {
      const [method, pattern = ''] = route.split(' ')
      const path = pattern.replace(/:\w+/g, 'x')
      const reply = method === 'GET' ? await get(path) : await post(path, { id: 'x'.repeat(10), action: 'retry' })
      assert.equal(reply.status, 303, route)
      assert.match(reply.headers.get('location') ?? '', /^\/connexion/, route)
      assert.equal(await reply.text(), '', route)
    }
    assert.deepEqual(sent, [])
    assert.equal((await get('/inconnue')).headers.get('location'), '/connexion?suite=%2Finconnue')
  })

  it('answers the health check to anybody', async () => {
    const reply = await openVisitor(testOptions({ db })).get('/sante')
    assert.equal(reply.status, 200)
    assert.deepEqual(await reply.json(), { ok: true })
  })

  it('lets the operator in for 12 hours, back to the wanted page, and out again', async () => {
    let now = Date.now()
    const visitor = openVisitor(testOptions({ db, now: () => now }))
    const wanted = await visitor.get('/commandes?site=boutique-bio')
    assert.equal(wanted.headers.get('location'), '/connexion?suite=%2Fcommandes%3Fsite%3Dboutique-bio')
    const reply = await visitor.post('/connexion', {
      code: 'marie',
      password: 'correct horse battery',
      suite: '/commandes?site=boutique-bio',
    })
    assert.equal(reply.headers.get('location'), '/commandes?site=boutique-bio')
    const [cookie = ''] = reply.headers.getSetCookie()
    for (const rule of [/HttpOnly/i, /SameSite=Strict/i, /Max-Age=43200/i, /Path=\//i]) assert.match(cookie, rule)
    assert.match(textOf(await visitor.read('/')), /Marie Dubois Agence LYON/)
    const kept = visitor.cookies.get('session') ?? ''
    now += 12 * 3_600_000 - 1000
    assert.equal((await visitor.get('/')).status, 200)
    now += 2000
    assert.equal((await visitor.get('/')).status, 303)
    now -= 3_600_000
    await visitor.post('/deconnexion', {})
    visitor.cookies.set('session', kept)
    assert.equal((await visitor.get('/')).status, 303, 'a session that was ended is worth nothing')
  })

  it('never sends anywhere else after signing in', async () => {
    for (const suite of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b']) {
      const visitor = openVisitor(testOptions({ db }))
      const reply = await visitor.post('/connexion', { code: 'marie', password: 'correct horse battery', suite })
      assert.equal(reply.headers.get('location'), '/', suite)
    }
  })

  it('takes a forged, changed or foreign session for none', async () => {
    const visitor = openVisitor(testOptions({ db }))
    await visitor.signIn()
    const good = visitor.cookies.get('session') ?? ''
    const other = openVisitor(
      testOptions({ db, operator: { code: 'marie', name: 'Marie', password: 'another password', branch: 'LYON' } }),
    )
    await other.signIn()
    for (const bad of [
      `x${good}`,
      good.replace('%7C', '%7C9'),
      good.slice(0, -4),
      'a|99999999999999',
      other.cookies.get('session') ?? '',
    ]) {
      visitor.cookies.set('session', bad)
      assert.equal((await visitor.get('/')).status, 303, bad)
    }
  })
})

describe('wrong passwords', () => {
  it('are told the same whether the code or the password is wrong', async () => {
    const visitor = openVisitor(testOptions({ db }))
    for (const fields of [
      { code: 'marie', password: 'wrong' },
      { code: 'paul', password: 'correct horse battery' },
    ]) {
      const reply = await visitor.post('/connexion', fields)
      assert.equal(reply.status, 401)
      assert.match(textOf(await reply.text()), /Code ou mot de passe incorrect/)
    }
    assert.equal(visitor.cookies.size, 0)
  })

  it('are slowed down more and more after five, and then even the right one waits', async () => {
    let now = Date.now()
    const visitor = openVisitor(testOptions({ db, now: () => now }))
    const attempt = (password: string) => visitor.post('/connexion', { code: 'marie', password })
    for (let i = 1; i <= 4; i++) assert.equal((await attempt('wrong')).status, 401)
    const delays: number[] = []
    for (let i = 0; i < 3; i++) {
      const reply = await attempt('wrong')
      assert.equal(reply.status, 429)
      assert.match(textOf(await reply.text()), /Trop d’essais incorrects\. Attendez \d+ s, puis réessayez/)
      delays.push(Number(reply.headers.get('retry-after')))
      now += Number(reply.headers.get('retry-after')) * 1000
    }
    assert.deepEqual(delays, [2, 4, 8])
    assert.equal((await attempt('wrong')).status, 429)
    assert.equal((await attempt('correct horse battery')).status, 429, 'not even looked at')
    now += 16_000
    assert.equal((await attempt('correct horse battery')).status, 303)
  })
})

describe('actions from elsewhere', () => {
  const visitorIn = async () => {
    const { client, sent } = stubClient()
    const visitor = openVisitor(testOptions({ db, client }))
    await visitor.signIn()
    return { ...visitor, sent }
  }
  const fields = {
    id: 'decision-1',
    workflow: 'order:boutique-bio:1042',
    step: 'admit',
    action: 'retry',
    code: 'refused',
    retour: '/',
  }

  it('are refused, whatever the browser says of them', async () => {
    const { post, sent } = await visitorIn()
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none', origin: 'http://console.test' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      {} as Record<string, string>,
    ]
    for (const headers of foreign) {
      const reply = await post('/decisions', fields, headers)
      assert.equal(reply.status, 403, JSON.stringify(headers))
      assert.match(textOf(await reply.text()), /Action refusée/)
    }
    const json = await post('/decisions', fields, {
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
    })
    assert.equal(json.status, 403)
    assert.deepEqual(sent, [])
  })

  it('are taken from our own pages, with old browsers too', async () => {
    const { post, sent } = await visitorIn()
    const ours: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'http://console.test' },
      { origin: 'https://console.test' },
    ]
    for (const headers of ours) {
      assert.equal((await post('/decisions', fields, headers)).status, 303)
    }
    assert.equal(sent.length, 3)
  })
})

it('every answer carries headers that keep browsers safe', async () => {
  const visitor = openVisitor(testOptions({ db }))
  await visitor.signIn()
  for (const path of ['/', '/connexion', '/rapport.csv', '/nulle-part', '/f/x']) {
    const { headers } = await visitor.get(path)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/, path)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('referrer-policy'), 'same-origin')
    assert.equal(headers.get('cache-control'), 'private, no-store')
  }
  const page = await visitor.read('/')
  assert.doesNotMatch(page, /<script(?![^>]*src=)|\son\w+=|style=/)
})

it('needs a secret of 32 characters', () => {
  assert.throws(() => openVisitor(testOptions({ db, secret: 'short' })), RangeError)
})
