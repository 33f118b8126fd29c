import { createHash, createHmac } from 'node:crypto'
import type { Order, Webhook } from './model.ts'
import type { OrderEvent, Shop } from './shop.ts'
import { showOrder } from './view.ts'

/** What goes wrong with the next deliveries: lost, sent twice, sent in the wrong order. */
export interface DeliveryTroubles {
  lose: number
  double: number
  shuffle: boolean
}

/** The job queue of WordPress, as far as webhooks go. */
export interface Deliveries {
  troubles: DeliveryTroubles
  ping(hook: Webhook): void
  /** Resolves when everything that waited was sent, or given up. */
  flush(): Promise<void>
  stop(): void
}

interface Job {
  hook: Webhook
  /** Null: the ping of a new webhook. */
  order: Order | null
}

/** More failures in a row than this put a webhook out. */
const MAX_FAILURES = 5
const USER_AGENT = 'WooCommerce/10.4.3 Hookshot (WordPress/6.8.3)'

/** Opens the queue: it hears of every order and tells the webhooks, once each, never again when it failed. */
export function openDeliveries(shop: Shop, home: () => string): Deliveries {
  const troubles: DeliveryTroubles = { lose: 0, double: 0, shuffle: false }
  const closing = new AbortController()
  let waiting: Job[] = []
  let running: Promise<void> = Promise.resolve()

  const add = (job: Job): void => {
    if (waiting.some(({ hook, order }) => hook === job.hook && order === job.order)) return
    if (waiting.length === 0) running = running.then(nextTurn).then(drain)
    waiting.push(job)
  }
  const drain = async (): Promise<void> => {
    const jobs = troubles.shuffle ? waiting.toReversed() : waiting
    waiting = []
    for (const job of jobs) if (!closing.signal.aborted) await sendWithTroubles(job)
    shop.store.save()
  }
  const sendWithTroubles = async (job: Job): Promise<void> => {
    if (job.order && troubles.lose > 0) {
      troubles.lose -= 1
      return
    }
    await post(shop, { job, home: home(), signal: closing.signal })
    if (!job.order || troubles.double === 0) return
    troubles.double -= 1
    await post(shop, { job, home: home(), signal: closing.signal })
  }
  shop.onEvent = (event, order) => {
    for (const hook of hooksFor(shop, event)) add({ hook, order })
  }
  return {
    troubles,
    ping: (hook) => add({ hook, order: null }),
    async flush() {
      for (let seen: Promise<void> | null = null; seen !== running; ) {
        seen = running
        await seen
      }
    },
    stop: () => closing.abort(),
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

const hooksFor = (shop: Shop, event: OrderEvent): Webhook[] =>
  (shop.store.data.webhooks ?? []).filter(({ status, topic }) => status === 'active' && topic === `order.${event}`)

/** What is sent is the order as it is now, not as it was when the webhook was called for. */
async function post(shop: Shop, o: { job: Job; home: string; signal: AbortSignal }): Promise<void> {
  const { hook, order } = o.job
  const { body, headers } = order ? letterOf(shop, { hook, order, home: o.home }) : pingOf(hook)
  const signal = AbortSignal.any([o.signal, AbortSignal.timeout(60_000)])
  const isTaken = await fetch(hook.delivery_url, {
    method: 'POST',
    body,
    headers: { 'User-Agent': USER_AGENT, ...headers },
    signal,
  }).then(
    async (reply) => {
      await reply.body?.cancel()
      return reply.status >= 200 && reply.status < 400
    },
    () => false,
  )
  if (!order) return
  hook.failures = isTaken ? 0 : hook.failures + 1
  if (hook.failures > MAX_FAILURES) hook.status = 'disabled'
}

const pingOf = (hook: Webhook) => ({
  body: `webhook_id=${hook.id}`,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
})

/** Two deliveries of one webhook within a second share their id, as recorded. */
function letterOf(shop: Shop, o: { hook: Webhook; order: Order; home: string }) {
  const { hook, order, home } = o
  const [resource = '', event = ''] = hook.topic.split('.')
  const body = JSON.stringify(event === 'deleted' ? { id: order.id } : showOrder({ shop, home }, order))
  const second = Math.floor(shop.now().getTime() / 1000)
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-WC-Webhook-Source': `${home}/`,
      'X-WC-Webhook-Topic': hook.topic,
      'X-WC-Webhook-Resource': resource,
      'X-WC-Webhook-Event': event,
      'X-WC-Webhook-Signature': createHmac('sha256', hook.secret).update(body).digest('base64'),
      'X-WC-Webhook-ID': String(hook.id),
      'X-WC-Webhook-Delivery-ID': createHash('md5').update(`${hook.id}${second}`).digest('hex'),
    },
  }
}
