import { Refused } from '../../../domain/failures.ts'
import type { ServiceRule } from './products.ts'

/** What a service code is worked out from. */
export interface ServiceFacts {
  /** ISO day of hand-over. */
  day: string
  /** Grams of the parcel. */
  weight: number
  /** True when the seller pays for delivery on Saturday. */
  saturday: boolean
}

const [FRIDAY, SATURDAY] = [5, 6]
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay()

/** Handed over on a Friday and to be delivered the next day. */
const isForSaturday = ({ day, saturday }: ServiceFacts): boolean => saturday && weekdayOf(day) === FRIDAY

/** The service codes of product-codes.csv: 0 normal, 1 Monday, 6 Saturday, and those of some products. */
const RULES: Record<ServiceRule, (facts: ServiceFacts) => string> = {
  weekday: (facts) => (isForSaturday(facts) ? '6' : isForMonday(facts) ? '1' : '0'),
  saturday: (facts) => (isForSaturday(facts) ? '6' : '0'),
  'same-day': ({ day }) => (weekdayOf(day) === SATURDAY ? '974' : '973'),
  'overseas-pickup': (facts) => (isForSaturday(facts) ? '369' : '368'),
  'europe-pickup': ({ weight }) => (weight <= 3000 ? '337' : '338'),
  plain: () => '0',
  appointment: () => {
    throw new Refused('not-offered', 'Chrono Precise : le créneau se prend chez Chronopost')
  },
}

/** The weekend lies between hand-over and delivery. */
function isForMonday({ day }: ServiceFacts): boolean {
  return weekdayOf(day) === FRIDAY || weekdayOf(day) === SATURDAY
}

/** The `service` code of one parcel. */
export const serviceOf = (rule: ServiceRule, facts: ServiceFacts): string => RULES[rule](facts)
