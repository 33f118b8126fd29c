import { createHash } from 'node:crypto'
import type { Decision } from '../domain/decision.ts'
import type { Engine } from './engine.ts'
import type { ConsoleOperator } from './options.ts'

const AT_ONCE = 10

/** What became of many retries asked for at once. */
export interface BulkAnswer {
  taken: number
  refused: number
  silent: number
}

/**
 * Retries many waiting steps, ten at a time. Each decision's id is made of the request's and its step's, so that the
 * same request sent again decides nothing twice. After the first silence no more are sent.
 */
export async function retryAll(o: {
  engine: Engine
  operator: ConsoleOperator
  id: string
  note: string
  steps: { workflow_id: string; step: string }[]
}): Promise<BulkAnswer> {
  const left = [...o.steps]
  const count: BulkAnswer = { taken: 0, refused: 0, silent: 0 }
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next && count.silent === 0; next = left.shift()) {
      count[(await o.engine.decide(next.workflow_id, decisionFor(o, next))).kind] += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  count.silent += o.steps.length - count.taken - count.refused - count.silent
  return count
}

function decisionFor(
  { id, operator, note }: { id: string; operator: ConsoleOperator; note: string },
  row: { workflow_id: string; step: string },
): Decision {
  const own = createHash('sha256').update(`${row.workflow_id}\n${row.step}`).digest('hex').slice(0, 16)
  return {
    id: `${id}-${own}`,
    step: row.step,
    action: 'retry',
    operator: operator.code,
    branch: operator.branch,
    ...(note ? { note } : {}),
  }
}
