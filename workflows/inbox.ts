import { type SignalDefinition, setHandler } from '@temporalio/workflow'

/** Facts told to a life, in order of arrival, each once. */
export interface Inbox<F> {
  waiting: F[]
}

type Fact<Facts> = { [K in keyof Facts & string]: { name: K } & Facts[K] }[keyof Facts & string]
type Signals<Facts> = { [K in keyof Facts & string]: SignalDefinition<[Facts[K]]> }

/** Opens the inbox of a life: a handler for each of its signals; a fact whose id is known is dropped. */
export function openInbox<Facts extends { [K in keyof Facts]: { id: string } }>(
  signals: Signals<Facts>,
): Inbox<Fact<Facts>> {
  const inbox: Inbox<Fact<Facts>> = { waiting: [] }
  const known = new Set<string>()
  for (const name of Object.keys(signals) as (keyof Facts & string)[]) {
    setHandler(signals[name] as SignalDefinition<[Facts[typeof name]]>, (fact: Facts[typeof name]) => {
      if (known.has(`${name}:${fact.id}`)) return
      known.add(`${name}:${fact.id}`)
      inbox.waiting.push({ name, ...fact })
    })
  }
  return inbox
}

/** Work that goes on side by side: one branch in trouble does not hold the others; a fatal error ends them all. */
export interface Branches {
  start(work: () => Promise<void>): void
  idle(): boolean
  /** The first error that ended a branch, to be thrown by the main line. */
  fatal(): { error: unknown } | undefined
  /** Waits for all branches to end, whatever their end. */
  settled(): Promise<void>
}

/** Opens the side by side work of a life. */
export function openBranches(): Branches {
  const running = new Set<Promise<void>>()
  let fatal: { error: unknown } | undefined
  return {
    start(work) {
      const branch = work()
        .catch((error: unknown) => {
          fatal ??= { error }
        })
        .finally(() => running.delete(branch))
      running.add(branch)
    },
    idle: () => running.size === 0,
    fatal: () => fatal,
    settled: async () => void (await Promise.all(running)),
  }
}
