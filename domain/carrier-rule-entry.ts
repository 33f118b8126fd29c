import { type Bounds, type CarrierRule, NO_METHOD } from './carrier-choice.ts'
import { servicesOf } from './carrier-services.ts'
import { countryName, countryOf } from './countries.ts'
import { decimalOf, unitsOf } from './money.ts'

/** A rule as a person types it: kilograms and euros with a comma, countries by code or by name. */
export interface RuleEntry {
  methods: string[]
  countries: string
  weightFrom: string
  weightTo: string
  amountFrom: string
  amountTo: string
  /** "yes", "no", or "" for both. */
  pickup: string
  carrier: string
  service: string
}

/** What is wrong with one field of an entry, in French. */
export interface RuleProblem {
  field: keyof RuleEntry
  text: string
}

/** An entry without conditions, to start from. */
export const EMPTY_ENTRY: RuleEntry = {
  methods: [],
  countries: '',
  weightFrom: '',
  weightTo: '',
  amountFrom: '',
  amountTo: '',
  pickup: '',
  carrier: '',
  service: '',
}

const MOST_METHODS = 50
const LONGEST_METHOD = 200

/** Reads what a person typed as a rule, or says what is wrong at which field; `carriers` are the codes that may be chosen. */
export function parseRule(
  entry: RuleEntry,
  carriers: readonly string[],
): { rule: CarrierRule } | { problems: RuleProblem[] } {
  const problems: RuleProblem[] = []
  const note = (field: keyof RuleEntry, text: string): void => void problems.push({ field, text })
  const rule: CarrierRule = {
    methods: methodsIn(entry, note),
    countries: countriesIn(entry, note),
    weight: boundsIn(entry, WEIGHT, note),
    amount: boundsIn(entry, AMOUNT, note),
    pickup: entry.pickup === '' ? null : entry.pickup === 'yes',
    choice: choiceIn(entry, carriers, note),
  }
  if (!['', 'yes', 'no'].includes(entry.pickup)) note('pickup', 'Choisissez dans la liste.')
  return problems.length > 0 ? { problems } : { rule }
}

type Note = (field: keyof RuleEntry, text: string) => void

const orNull = (list: string[]): string[] | null => (list.length > 0 ? [...new Set(list)] : null)

function methodsIn({ methods }: RuleEntry, note: Note): string[] | null {
  const codes = methods.map((code) => code.trim())
  const long = codes.find((code) => code.length > LONGEST_METHOD)
  if (long) note('methods', `Le code « ${long.slice(0, 30)}… » est trop long (${LONGEST_METHOD} caractères au plus).`)
  if (codes.length > MOST_METHODS) note('methods', `Pas plus de ${MOST_METHODS} modes dans une règle.`)
  return orNull(codes)
}

function countriesIn({ countries }: RuleEntry, note: Note): string[] | null {
  const named = countries.split(/[,;\n]/).flatMap((text) => text.trim() || [])
  const codes = named.map((text) => ({ text, code: countryOf(text) }))
  const unknown = codes.flatMap(({ text, code }) => (code ? [] : [`« ${text.slice(0, 30)} »`]))
  if (unknown.length > 0)
    note(
      'countries',
      `Pays inconnu : ${unknown.slice(0, 3).join(', ')}. Écrivez un nom ou un code, par exemple Belgique ou BE.`,
    )
  return orNull(codes.flatMap(({ code }) => code ?? []))
}

interface Measure {
  from: 'weightFrom' | 'amountFrom'
  to: 'weightTo' | 'amountTo'
  /** Decimals of the typed unit that make one of ours: 3 for grams in a kilogram. */
  places: number
  most: number
  unit: RegExp
  wrong: string
}

const WEIGHT: Measure = {
  from: 'weightFrom',
  to: 'weightTo',
  places: 3,
  most: 1_000_000,
  unit: /kg$/i,
  wrong: 'Écrivez un poids en kilos, de 0 à 1000, par exemple 2,5.',
}
const AMOUNT: Measure = {
  from: 'amountFrom',
  to: 'amountTo',
  places: 2,
  most: 100_000_000,
  unit: /(€|eur)$/i,
  wrong: 'Écrivez un montant en euros, de 0 à 1000000, par exemple 49,90.',
}

function boundsIn(entry: RuleEntry, measure: Measure, note: Note): Bounds | null {
  const [from, to] = [numberIn(entry, measure.from, measure, note), numberIn(entry, measure.to, measure, note)]
  if (from === null && to === null) return null
  if (to !== null && to <= (from ?? 0)) note(measure.to, 'La limite haute doit dépasser la limite basse.')
  return { from: from ?? 0, to }
}

function numberIn(entry: RuleEntry, field: Measure['from' | 'to'], { places, most, unit, wrong }: Measure, note: Note) {
  const text = entry[field].replace(/\s/g, '').replace(unit, '').replace(',', '.')
  if (text === '') return null
  const units = unitsOf(text, places)
  if (units !== null && units >= 0n && units <= BigInt(most)) return Number(units)
  note(field, wrong)
  return null
}

function choiceIn(entry: RuleEntry, carriers: readonly string[], note: Note): CarrierRule['choice'] {
  const [carrier, service] = [entry.carrier.trim().toUpperCase(), entry.service.trim().toUpperCase()]
  const known = servicesOf(carrier)
  if (!carriers.includes(carrier))
    note(
      'carrier',
      carrier ? `Le transporteur ${carrier.slice(0, 20)} n’est pas relié.` : 'Choisissez un transporteur.',
    )
  else if (!(known?.shape ?? /^[A-Z0-9]{1,10}$/).test(service))
    note('service', `Un service de ${carrier} s’écrit en ${known?.shapeWords ?? '1 à 10 lettres ou chiffres'}.`)
  return { carrier, service }
}

/** A rule as a person would have typed it; `parseRule` gives the same rule back. */
export const entryOf = ({ methods, countries, weight, amount, pickup, choice }: CarrierRule): RuleEntry => ({
  methods: methods ?? [],
  countries: countries?.map(countryName).join(', ') ?? '',
  weightFrom: typed(weight?.from, WEIGHT),
  weightTo: typed(weight?.to, WEIGHT),
  amountFrom: typed(amount?.from, AMOUNT),
  amountTo: typed(amount?.to, AMOUNT),
  pickup: pickup === null ? '' : pickup ? 'yes' : 'no',
  ...choice,
})

const typed = (value: number | null | undefined, { places }: Measure): string =>
  value == null
    ? ''
    : decimalOf(value, places)
        .replace(/\.?0+$/, '')
        .replace('.', ',')

/** Reads a list of method codes typed with commas; an order without a method is chosen apart. */
export const methodsOf = (text: string): string[] => text.split(/[,;\n]/).flatMap((code) => code.trim() || [])

/** True when a rule also takes orders whose shop names no delivery method. */
export const takesNoMethod = ({ methods }: Pick<RuleEntry, 'methods'>): boolean => methods.includes(NO_METHOD)
