import { createHash } from 'node:crypto'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply, type HttpRequest, jsonOf, readAs } from '../../wire/http.ts'
import { type CodialProblem, problem } from './wire.ts'

/** Where Codial's bridge answers, /v1 included, and the token of the company's file. */
export interface Access {
  url: string
  token: string
}

/** A reply of Codial: its JSON, or its refusal. */
export type CodialReply = { json: unknown } | { problem: CodialProblem }

/** The name of the other side in messages. */
export const WHO = 'Codial'

/** Calls Codial: addresses, token and keys of repetition; answers as it sent them. */
export function openClient({ url, token }: Access) {
  const root = url.replace(/\/+$/, '')
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }

  return {
    async get(path: string, query: Record<string, string> = {}): Promise<CodialReply> {
      const search = new URLSearchParams(query).toString()
      return exchange({ who: WHO, method: 'GET', url: `${root}${path}${search ? `?${search}` : ''}`, headers })
    },
    /** The same key and body again give the first answer. */
    async post(path: string, body: object, key: string): Promise<CodialReply> {
      return exchange({
        who: WHO,
        method: 'POST',
        url: `${root}${path}`,
        headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'idempotency-key': headerKey(key) },
        body: JSON.stringify(body),
      })
    },
  }
}

/** A header takes 1 to 200 plain letters; any other key is replaced by its digest, always the same one. */
const headerKey = (key: string): string =>
  /^[!-~]{1,200}$/.test(key) ? key : createHash('sha256').update(key).digest('hex')

async function exchange(request: HttpRequest): Promise<CodialReply> {
  const reply = await call(request)
  if (reply.status < 300) return { json: jsonOf(reply, WHO) }
  if (reply.status < 400) throw new Unavailable(`${WHO}: HTTP ${reply.status}`)
  if (reply.status === 401 && !isProblem(reply)) throw new Refused('login-refused', WHO)
  return { problem: readAs(problem, jsonOf(reply, WHO), WHO) }
}

const isProblem = (reply: HttpReply): boolean => /json/.test(reply.headers.get('content-type') ?? '')
