import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { parse } from './parse.ts'
import { Problem } from './problems.ts'
import { pageQuery } from './schemas.ts'
import { lookUp, type World } from './world.ts'

/** Answers JSON as the contract writes it. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json; charset=utf-8' } })
}

/** Shows one page of a list; items come in order of change, and `after` a cursor means changed later than it. */
export function page<T>(
  c: Context,
  o: { list: string; items: T[]; rankOf: (item: T) => number; view: (item: T) => unknown },
): Response {
  const { curseur, limite = '100' } = parse(pageQuery, pick(c.req.query()))
  const limit = Number(limite)
  if (limit < 1 || limit > 500) throw new Problem('champ_invalide', 'limite : de 1 à 500', '/limite')
  const after = curseur === undefined ? 0 : readCursor(o.list, curseur)
  const later = o.items.filter((item) => o.rankOf(item) > after).sort((a, b) => o.rankOf(a) - o.rankOf(b))
  const elements = later.slice(0, limit)
  const last = elements.at(-1)
  const next = writeCursor(o.list, last === undefined ? after : o.rankOf(last))
  return json({ elements: elements.map(o.view), curseur_suivant: next, termine: later.length <= limit })
}

const pick = ({ curseur, limite }: Record<string, string>) => ({ curseur, limite })

const writeCursor = (list: string, rank: number): string => Buffer.from(`${list}:${rank}`).toString('base64url')

function readCursor(list: string, cursor: string): number {
  const [name, rank = ''] = Buffer.from(cursor, 'base64url').toString().split(':')
  if (name !== list || !/^\d{1,12}$/.test(rank)) throw new Problem('champ_invalide', 'curseur illisible', '/curseur')
  return Number(rank)
}

/** What an act answers, and whether it created something. */
export interface Outcome {
  status?: 200 | 201
  body: object
}

/**
 * Does what a POST asks once per `Idempotency-Key`: the same key and bytes get the first answer again with status 200,
 * other bytes or another address are `cle_reutilisee`. A refusal changed nothing and does not use the key up.
 */
export async function once(c: Context, world: World, act: (body: unknown) => Outcome): Promise<Response> {
  const key = c.req.header('Idempotency-Key') ?? ''
  if (key.length < 1 || key.length > 200)
    throw new Problem('champ_invalide', 'Idempotency-Key : 1 à 200 caractères', '/Idempotency-Key')
  const text = await c.req.text()
  const [name, request] = [digest(key), digest(`${c.req.path}\n${text}`)]
  const known = lookUp(world.state.answers, name)
  if (known && known.request !== request)
    throw new Problem('cle_reutilisee', 'cette clé a déjà servi à une autre demande')
  if (known) return json(known.body)
  const { status = 200, body } = act(readJson(c, text))
  world.state.answers[name] = { request, body }
  world.save()
  return json(body, status)
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

function readJson(c: Context, text: string): unknown {
  if (text === '') return {}
  const isJson = /^application\/json(;\s*charset=utf-8)?$/i.test(c.req.header('Content-Type') ?? '')
  if (!isJson) throw new Problem('champ_invalide', 'Content-Type : application/json; charset=utf-8', '/Content-Type')
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('champ_invalide', "le corps n'est pas du JSON", '')
  }
}
