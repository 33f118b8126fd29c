import { isDeepStrictEqual } from 'node:util'
import { html } from 'hono/html'
import { type CarrierFacts, type CarrierRule, carrierFactsOf, chooseCarrier } from '../../domain/carrier-choice.ts'
import { kilograms, methodName } from '../../domain/carrier-rule-words.ts'
import { needsPickupPoint } from '../../domain/carrier-services.ts'
import { countryName } from '../../domain/countries.ts'
import { euros } from '../../domain/money.ts'
import type { WebOrder } from '../../domain/order.ts'
import { orderPath } from '../kit.ts'
import { badge, cell, count, type Html, listOf } from './parts.ts'

type Chosen = ReturnType<typeof chooseCarrier>

interface TrialRow {
  order: WebOrder
  facts: CarrierFacts
  before: Chosen
  after: Chosen
  isChanged: boolean
}

/** What the last orders would become under a draft: changes first, then those that no rule takes. */
export interface Trial {
  rows: TrialRow[]
  changed: number
  /** Orders that no rule of the draft takes. */
  lost: number
  /** Per rule of the draft, how many orders it takes. */
  taken: number[]
}

/** Tries a draft on some orders, beside the rules that hold today. */
export function tryRules(orders: WebOrder[], { today, draft }: { today: CarrierRule[]; draft: CarrierRule[] }): Trial {
  const rows = orders.map((order): TrialRow => {
    const facts = carrierFactsOf(order)
    const [before, after] = [chooseCarrier(today, facts), chooseCarrier(draft, facts)]
    return { order, facts, before, after, isChanged: !isDeepStrictEqual(before?.choice, after?.choice) }
  })
  const rank = ({ isChanged, after }: TrialRow): number => (isChanged ? 0 : after ? 2 : 1)
  return {
    rows: rows.toSorted((a, b) => rank(a) - rank(b)),
    changed: rows.filter((row) => row.isChanged).length,
    lost: rows.filter((row) => row.after === null).length,
    taken: draft.map((_, i) => rows.filter(({ after }) => after?.index === i).length),
  }
}

/** "12 des 100 dernières commandes changent de transporteur ou de service." */
export function changeWords({ rows, changed }: Trial): string {
  const last = rows.length > 1 ? `${rows.length} dernières commandes` : 'dernière commande'
  if (rows.length === 0) return 'aucune commande à essayer pour l’instant'
  if (changed === 0) return `rien ne change pour ${rows.length > 1 ? 'les' : 'la'} ${last}`
  if (rows.length === 1) return `la ${last} change de transporteur ou de service`
  return `${changed} des ${last} ${changed > 1 ? 'changent' : 'change'} de transporteur ou de service`
}

/** The names of delivery methods that orders tell; a code that has several is known by none. */
export function methodNames(orders: WebOrder[]): Record<string, string> {
  const methods = orders.flatMap(({ shippingMethod }) => shippingMethod ?? [])
  const names = Map.groupBy(methods, ({ code }) => code)
  const single = [...names].flatMap(([code, all]): [string, string][] => {
    const [name, ...others] = new Set(all.map((each) => each.name))
    return name && others.length === 0 ? [[code, name]] : []
  })
  return Object.fromEntries(single)
}

const HEADINGS: [string, string?][] = [
  ['Commande'],
  ['Mode de livraison'],
  ['Pays'],
  ['Montant', 'number'],
  ['Poids', 'number'],
  ['Point relais'],
  ['Aujourd’hui'],
  ['Avec ces règles'],
]

/** The table of a trial: what changes and what is lost in full sight, the rest behind one click. */
export function trialTable({ rows }: Trial): Html {
  const seen = rows.filter(({ isChanged, after }) => isChanged || after === null)
  const rest = rows.slice(seen.length)
  return html`
    ${seen.length > 0 ? list('Commandes qui changent ou que rien ne prend', seen) : ''}
    ${
      rest.length > 0
        ? html`<details class="rest" id="inchangees" ${seen.length === 0 && rest.length <= 10 ? html`open` : ''}>
            <summary>${count(rest.length, 'commande', 'commandes')} sans changement</summary>
            ${list('Commandes sans changement', rest)}
          </details>`
        : ''
    }`
}

const list = (name: string, rows: TrialRow[]): Html =>
  listOf({ style: 'trial', name, headings: HEADINGS, rows: rows.map(trialRow) })

function trialRow({ order, facts, before, after, isChanged }: TrialRow): Html {
  const { shippingMethod: method } = order
  return html`
    <tr role="row" class="${after ? '' : 'lost'}">
      ${cell('Commande', html`<a href="${orderPath(order)}"><strong>${order.number}</strong></a>`, 'code')}
      ${cell('Mode de livraison', method && methodName(method.code, { [method.code]: method.name }))}
      ${cell('Pays', countryName(facts.country))}
      ${cell('Montant', euros(facts.amount, order.currency), 'number')}
      ${cell('Poids', facts.weight === null ? html`<span class="muted">inconnu</span>` : kilograms(facts.weight), 'number')}
      ${cell('Point relais', facts.pickup ? 'oui' : 'non')}
      ${cell('Aujourd’hui', before ? chosenWords(before) : html`<span class="muted">aucune règle</span>`)}
      ${cell('Avec ces règles', after ? outcome(after, { facts, isChanged }) : badge('rouge', 'Aucune règle'))}
    </tr>`
}

const chosenWords = ({ choice, index }: NonNullable<Chosen>): Html =>
  html`${choice.carrier} ${choice.service} <small>règle ${index + 1}</small>`

function outcome(chosen: NonNullable<Chosen>, { facts, isChanged }: Pick<TrialRow, 'facts' | 'isChanged'>): Html {
  const lacking = needsPickupPoint(chosen.choice) && !facts.pickup
  const words = chosenWords(chosen)
  return html`${isChanged ? html`<strong>→ ${words}</strong>` : words}${lacking ? html`<small class="problem">Ce service demande un point relais, que cette commande n’a pas.</small>` : ''}`
}
