import type { z } from 'zod'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import type { mgError } from './replies.ts'

type MgError = z.output<typeof mgError>
type Message = Pick<MgError, 'message' | 'parameters'>

/** Failures that pass by themselves but arrive as 400 (contract, 4.1). */
const PASSING = /deadlock|lock wait timeout|try restarting transaction/i
/** Values that people wrote: they may name a person. */
const PERSONAL = /value|email|name$|phone|street|address/i
const NAMES_A_FIELD = /^(field|attribute|method|parameter|class)name$/i
const CODE = /^[\w:.,\\ %-]{1,80}$/

/** The first message with its parameters put in, of which those that could be personal are left out. */
export function messageOf(error: MgError): string {
  const all = error.errors.length > 0 ? error.errors : [error]
  const told = all.slice(0, 3).map(filledIn)
  return [...new Set(told)].join(' ').slice(0, 160)
}

function filledIn({ message, parameters }: Message): string {
  const values = new Map(
    Array.isArray(parameters)
      ? parameters.map((value, i): [string, string] => [String(i + 1), shown('', value)])
      : Object.entries(parameters ?? {}).map(([name, value]): [string, string] => [name, shown(name, value)]),
  )
  const filled = message.replace(/%(\w+)/g, (whole, name: string) => values.get(name) ?? whole)
  return withoutPeople(filled).replace(/\s+/g, ' ').trim()
}

function shown(name: string, value: string): string {
  const isPersonal = PERSONAL.test(name) && !NAMES_A_FIELD.test(name)
  const isCode = name === '' ? /^[\w:.\\-]{1,40}$/.test(value) : CODE.test(value)
  return isPersonal || !isCode ? '…' : value
}

/** Mail addresses and telephone numbers never leave. */
const withoutPeople = (text: string): string => text.replace(/\S+@\S+/g, '…').replace(/\+?\d(?:[\s.-]?\d){8,}/g, '…')

/** What a reply of 400 and above means. */
export function failureOf(o: { status: number; error: MgError; who: string; path: string }): Refused | Unavailable {
  const { status, error, who, path } = o
  const message = messageOf(error)
  if (status === 401) return new Refused('login-refused', `${who}, ${message}`)
  if (PASSING.test(error.message)) return new Unavailable(`${who}: ${message}`)
  const order = /^orders?\/(\d+)/.exec(path)?.[1]
  if (status === 404 && order && !/route/i.test(message))
    return new Refused('refused', `${who} ne connaît pas la commande ${order}`)
  return new Refused('refused', `${who}, ${message}`)
}
