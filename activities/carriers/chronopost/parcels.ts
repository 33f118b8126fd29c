import { Refused } from '../../../domain/failures.ts'
import type { Parcel } from '../../../domain/shipment.ts'

/** Kilograms as the carrier takes them: 2350 g -> 2.35. */
export const kilos = (grams: number): number => Math.round(grams) / 1000

type Sides = Pick<Parcel, 'length' | 'width' | 'height'>

/** Centimetres, the longest side first; the official plugin sends 1 for what is unknown. */
export function sidesOf({ length, width, height }: Sides): { length: number; width: number; height: number } {
  if (!length || !width || !height) return { length: 1, width: 1, height: 1 }
  const [long = 1, wide = 1, high = 1] = [length, width, height].map((mm) => Math.ceil(mm / 10)).sort((a, b) => b - a)
  return { length: long, width: wide, height: high }
}

/** Longest side, and length + 2 heights + 2 widths, in centimetres. */
const ROOM = { home: { side: 150, around: 300 }, pickup: { side: 100, around: 250 } }

/** Refuses a parcel that is too heavy or too big for its product; `limit` in kilograms. */
export function assertFits(parcel: Parcel, { limit, pickup }: { limit: number; pickup: boolean }): void {
  const { rank, weight } = parcel
  if (!(weight > 0 && weight <= limit * 1000))
    throw new Refused('refused', `poids du colis ${rank} (weight) : entre 1 g et ${limit} kg`)
  const { side, around } = pickup ? ROOM.pickup : ROOM.home
  const longest = Math.max(parcel.length ?? 0, parcel.width ?? 0, parcel.height ?? 0)
  if (longest > side * 10)
    throw new Refused('refused', `côté du colis ${rank} (length, width, height) : ${side} cm au plus`)
  const { length, width, height } = sidesOf(parcel)
  if (length + 2 * height + 2 * width > around)
    throw new Refused('refused', `longueur + 2 hauteurs + 2 largeurs du colis ${rank} : ${around} cm au plus`)
}
