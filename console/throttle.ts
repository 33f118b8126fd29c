const FREE_FAILURES = 5
const FIRST_DELAY_MS = 2_000
const LONGEST_DELAY_MS = 15 * 60_000
const MOST_ADDRESSES = 1_000

interface Record {
  failures: number
  /** Milliseconds since 1970. */
  closedUntil: number
}

/** Slows down whoever tries passwords: five tries are free, then each wrong one doubles the wait. */
export interface Throttle {
  /** Milliseconds to wait before the next try counts; 0: it may be made now. */
  waitOf(address: string): number
  failed(address: string): void
  succeeded(address: string): void
}

/** A throttle per address of the caller; forgets the oldest when there are very many. */
export function openThrottle(now: () => number = Date.now): Throttle {
  const records = new Map<string, Record>()
  return {
    waitOf: (address) => Math.max(0, (records.get(address)?.closedUntil ?? 0) - now()),
    failed(address) {
      const failures = (records.get(address)?.failures ?? 0) + 1
      const excess = failures - FREE_FAILURES
      const delay = excess < 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(excess, 20))
      records.delete(address)
      records.set(address, { failures, closedUntil: now() + delay })
      const [oldest] = records.keys()
      if (records.size > MOST_ADDRESSES && oldest !== undefined) records.delete(oldest)
    },
    succeeded: (address) => void records.delete(address),
  }
}
