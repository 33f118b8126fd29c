import { createHmac, timingSafeEqual } from 'node:crypto'
import { badCredentials } from './replies.ts'

/** The one key of the shop and what it may do. */
export interface ApiKey {
  key: string
  secret: string
  permissions: 'read' | 'write' | 'read_write'
}

/** One request, as far as proving who sent it goes; `url` is without the query. */
export interface Presented {
  method: string
  url: string
  query: URLSearchParams
  isSecure: boolean
  authorization: string | undefined
}

const VALID_SECONDS = 15 * 60
const OAUTH = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const

const isSame = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** The OAuth 1.0a signature of a one-legged request (key `secret&`), in base64; `oauth_signature` itself is left out. */
export function signatureOf(o: {
  method: string
  url: string
  query: URLSearchParams
  secret: string
  algorithm: 'sha1' | 'sha256'
}): string {
  const pairs = [...o.query]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [encode(name), encode(value)])
  const sorted = pairs.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))
  const parameters = sorted.map(([name, value]) => `${name}=${value}`).join('&')
  const text = [o.method.toUpperCase(), encode(o.url), encode(parameters)].join('&')
  return createHmac(o.algorithm, `${o.secret}&`).update(text).digest('base64')
}

/** Opens the gate: it tells who is logged in, tells nobody (false), or refuses; nonces are remembered while their time is valid. */
export function openGate(o: { apiKey: ApiKey; now: () => Date }): (request: Presented) => boolean {
  const { apiKey } = o
  const nonces = new Map<string, number>()
  return (request) => {
    const isKnown =
      (request.isSecure && checkBasic(request, apiKey)) || checkOAuth(request, apiKey, { nonces, now: o.now })
    if (isKnown) checkPermission(request.method, apiKey)
    return isKnown
  }
}

/** Basic, or both keys in the query: only over TLS; an unknown key is nobody, a wrong secret is refused. */
function checkBasic({ query, authorization }: Presented, apiKey: ApiKey): boolean {
  const given = query.has('consumer_key') && query.has('consumer_secret') ? fromQuery(query) : fromHeader(authorization)
  if (given?.key !== apiKey.key) return false
  if (!isSame(given.secret, apiKey.secret)) throw badCredentials('Consumer secret is invalid.')
  return true
}

const fromQuery = (query: URLSearchParams) => ({
  key: query.get('consumer_key') ?? '',
  secret: query.get('consumer_secret') ?? '',
})

function fromHeader(authorization: string | undefined): { key: string; secret: string } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const [key = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { key, secret: secret.join(':') }
}

function checkOAuth(request: Presented, apiKey: ApiKey, o: { nonces: Map<string, number>; now: () => Date }): boolean {
  const { query } = request
  const missing = OAUTH.filter((name) => !query.get(name))
  if (missing.length === OAUTH.length) return false
  if (missing.length > 0) {
    const message = `Missing OAuth parameter${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`
    throw badCredentials(message, 'woocommerce_rest_authentication_missing_parameter')
  }
  if (query.get('oauth_consumer_key') !== apiKey.key) throw badCredentials('Consumer key is invalid.')
  checkSignature(request, apiKey)
  checkMoment(query, o)
  return true
}

function checkSignature({ method, url, query }: Presented, { secret }: ApiKey): void {
  const name = query.get('oauth_signature_method')
  if (name !== 'HMAC-SHA1' && name !== 'HMAC-SHA256')
    throw badCredentials('Invalid signature - signature method is invalid.')
  const expected = signatureOf({ method, url, query, secret, algorithm: name === 'HMAC-SHA1' ? 'sha1' : 'sha256' })
  const given = (query.get('oauth_signature') ?? '').replaceAll(' ', '+')
  if (!isSame(given, expected)) throw badCredentials('Invalid signature - provided signature does not match.')
}

function checkMoment(query: URLSearchParams, { nonces, now }: { nonces: Map<string, number>; now: () => Date }): void {
  const seconds = Math.floor(now().getTime() / 1000)
  const timestamp = Number.parseInt(query.get('oauth_timestamp') ?? '', 10)
  if (!(Math.abs(timestamp - seconds) <= VALID_SECONDS)) throw badCredentials('Invalid timestamp.')
  for (const [nonce, until] of nonces) if (until < seconds) nonces.delete(nonce)
  const nonce = query.get('oauth_nonce') ?? ''
  if (nonces.has(nonce)) throw badCredentials('Invalid nonce - nonce has already been used.')
  nonces.set(nonce, timestamp + VALID_SECONDS)
}

function checkPermission(method: string, { permissions }: ApiKey): void {
  const isReading = method === 'GET' || method === 'HEAD'
  if (isReading && permissions === 'write') throw badCredentials('The API key provided does not have read permissions.')
  if (!isReading && permissions === 'read')
    throw badCredentials('The API key provided does not have write permissions.')
}
