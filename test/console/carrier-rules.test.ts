import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { readCarrierRules, replaceCarrierRules } from '../../db/carrier-rules.ts'
import type { Db } from '../../db/connect.ts'
import { ANY_ORDER, type CarrierRule } from '../../domain/carrier-choice.ts'
import { WOOCOMMERCE_RULES } from '../../domain/site.ts'
import { openTestDatabase } from '../support/servers.ts'
import { fieldIn, openVisitor, testOptions, textOf } from './kit.ts'
import { emptyWorld, putOrder, putParked, webOrder } from './world.ts'

let db: Db
let close: () => Promise<void>
let visitor: ReturnType<typeof openVisitor>

before(async () => {
  ;({ db, close } = await openTestDatabase())
  visitor = openVisitor(testOptions({ db, carriers: ['COLISSIMO', 'CHRONOPOST'] }))
  await visitor.signIn()
})
after(() => close())
beforeEach(() => emptyWorld(db))

const SITE = 'boutique-bio'
const PAGE = `/carrier-rules?site=${SITE}`
const DEFAULTS = WOOCOMMERCE_RULES.carrierRules
const rule = (conditions: Partial<CarrierRule> = {}): CarrierRule => ({
  ...ANY_ORDER,
  choice: { carrier: 'COLISSIMO', service: 'DOM' },
  ...conditions,
})
const NEW = { pickup: '', countries: '', weightFrom: '', weightTo: '', amountFrom: '', amountTo: '', place: '' }
const saved = async () => (await readCarrierRules(db, SITE)).rules

/** What a page's forms carry, as a browser sends it. */
const draftOf = (page: string): string =>
  fieldIn(page, 'draft')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
const rulesIn = (page: string): CarrierRule[] => JSON.parse(draftOf(page)).rules

/** Presses a button of a page; gives the page that comes. */
async function press(page: string, act: string, fields: Record<string, string> = {}): Promise<string> {
  return (await visitor.post('/carrier-rules', { site: SITE, draft: draftOf(page), act, ...fields })).text()
}
const pressSave = (page: string) => visitor.post('/carrier-rules/enregistrer', { site: SITE, draft: draftOf(page) })

/** Three orders: one at home, one to Belgium that is heavy, one that nobody has a rule for. */
async function putOrders(): Promise<void> {
  const order = webOrder()
  const belgian = { ...order.shipping, country: 'BE' }
  const method = { code: 'mondial_relay', name: 'Mondial Relay' }
  await putOrder(db, webOrder({ webId: '1', number: 'N1', placedAt: '2026-11-24T08:00:00Z' }))
  await putOrder(
    db,
    webOrder({ webId: '2', number: 'N2', placedAt: '2026-11-23T08:00:00Z', shipping: belgian, weight: 6000 }),
  )
  await putOrder(db, webOrder({ webId: '3', number: 'N3', placedAt: '2026-11-22T08:00:00Z', shippingMethod: method }))
}
const HEAVY = { countries: 'Belgique', weightFrom: '5', carrier: 'CHRONOPOST', service: '44' }

