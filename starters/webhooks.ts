import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Db } from '../db/connect.ts'
import { PURGE_BATCH, purgeDeliveries, recordDelivery } from '../db/webhooks.ts'
import { readBody } from './webhooks/body.ts'
import { openDoorbell } from './webhooks/doorbell.ts'
import { listen, reply } from './webhooks/listen.ts'
import { openRefusals } from './webhooks/refusals.ts'
import { examine, type Verdict, type WebhookSite } from './webhooks/signatures.ts'

/** What the door needs: where to listen, which shops may call, and whom to wake. */
export interface WebhookOptions {
  /** Address to listen on; this machine only unless another is given. */
  host?: string
  /** 0 takes a free one. */
  port: number
  db: Db
  sites: WebhookSite[]
  /** Makes the site's next import run now; a failure is left to the next delivery or to the poll. */
  wake: (site: string) => Promise<void>
  now?: () => Date
}

/** A door that listens. */
export interface Webhooks {
  url: string
  port: number
  /** Takes no more calls, and ends once those under way are answered, recorded and signalled. */
  close(): Promise<void>
}

const DAY = 86_400_000

/** Milliseconds that a known delivery is remembered. */
const REMEMBERED = 2 * DAY

/** Milliseconds between two purges, unless the last one left some. */
const PURGE_EVERY = 600_000

const PATH = /^\/webhooks\/([a-z0-9-]{1,20})(?:\?|$)/

/**
 * Opens the door for the shops' webhooks, `POST /webhooks/<site>`; how calls are signed is said at `examine`.
 *
 * A webhook only makes the next reading sooner: polling stays the truth, so one lost, doubled or out of order changes
 * nothing in the end. Answers: 200 taken (known ones and pings too), 202 genuine but not recorded because our database
 * did not answer (no error: WooCommerce disables a hook after five), 400 cut, 401 forged, 404 unknown site, 405 not a
 * POST, 413 larger than 1 MB. A delivery sent again within two days wakes nobody; later it costs one reading that
 * finds nothing. `GET /health` answers 204.
 */
export async function startWebhooks(o: WebhookOptions): Promise<Webhooks> {
  const open = o.sites.find(({ secret }) => secret.trim() === '')
  if (open) throw new RangeError(`site ${open.code}: a webhook secret is needed`)
  const door = openDoor(o)
  const host = o.host ?? '127.0.0.1'
  const { port, stop } = await listen({ host, port: o.port, answer: door.answer })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      await stop()
      await door.settle()
    },
  }
}

function openDoor({ db, sites, wake, now = () => new Date() }: WebhookOptions) {
  const known = new Map(sites.map((site) => [site.code, site]))
  const stranger: WebhookSite = { code: '', platform: 'woocommerce', secret: randomBytes(32).toString('hex') }
  const doorbell = openDoorbell(wake)
  const refusals = openRefusals({ db, now })
  const housekeeping = openHousekeeping({ db, now })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const code = PATH.exec(request.url ?? '')?.[1]
    if (code === undefined) return reply(response, request.url === '/health' ? 204 : 404, request)
    if (request.method !== 'POST') return reply(response.setHeader('Allow', 'POST'), 405, request)
    const site = known.get(code)
    const examination = examine({ site: site ?? stranger, headers: request.headers, now: now() })
    const reading = await readBody(request, examination.take)
    if (reading !== 'whole') return reply(response, reading === 'cut' ? 400 : 413, request)
    const verdict = examination.verdict() // for a stranger too: both refusals take the same time
    if (!site) return reply(response, 404)
    await act(site.code, verdict, response)
  }

  async function act(site: string, verdict: Verdict, response: ServerResponse): Promise<void> {
    if (verdict.kind === 'ping') return reply(response, 200)
    if (verdict.kind === 'forged') {
      reply(response, 401)
      return refusals.count(site)
    }
    const isNew = await recordDelivery(db, { site, mark: verdict.mark, at: now() }).catch(() => null)
    reply(response, isNew === null ? 202 : 200)
    if (!isNew) return
    doorbell.ring(site)
    await housekeeping.now()
  }

  return {
    answer,
    async settle() {
      await doorbell.quiet()
      await refusals.flush()
    },
  }
}

/** Purges now and then, one bounded batch at a time. */
function openHousekeeping({ db, now }: { db: Db; now: () => Date }) {
  let due = 0
  return {
    async now(): Promise<void> {
      const moment = now().getTime()
      if (moment < due) return
      due = moment + PURGE_EVERY
      const purged = await purgeDeliveries(db, new Date(moment - REMEMBERED)).catch(() => 0)
      if (purged === PURGE_BATCH) due = moment
    },
  }
}
