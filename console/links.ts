import { createHmac, timingSafeEqual } from 'node:crypto'

/** What makes a link readable without signing in: one document, until a moment. */
export interface SignedDocument {
  document: string
  secret: string
  /** Seconds since 1970. */
  expires: number
}

/** An address under which a customer opens one document until it expires: `<base>/f/<document>?e=<expires>&s=<hmac>`. */
export function signedLink({ base, ...signed }: SignedDocument & { base: string }): string {
  return `${base.replace(/\/+$/, '')}/f/${encodeURIComponent(signed.document)}?e=${signed.expires}&s=${signatureOf(signed)}`
}

/** True when the signature is ours and the link has not expired; takes the same time whatever is wrong. */
export function isSignedLink(o: SignedDocument & { signature: string; now?: number }): boolean {
  const { signature, now = Date.now() / 1000, ...signed } = o
  const [given, right] = [digest(signature), digest(signatureOf(signed))]
  return timingSafeEqual(given, right) && Number.isSafeInteger(signed.expires) && signed.expires > now
}

/** A key of its own for links: a signature made here is worth nothing as a session, nor the reverse. */
function signatureOf({ document, secret, expires }: SignedDocument): string {
  const key = createHmac('sha256', secret).update('document link').digest()
  return createHmac('sha256', key).update(`${expires}:${document}`).digest('base64url')
}

/** Texts of any length become equally long, as the comparison asks. */
const digest = (text: string): Buffer => createHmac('sha256', 'length').update(text).digest()
