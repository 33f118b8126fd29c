import { figure } from '../invoice/words.ts'

/** Grams as kilograms, as French readers write them, to the gram: "1,250", "1 234,000". */
export const kilos = (grams: number): string => figure((grams / 1000).toFixed(3), { places: 3 })

const NAMES = new Intl.DisplayNames('fr', { type: 'region' })

/** The name of a country for people; a code that is none stays as it is. */
export function countryName(code: string): string {
  if (code === '') return 'Pays non renseigné'
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code
}
