import { Refused, Unavailable } from '../../../domain/failures.ts'
import { call, type HttpReply, jsonOf, readAs } from '../../wire/http.ts'
import { type Access, authorised, type Call, firstWay, nextLogin, type Way } from './login.ts'
import { wcError, wcPage } from './wire.ts'

/** One answer as the shop sent it. */
export interface Answer {
  json: unknown
  headers: Headers
}

/** The calls of one shop. */
export type Client = ReturnType<typeof openClient>

/** Calls one shop: addresses, login and paging; answers as the shop sent them. */
export function openClient(access: Access) {
  const who = `WooCommerce ${access.site}`
  let way = firstWay(access) // then whatever worked last
  const send = async (o: Call): Promise<Answer> => {
    const found = await findWay({ access, who, way, call: o })
    way = isOurs(found.reply, who) ? found.way : firstWay(access)
    return answerOf(found.reply, who, o.path)
  }

  return {
    who,
    send,
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

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends one call in the way that worked last; a reply that proves that nothing was done lets it be sent in the next way. */
async function findWay(o: {
  access: Access
  who: string
  way: Way
  call: Call
}): Promise<{ reply: HttpReply; way: Way }> {
  const { access, who, way } = o
  const { method, body } = o.call
  const { url, headers } = authorised(access, o.call, way)
  const sent = body === undefined ? { headers } : { headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(body) }
  const reply = await call({ who, method, url, ...sent })
  const next = nextWay(reply, way, who)
  if (!next) return { reply, way }
  const found = await findWay({ ...o, way: next })
  return isOurs(found.reply, who) ? found : { reply, way }
}

/** The way to try after this reply: other addresses when WordPress has none of ours, another login when it saw nobody. */
function nextWay(reply: HttpReply, way: Way, who: string): Way | null {
  if (reply.status === 404 && way.door === 'pretty' && !codeIn(reply, who)) return { ...way, door: 'plain' }
  return isNobody(reply, who) ? nextLogin(way) : null
}

/** 401 with the words of a right that is missing: nobody is logged in (a wrong secret has other words). */
const isNobody = (reply: HttpReply, who: string): boolean =>
  reply.status === 401 && codeIn(reply, who).startsWith('woocommerce_rest_cannot_')

/** True when the shop's own programme answered, knowing us. */
const isOurs = (reply: HttpReply, who: string): boolean =>
  reply.status < 400 ? isJson(reply, who) : codeIn(reply, who) !== '' && !isNobody(reply, who)

function isJson(reply: HttpReply, who: string): boolean {
  try {
    return jsonOf(reply, who) !== undefined
  } catch {
    return false
  }
}

function answerOf(reply: HttpReply, who: string, path: string): Answer {
  if (reply.status === 401) {
    const code = codeIn(reply, who)
    throw new Refused('login-refused', code ? `${who}, ${code}` : who)
  }
  const json = jsonOf(reply, who)
  if (reply.status >= 400) throw refusalOf(json, who, path)
  if (reply.status >= 300) throw new Unavailable(`${who}: HTTP ${reply.status}`)
  return { json, headers: reply.headers }
}

/** The code of an error of WordPress; empty for anything else. */
function codeIn(reply: HttpReply, who: string): string {
  try {
    return wcError.parse(jsonOf(reply, who)).code
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
