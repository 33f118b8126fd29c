import { Refused, Unavailable } from '../../../domain/failures.ts'
import { divideRounded } from '../../../domain/money.ts'
import { readAs } from '../../wire/http.ts'
import type { Units } from './amounts.ts'
import type { Client } from './client.ts'
import { mgStores } from './replies.ts'
import type { MgOrder } from './wire.ts'

/** Milligrams of one unit, by the code that a store view is set to. */
const UNITS: Record<string, bigint> = { kgs: 1_000_000n, lbs: 453_592n }

/** What one unit of weight is in each store view, in milligrams, by the view's id. */
export type WeightUnits = ReadonlyMap<number, bigint>

/** Reads each view's unit of weight once; a shop that does not tell is asked again, as weights never hold an order back. */
export function openWeightUnits(client: Client): () => Promise<WeightUnits> {
  let known: WeightUnits | undefined
  return async () => {
    try {
      known ??= unitsIn(readAs(mgStores, await client.get('store/storeConfigs'), client.who))
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unavailable)) throw error
    }
    return known ?? new Map()
  }
}

const unitsIn = (stores: { id?: number | null | undefined; weight_unit: string }[]): WeightUnits =>
  new Map(stores.flatMap(({ id, weight_unit: unit }) => (id && UNITS[unit] ? [[id, UNITS[unit]] as const] : [])))

/** The weight of an order in grams; null when no article has one, or when its unit is not known. */
export function gramsOf({ weight, store_id: store }: Pick<MgOrder, 'weight' | 'store_id'>, units: WeightUnits) {
  const unit = units.get(store ?? 0)
  return weight > 0n && unit ? inGrams(weight, unit) : null
}

const inGrams = (weight: Units, unit: bigint): number => Number(divideRounded(weight * unit, 10_000_000n))
