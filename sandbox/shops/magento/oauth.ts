import { createHmac, timingSafeEqual } from 'node:crypto'
import { badProof, badRequest, Refusal } from './problems.ts'

/** The four secrets of an integration. */
export interface Integration {
  consumerKey: string
  consumerSecret: string
  accessToken: string
  accessSecret: string
}

/** One request, as far as its signature goes; `url` is without the query. */
export interface Signed {
  method: string
  url: string
  query: URLSearchParams
  authorization: string | undefined
}

const REQUIRED = [
  'oauth_consumer_key',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_nonce',
  'oauth_timestamp',
  'oauth_token',
]
const AHEAD_SECONDS = 600
const KEY_LENGTH = 32

/** Compares without telling by its time how much was right. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The parameters of an `Authorization: OAuth` header; none for another header. */
function headerPairs(authorization: string | undefined): [string, string][] {
  const [, list] = /^OAuth\s+(.*)$/is.exec(authorization ?? '') ?? []
  if (list === undefined) return []
  const pairs = [...list.matchAll(/([^\s,="]+)\s*=\s*"([^"]*)"/g)]
  return pairs.map(([, name = '', value = '']) => [decode(name), decode(value)])
}

function signatureOf(o: {
  request: Signed
  pairs: [string, string][]
  secrets: [string, string]
  hash: string
}): string {
  const pairs = o.pairs.filter(([name]) => name !== 'oauth_signature' && name !== 'realm')
  const encoded = pairs.map(([name, value]) => [encode(name), encode(value)] as const)
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const sorted = encoded.sort(([n, v], [m, w]) => order(n, m) || order(v, w))
  const parameters = sorted.map((pair) => pair.join('=')).join('&')
  const text = [o.request.method.toUpperCase(), encode(o.request.url), encode(parameters)].join('&')
  return createHmac(o.hash, o.secrets.map(encode).join('&')).update(text).digest('base64')
}

/** Opens the check of OAuth 1.0a: true when the integration signed the request, false when nobody tried to, else a refusal. */
export function openOAuth(o: {
  integration: Integration
  signatures: Record<string, 'sha1' | 'sha256'>
  now: () => Date
}): (request: Signed) => boolean {
  const nonces = new Map<string, number>()
  return (request) => {
    const pairs: [string, string][] = [...headerPairs(request.authorization), ...request.query]
    const given = new Map(pairs.filter(([name]) => name.startsWith('oauth_')))
    if (given.size === 0) return false
    checkShape(given)
    const method = given.get('oauth_signature_method') ?? ''
    const hash = Object.hasOwn(o.signatures, method) ? o.signatures[method] : undefined
    if (!hash) throw badRequest('Signature method %1 is not supported', [method])
    checkKey(given, o.integration)
    checkMoment(given, { nonces, now: o.now })
    checkToken(given, o.integration)
    const secrets: [string, string] = [o.integration.consumerSecret, o.integration.accessSecret]
    const expected = signatureOf({ request, pairs, secrets, hash })
    if (isSame(given.get('oauth_signature') ?? '', expected)) return true
    throw badProof('The signature is invalid. Verify and try again.')
  }
}

function checkShape(given: Map<string, string>): void {
  const version = given.get('oauth_version')
  if (version !== undefined && version !== '1.0')
    throw badRequest('The "%1" Oauth version isn\'t supported.', [version])
  const message = '"%fieldName" is required. Enter and try again.'
  const errors = REQUIRED.filter((name) => !given.has(name)).map((fieldName) => ({
    message,
    parameters: { fieldName },
  }))
  const [first, ...others] = errors
  if (first && others.length === 0) throw new Refusal(400, first)
  if (first) throw new Refusal(400, { message: 'One or more input exceptions have occurred.', errors })
}

function checkKey(given: Map<string, string>, { consumerKey }: Integration): void {
  const key = given.get('oauth_consumer_key') ?? ''
  if (isSame(key, consumerKey)) return
  if (key.length !== KEY_LENGTH) throw badProof('Consumer key is not the correct length')
  throw badProof('A consumer having the specified key does not exist')
}

function checkToken(given: Map<string, string>, { accessToken }: Integration): void {
  const token = given.get('oauth_token') ?? ''
  if (isSame(token, accessToken)) return
  if (token.length === KEY_LENGTH) throw badProof('Specified token does not exist')
  throw badRequest('The token length is invalid. Check the length and try again.')
}

/** A nonce is used up before the signature is looked at; only moments ahead are refused, late ones are not. */
function checkMoment(given: Map<string, string>, o: { nonces: Map<string, number>; now: () => Date }): void {
  const seconds = Math.floor(o.now().getTime() / 1000)
  const timestamp = Number.parseInt(given.get('oauth_timestamp') ?? '', 10)
  if (!(timestamp > 0 && timestamp <= seconds + AHEAD_SECONDS)) {
    throw badProof('The timestamp value in the oauth_timestamp parameter is invalid.')
  }
  const nonce = given.get('oauth_nonce') ?? ''
  if (o.nonces.has(nonce)) throw badProof('The nonce is already being used by the consumer with ID %1.', ['1'])
  o.nonces.set(nonce, timestamp)
}
