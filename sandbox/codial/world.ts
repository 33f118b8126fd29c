import { type Ledger, openLedger, openStore } from '../kit.ts'
import type { CodialEvent, CodialState } from './model.ts'

/** One running Codial: what it remembers, what it counts, what time it is. */
export interface World {
  state: CodialState
  ledger: Ledger
  now(): Date
  /** Writes everything down; called once at the end of each act, so that an effect and its answer are kept together. */
  save(): void
}

/** Opens the state file of a Codial, or a new one in memory. */
export function openWorld(o: { file?: string | undefined; now: () => Date }): World {
  const store = openStore<CodialState>(o.file, () => ({
    counters: {},
    sequences: {},
    changes: 0,
    orders: {},
    byWebReference: {},
    deliveryNotes: {},
    invoices: {},
    events: [],
    answers: {},
  }))
  const ledger = openLedger({ data: store.data, save() {} })
  return { state: store.data, ledger, now: o.now, save: () => store.save() }
}

/** The next number of a series without gaps, such as CC26-000123; `year` is the document's. */
export function nextNumber(world: World, series: 'CC' | 'BL' | 'FA' | 'AV', year: string = today(world)): string {
  const prefix = `${series}${year.slice(2, 4)}`
  const next = (world.state.sequences[prefix] ?? 0) + 1
  world.state.sequences[prefix] = next
  return `${prefix}-${String(next).padStart(6, '0')}`
}

/** The moment, as written into documents. */
export const moment = (world: World): string => world.now().toISOString()

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' })

/** The day in France, YYYY-MM-DD. */
export const today = (world: World): string => PARIS.format(world.now())

/** The rank of a change: lists come in this order. */
export function nextChange(world: World): number {
  world.state.changes += 1
  return world.state.changes
}

/** Who does it, and for which branch. */
export interface Actor {
  operateur: string
  agence: string
}

/** Adds a fact to the change feed. */
export function emit(world: World, actor: Actor, type: CodialEvent['type'], payload: Record<string, unknown>): void {
  const id = String(world.state.events.length + 1).padStart(12, '0')
  const { operateur, agence } = actor
  world.state.events.push({ id, type, le: moment(world), operateur, agence, ...payload })
}

/** Looks a key up without ever meeting what every object inherits. */
export function lookUp<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
