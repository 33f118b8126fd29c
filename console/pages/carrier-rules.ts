import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { html } from 'hono/html'
import { readCarrierRules, replaceCarrierRules } from '../../db/carrier-rules.ts'
import { readLastSnapshots } from '../../db/orders.ts'
import type { CarrierRule } from '../../domain/carrier-choice.ts'
import { type PageKit, pathWith } from '../kit.ts'
import type { ConsoleApp, ConsoleSite, Visit } from '../options.ts'
import { noted } from '../trace.ts'
import { countSteps } from './attention-rows.ts'
import { askedOrder } from './carrier-rules-asked.ts'
import { actOn, type Desk, newRule } from './carrier-rules-draft.ts'
import { rulesPage, type SiteDesk } from './carrier-rules-page.ts'
import { draftIn, postedBy } from './carrier-rules-posted.ts'
import { changeWords, tryRules } from './carrier-rules-trial.ts'
import { type Html, noSites } from './parts.ts'
import { plain } from './report-filter.ts'

/** How many of a site's last orders a draft is tried on. */
const TRIED = 100

/** "Règles de transport": per site, an ordered list that is tried on the last orders before it is saved. */
export function carrierRulePages(app: ConsoleApp, kit: PageKit): void {
  app.get('/carrier-rules', (c) => open(kit, c))
  app.post('/carrier-rules', (c) => change(kit, c))
  app.post('/carrier-rules/enregistrer', (c) => save(kit, c))
}

async function deskOf({ o }: PageKit, site: ConsoleSite): Promise<SiteDesk> {
  const [saved, orders] = await Promise.all([
    readCarrierRules(o.db, site.code),
    readLastSnapshots(o.db, { site: site.code, limit: TRIED }),
  ])
  return { site, saved, orders, today: saved.rules.length > 0 ? saved.rules : site.rules.carrierRules }
}

async function open(kit: PageKit, c: Visit): Promise<Response> {
  const site = kit.o.sites.find(({ code }) => code === c.req.query('site')) ?? kit.o.sites[0]
  if (!site) return kit.render(c, { title: TITLE, main: html`<h1>${TITLE}</h1>${noSites()}` })
  const at = await deskOf(kit, site)
  const asked = await askedOrder(kit, at, plain(c.req.query('commande')))
  const { version } = at.saved
  const desk: Desk = { rules: at.today, version, editing: newRule(asked?.entry), said: null, focus: null }
  return show(kit, c, { at, desk, asked: asked?.card ?? null, code: plain(c.req.query('touchees')) })
}

const TITLE = 'Règles de transport'

interface Shown {
  at: SiteDesk
  desk: Desk
  asked?: Html | null
  code?: string
  /** Why the draft was not saved. */
  problem?: { text: string; status: 409 | 422 }
}

async function show(kit: PageKit, c: Visit, { problem, ...shown }: Shown): Promise<Response> {
  const wrong = shown.desk.editing.problems.length > 0
  const main = await rulesPage(kit, { code: '', asked: null, ...shown, problem: problem?.text ?? null })
  return kit.render(c, { title: TITLE, main, status: problem?.status ?? (wrong ? 422 : 200) })
}

const UNREADABLE = { tone: 'problem', text: 'Brouillon illisible : rechargez la page, puis recommencez.' } as const

async function change(kit: PageKit, c: Visit): Promise<Response> {
  const posted = await postedBy(c)
  const site = kit.o.sites.find(({ code }) => code === posted.one('site'))
  const draft = draftIn(posted.one('draft'))
  const { carriers } = kit.o
  const desk = site && draft && actOn(posted.one('act'), { draft, posted, defaults: site.rules.carrierRules, carriers })
  if (!site || !desk) return kit.back(c, '/carrier-rules', UNREADABLE)
  return show(kit, c, { at: await deskOf(kit, site), desk })
}

async function save(kit: PageKit, c: Visit): Promise<Response> {
  const { o } = kit
  const posted = await postedBy(c)
  const site = o.sites.find(({ code }) => code === posted.one('site'))
  const draft = draftIn(posted.one('draft'))
  if (!site || !draft) return kit.back(c, '/carrier-rules', UNREADABLE)
  const at = await deskOf(kit, site)
  const desk: Desk = { ...draft, editing: newRule(), said: null, focus: null }
  if (draft.rules.length === 0) return show(kit, c, { at, desk, problem: { text: EMPTY, status: 422 } })
  const rules = isDeepStrictEqual(draft.rules, site.rules.carrierRules) ? [] : draft.rules // the defaults are not copied: they may get better
  const { version } = draft
  if (!(await replaceCarrierRules(o.db, { site: site.code, rules, version, operator: o.operator.code })))
    return show(kit, c, { ...(await joined(kit, site, desk)), problem: { text: OVERTAKEN, status: 409 } })
  return told(kit, c, { at, rules: draft.rules })
}

const EMPTY = 'Gardez au moins une règle : sans règle, aucune commande n’aurait de transporteur.'
const OVERTAKEN =
  'Rien n’est enregistré : ces règles ont été changées pendant que vous travailliez. Voici votre brouillon, essayé contre les règles enregistrées entre-temps ; enregistrer les remplacera.'

/** The draft goes on from the list that was saved meanwhile: who saves again has seen it. */
async function joined(kit: PageKit, site: ConsoleSite, desk: Desk): Promise<{ at: SiteDesk; desk: Desk }> {
  const at = await deskOf(kit, site)
  return { at, desk: { ...desk, version: at.saved.version } }
}

async function told(kit: PageKit, c: Visit, { at, rules }: { at: SiteDesk; rules: CarrierRule[] }): Promise<Response> {
  const { o } = kit
  const site = at.site.code
  const words = changeWords(tryRules(at.orders, { today: at.today, draft: rules }))
  const said = `${rules.length > 1 ? `${rules.length} règles` : '1 règle'} ; ${words}.`
  await noted(o, { id: `carrier-rules:${randomUUID()}`, type: TITLE, site, message: said })
  const touchees = (await countSteps(o.db, { site, code: 'unknown-carrier' })) > 0 ? 'unknown-carrier' : ''
  return kit.back(c, pathWith('/carrier-rules', { site, touchees }), { tone: 'done', text: `Enregistré. ${said}` })
}
