import type { Cents } from './money.ts'
import type { WebOrder } from './order.ts'

/** A carrier and one of its services, as Codial names them. */
export interface CarrierChoice {
  carrier: string
  service: string
}

/** An interval: `from` belongs to it, `to` does not; null: without end. */
export interface Bounds {
  from: number
  to: number | null
}

/** What an order must be for a rule to choose its carrier; null: whatever it is. */
export interface CarrierConditions {
  /** Codes of the shop's delivery methods; `NO_METHOD` among them stands for an order that names none. */
  methods: string[] | null
  /** ISO 3166 alpha-2, of the delivery address. */
  countries: string[] | null
  /** Grams. An order whose weight is not known is in no interval. */
  weight: Bounds | null
  /** Cents, VAT included, as the shop announces the order's total. */
  amount: Bounds | null
  /** Whether the customer chose a pickup point. */
  pickup: boolean | null
}

/** One row of a site's list: orders like these go by this carrier. */
export interface CarrierRule extends CarrierConditions {
  choice: CarrierChoice
}

/** What rules judge an order by. */
export interface CarrierFacts {
  method: string | null
  country: string
  weight: number | null
  amount: Cents
  pickup: boolean
}

/** Stands in a rule for orders whose shop names no delivery method. */
export const NO_METHOD = ''

/** Conditions that every order meets; rules are written as what differs from it. */
export const ANY_ORDER: CarrierConditions = { methods: null, countries: null, weight: null, amount: null, pickup: null }

/** What rules judge this order by. */
export const carrierFactsOf = (order: WebOrder): CarrierFacts => ({
  method: order.shippingMethod?.code ?? null,
  country: order.shipping.country,
  weight: order.weight,
  amount: order.total,
  pickup: order.pickupPoint !== null,
})

/** The first rule that an order meets decides; null when none does. `index` is its place in the list, from 0. */
export function chooseCarrier(
  rules: CarrierRule[],
  facts: CarrierFacts,
): { choice: CarrierChoice; index: number } | null {
  const index = rules.findIndex((rule) => meets(rule, facts))
  const choice = rules[index]?.choice
  return choice ? { choice, index } : null
}

function meets({ methods, countries, weight, amount, pickup }: CarrierConditions, facts: CarrierFacts): boolean {
  return (
    (methods === null || methods.includes(facts.method ?? NO_METHOD)) &&
    (countries === null || countries.includes(facts.country)) &&
    isWithin(facts.weight, weight) &&
    isWithin(facts.amount, amount) &&
    (pickup === null || pickup === facts.pickup)
  )
}

const isWithin = (value: number | null, bounds: Bounds | null): boolean =>
  bounds === null || (value !== null && value >= bounds.from && (bounds.to === null || value < bounds.to))

/** The place of an earlier rule that takes all that this one could take, so that it never decides; null when there is none. */
export function coveringRule(rules: CarrierRule[], index: number): number | null {
  const rule = rules[index]
  const found = rule ? rules.slice(0, index).findIndex((earlier) => covers(earlier, rule)) : -1
  return found < 0 ? null : found
}

const covers = (a: CarrierConditions, b: CarrierConditions): boolean =>
  holdsAll(a.methods, b.methods) &&
  holdsAll(a.countries, b.countries) &&
  spans(a.weight, b.weight) &&
  spans(a.amount, b.amount) &&
  (a.pickup === null || a.pickup === b.pickup)

const holdsAll = (a: string[] | null, b: string[] | null): boolean =>
  a === null || (b?.every((each) => a.includes(each)) ?? false)

const spans = (a: Bounds | null, b: Bounds | null): boolean =>
  a === null || (b !== null && a.from <= b.from && (a.to === null || (b.to !== null && b.to <= a.to)))
