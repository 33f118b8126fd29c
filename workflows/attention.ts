import * as wf from '@temporalio/workflow'
import type { Decision, ParkedStep } from '../domain/decision.ts'
import { FAILURES, type FailureCode, type Trouble } from '../domain/failures.ts'
import { BRANCH, FAILURE_CODE, NEEDS_ATTENTION, OPERATOR, PARKED_AT, PENDING_STEP } from './attributes.ts'
import { decide, decideInBulk } from './messages.ts'
import type { Pace } from './steps.ts'

/** What a person said about a doubt, handed to the step that is tried again. */
export interface Verdict {
  decision: string
  found: string | null
}

/** One try of a step, at a pace; the verdict is there only right after a doubt was decided. */
export type Try<T> = (pace: Pace, verdict?: Verdict) => Promise<T>

/** Where a life's steps are run, and where they wait for a person. */
export interface Desk {
  /** Runs a step to its end; undefined when a person skipped it. */
  attempt<T>(step: string, run: Try<T>, o?: { maySkip?: boolean }): Promise<T | undefined>
  /** Asks a person a business question; gives 'retry' (go on) or 'skip'. */
  ask(step: string, code: FailureCode): Promise<'retry' | 'skip'>
  /** Ends a parked step without its result, because what a person just changed calls for another one. */
  release(step: string, by: Pick<Decision, 'id' | 'operator' | 'branch'>): void
  parked(): ParkedStep[]
}

type Waiting = ParkedStep & { decision?: Decision; isReleased?: boolean }

/** What a desk needs: `tell` keeps the console's list, and may fail without harm; `mayCancel` says whether the whole may still end. */
interface DeskOptions {
  tell: (parked: ParkedStep[], decision?: Decision) => Promise<void>
  mayCancel?: () => boolean
}

/** Opens the desk: handlers for decisions are set at once. */
export function openDesk({ tell, mayCancel = () => true }: DeskOptions): Desk {
  const waiting = new Map<string, Waiting>()
  const seen = new Set<string>()
  const parked = (): ParkedStep[] => [...waiting.values()].map(({ decision: _, isReleased: __, ...shown }) => shown)
  acceptDecisions({ waiting, seen, mayCancel })
  let told = Promise.resolve()

  /** One after the other, each with the list of its moment: an older list never replaces a newer one. */
  function telling(decision?: Decision): Promise<void> {
    const next = () => quietly(() => tell(parked(), decision))
    told = told.then(next, next)
    return told
  }

  async function park(step: string, trouble: Trouble, maySkip: boolean): Promise<Decision & { isReleased: boolean }> {
    const it: Waiting = { step, maySkip, ...trouble, since: new Date().toISOString() }
    waiting.set(step, it) // register, publish, then wait: no wake-up is lost
    publish(parked())
    try {
      await telling()
      await wf.condition(() => it.decision !== undefined)
    } finally {
      waiting.delete(step)
      publish(parked(), it.decision)
      await wf.CancellationScope.nonCancellable(() => telling(it.decision))
    }
    const decision = it.decision as Decision
    if (decision.action === 'cancel')
      throw wf.ApplicationFailure.nonRetryable(`cancelled at ${step}`, 'CancelledByPerson')
    return { ...decision, isReleased: it.isReleased ?? false }
  }

  async function attempt<T>(step: string, run: Try<T>, { maySkip = false } = {}): Promise<T | undefined> {
    let verdict: Verdict | undefined
    for (let pace: Pace = 'short'; ; ) {
      try {
        return await run(pace, verdict)
      } catch (error) {
        const failure = failureOf(error)
        if (!failure) throw error // defects and cancellation pass
        if (pace === 'short' && !isRefused(failure)) {
          pace = 'slow'
          continue
        }
        const trouble = troubleOf(failure)
        const decision = await park(step, trouble, maySkip)
        if (decision.action === 'skip' || decision.isReleased) return undefined
        verdict = trouble.code === 'in-doubt' ? { decision: decision.id, found: decision.found ?? null } : undefined
        pace = 'short'
      }
    }
  }

  async function ask(step: string, code: FailureCode): Promise<'retry' | 'skip'> {
    return (await park(step, { code, remedy: FAILURES[code].remedy }, true)).action === 'skip' ? 'skip' : 'retry'
  }

  function release(step: string, by: Pick<Decision, 'id' | 'operator' | 'branch'>): void {
    const it = waiting.get(step)
    if (it && !it.decision) Object.assign(it, { decision: { ...by, step, action: 'retry' }, isReleased: true })
  }

  return { attempt, ask, release, parked }
}

