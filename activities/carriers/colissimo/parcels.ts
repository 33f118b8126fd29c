import { Refused } from '../../../domain/failures.ts'
import type { Parcel } from '../../../domain/shipment.ts'
import type { LabelRequest } from '../carrier.ts'
import type { SlsField } from './wire.ts'

/** Levels of insurance in cents; a sum between two is raised to the next (contract of carriers, 1.4). */
const INSURED = [15_000, 30_000, 50_000, 100_000, 200_000, 500_000]
const INSURED_AT_PICKUP = 100_000
/** Where the carrier's table of countries says that nothing can be insured. */
const UNINSURED = ['SX', 'SS']

/** Grams to kilograms, rounded up to 10 g: at most two decimals are accepted. */
export function kilos(grams: number): number {
  if (!(grams > 0 && grams <= 30_000)) throw new Refused('refused', 'poids du colis (weight) : entre 1 g et 30 kg')
  return Math.ceil(grams / 10) / 100
}

/** Above 120 cm in all, the official plug-in declares the parcel non machinable. */
export function machinable({ length, width, height }: Parcel): { nonMachinable?: true } {
  return (length ?? 0) + (width ?? 0) + (height ?? 0) > 1200 ? { nonMachinable: true } : {}
}

/** The parcel's sides in whole centimetres, or nothing when one is unknown. */
export function sizes({ length, width, height }: Parcel): SlsField[] {
  if (!length || !width || !height) return []
  const cm = (mm: number): string => String(Math.ceil(mm / 10))
  return [
    { key: 'LENGTH', value: cm(length) },
    { key: 'WIDTH', value: cm(width) },
    { key: 'HEIGHT', value: cm(height) },
  ]
}

/** The level of insurance that covers the sum asked for, or the `Refused` that says how much can be covered. */
export function insurance(
  { insured, currency }: Pick<LabelRequest, 'insured' | 'currency'>,
  { pickup, to }: { pickup: boolean; to: string },
): { insuranceValue?: number } {
  if (!insured) return {}
  if (currency !== 'EUR') throw refuse('en euros seulement')
  if (UNINSURED.includes(to)) throw refuse(`non proposée vers ${to}`)
  const most = pickup ? INSURED_AT_PICKUP : (INSURED.at(-1) ?? 0)
  const insuranceValue = INSURED.find((level) => level >= insured)
  if (!insuranceValue || insuranceValue > most)
    throw refuse(`${most / 100} € au plus${pickup ? ' en point de retrait' : ''}`)
  return { insuranceValue }
}

const refuse = (why: string): Refused => new Refused('refused', `assurance (insuranceValue) : ${why}`)
