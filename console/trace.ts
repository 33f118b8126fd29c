import { reportOperation, updateOperation } from '../db/operations.ts'
import type { Light } from '../db/schema.ts'
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

/**
 * Notes who starts a work that reports its own end under the same row, then asks. A row that is there stays; only a
 * request without an answer, whose work never reported anything, is shown as in doubt.
 */
export async function launched(o: ConsoleOptions, request: Request, ask: () => Promise<Answer>): Promise<Answer> {
  const { code: operator, branch } = o.operator
  await o.db
    .insertInto('operations')
    .values({ ...request, direction: 'interne', light: 'bleu', trigger: 'manuel', operator, branch })
    .onConflict((c) => c.column('id').doNothing())
    .execute()
  const answer = await ask()
  if (answer.kind !== 'taken') {
    await o.db
      .updateTable('operations')
      .set({ ...OUTCOMES[answer.kind], ended_at: new Date() })
      .where((eb) => eb.and({ id: request.id, message: request.message, light: 'bleu' }))
      .execute()
  }
  return answer
}

/** Notes in the report what a person has done in the console's own tables, or asked for in vain (`light` gris). */
export async function noted(o: ConsoleOptions, { id, ...done }: Request, light: Light = 'vert'): Promise<void> {
  const { code: operator, branch } = o.operator
  await reportOperation(o.db, {
    ...done,
    id,
    direction: 'interne',
    light,
    trigger: 'manuel',
    operator,
    branch,
    ended_at: new Date(),
  })
}
