import { type Amount, numberOf } from './amounts.ts'

/** A JSON object as it goes out. */
export type Json = Record<string, unknown>

const WITHOUT_TWIN = new Set(['weight', 'row_weight', 'discount_percent', 'tax_percent'])
/** The one twin whose name the database had to shorten. */
const SHORT = 'shipping_discount_tax_compensation_amount'

const twinOf = (column: string) => (column === SHORT ? `base_${SHORT.replace('amount', 'amnt')}` : `base_${column}`)

/** A row without its empty columns: Magento leaves null members out. */
export const withoutNulls = (row: object): Json =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined))

/** Amounts as JSON numbers, each with its twin in the base currency (the shop sells in euros only). */
export function showAmounts(amounts: Record<string, Amount | null>): Record<string, number> {
  const shown: Record<string, number> = {}
  for (const [column, amount] of Object.entries(amounts)) {
    if (amount === null) continue
    shown[column] = numberOf(amount)
    if (!WITHOUT_TWIN.has(column)) shown[twinOf(column)] = numberOf(amount)
  }
  return shown
}
