import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { parseManifestId } from '../../workflows/ids.ts'
import { retryAll } from '../bulk.ts'
import { orderPath, ownPath, type PageKit, pathWith, siteName } from '../kit.ts'
import { duration, moment } from '../moments.ts'
import type { ConsoleApp, Visit } from '../options.ts'
import { failureTitle } from '../words.ts'
import { type AttentionGroup, type AttentionRow, readGroups, readSteps } from './attention-rows.ts'
import { waitingCard } from './decision-form.ts'
import { badge, choice, count, empty, type Html, hidden, PAGE_SIZE, pageOf, pager } from './parts.ts'
import { plain } from './report-filter.ts'
import { silent } from './troubles.ts'

/** Steps of a group shown on the page of all groups; the others are one click away. */
const SHOWN = 5

/** "À traiter": what waits for a person, equal troubles together, and retries in bulk. */
export function attentionPages(app: ConsoleApp, kit: PageKit): void {
  const { o } = kit

  app.get('/a-traiter', async (c) => {
    const [site, code, page] = [plain(c.req.query('site')), plain(c.req.query('erreur')), pageOf(c.req.query('page'))]
    const groups = await readGroups(o.db, { site, code })
    const here = pathWith('/a-traiter', { site, erreur: code })
    const sections: Html[] = []
    for (const group of groups) {
      const rows = await readSteps(o.db, {
        site,
        code: group.code,
        limit: code ? PAGE_SIZE : SHOWN,
        offset: code ? (page - 1) * PAGE_SIZE : 0,
      })
      sections.push(groupSection(kit, { group, rows, site, here }))
    }
    const main = html`
      <h1>À traiter</h1>
      <p class="lead">Ces étapes attendent une décision. Le reste de chaque commande continue.</p>
      ${o.sites.length > 1 || site ? siteFilter(kit, { site, code }) : ''}
      ${sections.length > 0 ? sections : nothing(site || code)}
      ${code && groups[0] ? pager({ path: '/a-traiter', params: { site, erreur: code }, page, total: groups[0].times }) : ''}`
    return kit.render(c, { title: 'À traiter', main })
  })

  app.post('/a-traiter/relancer', (c) => retryGroup(kit, c))
}

const siteFilter = ({ o }: PageKit, { site, code }: { site: string; code: string }): Html => html`
  <form class="filters" method="get" action="/a-traiter"><div class="bar">
    ${choice({ name: 'site', label: 'Site', all: 'Tous', value: site, options: o.sites.map((s) => [s.code, s.name]) })}
    ${code && hidden({ erreur: code })}
    <button class="primary" type="submit">Afficher</button>
    ${site || code ? html`<a class="button quiet" href="/a-traiter">Tout afficher</a>` : ''}
  </div></form>`

function groupSection(
  kit: PageKit,
  { group, rows, site, here }: { group: AttentionGroup; rows: AttentionRow[]; site: string; here: string },
): Html {
  const { code, times, oldest } = group
  const heading = (row: AttentionRow): Html =>
    manifestHeading(row) ??
    html`<a href="${orderPath({ site: row.site, webId: row.web_id })}">Commande ${row.number ?? row.web_id}</a> <span class="muted">${siteName(kit.o, row.site)}</span> · `
  return html`
    <section class="group" aria-labelledby="groupe-${code}">
      <header>
        <h2 id="groupe-${code}">${badge(code === 'in-doubt' ? 'violet' : 'rouge', failureTitle(code))} <span class="muted">${count(times, 'étape')}</span></h2>
        <p class="muted">La plus ancienne attend depuis le ${moment(oldest)} (${duration(Date.now() - oldest.getTime())}).</p>
        ${times > 1 ? bulkForm({ code, site, times, back: here }) : ''}
      </header>
      ${rows.map((row) => waitingCard(row, { back: here, heading: heading(row) }))}
      ${times > rows.length && rows.length === SHOWN ? html`<p><a class="button" href="${pathWith('/a-traiter', { site, erreur: code })}">Voir les ${times} étapes</a></p>` : ''}
    </section>`
}

/** A step of a manifest, which belongs to no order; null for all others. */
function manifestHeading({ workflow_id }: AttentionRow): Html | null {
  const manifest = parseManifestId(workflow_id)
  if (!manifest) return null
  const { carrier, branch, day } = manifest
  return html`<a href="${pathWith('/parcels', { jour: day, agence: branch, transporteur: carrier })}">Bordereau ${carrier}</a> <span class="muted">${branch}</span> · `
}

/** The button that retries a whole group; doubts are settled one by one. */
export function bulkForm(o: { code: string; site: string; times: number; back: string; words?: string }): Html {
  const { code, site, times, back, words = `Relancer les ${times}` } = o
  if (code === 'in-doubt') return html`<p class="muted">Chaque doute se vérifie et se décide un par un.</p>`
  return html`
    <form method="post" action="/a-traiter/relancer" class="actions">
      ${hidden({ id: randomUUID(), code, site, retour: back })}
      <button type="submit">${words}</button>
    </form>`
}

async function retryGroup(kit: PageKit, c: Visit): Promise<Response> {
  const { o, engine } = kit
  const fields = await c.req.parseBody()
  const [id, code, site] = [String(fields.id ?? ''), String(fields.code ?? ''), String(fields.site ?? '')]
  const back = ownPath(fields.retour)
  if (!/^[\w-]{8,40}$/.test(id) || !code || code === 'in-doubt')
    return kit.back(c, back, { tone: 'problem', text: 'Ces étapes se décident une par une.' })
  const steps = await readSteps(o.db, { site, code, limit: 2_000, offset: 0 })
  const answer = await retryAll({
    engine,
    operator: o.operator,
    id,
    note: `relance groupée, ${failureTitle(code)}`,
    steps,
  })
  if (answer.silent > 0)
    return silent(kit, c, { action: '/a-traiter/relancer', fields: { id, code, site, retour: back }, back })
  if (answer.taken + answer.refused === 0)
    return kit.back(c, back, { tone: 'done', text: 'Plus aucune étape n’attend pour ce motif.' })
  const refused =
    answer.refused > 0
      ? ` ${count(answer.refused, 'étape n’attendait plus', 'étapes n’attendaient plus')} de décision.`
      : ''
  return kit.back(c, back, {
    tone: 'done',
    text: `${count(answer.taken, 'étape relancée', 'étapes relancées')}.${refused}`,
  })
}

function nothing(narrowed: string): Html {
  if (narrowed)
    return empty({
      title: 'Rien à traiter ici',
      text: 'Aucune étape n’attend pour ce choix.',
      action: { href: '/a-traiter', text: 'Tout afficher' },
    })
  const text =
    'Aucune étape n’attend de décision. Cette page se remplit quand une commande, un colis ou une facture demande votre aide.'
  return empty({ title: 'Rien à traiter', text, action: { href: '/', text: 'Voir le rapport' } })
}
