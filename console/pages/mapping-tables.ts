import { html } from 'hono/html'
import type { Selectable } from 'kysely'
import type { MappingsTable } from '../../db/schema.ts'
import { ORDER_LABELS, type OrderState } from '../../domain/order.ts'
import type { Mapping, MappingKind } from '../../domain/site.ts'
import { operatorName } from '../kit.ts'
import { moment } from '../moments.ts'
import type { ConsoleOptions, ConsoleSite } from '../options.ts'
import { MAPPING_WORDS } from '../words.ts'
import { defaultsOf, GAP_SOURCE } from './mapping-form.ts'
import { cell, type Html, hidden, listOf } from './parts.ts'

/** What a form starts with: a code found in a remedy, or what was just entered and is not right yet. */
export interface Prefill {
  site: string
  kind: string
  source: string
  target: string
  /** The failure that led here. */
  code: string
}

interface Section {
  o: ConsoleOptions
  site: ConsoleSite
  kind: MappingKind
  rows: Selectable<MappingsTable>[]
  prefill: Prefill | null
}

/** A target in words: states have a French name, all else is a code. */
export const targetWords = ({ kind, target }: Pick<Mapping, 'kind' | 'target'>): string =>
  kind === 'erp-status' ? (ORDER_LABELS[target as OrderState] ?? target) : target

const sourceWords = (source: string): string => (source === GAP_SOURCE ? 'Tout écart de total' : source)

/** One table with its help, its rows by default (grey) and entered, and its form. */
export function mappingSection({ o, site, kind, rows, prefill }: Section): Html {
  const { title, theirs, ours, help, none = NONE } = MAPPING_WORDS[kind]
  const defaults = defaultsOf(site.rules, kind).map((row) =>
    defaultRow(
      kind,
      row,
      rows.some(({ source }) => source === row.source),
    ),
  )
  const all = [...rows.map((row) => enteredRow(o, row)), ...defaults]
  const headings: [string][] = [[theirs], [ours], ['Origine'], ['Action']]
  return html`
    <section class="mapping card" id="${kind}" aria-labelledby="titre-${kind}">
      <h2 id="titre-${kind}">${title}</h2>
      <p class="muted">${help}</p>
      ${all.length > 0 ? listOf({ style: '', name: title, headings, rows: all }) : html`<p class="muted">${none}</p>`}
      ${form({ o, site, kind, rows, prefill })}
    </section>`
}

const NONE = 'Aucune correspondance : la boutique et Codial emploient les mêmes mots.'

function enteredRow(
  o: ConsoleOptions,
  { site, kind, source, target, operator, updated_at }: Selectable<MappingsTable>,
): Html {
  const { theirs, ours } = MAPPING_WORDS[kind]
  const button = html`
    <form method="post" action="/correspondances/supprimer">
      ${hidden({ site, kind, source })}
      <button class="small" type="submit" aria-label="Supprimer la correspondance ${sourceWords(source)}">Supprimer</button>
    </form>`
  return html`
    <tr role="row">
      ${cell(theirs, html`<code>${sourceWords(source)}</code>`)}
      ${cell(ours, html`<strong>${targetWords({ kind, target })}</strong>`)}
      ${cell('Origine', html`${operatorName(o, operator)}, le ${moment(updated_at)}`)}
      ${cell('Action', button)}
    </tr>`
}

function defaultRow(
  kind: MappingKind,
  { source, target }: { source: string; target: string },
  replaced: boolean,
): Html {
  const { theirs, ours } = MAPPING_WORDS[kind]
  return html`
    <tr role="row" class="default${replaced ? ' replaced' : ''}">
      ${cell(theirs, html`<code>${sourceWords(source)}</code>`)}
      ${cell(ours, targetWords({ kind, target }))}
      ${cell('Origine', replaced ? 'Par défaut, remplacée' : 'Par défaut')}
      ${cell('Action', null)}
    </tr>`
}

function form({ site, kind, prefill }: Section): Html {
  const { theirs, ours } = MAPPING_WORDS[kind]
  return html`
    <form class="bar" method="post" action="/correspondances">
      ${hidden({ site: site.code, kind, code: prefill?.code ?? '' })}
      ${
        kind === 'gap'
          ? ''
          : html`<label class="field grow">${theirs} <input name="source" value="${prefill?.source ?? ''}" required maxlength="200" autocomplete="off" spellcheck="false"></label>`
      }
      ${targetField({ site, kind, ours, value: prefill?.target ?? '', first: prefill !== null })}
      <button class="${prefill ? 'primary' : ''}" type="submit">Enregistrer</button>
    </form>`
}

interface Target {
  site: ConsoleSite
  kind: MappingKind
  ours: string
  value: string
  first: boolean
}

function targetField({ site, kind, ours, value, first }: Target): Html {
  if (kind === 'erp-status') {
    const states = Object.entries(ORDER_LABELS)
    return html`<label class="field grow">${ours} <select name="target" required ${first ? html`autofocus` : ''}>
      <option value="">Choisir…</option>
      ${states.map(([state, label]) => html`<option value="${state}" ${state === value ? html`selected` : ''}>${label}</option>`)}
    </select></label>`
  }
  const known = knownTargets({ site, kind })
  return html`<label class="field grow">${ours}
    <input name="target" value="${value}" required maxlength="100" autocomplete="off" spellcheck="false" list="connus-${kind}" ${first ? html`autofocus` : ''}>
    </label><datalist id="connus-${kind}">${known.map((target) => html`<option value="${target}"></option>`)}</datalist>`
}

/** Targets in use already, proposed while one types. */
function knownTargets({ site, kind }: Pick<Target, 'site' | 'kind'>): string[] {
  const { rules } = site
  const used = defaultsOf(rules, kind).map(({ target }) => target)
  if (kind === 'payment-method' || kind === 'gap')
    return [...new Set([...Object.values(rules.paymentMethods), rules.giftCardMethod, ...used])]
  return [...new Set(used)]
}
