import { createHmac } from 'node:crypto'

/** Who calls: the consumer, and the token of the one who let it in (none for OAuth without a user). */
export interface OAuthKeys {
  key: string
  secret: string
  token?: { key: string; secret: string }
}

/** What one signed call is made of; `address` has no query, `query` none of the oauth_ members. */
export interface CallToSign {
  method: string
  address: string
  query: Record<string, string>
  keys: OAuthKeys
  /** Used once; the other side refuses it the second time. */
  nonce: string
  /** Seconds since 1970. */
  timestamp: number
}

/** Signs a call as OAuth 1.0a (RFC 5849, HMAC-SHA256) and gives its oauth_ members, for a query or a header. */
export function oauthMembers({ method, address, query, keys, nonce, timestamp }: CallToSign): Record<string, string> {
  const members = {
    oauth_consumer_key: keys.key,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(timestamp),
    ...(keys.token ? { oauth_token: keys.token.key } : {}),
    oauth_version: '1.0',
  }
  const base = [method, address, queryText({ ...query, ...members })].map(percentEncode).join('&')
  const secrets = [keys.secret, keys.token?.secret ?? ''].map(percentEncode).join('&')
  return { ...members, oauth_signature: createHmac('sha256', secrets).update(base).digest('base64') }
}

/** Writes the Authorization header of a signed call. */
export function oauthHeader(call: CallToSign): string {
  const members = Object.entries(oauthMembers(call)).map(([name, value]) => `${name}="${percentEncode(value)}"`)
  return `OAuth ${members.join(', ')}`
}

/** Writes a query with its names sorted and every value encoded as RFC 3986 asks (a space is %20). */
export function queryText(query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [
    percentEncode(name),
    percentEncode(value),
  ])
  return pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
