import { Refused } from '../../domain/failures.ts'
import type { Carrier } from './carrier.ts'

/** How long a refused login is not tried again, in milliseconds. */
const REST = 5 * 60_000

/** Keeps a refused login from being tried by every order in turn: carriers lock accounts (contract, section 0, class `auth`). */
export function guardLogin(carrier: Carrier, { now = Date.now }: { now?: () => number } = {}): Carrier {
  let refused: { until: number; error: Refused } | null = null
  const guarded =
    <A extends unknown[], R>(ask: (...asked: A) => Promise<R>) =>
    async (...asked: A): Promise<R> => {
      if (refused && now() < refused.until) throw refused.error
      try {
        return await ask(...asked)
      } catch (error) {
        if (error instanceof Refused && error.code === 'login-refused') refused = { until: now() + REST, error }
        throw error
      }
    }
  return {
    ...carrier,
    checkLabels: guarded(carrier.checkLabels),
    createLabels: guarded(carrier.createLabels),
    findLabels: guarded(carrier.findLabels),
    fetchLabels: guarded(carrier.fetchLabels),
    voidLabel: guarded(carrier.voidLabel),
    trackParcels: guarded(carrier.trackParcels),
    makeManifest: guarded(carrier.makeManifest),
    findPickupPoints: guarded(carrier.findPickupPoints),
    offersFor: guarded(carrier.offersFor),
    requestPickup: guarded(carrier.requestPickup),
  }
}
