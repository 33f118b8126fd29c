import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { DeliveryMark } from '../../db/webhooks.ts'

/** A shop that may call, and the secret that its webhooks are signed with. */
export interface WebhookSite {
  code: string
  platform: 'woocommerce' | 'prestashop' | 'magento'
  secret: string
}

/** What a call turned out to be: a genuine delivery, WooCommerce's ping at the creation of a hook, or a forged one. */
export type Verdict = { kind: 'genuine'; mark: DeliveryMark } | { kind: 'ping' } | { kind: 'forged' }

/** A call under examination: its body goes through in pieces, none is kept. */
export interface Examination {
  take(piece: Buffer): void
  verdict(): Verdict
}

/** A call of PrestaShop or Magento signed longer ago, or further ahead, than this many milliseconds is refused. */
export const TIMESTAMP_TOLERANCE = 5 * 60_000

/** Bytes of the longest ping: `webhook_id=` and twenty digits. */
const PING_LENGTH = 31

/**
 * Examines one call to a site's webhook address. Nothing of the body is parsed or believed: it only says "look now".
 *
 * **WooCommerce** signs by itself: `X-WC-Webhook-Signature` is the base64 of HMAC-SHA256(raw body, secret of the hook).
 * The delivery id is not signed and is shared by two deliveries of one second, so a delivery is known by id and content.
 *
 * **PrestaShop and Magento Open Source** have no webhooks. A module (PrestaShop: hooks `actionValidateOrder` and
 * `actionOrderStatusPostUpdate`) or an observer (Magento: event `sales_order_save_commit_after`) of the merchant may
 * post to `https://<connector>/webhooks/<site>` like this:
 *
 * ```php
 * $body = json_encode(['order' => (string) $orderId, 'at' => gmdate('Y-m-d\TH:i:s\Z')]);
 * $timestamp = (string) time();                                     // seconds since 1970, UTC
 * $signature = base64_encode(hash_hmac('sha256', $timestamp . '.' . $body, $secret, true));
 * $call = curl_init('https://<connector>/webhooks/<site>');
 * curl_setopt_array($call, [
 *     CURLOPT_POST => true, CURLOPT_POSTFIELDS => $body, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT_MS => 2000,
 *     CURLOPT_HTTPHEADER => ['Content-Type: application/json',
 *         "X-Codial-Timestamp: $timestamp", "X-Codial-Signature: $signature"],
 * ]);
 * curl_exec($call);                                                 // whatever the answer, the order stays placed
 * ```
 *
 * The signed text is the timestamp, a point, and the exact bytes of the body; the timestamp is refused when it is more
 * than five minutes away from our clock. Each site has a secret of its own, of 32 random characters or more. A call
 * that fails need not be sent again: the connector reads the shop every two minutes anyway.
 */
export function examine(o: { site: WebhookSite; headers: IncomingHttpHeaders; now: Date }): Examination {
  const { site, headers, now } = o
  const woo = site.platform === 'woocommerce'
  const given = textOf(headers[woo ? 'x-wc-webhook-signature' : 'x-codial-signature'])
  const timestamp = woo ? '' : textOf(headers['x-codial-timestamp'])
  const seal = createHmac('sha256', site.secret)
  const content = createHash('sha256').update(`${site.code}\n${timestamp}\n`)
  if (!woo) seal.update(`${timestamp}.`)
  let start = ''
  return {
    take(piece) {
      seal.update(piece)
      content.update(piece)
      if (start.length <= PING_LENGTH) start += piece.toString('latin1', 0, PING_LENGTH + 1)
    },
    verdict() {
      const signed = isSame(seal.digest('base64'), given)
      if (woo && isPing(headers, start)) return { kind: 'ping' }
      if (!signed || !(woo || isFresh(timestamp, now))) return { kind: 'forged' }
      return { kind: 'genuine', mark: markOf(content.digest('hex'), textOf(headers['x-wc-webhook-delivery-id'])) }
    },
  }
}

/** Tells whether two texts are the same, in a time that says nothing about either, whatever their lengths. */
export function isSame(expected: string, given: string): boolean {
  const [one, other] = [expected, given].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

function markOf(content: string, deliveryId: string): DeliveryMark {
  return { content, delivery: createHash('sha256').update(`${content}\n${deliveryId}`).digest('hex') }
}

/** The only unsigned call that WooCommerce makes: form-encoded, and no signature at all. */
function isPing(headers: IncomingHttpHeaders, start: string): boolean {
  const isForm = textOf(headers['content-type']).startsWith('application/x-www-form-urlencoded')
  return isForm && headers['x-wc-webhook-signature'] === undefined && /^webhook_id=\d{1,20}$/.test(start)
}

function isFresh(timestamp: string, now: Date): boolean {
  return /^\d{10}$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp) * 1000) <= TIMESTAMP_TOLERANCE
}

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header : '')