describe('rules of transport', () => {
  it('show the defaults, what each takes, and the orders that none takes', async () => {
    await putOrders()
    const page = await visitor.read(PAGE)
    const text = textOf(page)
    assert.match(text, /Règles par défaut : rien n’a encore été enregistré/)
    assert.match(
      text,
      /1 Mode Livraison à domicile \(flat_rate\) ou free_shipping, avec point relais → COLISSIMO HD prend 0 commande sur 3/,
    )
    assert.match(text, /2 Mode Livraison à domicile .* → COLISSIMO DOM prend 2 commandes sur 3/)
    assert.match(text, /Aucune différence 1 commande sans règle sur 3 commandes essayées/)
    assert.match(page, /<tr role="row" class="lost">(?:(?!<\/tr>).)*N3(?:(?!<\/tr>).)*Aucune règle/s)
    assert.doesNotMatch(text, /Enregistrer ces règles/)
  })

  it('are tried before they are saved: differences first, counted, from what to what', async () => {
    await putOrders()
    const page = await press(await visitor.read(PAGE), 'add', { ...NEW, ...HEAVY, place: '0' })
    const text = textOf(page)
    assert.match(text, /Brouillon 4 règles .*en n° 1\. Non enregistré : 1 des 3 dernières commandes change/)
    assert.match(text, /1 Belgique, à partir de 5 kg → CHRONOPOST 44 prend 1 commande sur 3/)
    assert.match(text, /1 différence 1 commande sans règle/)
    assert.match(
      text,
      /N2 Livraison à domicile \(flat_rate\) Belgique 54,03 € 6 kg non COLISSIMO DOM règle 2 → CHRONOPOST 44 règle 1/,
    )
    const places = ['N2', 'N3', 'N1'].map((number) => page.indexOf(`<strong>${number}</strong>`))
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    )
    assert.deepEqual(await saved(), [])
    const reply = await pressSave(page)
    assert.equal(reply.headers.get('location'), PAGE)
    assert.deepEqual(await saved(), [
      rule({ countries: ['BE'], weight: { from: 5000, to: null }, choice: { carrier: 'CHRONOPOST', service: '44' } }),
      ...DEFAULTS,
    ])
    const row = await db.selectFrom('operations').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual(
      [row.type, row.light, row.operator, row.branch, row.site],
      ['Règles de transport', 'vert', 'marie', 'LYON', SITE],
    )
    assert.equal(row.message, '4 règles ; 1 des 3 dernières commandes change de transporteur ou de service.')
    const after = textOf(await visitor.read(PAGE))
    assert.match(after, /Enregistré\. 4 règles .* Enregistrées par Marie Dubois/)
    assert.match(after, /Aucune différence/)
    assert.doesNotMatch(textOf(await visitor.read('/carrier-rules?site=atelier-bois')), /CHRONOPOST 44/)
  })

  it('are moved, changed, taken away and given up in the draft alone', async () => {
    const start = await visitor.read(PAGE)
    const [pickup, home, wayless] = DEFAULTS as [CarrierRule, CarrierRule, CarrierRule]
    const up = await press(start, 'up:2')
    assert.deepEqual(rulesIn(up), [pickup, wayless, home])
    assert.match(up, /value="up:1"[^>]*autofocus/)
    const down = await press(up, 'down:0')
    assert.deepEqual(rulesIn(down), [wayless, pickup, home])
    const editing = await press(down, 'edit:1')
    assert.match(textOf(editing), /Modifier la règle 2/)
    assert.match(editing, /value="HD"/)
    assert.match(editing, /name="methods" value="free_shipping" checked/)
    assert.match(editing, /<option value="yes" selected>/)
    assert.doesNotMatch(editing, /Enregistrer ces règles/)
    assert.deepEqual(rulesIn(await press(editing, 'close')), [wayless, pickup, home])
    const put = await press(editing, 'put:1', { ...NEW, noMethod: 'oui', carrier: 'COLISSIMO', service: 'dos' })
    const changed = rule({ methods: [''], choice: { carrier: 'COLISSIMO', service: 'DOS' } })
    assert.deepEqual(rulesIn(put), [wayless, changed, home])
    assert.match(textOf(put), /Ne sert jamais : la règle 1 prend déjà toutes ces commandes/)
    assert.deepEqual(rulesIn(await press(put, 'delete:0')), [changed, home])
    assert.deepEqual(rulesIn(await press(put, 'defaults')), DEFAULTS)
    assert.deepEqual(await saved(), [])
  })

  it('go back to the defaults, which are then not copied', async () => {
    await replaceCarrierRules(db, { site: SITE, rules: [rule()], version: '', operator: 'marie' })
    const page = await press(await visitor.read(PAGE), 'defaults')
    assert.equal((await pressSave(page)).status, 303)
    assert.deepEqual(await saved(), [])
    assert.match(textOf(await visitor.read(PAGE)), /Règles par défaut/)
  })

  it('are not overwritten by who has not seen them; the draft is kept, tried against them, and may then be saved', async () => {
    await putOrders()
    const page = await press(await visitor.read(PAGE), 'add', { ...NEW, ...HEAVY })
    const theirs = [rule({ choice: { carrier: 'COLISSIMO', service: 'DOS' } })]
    await replaceCarrierRules(db, { site: SITE, rules: theirs, version: '', operator: 'paul' })
    const reply = await pressSave(page)
    assert.equal(reply.status, 409)
    const again = await reply.text()
    assert.match(textOf(again), /Rien n’est enregistré : ces règles ont été changées pendant que vous travailliez/)
    assert.match(textOf(again), /COLISSIMO DOS règle 1 → COLISSIMO DOM/)
    assert.deepEqual(rulesIn(again), rulesIn(page))
    assert.deepEqual(await saved(), theirs)
    assert.equal((await pressSave(again)).status, 303)
    assert.deepEqual(await saved(), rulesIn(page))
    assert.equal((await pressSave(again)).status, 303) // pressed twice
  })

  const bad: [fields: Record<string, string>, field: string, words: RegExp][] = [
    [{ carrier: 'DHL', service: 'P' }, 'carrier', /DHL n’est pas relié/],
    [{ carrier: 'CHRONOPOST', service: 'DOM' }, 'service', /Un service de CHRONOPOST s’écrit en 2/],
    [{ countries: 'Syldavie' }, 'countries', /Pays inconnu : « Syldavie »/],
    [{ weightFrom: '5', weightTo: '2' }, 'weightTo', /limite haute/],
    [{ amountFrom: '<b>' }, 'amountFrom', /montant en euros/],
  ]
  for (const [fields, field, words] of bad) {
    it(`${JSON.stringify(fields)} is sent back as it was entered, with what is wrong at its field`, async () => {
      const start = await visitor.read(PAGE)
      const entered = { ...NEW, otherMethods: 'a, b', carrier: 'COLISSIMO', service: 'DOM', ...fields }
      const draft = { site: SITE, draft: draftOf(start), act: 'add', ...entered }
      const reply = await visitor.post('/carrier-rules', draft)
      assert.equal(reply.status, 422)
      const page = await reply.text()
      assert.match(textOf(page), /1 champ à corriger/)
      const name = new RegExp(
        `id="f-${field}"[^>]*aria-describedby="[^"]*p-${field}"[^>]*aria-invalid="true"[^>]*autofocus`,
      )
      assert.match(page, name)
      assert.match(textOf(page.slice(page.indexOf(`id="p-${field}"`))), words)
      assert.match(page, /name="otherMethods" value="a, b"/)
      assert.doesNotMatch(page, /<b>/)
      assert.deepEqual(rulesIn(page), DEFAULTS)
    })
  }

  it('warn of a carrier that is not connected, and of a service without its pickup point', async () => {
    await putOrders()
    const narrow = openVisitor(testOptions({ db, carriers: ['CHRONOPOST'] }))
    await narrow.signIn()
    assert.match(textOf(await narrow.read(PAGE)), /COLISSIMO n’est pas relié à ce connecteur/)
    const page = await press(await visitor.read(PAGE), 'add', { ...NEW, carrier: 'CHRONOPOST', service: '86' })
    assert.match(
      textOf(page),
      /N3 .* → CHRONOPOST 86 règle 4 Ce service demande un point relais, que cette commande n’a pas/,
    )
  })

  it('without any rule, or unreadable, are not saved', async () => {
    let page = await visitor.read(PAGE)
    for (let i = 0; i < 3; i++) page = await press(page, 'delete:0')
    assert.match(textOf(page), /Aucune règle : plus aucune commande n’aurait de transporteur/)
    const reply = await pressSave(page)
    assert.equal(reply.status, 422)
    assert.match(textOf(await reply.text()), /Gardez au moins une règle/)
    const sent = [
      { site: 'nulle-part', draft: draftOf(page) },
      { site: SITE, draft: '{' },
      { site: SITE, draft: JSON.stringify({ rules: [{ ...rule(), pickup: 'yes' }], version: '' }) },
    ]
    for (const fields of sent)
      for (const [path, act] of [['/carrier-rules', 'up:0'] as const, ['/carrier-rules/enregistrer', ''] as const]) {
        const { headers } = await visitor.post(path, { ...fields, act })
        assert.equal(headers.get('location'), '/carrier-rules')
      }
    for (const act of ['fly:0', 'up:99', 'toString', 'edit:x', 'edit', 'up:-1', 'add:0']) {
      const { headers } = await visitor.post('/carrier-rules', {
        site: SITE,
        draft: draftOf(await visitor.read(PAGE)),
        act,
      })
      assert.equal(headers.get('location'), '/carrier-rules', act)
    }
    assert.deepEqual(await saved(), [])
  })

  it('are closed to who is not signed in, and to other pages', async () => {
    const stranger = openVisitor(testOptions({ db }))
    assert.match((await stranger.get(PAGE)).headers.get('location') ?? '', /^\/connexion/)
    const fields = { site: SITE, draft: JSON.stringify({ rules: [rule()], version: '' }) }
    assert.equal(
      (await visitor.post('/carrier-rules/enregistrer', fields, { 'sec-fetch-site': 'cross-site' })).status,
      403,
    )
    assert.deepEqual(await saved(), [])
  })

  it('say what they cannot show: no order, no site', async () => {
    assert.match(textOf(await visitor.read(PAGE)), /Ce site n’a encore aucune commande/)
    const bare = openVisitor(testOptions({ db, sites: [] }))
    await bare.signIn()
    assert.match(textOf(await bare.read('/carrier-rules')), /Aucun site/)
  })
})

