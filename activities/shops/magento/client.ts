import { randomUUID } from 'node:crypto'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { oauthHeader, queryText } from '../../wire/oauth.ts'
import { type Criteria, criteriaQuery } from './criteria.ts'
import { failureOf } from './errors.ts'
import { mgError, mgName, mgPage } from './replies.ts'

/** How the connector logs in: a token shown as it is, or the four words of an integration, with which each call is signed. */
export type MagentoLogin =
  | { token: string }
  | { consumerKey: string; consumerSecret: string; accessToken: string; accessSecret: string }

/** Where the shop is and how we log in to it; `site` is our own name of it. */
export interface Access {
  site: string
  /** The shop's address, with or without /rest/... */
  url: string
  /** The store view that is read and written; "default" when left out. */
  storeCode?: string
  login: MagentoLogin
}

/** One call of the REST interface; `path` is below V1. */
export interface Call {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  body?: unknown
}

/** A page of any list: rows as the shop sent them, and how many there are in all. */
export interface Rows {
  items: unknown[]
  total: number
}

/** The calls of one shop. */
export type Client = ReturnType<typeof openClient>

/** Calls one shop: addresses, login and lists; answers as the shop sent them. */
export function openClient(access: Access) {
  const who = `Magento ${access.site}`
  let pageSize = 100
  const send = (o: Call) => exchange(access, who, o)
  const get = async (path: string, query?: Record<string, string>) =>
    (await send({ method: 'GET', path, ...(query ? { query } : {}) })).json

  async function list(path: string, criteria: Criteria): Promise<Rows> {
    try {
      const query = criteriaQuery({ ...criteria, pageSize })
      const { items, total_count: total } = readAs(mgPage, await get(path, query), who)
      return { items, total }
    } catch (error) {
      const most = error instanceof PageTooLarge ? error.most : 0
      if (most < 1 || most >= pageSize) throw error
      pageSize = most
      return list(path, criteria)
    }
  }

  return {
    who,
    send,
    get,
    list,
    post: async (path: string, body: unknown) => (await send({ method: 'POST', path, body })).json,
    /** Every row of a short list, each once; the total says when to stop, since 2.3 repeats its last page. */
    async listAll(path: string, criteria: Criteria): Promise<unknown[]> {
      const rows = new Map<number, unknown>()
      for (let page = 1; page <= 1000; page++) {
        const { items, total } = await list(path, { ...criteria, page })
        for (const item of items) rows.set(readAs(mgName.pick({ entity_id: true }), item, who).entity_id, item)
        if (items.length === 0 || page * pageSize >= total) break
      }
      return [...rows.values()]
    },
  }
}

/** The merchant capped the size of pages. */
class PageTooLarge extends Refused {
  readonly most: number
  constructor(detail: string, most: number) {
    super('refused', detail)
    this.most = most
  }
}

async function exchange(access: Access, who: string, o: Call): Promise<{ json: unknown; headers: Headers }> {
  const { url, headers } = authorised(access, o)
  const sent =
    o.body === undefined
      ? { headers }
      : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(o.body) }
  const reply = await call({ who, method: o.method, url, ...sent })
  if (reply.status >= 400) throw refusalOf(reply, who, o.path)
  if (reply.status >= 300) throw new Unavailable(`${who}: HTTP ${reply.status}`)
  return { json: jsonOf(reply, who), headers: reply.headers }
}

/** Bearer for a token; a signature, with a nonce of its own, for the four words of an integration (contract, 4.1). */
export function authorised(
  { url, storeCode = 'default', login }: Access,
  { method, path, query = {} }: Call,
): { url: string; headers: Record<string, string> } {
  const root = url.replace(/\/+$/, '').replace(/\/rest(\/[\w-]+)?(\/V1)?$/, '')
  const address = new URL(`${root}/rest/${storeCode}/V1/${path}`).href
  const text = queryText(query)
  return {
    url: text ? `${address}?${text}` : address,
    headers: { accept: 'application/json', authorization: authorization(login, { method, address, query }) },
  }
}

function authorization(login: MagentoLogin, o: { method: string; address: string; query: Record<string, string> }) {
  if ('token' in login) return `Bearer ${login.token}`
  const { consumerKey: key, consumerSecret: secret, accessToken, accessSecret } = login
  const keys = { key, secret, token: { key: accessToken, secret: accessSecret } }
  const [nonce, timestamp] = [randomUUID().replaceAll('-', ''), Math.floor(Date.now() / 1000)]
  return oauthHeader({ ...o, keys, nonce, timestamp })
}

/** A 401 may be any page; every other refusal speaks JSON, or it is not the shop's. */
function refusalOf(reply: HttpReply, who: string, path: string): Refused | Unavailable {
  const error = mgError.safeParse(readable(reply, who))
  if (!error.success && reply.status === 401) return new Refused('login-refused', who)
  if (!error.success) return new Unavailable(`${who}: HTTP ${reply.status} without readable JSON`)
  const most = /pageSize/i.test(error.data.message) ? maximumIn(error.data.parameters) : 0
  const failure = failureOf({ status: reply.status, error: error.data, who, path })
  return most > 0 ? new PageTooLarge(failure.message, most) : failure
}

function readable(reply: HttpReply, who: string): unknown {
  try {
    return jsonOf(reply, who)
  } catch {
    return null
  }
}

const maximumIn = (parameters: string[] | Record<string, string> | null | undefined): number =>
  Number(Array.isArray(parameters) ? parameters[0] : parameters?.max) || 0
