import { z } from 'zod'

/** One thing that goes wrong on purpose, for the requests it matches. */
export interface Fault {
  /** Regular expression tested on "METHOD /path?query". */
  match: string
  /** How many matching requests it hits; default 1. */
  times?: number
  /** Let the first n matches pass. */
  skip?: number
  /** Milliseconds between the effect and the reply (or the cut). */
  delayMs?: number
  /** Without `drop`, answered instead of the effect. */
  status?: number
  headers?: Record<string, string>
  body?: string
  contentType?: string
  /** Cut the connection before the effect, or after the effect instead of replying. */
  drop?: 'before' | 'after'
  /** Reply with half of the body, then cut the connection. */
  cut?: boolean
  /** Only in process: awaited before or after the effect, for instance to kill a worker. */
  hook?: { when: 'before' | 'after'; run: () => void | Promise<void> }
}

/** The faults waiting for their request; `list` shows what is left of each. */
export interface Faults {
  add(fault: Fault): void
  clear(): void
  list(): Fault[]
}

const isRegularExpression = (text: string) => {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

/** A fault as `POST /_faults` takes it. */
export const faultShape = z.strictObject({
  match: z.string().refine(isRegularExpression, 'not a regular expression'),
  times: z.int().min(1).optional(),
  skip: z.int().min(0).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  contentType: z.string().optional(),
  drop: z.enum(['before', 'after']).optional(),
  cut: z.boolean().optional(),
})

/** Opens an empty list of faults; `take` uses one up for a request ("METHOD /path?query"), the first that matches. */
export function openFaults(): Faults & { take(request: string): Fault | undefined } {
  let waiting: Fault[] = []
  const take = (request: string) => {
    for (const fault of waiting) {
      if (!new RegExp(fault.match).test(request)) continue
      if ((fault.skip ?? 0) > 0) {
        fault.skip = (fault.skip ?? 0) - 1
        continue
      }
      fault.times = (fault.times ?? 1) - 1
      waiting = waiting.filter((other) => (other.times ?? 1) > 0)
      return fault
    }
    return undefined
  }
  return {
    add: (fault) => void waiting.push({ ...fault }),
    clear: () => {
      waiting = []
    },
    list: () => waiting.map((fault) => ({ ...fault })),
    take,
  }
}