describe('an order that no rule takes', () => {
  it('leads to the page with its rule begun, and goes on in one click once it is saved', async () => {
    await putOrders()
    const parked = { web_id: '3', code: 'unknown-carrier', remedy: 'aucune règle pour « mondial_relay »' }
    await putParked(db, parked)
    await putParked(db, { ...parked, web_id: '2' })
    const href = /href="(\/carrier-rules[^"]*commande=3)"/.exec(await visitor.read('/a-traiter'))?.[1]
    const page = await visitor.read(href?.replace('&amp;', '&') ?? '')
    assert.match(
      textOf(page),
      /Commande N3 Mode Mondial Relay \(mondial_relay\), France, 54,03 €, poids inconnu, sans point relais Aucune règle ne la prend/,
    )
    assert.match(page, /<details class="card rule" id="regle" open>/)
    assert.match(page, /name="methods" value="mondial_relay" checked/)
    assert.match(page, /id="f-countries" name="countries" value=""/)
    const draft = await press(page, 'add', { ...NEW, methods: 'mondial_relay', carrier: 'COLISSIMO', service: 'DOS' })
    const next = (await pressSave(draft)).headers.get('location') ?? ''
    assert.equal(next, `${PAGE}&touchees=unknown-carrier`)
    assert.match(
      textOf(await visitor.read(next)),
      /2 étapes attendent pour « Mode de livraison inconnu ».* Relancer les 2 lignes touchées/,
    )
    assert.match(
      textOf(await visitor.read(`${PAGE}&commande=3`)),
      /La règle 4 la prend : Mode mondial_relay → COLISSIMO DOS/,
    )
    assert.equal((await visitor.get(`${PAGE}&commande=inconnue`)).status, 200)
  })

  it('names its country too where its method has a rule elsewhere', async () => {
    await putOrders()
    const list = [rule({ methods: ['mondial_relay'], countries: ['BE'] })]
    await replaceCarrierRules(db, { site: SITE, rules: list, version: '', operator: 'marie' })
    assert.match(await visitor.read(`${PAGE}&commande=3`), /name="countries" value="France"/)
  })
})
