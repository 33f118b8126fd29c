import { Refused } from '../../../domain/failures.ts'
import { readAs } from '../../wire/http.ts'
import type { Client } from './client.ts'
import { statusOf } from './mapping.ts'
import { type MgProgress, mgDone, mgMade, mgProgress } from './replies.ts'

const PROGRESS = 'entity_id,state,status,is_virtual,grand_total,total_invoiced,total_canceled,status_histories'

/** Where an order stands now. */
export async function readProgress(client: Client, webId: string): Promise<MgProgress> {
  return readAs(mgProgress, await client.get(`orders/${encodeURIComponent(webId)}`, { fields: PROGRESS }), client.who)
}

/**
 * Magento has no free setter of the status (contract, 4.4): "complete" is reached by invoice and shipment, "canceled" by
 * cancelling, and any other word is written down as a comment under the current status, once.
 */
export async function pushStatus(client: Client, { webId, status }: { webId: string; status: string }): Promise<void> {
  const seen = await readProgress(client, webId)
  if (isShown(status, seen)) return
  if (status === 'complete') await complete(client, webId, seen)
  else if (status === 'canceled') await cancel(client, webId)
  else await mention(client, { webId, seen, text: `Codial : ${status}` })
}

/** Merchants may give these two states words of their own. */
const isShown = (status: string, seen: MgProgress): boolean =>
  statusOf(seen) === status || ((status === 'complete' || status === 'canceled') && seen.state === status)

async function complete(client: Client, webId: string, seen: MgProgress): Promise<void> {
  const refusals: Refused[] = []
  const attempt = async (path: string, body: object) => {
    const refusal = await tryOut(client, `order/${webId}/${path}`, body)
    if (refusal) refusals.push(refusal)
    return readProgress(client, webId)
  }
  let now = lacksInvoice(seen) ? await attempt('invoice', { capture: false, notify: false }) : seen
  if (now.state !== 'complete' && !now.is_virtual) now = await attempt('ship', { notify: false })
  if (now.state !== 'complete') throw refusals.at(-1) ?? stays(client, webId, now)
}

const lacksInvoice = (seen: MgProgress): boolean =>
  seen.state === 'new' || seen.total_invoiced + seen.total_canceled < seen.grand_total

/** "Already done" is a refusal too: the state that is read afterwards decides. */
async function tryOut(client: Client, path: string, body: object): Promise<Refused | null> {
  try {
    readAs(mgMade, await client.post(path, body), client.who)
    return null
  } catch (error) {
    if (error instanceof Refused && error.code === 'refused') return error
    throw error
  }
}

/** The answer may be 200 `false`, whatever the reason: the state that is read afterwards decides. */
async function cancel(client: Client, webId: string): Promise<void> {
  readAs(mgDone, await client.post(`orders/${webId}/cancel`, {}), client.who)
  const now = await readProgress(client, webId)
  if (now.state !== 'canceled') throw stays(client, webId, now)
}

const stays = ({ who }: Client, webId: string, now: MgProgress): Refused =>
  new Refused('refused', `${who} : la commande ${webId} reste « ${statusOf(now)} », facturée ou expédiée en partie`)

async function mention(client: Client, o: { webId: string; seen: MgProgress; text: string }): Promise<void> {
  const { webId, seen, text } = o
  if (seen.status_histories.some(({ comment }) => comment === text)) return
  await comment(client, { webId, seen, text, forCustomer: false })
}

/** Writes a comment under the current status: a missing one would empty the order's before 2.4.7, another is refused since. */
export async function comment(
  client: Client,
  o: { webId: string; seen: MgProgress; text: string; forCustomer: boolean },
): Promise<void> {
  const shown = o.forCustomer ? 1 : 0
  const statusHistory = {
    comment: o.text,
    status: statusOf(o.seen),
    is_customer_notified: shown,
    is_visible_on_front: shown,
    parent_id: Number(o.webId),
    entity_name: 'order',
  }
  readAs(mgDone, await client.post(`orders/${o.webId}/comments`, { statusHistory }), client.who)
}
