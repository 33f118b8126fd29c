import { createHmac } from 'node:crypto'

/** What one signed call is made of; `address` has no query, `query` none of the oauth_ members. */
export interface CallToSign {
  method: string
  address: string
  query: Record<string, string>
  key: string
  secret: string
  /** Used once; the shop refuses it the second time. */
  nonce: string
  /** Seconds since 1970; the shop accepts 15 minutes around its own clock. */
  timestamp: number
}

/** Signs a call as OAuth 1.0a without a user (RFC 5849, HMAC-SHA256): WooCommerce wants it on plain http, all in the query. */
export function signedUrl({ method, address, query, key, secret, nonce, timestamp }: CallToSign): string {
  const parameters = {
    ...query,
    oauth_consumer_key: key,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(timestamp),
    oauth_version: '1.0',
  }
  const base = [method, address, queryText(parameters)].map(percentEncode).join('&')
  const signature = createHmac('sha256', `${percentEncode(secret)}&`)
    .update(base)
    .digest('base64')
  return `${address}?${queryText({ ...parameters, oauth_signature: signature })}`
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
