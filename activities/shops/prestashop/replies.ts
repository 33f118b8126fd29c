import { z } from 'zod'
import { Unavailable } from '../../../domain/failures.ts'
import { type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { psName } from './wire.ts'
import { xmlIn } from './xml.ts'

const rows = z.array(z.record(z.string(), z.unknown()))

/** The rows of a list; an empty list is a bare `[]`, and the name of a filled one is not always the resource's. */
export function rowsIn(reply: HttpReply, who: string): Record<string, unknown>[] {
  const json = jsonAfterNotices(reply, who)
  if (Array.isArray(json)) return readAs(z.tuple([]), json, who)
  const lists = readAs(z.record(z.string(), rows), json, who)
  const [list] = Object.entries(lists).filter(([name]) => name !== 'errors')
  if (!list) throw new Unavailable(`${who}: HTTP ${reply.status} without a list`)
  return list[1]
}

/** PHP may print its notices before the JSON: it then begins a line, or follows their last tag. */
function jsonAfterNotices(reply: HttpReply, who: string): unknown {
  const printed = new TextDecoder().decode(reply.bytes)
  if (/^\s*[[{]/.test(printed)) return jsonOf(reply, who)
  for (const { index } of printed.slice(0, 100_000).matchAll(/(?<=[>\n]\s*)[[{]/g)) {
    try {
      return JSON.parse(printed.slice(index))
    } catch {}
  }
  return jsonOf(reply, who)
}

const errorCode = z.object({ code: z.coerce.string().regex(/^\d{1,5}$/) })
const jsonErrors = z.object({ errors: z.array(errorCode) })
const xmlErrors = z.object({ errors: z.object({ error: z.array(errorCode).or(errorCode.transform((one) => [one])) }) })

/** The codes of an error answer, in XML or JSON, without PHP's own warnings (3); messages may quote data and are never read. */
export function errorCodesIn(reply: HttpReply, who: string): string[] {
  try {
    const isXml = new TextDecoder().decode(reply.bytes).includes('<prestashop')
    const codes = isXml
      ? xmlErrors.parse(xmlIn(reply, who)).errors.error
      : jsonErrors.parse(jsonAfterNotices(reply, who)).errors
    return codes.map(({ code }) => code).filter((code) => code !== '3')
  } catch {
    return []
  }
}

/** The id of what a write made or changed; "" when the answer does not tell it. */
export function idIn(reply: HttpReply, entity: string): string {
  try {
    return z.object({ [entity]: psName }).parse(xmlIn(reply, entity))[entity]?.id ?? ''
  } catch {
    return ''
  }
}

/** What the key may do, by resource: the attributes of `GET api/`. */
export function rightsIn(reply: HttpReply, who: string): Map<string, Set<string>> {
  const { api } = readAs(z.object({ api: z.record(z.string(), z.unknown()) }), xmlIn(reply, who), who)
  const granted = Object.entries(api).filter(([, row]) => typeof row === 'object' && row !== null)
  return new Map(
    granted.map(([resource, row]) => [
      resource,
      new Set(Object.entries(row as object).flatMap(([name, value]) => (value === 'true' ? [name.slice(1)] : []))),
    ]),
  )
}
