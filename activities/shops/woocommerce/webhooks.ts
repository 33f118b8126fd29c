import { readAs } from '../../wire/http.ts'
import type { Finding } from '../shop.ts'
import { openClient } from './client.ts'
import type { Access } from './login.ts'
import { wcWebhook, wcWebhooks } from './wire.ts'

/** What the shop shall tell us by itself: topics such as "order.updated", sent to our address and signed with the secret. */
export interface WantedWebhooks {
  deliveryUrl: string
  secret: string
  topics: string[]
}

/** The webhooks of one shop: hints to look now, never the source (contract, 3.6). */
export interface WooCommerceWebhooks {
  /** Creates the missing ones and wakes those that the shop put out after failed deliveries; may be repeated. */
  ensureWebhooks(wanted: WantedWebhooks): Promise<Finding[]>
  /** Says how each one is, changing nothing. */
  checkWebhooks(wanted: Omit<WantedWebhooks, 'secret'>): Promise<Finding[]>
}

type Webhook = ReturnType<typeof wcWebhook.parse>

/** Opens the webhooks of a WooCommerce shop, beside its port. */
export function openWebhooks(access: Access): WooCommerceWebhooks {
  const { send, who } = openClient(access)
  const write = async (method: 'POST' | 'PUT', path: string, body: object): Promise<void> => {
    readAs(wcWebhook, (await send({ method, path, body })).json, who)
  }
  async function list(): Promise<Webhook[]> {
    const all: Webhook[] = []
    for (let page = 1; ; page++) {
      const query = { per_page: '100', page: String(page), status: 'all' }
      const found = readAs(wcWebhooks, (await send({ method: 'GET', path: 'webhooks', query })).json, who)
      all.push(...found)
      if (found.length < 100) return all
    }
  }

  return {
    async ensureWebhooks({ deliveryUrl, secret, topics }) {
      const known = await list()
      const findings: Finding[] = []
      for (const topic of topics) {
        const hooks = known.filter((hook) => isFor(hook, { deliveryUrl, topic }))
        const hook = hooks.find(({ status }) => status === 'active') ?? hooks[0]
        const wanted = { status: 'active', secret }
        if (hook) await write('PUT', `webhooks/${hook.id}`, wanted)
        else {
          const name = `Connecteur Codial : ${topic}`
          await write('POST', 'webhooks', { name, topic, delivery_url: deliveryUrl, ...wanted })
        }
        findings.push({ ok: true, sentence: ensured(topic, hook) })
      }
      return findings
    },
    async checkWebhooks({ deliveryUrl, topics }) {
      const known = await list()
      return topics.map((topic) =>
        healthOf(
          topic,
          known.filter((hook) => isFor(hook, { deliveryUrl, topic })),
        ),
      )
    },
  }
}

const isFor = (hook: Webhook, o: { deliveryUrl: string; topic: string }): boolean =>
  hook.delivery_url === o.deliveryUrl && hook.topic === o.topic

function ensured(topic: string, hook: Webhook | undefined): string {
  if (!hook) return `Le webhook « ${topic} » a été créé.`
  if (hook.status === 'active') return `Le webhook « ${topic} » est en place.`
  return `Le webhook « ${topic} » était arrêté : il a été remis en marche.`
}

function healthOf(topic: string, hooks: Webhook[]): Finding {
  if (hooks.length === 0) return { ok: false, sentence: `Le webhook « ${topic} » manque.` }
  const active = hooks.filter(({ status }) => status === 'active')
  if (active.length === 0)
    return { ok: false, sentence: `Le webhook « ${topic} » est arrêté : la boutique n'a pas pu nous joindre.` }
  if (active.length > 1)
    return { ok: false, sentence: `Le webhook « ${topic} » existe ${active.length} fois : gardez-en un seul.` }
  return { ok: true, sentence: `Le webhook « ${topic} » est actif.` }
}
