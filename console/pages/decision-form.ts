import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { parseLifeId } from '../../workflows/ids.ts'
import { pathWith } from '../kit.ts'
import { duration, moment } from '../moments.ts'
import { lifeStep } from '../steps.ts'
import { asSentence } from '../typography.ts'
import { ASKED_OF_CARRIERS, failureTitle, MENDED_BY } from '../words.ts'
import { lifeWords } from './life-words.ts'
import type { ParkedRow } from './order-file.ts'
import { notePath } from './parcel-scene.ts'
import { badge, type Html, hidden } from './parts.ts'

/** A step that waits, as a card: what, why, since when, what to do, and the decision to take. */
export function waitingCard(row: ParkedRow, { back, heading }: { back: string; heading?: Html }): Html {
  const { step, code, remedy, since } = row
  const deliveryNote = parseLifeId(row.workflow_id)?.deliveryNote ?? null
  return html`
    <article class="card waiting ${code === 'in-doubt' ? 'doubtful' : ''}">
      <header>
        ${heading ? '' : badge(code === 'in-doubt' ? 'violet' : 'rouge', failureTitle(code))}
        <h3>${heading}${lifeStep(step, deliveryNote).words}</h3>
        <p class="muted">Depuis le ${moment(since)} (${duration(Date.now() - since.getTime())}) · <code>${code}</code></p>
      </header>
      <p class="remedy">${asSentence(remedy)}</p>
      ${decisionForm(row, back)}
    </article>`
}

/** The form with the id of the decision in it: pressed twice or sent again, it stays one decision. */
function decisionForm(row: ParkedRow, back: string): Html {
  const { workflow_id: workflow, step, code, may_skip } = row
  const mending = mendingOf(row)
  return html`
    <form class="decision" method="post" action="/decisions">
      ${hidden({ id: randomUUID(), workflow, step, code, retour: back })}
      ${code === 'in-doubt' ? doubt() : ''}
      <div class="bar">
        ${mending && html`<a class="button ${mending.isFirst ? 'primary' : ''}" href="${mending.href}">${mending.words}</a>`}
        <label class="field grow">Note (facultative, sans nom de client) <input name="note" maxlength="200" autocomplete="off"></label>
        <button class="${mending?.isFirst ? '' : 'primary'}" type="submit" name="action" value="retry">Relancer</button>
        ${may_skip ? html`<button type="submit" name="action" value="skip">Ignorer</button>` : ''}
        <button class="danger" type="submit" name="action" value="cancel">${lifeWords(workflow).button}</button>
      </div>
    </form>`
}

/** A retry without a number says that surely nothing was done: that must be a person's express word. */
const doubt = (): Html => html`
  <fieldset class="doubt">
    <legend>Avant de relancer : qu’avez-vous constaté à l’extérieur ?</legend>
    <p>
      <label class="check"><input type="radio" name="constat" value="fait"> L’opération a bien eu lieu.</label>
      <label class="field"><span>Numéro trouvé à l’extérieur</span> <input name="trouve" maxlength="100" autocomplete="off" spellcheck="false"></label>
    </p>
    <p><label class="check"><input type="radio" name="constat" value="rien"> Rien n’a été fait : l’opération peut être refaite.</label></p>
  </fieldset>`

/** What nobody mapped: quoted between « » by our own judgement of an order, named in Codial's refusal ("article X inconnu"). */
export const quotedSource = (remedy: string): string =>
  (/«\s*([^»]+?)\s*»/.exec(remedy) ?? /\b(?:article|taux)\s+(\S+)\s+inconnu/i.exec(remedy))?.[1] ?? ''

interface Mending {
  href: string
  words: string
  isFirst: boolean
}

/** The page that mends the cause, filled in as far as the order or its remedy tells; null when none would. */
function mendingOf(row: ParkedRow): Mending | null {
  const { site, web_id, code, remedy } = row
  if (code === 'unknown-carrier') {
    const href = pathWith('/carrier-rules', { site, commande: web_id })
    return { href, words: 'Corriger les règles de transport', isFirst: true }
  }
  const kind = MENDED_BY[code]
  if (!kind) return otherService(row)
  const isGap = kind === 'gap' // only where gift cards explain it: not the first thing to press
  const source = isGap ? '' : quotedSource(remedy)
  const href = `${pathWith('/correspondances', { site, table: kind, source, code })}#${kind}`
  return { href, words: isGap ? 'Déclarer l’écart…' : 'Corriger la correspondance', isFirst: !isGap }
}

/** What carriers have instead, for a label that cannot be bought as it is; an address may as well be corrected. */
function otherService({ site, web_id, workflow_id, step, code }: ParkedRow): Mending | null {
  const deliveryNote = parseLifeId(workflow_id)?.deliveryNote
  const question = ASKED_OF_CARRIERS[code]
  if (!deliveryNote || !question || !step.startsWith('make label')) return null
  const href = pathWith(`${notePath({ site, webId: web_id }, deliveryNote)}/propositions`, { question })
  return { href, words: 'Choisir un autre service ou point de retrait', isFirst: code === 'not-offered' }
}
