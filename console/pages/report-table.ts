import { html } from 'hono/html'
import { operatorName, orderPath, siteName, temporalPath } from '../kit.ts'
import { duration, moment } from '../moments.ts'
import type { ConsoleOptions } from '../options.ts'
import { lifeStep, spokenMessage } from '../steps.ts'
import { asSentence } from '../typography.ts'
import { DIRECTION_WORDS, failureTitle, lightWord } from '../words.ts'
import { badge, cell, type Html, listOf } from './parts.ts'
import type { ReportRow } from './report-rows.ts'

const HEADINGS = ['Voyant', 'Début et durée', 'Opération', 'Objet', 'Message', 'Lignes', 'Par']

/** The rows of the report. */
export const reportTable = (o: ConsoleOptions, rows: ReportRow[]): Html =>
  listOf({
    style: 'report',
    name: 'Opérations, les plus récentes d’abord',
    headings: HEADINGS.map((text) => [text]),
    rows: rows.map((row) => reportRow(o, row)),
  })

function reportRow(o: ConsoleOptions, row: ReportRow): Html {
  const site = row.site && html`<small>${siteName(o, row.site)}</small>`
  const by = [row.branch, row.trigger].filter(Boolean).join(' · ')
  return html`
    <tr role="row">
      ${cell('Voyant', badge(row.light, lightWord(row)))}
      ${cell('Début', html`${moment(row.started_at)}<small>${lasted(row)}</small>`)}
      ${cell('Opération', html`<strong>${row.type}</strong>${site}<small>${DIRECTION_WORDS[row.direction]}</small>`)}
      ${cell('Objet', subject(row), 'code')}
      ${cell('Message', html`${spokenMessage(row.message)}${trouble(row)}`, 'message')}
      ${cell('Lignes', counts(row))}
      ${cell('Par', html`${operatorName(o, row.operator)}<small>${by}</small>${temporal(o, row)}`)}
    </tr>`
}

function lasted({ started_at, ended_at }: ReportRow): string {
  if (ended_at) return duration(ended_at.getTime() - started_at.getTime())
  return `depuis ${duration(Date.now() - started_at.getTime())}`
}

function subject({ site, web_id: webId, number, erp_number: erpNumber }: ReportRow): Html | null {
  if (!site || !webId) return null
  const href = orderPath({ site, webId })
  return html`<a href="${href}">${number ?? webId}</a>${erpNumber && html`<small><a href="${href}">${erpNumber}</a></small>`}`
}

function trouble({ error_code: code, remedy, step, message }: ReportRow): Html {
  if (!code && !step) return html``
  const title = code && !message.startsWith(failureTitle(code)) ? html`<strong>${failureTitle(code)}</strong> ` : ''
  return html`
    ${code && html`<small>${title}<code>${code}</code></small>`}
    ${remedy && html`<small>${asSentence(remedy)}</small>`}
    ${step && code && html`<small>Étape : ${lifeStep(step).words}</small>`}`
}

const COUNTS = {
  handled: 'traités',
  created: 'créés',
  modified: 'modifiés',
  ignored: 'ignorés',
  failed: 'en erreur',
} as const

function counts(row: ReportRow): Html | null {
  const kinds = Object.entries(COUNTS) as [keyof typeof COUNTS, string][]
  const shown = kinds.filter(([kind]) => row[kind] > 0)
  if (shown.length === 0) return null
  return html`<ul class="counts">${shown.map(([kind, word]) => html`<li class="${kind}"><b>${row[kind]}</b> ${word}</li>`)}</ul>`
}

const RUN_ID =
  /^(order|manifest|print|import-orders|follow-erp|track-parcels|sync-stock|sync-catalog|match-payments|reconcile)\b/

function temporal(o: ConsoleOptions, { id }: ReportRow): Html {
  const href = RUN_ID.test(id) ? temporalPath(o, id) : null
  return html`${href && html`<small><a href="${href}" rel="noreferrer">Temporal</a></small>`}`
}
