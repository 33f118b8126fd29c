import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker'
import type { Logger } from 'pino'
import { FAILURES, Refused, Unavailable } from '../domain/failures.ts'

/** Translates the domain's two failures into Temporal's; anything else is a defect that a deployment mends. */
export class FailureTranslator implements ActivityInboundCallsInterceptor {
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    try {
      return await next(input)
    } catch (error) {
      throw this.#translate(error)
    }
  }

  #translate(error: unknown): unknown {
    if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error
    if (error instanceof Error && error.name === 'AbortError') return error
    if (error instanceof Unavailable) {
      const nextRetryDelay = error.retryAfterMs
      return ApplicationFailure.create({
        type: 'Unavailable',
        message: error.message,
        ...(nextRetryDelay ? { nextRetryDelay } : {}),
      })
    }
    if (error instanceof Refused) return refusal(error.code, error.remedy)
    this.#log.error({ err: error }, 'defect in an activity')
    return refusal('defect', FAILURES.defect.remedy)
  }
}

const refusal = (code: string, remedy: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'Refused', nonRetryable: true, message: code, details: [{ code, remedy }] })
