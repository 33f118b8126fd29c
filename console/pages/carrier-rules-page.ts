import { isDeepStrictEqual } from 'node:util'
import { html } from 'hono/html'
import type { SavedRules } from '../../db/carrier-rules.ts'
import { type CarrierRule, NO_METHOD } from '../../domain/carrier-choice.ts'
import { explainRule } from '../../domain/carrier-rule-words.ts'
import type { WebOrder } from '../../domain/order.ts'
import { operatorName, type PageKit, pathWith } from '../kit.ts'
import { moment } from '../moments.ts'
import type { ConsoleSite } from '../options.ts'
import { ruleForm } from './carrier-rule-form.ts'
import type { Desk } from './carrier-rules-draft.ts'
import { ruleList } from './carrier-rules-list.ts'
import { changeWords, methodNames, type Trial, trialTable, tryRules } from './carrier-rules-trial.ts'
import { badge, count, type Html, hidden, siteTabs } from './parts.ts'
import { unblocked } from './unblocked.ts'

/** What stands behind the page of one site: the list that holds, and the orders to try another one on. */
export interface SiteDesk {
  site: ConsoleSite
  saved: SavedRules
  /** The rules that hold now, saved or by default. */
  today: CarrierRule[]
  /** The newest first. */
  orders: WebOrder[]
}

interface PageOptions {
  at: SiteDesk
  desk: Desk
  /** The order that led here, and what becomes of it. */
  asked: Html | null
  /** The failure whose steps may be retried now. */
  code: string
  /** Why the draft was not saved. */
  problem: string | null
}

/** The page of one site: its rules, the form of one of them, and the trial. */
export async function rulesPage(kit: PageKit, { at, desk, asked, code, problem }: PageOptions): Promise<Html> {
  const { o } = kit
  const { site, orders, today } = at
  const trial = tryRules(orders, { today, draft: desk.rules })
  const isDraft = !isDeepStrictEqual(desk.rules, today)
  const names = methodNames(orders)
  const carried = hidden({ site: site.code, draft: JSON.stringify({ rules: desk.rules, version: desk.version }) })
  const form = ruleForm({ desk, carried, names, methods: methodsIn(at, desk), carriers: o.carriers })
  return html`
    <h1>Règles de transport</h1>
    <p class="lead">La première règle qui convient à une commande choisit son transporteur et son service. Vos changements sont d’abord essayés sur les dernières commandes ; rien ne compte avant d’être enregistré.</p>
    ${siteTabs({ path: '/carrier-rules', sites: o.sites, here: site.code })}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${await unblocked(kit, { site: site.code, code })}
    ${asked}
    <section class="card" aria-labelledby="titre-regles">
      <h2 id="titre-regles">${isDraft ? 'Brouillon' : 'Règles'} <span class="muted">${count(desk.rules.length, 'règle')}</span></h2>
      ${isDraft ? draftWords(desk, trial) : html`${saidWords(desk)}<p class="muted">${origin(kit, at)}</p>`}
      ${ruleList({ desk, carried, names, taken: trial.taken, tried: orders.length, carriers: o.carriers })}
      ${isDraft ? todayWords(today, names) : ''}
      ${isDeepStrictEqual(desk.rules, site.rules.carrierRules) ? '' : defaultsForm(carried)}
    </section>
    ${form}
    ${trialSection({ at, trial, carried, isReady: isDraft && desk.editing.index === null })}`
}

/** Method codes to choose from: those of the last orders, of the draft, and of what is being entered. */
function methodsIn({ orders }: SiteDesk, { rules }: Desk): string[] {
  const used = orders.flatMap(({ shippingMethod }) => shippingMethod?.code ?? [])
  const codes = new Set([...rules.flatMap(({ methods }) => methods ?? []), ...used])
  codes.delete(NO_METHOD)
  return [...codes].sort()
}

function origin({ o }: PageKit, { saved }: SiteDesk): Html {
  const { operator, savedAt } = saved
  if (operator === null || savedAt === null)
    return html`Règles par défaut : rien n’a encore été enregistré pour ce site.`
  return html`Enregistrées par ${operatorName(o, operator)}, le ${moment(savedAt)}.`
}

const focusWords = ({ focus, editing }: Desk): Html =>
  focus === null && editing.index === null && editing.problems.length === 0 ? html`autofocus` : html``

const saidWords = (desk: Desk): Html =>
  desk.said ? html`<p role="status" tabindex="-1" ${focusWords(desk)}>${desk.said}</p>` : html``

const draftWords = (desk: Desk, trial: Trial): Html => html`
  <p class="draft" role="status" tabindex="-1" ${desk.said ? focusWords(desk) : ''}>${desk.said} <strong>Non enregistré</strong> : ${changeWords(trial)}${trial.lost > 0 ? html`, <span class="problem">${lostWords(trial)}</span>` : ''}. <a href="#essai">Voir l’essai et enregistrer</a></p>`

const lostWords = ({ lost }: Trial): string =>
  `${lost > 1 ? `${lost} ne seraient prises` : '1 ne serait prise'} par aucune règle`

const todayWords = (rules: CarrierRule[], names: Record<string, string>): Html => html`
  <details id="aujourdhui">
    <summary>Règles en vigueur aujourd’hui</summary>
    <ol>${rules.map((rule) => html`<li>${explainRule(rule, names)}</li>`)}</ol>
  </details>`

const defaultsForm = (carried: Html[]): Html => html`
  <form class="actions" method="post" action="/carrier-rules">
    ${carried}<button class="small" type="submit" name="act" value="defaults">Reprendre les règles par défaut</button>
  </form>`

interface TrialOptions {
  at: SiteDesk
  trial: Trial
  carried: Html[]
  /** There is something to save, and no rule is half changed. */
  isReady: boolean
}

function trialSection({ at, trial, carried, isReady }: TrialOptions): Html {
  const { rows, changed, lost } = trial
  return html`
    <section class="card" id="essai" aria-labelledby="titre-essai">
      <h2 id="titre-essai">Essai sur les dernières commandes</h2>
      ${rows.length === 0 ? html`<p class="muted">Ce site n’a encore aucune commande : les règles n’ont pas pu être essayées.</p>` : html`<p>${counts({ rows, changed, lost })}</p>`}
      ${isReady ? saveForm(at, trial, carried) : ''}
      ${trialTable(trial)}
    </section>`
}

const counts = ({ rows, changed, lost }: Pick<Trial, 'rows' | 'changed' | 'lost'>): Html => html`
  ${badge(changed > 0 ? 'orange' : 'gris', changed > 0 ? count(changed, 'différence') : 'Aucune différence')}
  ${lost > 0 ? badge('rouge', `${count(lost, 'commande')} sans règle`) : badge('vert', 'Chaque commande a une règle')}
  <span class="muted">sur ${count(rows.length, 'commande essayée', 'commandes essayées')}</span>`

function saveForm({ site }: SiteDesk, { lost }: Trial, carried: Html[]): Html {
  return html`
    <form class="actions save" method="post" action="/carrier-rules/enregistrer">
      ${carried}
      <button class="primary" type="submit">Enregistrer ces règles</button>
      <a class="button" href="${pathWith('/carrier-rules', { site: site.code })}">Abandonner le brouillon</a>
      ${lost > 0 ? html`<p class="problem">Les commandes sans règle attendront une décision dans « À traiter ».</p>` : ''}
    </form>`
}
