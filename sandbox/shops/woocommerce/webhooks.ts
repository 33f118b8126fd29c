import type { Hono } from 'hono'
import { addRoute, type Call, type Env, readBody, send } from './api.ts'
import { gmtOf, localOf } from './clock.ts'
import type { Deliveries } from './deliveries.ts'
import type { Webhook } from './model.ts'
import { notInEnum } from './parameters.ts'
import { paginate, readListQuery } from './query.ts'
import { invalidParameters, Refusal } from './replies.ts'

const HOOKS: Record<string, string[]> = {
  created: ['woocommerce_new_order'],
  updated: ['woocommerce_update_order', 'woocommerce_order_refunded'],
  deleted: ['wp_trash_post'],
  restored: ['untrashed_post'],
}
const TOPIC = /^(order|product|customer|coupon)\.(created|updated|deleted|restored)$/
const STATUSES = ['active', 'paused', 'disabled'] as const
const ITEM = 'GET, POST, PUT, PATCH, DELETE'

/** Puts the routes of webhooks in place; a new one is pinged. */
export function addWebhookRoutes(app: Hono<Env>, deliveries: Deliveries): void {
  const collection = { GET: listWebhooks, POST: (c: Call) => createWebhook(c, deliveries) }
  const show = (c: Call) => send(c, showWebhook(c, webhookOf(c)))
  const item = { GET: show, POST: changeWebhook, PUT: changeWebhook, PATCH: changeWebhook, DELETE: deleteWebhook }
  addRoute(app, '/webhooks', { kind: 'collection', allow: 'GET, POST', handlers: collection })
  addRoute(app, '/webhooks/:id{[0-9]+}', { kind: 'item', allow: ITEM, handlers: item })
}

function stateOf(c: Call) {
  const { data } = c.var.seen.shop.store
  data.webhooks ??= []
  return { data, webhooks: data.webhooks }
}

function webhookOf(c: Call): Webhook {
  const found = stateOf(c).webhooks.find(({ id }) => id === Number(c.req.param('id')))
  if (!found) throw new Refusal(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.')
  return found
}

function showWebhook(c: Call, hook: Webhook) {
  const { seen } = c.var
  const { failures: _, secret: __, ...shown } = hook
  const [resource = '', event = ''] = hook.topic.split('.')
  const local = (gmt: string | null) => (gmt === null ? null : localOf(gmt, seen.shop.zone))
  const api = `${seen.home}/wp-json/wc/v3/webhooks`
  return {
    ...shown,
    resource,
    event,
    hooks: HOOKS[event] ?? [],
    date_created: local(hook.date_created_gmt),
    date_modified: local(hook.date_modified_gmt),
    _links: {
      self: [{ href: `${api}/${hook.id}`, targetHints: { allow: ITEM.split(', ') } }],
      collection: [{ href: api }],
    },
  }
}

function listWebhooks(c: Call): Response {
  const { query, url } = c.var
  const status = query.get('status') ?? 'all'
  const found = stateOf(c).webhooks.filter((hook) => status === 'all' || hook.status === status)
  const rest = new URLSearchParams([...query].filter(([name]) => name !== 'status'))
  const { items, headers } = paginate(found, { read: readListQuery(rest, c.var.seen.shop.zone), url, query })
  return send(
    c,
    items.map((hook) => showWebhook(c, hook)),
    200,
    headers,
  )
}

async function createWebhook(c: Call, deliveries: Deliveries): Promise<Response> {
  const { shop } = c.var.seen
  const { topic, delivery_url: url, ...rest } = await readBody(c)
  if (typeof topic !== 'string' || !TOPIC.test(topic))
    throw new Refusal(
      400,
      'woocommerce_rest_shop_webhook_invalid_topic',
      'Webhook topic is required and must be valid.',
    )
  if (typeof url !== 'string' || !URL.canParse(url))
    throw new Refusal(400, 'woocommerce_rest_shop_webhook_invalid_delivery_url', 'Webhook delivery URL is required.')
  const { data, webhooks } = stateOf(c)
  const hook: Webhook = {
    id: (webhooks.at(-1)?.id ?? 0) + 1,
    name: typeof rest.name === 'string' ? rest.name : `Webhook created on ${gmtOf(shop.now())}`,
    status: 'active',
    topic,
    delivery_url: url,
    secret: '',
    failures: 0,
    date_created_gmt: gmtOf(shop.now()),
    date_modified_gmt: null,
  }
  apply(hook, rest)
  data.webhooks = [...webhooks, hook]
  shop.ledger.count('webhook', `${topic}:${url}`)
  deliveries.ping(hook)
  const shown = showWebhook(c, hook)
  hook.date_modified_gmt = hook.date_created_gmt // only the answer to its creation says null, as recorded
  shop.store.save()
  return send(c, shown, 201, { Location: `${c.var.seen.home}/wp-json/wc/v3/webhooks/${hook.id}` })
}

async function changeWebhook(c: Call): Promise<Response> {
  const { shop } = c.var.seen
  const hook = webhookOf(c)
  apply(hook, await readBody(c))
  hook.date_modified_gmt = gmtOf(shop.now())
  shop.store.save()
  return send(c, showWebhook(c, hook))
}

function apply(hook: Webhook, body: Record<string, unknown>): void {
  const status = STATUSES.find((word) => word === body.status)
  if (body.status !== undefined && !status) throw invalidParameters([notInEnum('status', STATUSES)])
  if (status === 'active' && hook.status !== 'active') hook.failures = 0
  if (status) hook.status = status
  for (const name of ['name', 'secret', 'delivery_url'] as const) {
    const value = body[name]
    if (typeof value === 'string') hook[name] = value
  }
}

function deleteWebhook(c: Call): Response {
  const hook = webhookOf(c)
  const { data, webhooks } = stateOf(c)
  if (!['true', '1'].includes(c.var.query.get('force') ?? ''))
    throw new Refusal(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.')
  const before = showWebhook(c, hook)
  data.webhooks = webhooks.filter((other) => other !== hook)
  c.var.seen.shop.store.save()
  return send(c, before)
}
