import type { ZodType, z } from 'zod'
import { Unavailable } from '../../domain/failures.ts'

/** One HTTP call to the outside; `who` names the other side in messages, which never hold URLs, headers or bodies. */
export interface HttpRequest {
  who: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  /** Milliseconds; stays below every activity's startToCloseTimeout. */
  timeout?: number
  /** True for a 5xx reply that the caller reads itself, such as a SOAP fault; without it every 5xx throws. */
  reads5xx?: (reply: HttpReply) => boolean
}

/** A reply below 500 that is not 429, or a 5xx that was asked for; what a 4xx means is the adapter's business. */
export interface HttpReply {
  status: number
  headers: Headers
  bytes: Uint8Array<ArrayBuffer>
}

/** Faults that prove that no request left this machine (carriers.md, section 0). */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_SSL_.*)$/

/** Calls the outside once; every fault that says nothing about the request itself becomes an `Unavailable`. */
export async function call({
  who,
  method,
  url,
  headers = {},
  body,
  timeout = 30_000,
  reads5xx = () => false,
}: HttpRequest): Promise<HttpReply> {
  const reply = await exchange({ who, method, url, headers, body, timeout })
  if (reply.status === 429)
    throw new Unavailable(`${who}: too many requests`, { nothingHappened: true, ...retryAfter(reply.headers) })
  if (reply.status >= 500 && !reads5xx(reply))
    throw new Unavailable(`${who}: HTTP ${reply.status}`, retryAfter(reply.headers))
  return reply
}

async function exchange(
  o: Required<Omit<HttpRequest, 'body' | 'reads5xx'>> & Pick<HttpRequest, 'body'>,
): Promise<HttpReply> {
  try {
    const response = await fetch(o.url, {
      method: o.method,
      headers: o.headers,
      ...(o.body === undefined ? {} : { body: o.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(o.timeout),
    })
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    const code = faultCode(error)
    throw new Unavailable(`${o.who}: ${code}`, { nothingHappened: NEVER_SENT.test(code) })
  }
}

function faultCode(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof AggregateError) return faultCode(cause.errors[0])
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code && !/^\d+$/.test(code) ? code : cause instanceof Error ? cause.name : 'network fault'
}

function retryAfter(headers: Headers): { retryAfterMs?: number } {
  const value = headers.get('retry-after')
  if (!value) return {}
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return ms > 0 ? { retryAfterMs: Math.min(ms, 3_600_000) } : {}
}

/**
 * Reads a reply's body as JSON. Byte order marks, HTML comments and notices of PHP before it are let through, since
 * hosts that show errors put them there; anything else, such as a host's HTML page, is `Unavailable`.
 */
export function jsonOf(reply: HttpReply, who: string): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(reply.bytes)
    return JSON.parse(text.replace(NOISE, ''))
  } catch {
    throw new Unavailable(`${who}: HTTP ${reply.status} without readable JSON`)
  }
}

/** What may stand before a JSON text: blanks (U+FEFF is one), comments, and "Notice: ... in file.php on line 12" with or without tags. */
const NOISE =
  /^(?:\s|<!--[\s\S]*?-->|(?:<br\s*\/?>\s*)?(?:<b>)?(?:PHP )?(?:Notice|Warning|Deprecated|Strict Standards)(?:<\/b>)?:[\s\S]{1,2000}? on line (?:<b>)?\d+(?:<\/b>)?(?:\s*<br\s*\/?>)?)+/

/** Checks a message from outside once, at the door; a shape we do not know is `Unavailable` and names the first field. */
export function readAs<S extends ZodType>(schema: S, value: unknown, who: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Unavailable(`${who}: unexpected reply at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`)
}
