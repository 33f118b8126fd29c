import { randomUUID } from 'node:crypto'
import { decide } from '../../workflows/messages.ts'
import type { Company } from './company.ts'

/** What a person sees of a step that waits. */
export interface Waiting {
  step: string
  code: string
  remedy: string
}

/**
 * A person at the console: looks outside at what is in doubt, and decides by what is found there. Other troubles, such as
 * a service that was down for long, are simply retried. Gives the decisions taken, as "step: what was decided".
 */
export async function decideAll(
  { db, world, client }: Company,
  { taken = [], look = () => undefined }: { taken?: string[]; look?: (wait: Waiting) => void } = {},
): Promise<string[]> {
  for (const wait of await db.selectFrom('parked_steps').selectAll().execute()) {
    look(wait)
    const seen = wait.code === 'in-doubt' ? lookOutside(world, wait) : { action: 'retry' as const }
    const decision = { id: randomUUID(), step: wait.step, operator: 'marie', branch: 'LYON', ...seen }
    const handle = client.workflow.getHandle(wait.workflow_id)
    const accepted = await handle.executeUpdate(decide, { args: [decision], updateId: decision.id }).then(
      () => true,
      () => false, // it was decided meanwhile, or the worker has just been killed: the next look decides again
    )
    if (accepted) taken.push(`${wait.step}: ${'found' in seen ? 'found' : seen.action}`)
  }
  return taken
}

function lookOutside(
  world: Company['world'],
  { step, web_id, workflow_id }: { step: string; web_id: string; workflow_id: string },
) {
  if (step.startsWith('make label')) {
    const rank = /\d+$/.exec(step)?.[0]
    const label = world.carriers
      .flatMap((carrier) => carrier.labels())
      .find(({ reference }) => reference.includes(`-${web_id}-`) && reference.endsWith(`-${rank}`))
    return label ? { action: 'retry' as const, found: label.trackingNumber } : { action: 'retry' as const }
  }
  const note = workflow_id.split(':').at(-1)
  const letter =
    [
      ['tracking', `mail-shipped-${note}.`],
      ['delivered', `mail-delivered-${note}.`],
      ['registered', 'mail-registered.'],
    ].find(([word = '']) => step.includes(word))?.[1] ?? 'mail-invoice-'
  const sent = world.mailbox
    .mails()
    .some(({ messageId }) => messageId.includes(`${letter}`) && messageId.includes(`.${web_id}.`))
  return { action: sent ? ('skip' as const) : ('retry' as const) }
}
