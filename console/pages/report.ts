import { html } from 'hono/html'
import { parisDay } from '../../domain/days.ts'
import { type PageKit, pathWith } from '../kit.ts'
import type { ConsoleApp, ConsoleOptions } from '../options.ts'
import { failureTitle, LIGHT_WORDS } from '../words.ts'
import { choice, empty, type Html, pageOf, pager } from './parts.ts'
import { openChoices, type ReportChoices } from './report-choices.ts'
import { reportAsCsv } from './report-csv.ts'
import { type ReportFilter, readFilter } from './report-filter.ts'
import { readReportPage } from './report-rows.ts'
import { reportTable } from './report-table.ts'

/** "Rapport des opérations": everything that ran, and its export. */
export function reportPages(app: ConsoleApp, kit: PageKit): void {
  const { o } = kit
  const choices = openChoices(o.db)

  app.get('/', async (c) => {
    const [filter, page] = [readFilter(c.req.query()), pageOf(c.req.query('page'))]
    const found = { ...(await readReportPage(o.db, filter, page)), ...(await choices()) }
    const main = html`
      <h1>Rapport des opérations</h1>
      ${groups(found.errors, filter)}
      ${filterForm(o, filter, found)}
      ${found.rows.length > 0 ? reportTable(o, found.rows) : nothing(filter)}
      ${pager({ path: '/', params: { ...filter }, page, total: found.total })}`
    return kit.render(c, { title: 'Rapport des opérations', main, refresh: true })
  })

  app.get('/rapport.csv', async (c) => {
    const csv = await reportAsCsv(o, readFilter(c.req.query()))
    const day = parisDay(new Date())
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rapport-${day}.csv"`,
    })
  })
}

type Found = Awaited<ReturnType<typeof readReportPage>> & ReportChoices

/** Equal errors together: one look says whether it is one problem or twenty. */
function groups(errors: Found['errors'], filter: ReportFilter): Html {
  if (errors.length === 0) return html``
  return html`
    <section class="groups" aria-labelledby="erreurs">
      <h2 id="erreurs">Erreurs regroupées</h2>
      <ul class="chips">
        ${errors.map(({ code, times }) => {
          const active = filter.erreur === code
          const href = pathWith('/', { ...filter, erreur: active ? '' : (code ?? '') })
          return html`<li><a class="chip" href="${href}" ${active ? html`aria-current="true"` : ''}>${failureTitle(code ?? '')} <strong>× ${times}</strong></a></li>`
        })}
      </ul>
    </section>`
}

function filterForm(o: ConsoleOptions, filter: ReportFilter, { types, operators, branches, errors }: Found): Html {
  const { reference, attente, ...folded } = filter
  const active = Object.values(folded).filter(Boolean).length
  const plain = (values: string[]): [string, string][] => values.map((value) => [value, value])
  const codes = [...new Set([...errors.map(({ code }) => code ?? ''), filter.erreur])].filter(Boolean)
  return html`
    <form class="filters" method="get" action="/" role="search">
      <div class="bar">
        <label class="field grow">Référence <input type="search" name="reference" value="${reference}" placeholder="N° web ou n° Codial" maxlength="100"></label>
        <label class="check"><input type="checkbox" name="attente" value="oui" ${attente ? html`checked` : ''}> À traiter seulement</label>
        <button class="primary" type="submit">Afficher</button>
        <a class="button" href="${pathWith('/rapport.csv', { ...filter })}">Exporter en CSV</a>
        ${Object.values(filter).some(Boolean) ? html`<a class="button quiet" href="/">Tout afficher</a>` : ''}
      </div>
      <details id="filtres" ${active > 0 ? html`open` : ''}>
        <summary>Autres filtres${active > 0 ? ` (${active})` : ''}</summary>
        <div class="fields">
          ${choice({ name: 'site', label: 'Site', all: 'Tous', value: filter.site, options: o.sites.map(({ code, name }) => [code, name]) })}
          ${choice({ name: 'type', label: 'Type d’opération', all: 'Tous', value: filter.type, options: plain(types) })}
          ${choice({ name: 'voyant', label: 'Voyant', all: 'Tous', value: filter.voyant, options: Object.entries(LIGHT_WORDS) })}
          <label class="field">Du <input type="date" name="du" value="${filter.du}"></label>
          <label class="field">Au <input type="date" name="au" value="${filter.au}"></label>
          ${choice({ name: 'operateur', label: 'Opérateur', all: 'Tous', value: filter.operateur, options: plain(operators) })}
          ${choice({ name: 'agence', label: 'Agence', all: 'Toutes', value: filter.agence, options: plain(branches) })}
          ${choice({ name: 'erreur', label: 'Erreur', all: 'Toutes', value: filter.erreur, options: codes.map((code) => [code, failureTitle(code)]) })}
        </div>
      </details>
    </form>`
}

function nothing(filter: ReportFilter): Html {
  if (Object.values(filter).some(Boolean)) {
    const text = 'Aucune opération ne correspond à ces filtres. Élargissez la période ou retirez un filtre.'
    return empty({ title: 'Rien à afficher', text, action: { href: '/', text: 'Tout afficher' } })
  }
  const text =
    'Le rapport se remplit dès que les tâches tournent : import des commandes, suivi de Codial, suivi des colis.'
  return empty({ title: 'Aucune opération pour l’instant', text, action: { href: '/taches', text: 'Voir les tâches' } })
}
