import assert from 'node:assert/strict'
import type { SandboxWorld } from '../../starters/sandbox-world.ts'

/** What the other side counted, all systems together: kind -> key -> times. */
export function countsOf(world: SandboxWorld): Record<string, Record<string, number>> {
  return {
    ...world.shop.counters(),
    ...world.codial.counters(),
    ...merged(world.carriers.map((carrier) => carrier.counters())),
    ...world.mailbox.counters(),
  }
}

/** The counters of several systems that count the same kinds. */
function merged(all: Record<string, Record<string, number>>[]): Record<string, Record<string, number>> {
  const kinds = new Set(all.flatMap((counters) => Object.keys(counters)))
  return Object.fromEntries([...kinds].map((kind) => [kind, Object.assign({}, ...all.map((one) => one[kind]))]))
}

/** How often each kind of effect happened in all. */
export function totalsOf(world: SandboxWorld): Record<string, number> {
  const totals = Object.entries(countsOf(world)).map(
    ([kind, keys]) => [kind, Object.values(keys).reduce((a, b) => a + b, 0)] as const,
  )
  return Object.fromEntries(totals.filter(([, times]) => times > 0))
}

/** Fails when any effect happened more than once under its key. */
export function assertNothingTwice(world: SandboxWorld): void {
  const twice = Object.entries(countsOf(world)).flatMap(([kind, keys]) =>
    Object.entries(keys).flatMap(([key, times]) => (times > 1 ? [`${kind} ${key}: ${times} times`] : [])),
  )
  assert.deepEqual(twice, [])
}

/** What one order with one parcel, paid once by card, causes outside from import to invoice. */
export const ONE_ORDER = {
  commande: 1,
  reglement: 1,
  label: 1,
  suivi: 1,
  expedition: 1,
  'evenement-suivi': 4,
  'order-status': 1,
  'order-note': 1,
  'order-meta': 2,
  mail: 4,
} as const
