import type { Dice } from './woocommerce/dice.ts'

/** Finds a kind of order by its name as it was typed; an unknown one is a mistake of the caller. */
export function templateNamed<Template>(templates: Record<string, Template>, name: string): Template {
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined
  if (template === undefined) throw new RangeError(`no order template ${name}`)
  return template
}

/** Chooses the name of a kind of order by weight: its share of the orders placed without naming one. */
export function chooseTemplate(templates: Record<string, { weight: number }>, dice: Dice): string {
  const tickets = Object.entries(templates).flatMap(([name, { weight }]) => Array<string>(weight).fill(name))
  return dice.pick(tickets)
}
