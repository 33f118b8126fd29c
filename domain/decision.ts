/** What a person may do with a parked step. */
export type DecisionAction = 'retry' | 'skip' | 'cancel'

/** One decision of a person about one parked step; `id` makes a repeat of it harmless. */
export interface Decision {
  id: string
  step: string
  action: DecisionAction
  operator: string
  branch: string | null
  /** Why, in a few words; no names of customers. */
  note?: string
  /** For a step in doubt: the outside number that was found; without it, "retry" says that surely nothing was done. */
  found?: string
}

/** A step that waits for a person, as shown in the console and in the Temporal UI. */
export interface ParkedStep {
  step: string
  code: string
  remedy: string
  maySkip: boolean
  /** ISO moment. */
  since: string
}

/** A request of a person about a whole order or shipment. */
export interface PersonRequest {
  id: string
  operator: string
  branch: string | null
  reason?: string
}
