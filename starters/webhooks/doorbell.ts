/** Wakes sites, each one at a time. */
export interface Doorbell {
  /** Wakes a site, now or after the waking that is under way; returns at once and never fails. */
  ring(site: string): void
  /** Settles when no waking is under way. */
  quiet(): Promise<void>
}

/** Opens a doorbell: while a site is being woken, any number of rings make one more waking; one that fails is left to the next ring or the poll. */
export function openDoorbell(wake: (site: string) => Promise<void>): Doorbell {
  const sites = new Map<string, { again: boolean; done: Promise<void> }>()

  async function wakeUntilQuiet(site: string, state: { again: boolean }): Promise<void> {
    do {
      state.again = false
      await Promise.resolve(site)
        .then(wake)
        .catch(() => undefined) // the reason may hold what must not be kept; the poll makes up for it
    } while (state.again)
    sites.delete(site)
  }

  return {
    ring(site) {
      const waking = sites.get(site)
      if (waking) {
        waking.again = true
        return
      }
      const state = { again: false, done: Promise.resolve() }
      sites.set(site, state)
      state.done = wakeUntilQuiet(site, state)
    },
    async quiet() {
      while (sites.size > 0) await Promise.all([...sites.values()].map(({ done }) => done))
    },
  }
}
