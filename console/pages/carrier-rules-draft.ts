import type { CarrierRule } from '../../domain/carrier-choice.ts'
import { EMPTY_ENTRY, entryOf, parseRule, type RuleEntry, type RuleProblem } from '../../domain/carrier-rule-entry.ts'
import { entryIn, MOST_RULES, type Posted } from './carrier-rules-posted.ts'

/** A list that is being changed, as its page carries it: nothing of it is saved yet. */
export interface Draft {
  rules: CarrierRule[]
  /** Names the saved list that the draft began with. */
  version: string
}

/** The form of one rule: which one (null: a new one), what stands in its fields, and what is wrong with it. */
export interface Editing {
  index: number | null
  entry: RuleEntry
  /** Where a new rule goes; null: behind the others. */
  place: number | null
  problems: RuleProblem[]
}

/** A draft with the form beside it, what has just been done to it, and where the keyboard goes on. */
export interface Desk extends Draft {
  editing: Editing
  said: string | null
  /** The button that has the focus, as "up:2"; null: what was said, or the form. */
  focus: string | null
}

/** The form of a new rule, empty but for what is known. */
export const newRule = (known: Partial<RuleEntry> = {}): Editing => ({
  index: null,
  entry: { ...EMPTY_ENTRY, ...known },
  place: null,
  problems: [],
})

interface Act {
  draft: Draft
  /** The rule that it is about. */
  at: number
  posted: Posted
  defaults: CarrierRule[]
  carriers: string[]
}

/** Does to a draft what its page asks: "up:2", "edit:0", "add"...; null when it asks for nothing known. */
export function actOn(asked: string, o: Omit<Act, 'at'>): Desk | null {
  const [, name = '', number = ''] = /^([a-z]+)(?::(\d{1,3}))?$/.exec(asked) ?? []
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined
  const isThere = WITHOUT_RULE.includes(name) ? number === '' : number !== '' && Number(number) < o.draft.rules.length
  return act && isThere ? act({ ...o, at: Number(number) }) : null
}

const WITHOUT_RULE = ['close', 'defaults', 'add']

const ACTS: Record<string, (act: Act) => Desk> = {
  up: ({ draft, at }) => moved(draft, at, at - 1, 'up'),
  down: ({ draft, at }) => moved(draft, at, at + 1, 'down'),
  delete: ({ draft, at }) => changed(draft, draft.rules.toSpliced(at, 1), `La règle ${at + 1} est ôtée du brouillon.`),
  edit: ({ draft, at }) => ({
    ...changed(draft, draft.rules, null),
    editing: { index: at, entry: entryOf(draft.rules[at] as CarrierRule), place: null, problems: [] },
  }),
  close: ({ draft }) => changed(draft, draft.rules, 'La règle reste comme elle était.'),
  defaults: ({ draft, defaults }) => changed(draft, defaults, 'Le brouillon reprend les règles par défaut.'),
  put: (act) =>
    entered(act, act.at, (rule) => ({
      rules: act.draft.rules.with(act.at, rule),
      said: `La règle ${act.at + 1} est changée dans le brouillon.`,
    })),
  add: (act) =>
    entered(act, null, (rule, place) => ({
      rules: act.draft.rules.toSpliced(place, 0, rule),
      said: `La règle est ajoutée au brouillon, en n° ${place + 1}.`,
    })),
}

const changed = ({ version }: Draft, rules: CarrierRule[], said: string | null): Desk => ({
  ...{ version, rules, said, focus: null },
  editing: newRule(),
})

function moved(draft: Draft, from: number, to: number, button: 'up' | 'down'): Desk {
  const rule = draft.rules[from]
  if (!rule || !draft.rules[to]) return changed(draft, draft.rules, null)
  const rules = draft.rules.toSpliced(from, 1).toSpliced(to, 0, rule)
  return { ...changed(draft, rules, null), focus: `${button}:${to}` }
}

function entered(
  { draft, posted, carriers }: Act,
  index: number | null,
  keep: (rule: CarrierRule, place: number) => { rules: CarrierRule[]; said: string },
): Desk {
  const entry = entryIn(posted)
  const [size, place] = [draft.rules.length, placeIn(posted.one('place'), draft.rules.length)]
  const parsed = parseRule(entry, carriers)
  const full = index === null && size >= MOST_RULES
  const problems = 'problems' in parsed ? parsed.problems : full ? [FULL] : []
  if ('problems' in parsed || full)
    return { ...changed(draft, draft.rules, null), editing: { index, entry, place, problems } }
  const { rules, said } = keep(parsed.rule, place ?? size)
  return changed(draft, rules, said)
}

const FULL: RuleProblem = { field: 'carrier', text: `La liste a déjà ${MOST_RULES} règles : ôtez-en une d’abord.` }

const placeIn = (text: string, size: number): number | null =>
  /^\d{1,3}$/.test(text) && Number(text) < size ? Number(text) : null
