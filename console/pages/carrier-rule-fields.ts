import { html } from 'hono/html'
import type { RuleEntry } from '../../domain/carrier-rule-entry.ts'
import type { Editing } from './carrier-rules-draft.ts'
import type { Html } from './parts.ts'

type TextField = Exclude<keyof RuleEntry, 'methods'>

/** One text field of a rule's form. */
export interface FieldOptions {
  name: TextField
  label: string
  help?: string
  list?: string
  isNumber?: boolean
}

/** A text field with its help, and what is wrong with it. */
export function field(editing: Editing, { name, label, help, list, isNumber }: FieldOptions): Html {
  const marks = marksOf(editing, name, help !== undefined)
  return html`
    <div class="field">
      <label for="f-${name}">${label}</label>
      <input id="f-${name}" name="${name}" value="${editing.entry[name]}" maxlength="500" autocomplete="off" spellcheck="false" ${isNumber ? html`inputmode="decimal"` : ''} ${list ? html`list="${list}"` : ''} ${marks.attributes}>
      ${help ? html`<small id="h-${name}">${help}</small>` : ''}
      ${marks.text}
    </div>`
}

/** What ties a field to its help and to what is wrong with it; the first wrong field has the focus. */
export function marksOf(
  { problems, index }: Editing,
  name: keyof RuleEntry,
  hasHelp: boolean,
): { attributes: Html; text: Html } {
  const problem = problems.find((each) => each.field === name)
  const ids = [...(hasHelp ? [`h-${name}`] : []), ...(problem ? [`p-${name}`] : [])]
  const isFirst = problem ? problems[0] === problem : problems.length === 0 && index !== null && name === 'countries'
  return {
    attributes: html`${ids.length > 0 ? html`aria-describedby="${ids.join(' ')}"` : ''} ${problem ? html`aria-invalid="true"` : ''} ${isFirst ? html`autofocus` : ''}`,
    text: problem ? html`<small class="problem" id="p-${name}">${problem.text}</small>` : html``,
  }
}

/** One choice of a list. */
export const option = (value: string, text: string, chosen: string): Html =>
  html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`
