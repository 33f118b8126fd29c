import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { deleteMapping, saveMapping } from '../../db/mappings.ts'
import type { MappingKind } from '../../domain/site.ts'
import { type PageKit, pathWith } from '../kit.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import { noted } from '../trace.ts'
import { MAPPING_WORDS } from '../words.ts'
import { countSteps } from './attention-rows.ts'
import { checkMapping } from './mapping-form.ts'
import { mappingSection, type Prefill, targetWords } from './mapping-tables.ts'
import { noSites, siteTabs } from './parts.ts'
import { plain } from './report-filter.ts'
import { unblocked } from './unblocked.ts'

const KINDS = Object.keys(MAPPING_WORDS) as MappingKind[]

/** "Correspondances": per site, the shop's words on the left and Codial's on the right. */
export function mappingPages(app: ConsoleApp, kit: PageKit): void {
  app.get('/correspondances', (c) => show(kit, c))
  app.post('/correspondances', (c) => save(kit, c))
  app.post('/correspondances/supprimer', (c) => remove(kit, c))
}

async function show(kit: PageKit, c: Visit, entered?: Prefill & { problem: string }): Promise<Response> {
  const { o } = kit
  const query = c.req.query()
  const site = o.sites.find(({ code }) => code === (entered?.site ?? query.site)) ?? o.sites[0]
  if (!site) {
    return kit.render(c, { title: 'Correspondances', main: html`<h1>Correspondances</h1>${noSites()}` })
  }
  const prefill: Prefill = entered ?? {
    site: site.code,
    kind: query.table ?? '',
    source: query.source ?? '',
    target: '',
    code: query.code ?? '',
  }
  const rows = await o.db.selectFrom('mappings').selectAll().where('site', '=', site.code).orderBy('source').execute()
  const main = html`
    <h1>Correspondances</h1>
    <p class="lead">Ce que la boutique nomme à gauche, Codial le nomme à droite. Une correspondance saisie l’emporte sur celle par défaut. Le transporteur, lui, se choisit dans les <a href="${pathWith('/carrier-rules', { site: site.code })}">Règles de transport</a>.</p>
    ${siteTabs({ path: '/correspondances', sites: o.sites, here: site.code })}
    ${await unblocked(kit, { site: site.code, code: plain(query.touchees) })}
    ${entered && html`<p class="problem" role="alert">${entered.problem}</p>`}
    <nav class="chips" aria-label="Tables">${KINDS.map((kind) => html`<a class="chip" href="#${kind}">${MAPPING_WORDS[kind].title}</a>`)}</nav>
    ${KINDS.map((kind) => mappingSection({ o, site, kind, rows: rows.filter((row) => row.kind === kind), prefill: prefill.kind === kind ? prefill : null }))}`
  return kit.render(c, { title: 'Correspondances', main, status: entered ? 422 : 200 })
}

async function entriesOf(kit: PageKit, c: Visit): Promise<(Prefill & { kind: MappingKind }) | null> {
  const fields = await c.req.parseBody()
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name].replaceAll('\0', '') : '')
  const [site, kind] = [text('site'), text('kind')]
  if (!kit.o.sites.some(({ code }) => code === site) || !Object.hasOwn(MAPPING_WORDS, kind)) return null
  return { site, kind: kind as MappingKind, source: text('source'), target: text('target'), code: text('code') }
}

const UNREADABLE = { tone: 'problem', text: 'Correspondance illisible : rechargez la page, puis recommencez.' } as const

async function save(kit: PageKit, c: Visit): Promise<Response> {
  const { o } = kit
  const entered = await entriesOf(kit, c)
  if (!entered) return kit.back(c, '/correspondances', UNREADABLE)
  const checked = checkMapping(entered)
  if ('problem' in checked) return show(kit, c, { ...entered, problem: checked.problem })
  const { site, code, kind } = entered
  await saveMapping(o.db, { ...checked.mapping, site, operator: o.operator.code })
  const said = `${MAPPING_WORDS[kind].title} : « ${checked.mapping.source} » → ${targetWords(checked.mapping)}`
  await noted(o, { id: `mapping:${randomUUID()}`, type: 'Correspondance', site, message: `${said}.` })
  const touchees = code && (await countSteps(o.db, { site, code })) > 0 ? code : ''
  return kit.back(c, `${pathWith('/correspondances', { site, touchees })}${touchees ? '' : `#${kind}`}`, {
    tone: 'done',
    text: `Enregistré. ${said}.`,
  })
}

async function remove(kit: PageKit, c: Visit): Promise<Response> {
  const { o } = kit
  const entered = await entriesOf(kit, c)
  if (!entered) return kit.back(c, '/correspondances', UNREADABLE)
  const { site, kind, source } = entered
  await deleteMapping(o.db, { site, kind, source })
  const said = `${MAPPING_WORDS[kind].title} : « ${source} » supprimé`
  await noted(o, { id: `mapping:${randomUUID()}`, type: 'Correspondance', site, message: `${said}.` })
  return kit.back(c, `${pathWith('/correspondances', { site })}#${kind}`, {
    tone: 'done',
    text: `${said} ; la valeur par défaut s’applique de nouveau.`,
  })
}