interface Decisions {
  waiting: Map<string, Waiting>
  seen: Set<string>
  mayCancel: () => boolean
}

function acceptDecisions({ waiting, seen, mayCancel }: Decisions): void {
  const check = (d: Decision): void => {
    const it = waiting.get(d.step)
    if (!it || it.decision) throw new Error(`"${d.step}" does not wait for a decision`)
    if (d.action === 'skip' && !it.maySkip) throw new Error(`"${d.step}" may not be skipped`)
    if (d.action === 'cancel' && !mayCancel()) throw new Error('it has left: it cannot be cancelled any more')
    if (!['retry', 'skip', 'cancel'].includes(d.action)) throw new Error(`"${d.action}" is not retry, skip or cancel`)
  }
  const take = (d: Decision): void => {
    seen.add(d.id)
    const it = waiting.get(d.step)
    if (it) it.decision = d
  }
  wf.setHandler(decide, take, { validator: check, description: 'Retry, skip or cancel a parked step' })
  wf.setHandler(decideInBulk, (d) => {
    try {
      if (!seen.has(d.id)) {
        check(d)
        if (waiting.get(d.step)?.code === 'in-doubt' && d.action === 'retry' && !d.found)
          throw new Error('a doubt is never settled in bulk')
        take(d)
      }
    } catch {
      wf.log.warn('decision ignored', { step: d.step })
    }
  })
}

/** Shows what waits in the Temporal UI, and who decided last. */
function publish(parked: ParkedStep[], decision?: Decision): void {
  const oldest = parked[0]
  wf.upsertSearchAttributes([
    { key: PENDING_STEP, value: oldest ? parked.map((p) => p.step) : null },
    { key: FAILURE_CODE, value: oldest?.code ?? null },
    { key: NEEDS_ATTENTION, value: oldest ? true : null },
    { key: PARKED_AT, value: oldest ? new Date(oldest.since) : null },
    ...(decision ? [{ key: OPERATOR, value: decision.operator }] : []),
    ...(decision?.branch ? [{ key: BRANCH, value: decision.branch }] : []),
  ])
  wf.setCurrentDetails(parked.map((p) => `- **${p.step}** ${p.code}: ${p.remedy}`).join('\n'))
}

async function quietly(tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (error) {
    if (wf.isCancellation(error)) throw error
    wf.log.warn('the console was not told')
  }
}

/** What went wrong in a step: an activity wraps it, a local activity throws it as it is. */
function failureOf(error: unknown): Error | undefined {
  if (wf.isCancellation(error)) return undefined
  if (error instanceof wf.ActivityFailure) return error.cause ?? error
  const isOurs = error instanceof wf.ApplicationFailure && (error.type === 'Refused' || error.type === 'Unavailable')
  return isOurs || error instanceof wf.TimeoutFailure ? error : undefined
}

const isRefused = (failure: Error): boolean => failure instanceof wf.ApplicationFailure && failure.type === 'Refused'

function troubleOf(failure: Error): Trouble {
  const [trouble] = failure instanceof wf.ApplicationFailure ? (failure.details ?? []) : []
  return (trouble as Trouble | undefined) ?? { code: 'unavailable', remedy: FAILURES.unavailable.remedy }
}
