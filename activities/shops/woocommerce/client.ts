import { randomUUID } from 'node:crypto'
import { Refused, Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply, type HttpRequest, jsonOf, readAs } from '../../wire/http.ts'
import { queryText, signedUrl } from './oauth.ts'
import { wcError, wcPage } from './wire.ts'

/** Where the shop is and how we log in to it; `site` is our own name of it. */
export interface Access {
  site: string
  /** The shop's address, with or without /wp-json/wc/v3. */
  url: string
  key: string
  secret: string
}

interface Call {
  method: HttpRequest['method']
  /** Below /wp-json/wc/v3. */
  path: string
  query?: Record<string, string>
  body?: unknown
}

/** Calls one shop: addresses, login and paging; answers as the shop sent them. */
export function openClient(access: Access) {
  const who = `WooCommerce ${access.site}`
  const send = (o: Call) => exchange(access, who, o)

  return {
    who,
    /** One page of the orders changed after a moment, on the shop's own GMT clock, strictly. */
    async listOrders({
      since,
      page,
    }: {
      since: string
      page: number
    }): Promise<{ orders: unknown[]; next: number | null }> {
      const query = {
        modified_after: new Date(since).toISOString().slice(0, 19), // a Z beside dates_are_gmt would shift by the zone
        dates_are_gmt: 'true',
        orderby: 'modified',
        order: 'asc',
        per_page: '100',
        page: String(page),
      }
      const { json, headers } = await send({ method: 'GET', path: 'orders', query })
      const orders = readAs(wcPage, json, who)
      const pages = headers.get('x-wp-totalpages')
      const isMore = pages === null ? orders.length === 100 : page < Number(pages)
      return { orders, next: isMore ? page + 1 : null }
    },
    async getOrder(webId: string, query: Record<string, string> = {}): Promise<unknown> {
      return (await send({ method: 'GET', path: orderPath(webId), query })).json
    },
    async putOrder(webId: string, body: object): Promise<unknown> {
      return (await send({ method: 'PUT', path: orderPath(webId), body })).json
    },
    async listNotes(webId: string, query: { type?: 'customer' } = {}): Promise<unknown> {
      return (await send({ method: 'GET', path: `${orderPath(webId)}/notes`, query })).json
    },
    async postNote(webId: string, body: { note: string; customer_note: boolean }): Promise<unknown> {
      return (await send({ method: 'POST', path: `${orderPath(webId)}/notes`, body })).json
    },
  }
}

const orderPath = (webId: string): string => `orders/${encodeURIComponent(webId)}`

async function exchange(access: Access, who: string, o: Call): Promise<{ json: unknown; headers: Headers }> {
  const { url, headers } = authorised(access, o)
  const body = o.body === undefined ? {} : { body: JSON.stringify(o.body) }
  const reply = await call({
    who,
    method: o.method,
    url,
    headers: { ...headers, ...(o.body ? JSON_TYPE : {}) },
    ...body,
  })
  if (reply.status === 401) throw new Refused('login-refused', `${who}${codeIn(reply, who)}`)
  const json = jsonOf(reply, who)
  if (reply.status >= 400) throw refusalOf(json, who, o.path)
  if (reply.status >= 300) throw new Unavailable(`${who}: HTTP ${reply.status}`)
  return { json, headers: reply.headers }
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Basic over https; on plain http the shop ignores it, so the query is signed instead (contract, 3.1). */
export function authorised(
  access: Access,
  { method, path, query = {} }: Call,
): { url: string; headers: Record<string, string> } {
  const root = access.url.replace(/\/+$/, '').replace(/\/wp-json(\/wc\/v3)?$/, '')
  const { protocol, href } = new URL(`${root}/wp-json/wc/v3/${path}`)
  const { key, secret } = access
  if (protocol === 'http:') {
    const [nonce, timestamp] = [randomUUID().replaceAll('-', ''), Math.floor(Date.now() / 1000)]
    return { url: signedUrl({ method, address: href, query, key, secret, nonce, timestamp }), headers: {} }
  }
  const text = queryText(query)
  const basic = Buffer.from(`${key}:${secret}`).toString('base64')
  return { url: text ? `${href}?${text}` : href, headers: { authorization: `Basic ${basic}` } }
}

function codeIn(reply: HttpReply, who: string): string {
  try {
    return `, ${wcError.parse(jsonOf(reply, who)).code}`
  } catch {
    return ''
  }
}

/** What a 4xx means: the shop's own code, the names of bad parameters, never its message. */
function refusalOf(json: unknown, who: string, path: string): Refused {
  const { code, data } = readAs(wcError, json, who)
  if (code.endsWith('_invalid_id')) {
    return new Refused('refused', `${who} ne connaît pas la commande ${decodeURIComponent(path.split('/')[1] ?? '')}`)
  }
  if (code.startsWith('woocommerce_rest_cannot_')) return new Refused('login-refused', `${who}, ${code}`)
  const fields = Object.keys(data?.params ?? {}).join(', ')
  return new Refused('refused', `${who}, ${code}${fields ? ` : ${fields}` : ''}`)
}
