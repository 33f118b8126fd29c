import { reportOperation, updateOperation } from '../db/operations.ts'
import type { Answer } from './engine.ts'
import type { ConsoleOptions } from './options.ts'

/** What a person asked for, as the report shows it. */
export interface Request {
  /** One id per request: the same request sent again keeps its one row. */
  id: string
  type: string
  site?: string | null
  web_id?: string | null
  message: string
}

/** First notes in the report who asks for what, then asks, then notes what became of it: green only once it was taken. */
export async function traced(
  o: ConsoleOptions,
  { id, ...request }: Request,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const { code: operator, branch } = o.operator
  await reportOperation(o.db, {
    ...request,
    id,
    direction: 'interne',
    light: 'bleu',
    trigger: 'manuel',
    operator,
    branch,
    error_code: null,
    remedy: null,
  })
  const answer = await ask().catch(async (error: unknown) => {
    await updateOperation(o.db, id, { light: 'rouge', error_code: 'defect', ended_at: new Date() })
    throw error
  })
  await updateOperation(o.db, id, {
    ...OUTCOMES[answer.kind],
    ended_at: new Date(),
    ...(answer.kind === 'refused' ? { remedy: answer.reason } : {}),
  })
  return answer
}

const OUTCOMES = {
  taken: { light: 'vert' },
  refused: { light: 'rouge', error_code: 'refused' },
  silent: {
    light: 'violet',
    error_code: 'unavailable',
    remedy: 'Le moteur n’a pas répondu : vérifiez, puis réessayez.',
  },
} as const

/** Notes in the report what a person has done in the console's own tables. */
export async function noted(o: ConsoleOptions, { id, ...done }: Request): Promise<void> {
  const { code: operator, branch } = o.operator
  await reportOperation(o.db, {
    ...done,
    id,
    direction: 'interne',
    light: 'vert',
    trigger: 'manuel',
    operator,
    branch,
    ended_at: new Date(),
  })
}
