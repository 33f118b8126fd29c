import { TEXTS } from './texts.ts'

/** What a rule found wrong: the code of the carrier, and the member it is about where the message names it. */
export interface Fault {
  id: keyof typeof TEXTS
  detail?: string
}

/** One entry of `messages` as the carrier writes it. */
export interface Message {
  id: string
  type: 'INFOS' | 'SUCCESS' | 'ERROR'
  messageContent: string
  replacementValues: string[]
}

/** A fault in the carrier's words. */
export const messageOf = ({ id, detail }: Fault): Message => ({
  id,
  type: 'ERROR',
  messageContent: detail === undefined ? TEXTS[id] : `${TEXTS[id]} : ${detail}`,
  replacementValues: [],
})

/** The message of a request that went well. */
export const allRight = (type: 'INFOS' | 'SUCCESS' = 'INFOS'): Message => ({
  id: '0',
  type,
  messageContent: 'La requête a été traitée avec succès',
  replacementValues: [],
})

/** Keeps the faults whose condition holds. */
export const faults = (checks: [isBroken: boolean, id: Fault['id'], detail?: string][]): Fault[] =>
  checks.filter(([isBroken]) => isBroken).map(([, id, detail]) => (detail === undefined ? { id } : { id, detail }))
