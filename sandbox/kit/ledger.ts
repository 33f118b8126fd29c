import type { Store } from './store.ts'

/** Effect kind -> key -> how many times it was really done. */
export type Counters = Record<string, Record<string, number>>

/** The book of what this sandbox really did, so that a test can prove "exactly once". */
export interface Ledger {
  count(kind: string, key: string): void
  snapshot(): Counters
}

/** Opens the book inside a sandbox's own state, so that counters survive a restart like the rest. */
export function openLedger(store: Store<{ counters?: Counters }>): Ledger {
  return {
    count(kind, key) {
      store.data.counters ??= {}
      store.data.counters[kind] ??= {}
      const keys = store.data.counters[kind]
      keys[key] = (Object.hasOwn(keys, key) ? (keys[key] ?? 0) : 0) + 1
      store.save()
    },
    snapshot: () => structuredClone(store.data.counters ?? {}),
  }
}
