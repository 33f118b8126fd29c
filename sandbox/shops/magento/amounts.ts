import { divide } from '../woocommerce/money.ts'

/** Ten-thousandths of a euro (or of a percent, or of a kilogram): the four decimals that Magento stores, as an integer. */
export type Amount = number

/** Cents as an amount. */
export const amountOf = (cents: number): Amount => cents * 100

/** An amount in cents, rounded half away from zero. */
export const centsOf = (amount: Amount): number => divide(amount, 100)

/** An amount as Magento sends it: a JSON number. */
export const numberOf = (amount: Amount): number => amount / 10_000

/** A JSON number of a request as an amount. */
export const amountOfNumber = (number: number): Amount => Math.round(number * 10_000)

/** The share of `qty` out of `all` in an amount, rounded to the cent. */
export const shareOf = (amount: Amount, qty: number, all: number): Amount =>
  all === 0 ? 0 : amountOf(divide(centsOf(amount) * qty, all))
