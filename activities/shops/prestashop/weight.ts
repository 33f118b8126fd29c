import type { PsDetail } from './wire.ts'

/** Grams of one unit, as PS_WEIGHT_UNIT writes it; a new shop has "kg". */
const UNITS: Record<string, number> = { kg: 1000, g: 1, lb: 453.592, lbs: 453.592, oz: 28.3495 }

/** Grams of one of the shop's units of weight; null when the unit is not known. */
export const gramsPerUnit = (unit: string): number | null => UNITS[unit.trim().toLowerCase() || 'kg'] ?? null

/** The weight of an order's articles in grams; null when none has one, or when the unit is not known. */
export function gramsOf(details: Pick<PsDetail, 'product_weight' | 'product_quantity'>[], unit: number | null) {
  const total = details.reduce((sum, detail) => sum + detail.product_weight * detail.product_quantity, 0)
  return total > 0 && unit !== null ? Math.round(total * unit) : null
}
