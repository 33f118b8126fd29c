import { html } from 'hono/html'
import { type CarrierRule, coveringRule } from '../../domain/carrier-choice.ts'
import { explainRule } from '../../domain/carrier-rule-words.ts'
import type { Desk } from './carrier-rules-draft.ts'
import { count, type Html } from './parts.ts'

interface ListOptions {
  desk: Desk
  /** Fields that every form of the page carries. */
  carried: Html[]
  names: Record<string, string>
  /** Orders taken by each rule, out of `tried`. */
  taken: number[]
  tried: number
  carriers: string[]
}

/** The rules in order, each with its sentence, what it takes, what is odd about it, and its buttons. */
export function ruleList(o: ListOptions): Html {
  const { rules } = o.desk
  if (rules.length === 0)
    return html`<p class="problem" role="alert">Aucune règle : plus aucune commande n’aurait de transporteur. Ajoutez-en une, ou reprenez celles par défaut.</p>`
  return html`
    <form method="post" action="/carrier-rules">
      ${o.carried}
      <ol class="rules">${rules.map((rule, index) => item(o, rule, index))}</ol>
    </form>`
}

function item(o: ListOptions, rule: CarrierRule, index: number): Html {
  const { desk, names, carriers, taken, tried } = o
  const covering = coveringRule(desk.rules, index)
  const warnings = [
    ...(carriers.includes(rule.choice.carrier) ? [] : [`${rule.choice.carrier} n’est pas relié à ce connecteur.`]),
    ...(covering === null ? [] : [`Ne sert jamais : la règle ${covering + 1} prend déjà toutes ces commandes.`]),
  ]
  return html`
    <li class="${desk.editing.index === index ? 'edited' : ''}">
      <div>
        <p><span class="rank">${index + 1}</span> ${explainRule(rule, names)}</p>
        ${tried > 0 ? html`<small>prend ${count(taken[index] ?? 0, 'commande')} sur ${tried}</small>` : ''}
        ${warnings.map((text) => html`<small class="problem">${text}</small>`)}
      </div>
      <div class="acts">${buttons(o, index)}</div>
    </li>`
}

const BUTTONS = [
  ['up', 'Monter', '↑'],
  ['down', 'Descendre', '↓'],
  ['edit', 'Modifier', ''],
  ['delete', 'Supprimer', ''],
] as const

function buttons({ desk: { rules, focus } }: ListOptions, index: number): Html[] {
  const last = rules.length - 1
  return BUTTONS.map(([act, words, sign]) => {
    const isIdle = (act === 'up' && index === 0) || (act === 'down' && index === last)
    const wanted = focus === `${act}:${index}` && !isIdle ? 'autofocus' : ''
    const instead = isEnd(focus, index, last) && act === 'edit' ? 'autofocus' : ''
    return html`<button class="small" type="submit" name="act" value="${act}:${index}" aria-label="${words} la règle ${index + 1}" ${isIdle ? 'disabled' : ''} ${wanted || instead}>${sign || words}</button>`
  })
}

/** A rule that has reached an end of the list cannot go on: the keyboard stays with it all the same. */
const isEnd = (focus: string | null, index: number, last: number): boolean =>
  (focus === `up:${index}` && index === 0) || (focus === `down:${index}` && index === last)
