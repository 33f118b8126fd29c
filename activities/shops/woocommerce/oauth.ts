import { oauthMembers, queryText } from '../../wire/oauth.ts'

/** One call to sign; `address` has no query, `query` none of the oauth_ members. */
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

/** Signs a call as OAuth 1.0a without a user: WooCommerce wants it on plain http, all in the query. */
export function signedUrl({ key, secret, ...call }: CallToSign): string {
  const members = oauthMembers({ ...call, keys: { key, secret } })
  return `${call.address}?${queryText({ ...call.query, ...members })}`
}
