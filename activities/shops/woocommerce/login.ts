import { randomUUID } from 'node:crypto'
import type { HttpRequest } from '../../wire/http.ts'
import { queryText } from '../../wire/oauth.ts'
import { signedUrl } from './oauth.ts'

/** Where the shop is and how we log in to it; `site` is our own name of it. */
export interface Access {
  site: string
  /** The shop's address, with or without /wp-json/wc/v3. */
  url: string
  key: string
  secret: string
}

/** One call of wc/v3; `path` is below it. */
export interface Call {
  method: HttpRequest['method']
  path: string
  query?: Record<string, string>
  body?: unknown
}

/** How the shop is reached (`plain`: without rewritten addresses) and how the key is shown. */
export interface Way {
  door: 'pretty' | 'plain'
  login: 'basic' | 'query' | 'signed'
}

/** Basic over https; on plain http the shop ignores it, so the query is signed instead (contract, 3.1). */
export const firstWay = ({ url }: Access): Way => ({
  door: 'pretty',
  login: new URL(url).protocol === 'http:' ? 'signed' : 'basic',
})

/** Where hosts drop the Authorization header the keys go into the query; a shop that takes itself for plain http wants a signature. */
const NEXT_LOGIN: Record<Way['login'], Way['login'] | null> = { basic: 'query', query: 'signed', signed: null }

/** The way to try when the shop saw nobody log in; null when all were tried. */
export function nextLogin(way: Way): Way | null {
  const login = NEXT_LOGIN[way.login]
  return login && { ...way, login }
}

/** Writes the address and the headers of one call, the key included. */
export function authorised(
  access: Access,
  call: Call,
  way: Way = firstWay(access),
): { url: string; headers: Record<string, string> } {
  const { address, query } = addressOf(access, call, way)
  const { key, secret } = access
  if (way.login === 'signed')
    return { url: visible(signed({ method: call.method, address, query, key, secret })), headers: {} }
  const keys: Record<string, string> = way.login === 'query' ? { consumer_key: key, consumer_secret: secret } : {}
  const text = queryText({ ...query, ...keys })
  const basic = { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }
  return { url: visible(text ? `${address}?${text}` : address), headers: way.login === 'basic' ? basic : {} }
}

/** Over https this login only serves a shop that takes itself for plain http: that is the address it signs. */
function signed(o: {
  method: string
  address: string
  query: Record<string, string>
  key: string
  secret: string
}): string {
  const [nonce, timestamp] = [randomUUID().replaceAll('-', ''), Math.floor(Date.now() / 1000)]
  const { search } = new URL(signedUrl({ ...o, address: o.address.replace(/^https:/, 'http:'), nonce, timestamp }))
  return o.address + search
}

/** WooCommerce looks at keys only where the text of the address holds these words (WC_REST_Authentication). */
const MARK = 'wp-json/wc/'
const visible = (url: string): string => url.replace(`via=${encodeURIComponent(MARK)}`, `via=${MARK}`)

function addressOf({ url }: Access, { path, query = {} }: Call, { door }: Way) {
  const root = url.replace(/\/+$/, '').replace(/\/wp-json(\/wc\/v3)?$/, '')
  if (door === 'pretty') return { address: new URL(`${root}/wp-json/wc/v3/${path}`).href, query }
  const route = { rest_route: `/wc/v3/${decodeURIComponent(path)}`, via: MARK }
  return { address: new URL(`${root}/index.php`).href, query: { ...query, ...route } }
}
