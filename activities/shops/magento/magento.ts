import { Refused } from '../../../domain/failures.ts'
import type { WebOrder } from '../../../domain/order.ts'
import type { ReadOrder, Shop } from '../shop.ts'
import { comment, pushStatus, readProgress } from './acts.ts'
import { type ChangedOrder, readChanges, withPapers } from './changes.ts'
import { checkConnection } from './check.ts'
import { type Access, openClient } from './client.ts'
import { invoiceMark, isSameText, type Papers, statusOf, webOrderOf } from './mapping.ts'
import { pushTracking, showsTracking } from './tracking.ts'
import { openWeightUnits, type WeightUnits } from './weight.ts'
import { mgOrder } from './wire.ts'

/** One Magento shop: its address, the store view, and how we log in to it. */
export type MagentoSettings = Access

/** Opens a Magento 2 shop (2.3.7 to 2.4.8, REST V1) behind the port of shops. */
export function openMagento(settings: MagentoSettings): Shop {
  const client = openClient(settings)
  const unitsOf = openWeightUnits(client)
  const { site, storeCode = 'default' } = settings
  const commentsOf = async (webId: string) => (await readProgress(client, webId)).status_histories
  const write = async (o: { webId: string; text: string; forCustomer: boolean }) =>
    comment(client, { ...o, seen: await readProgress(client, o.webId) })

  return {
    abilities: { invoice: 'link', severalParcels: true },
    checkConnection: () => checkConnection(client, storeCode),
    async readChangedOrders({ since, page }) {
      const [{ orders, next }, units] = await Promise.all([readChanges(client, { since, page }), unitsOf()])
      return { orders: orders.map((order) => readAlone(order, { since, site, units })), next }
    },
    async readOrder(webId) {
      const [raw, units] = await Promise.all([client.get(`orders/${encodeURIComponent(webId)}`), unitsOf()])
      const [order] = await withPapers(client, [raw])
      return readMagentoOrder(raw, { site, units, ...(order && { papers: order.papers }) })
    },
    readStatus: async (webId) => statusOf(await readProgress(client, webId)),
    pushStatus: (o) => pushStatus(client, o),
    showsTracking: (o) => showsTracking(client, o),
    pushTracking: (o) => pushTracking(client, o),
    async showsComment({ webId, text }) {
      return (await commentsOf(webId)).some((history) => isSameText(history.comment, text))
    },
    pushComment: write,
    async showsInvoice({ webId, number }) {
      const visible = (await commentsOf(webId)).filter((history) => history.is_visible_on_front)
      return visible.some((history) => history.comment.startsWith(invoiceMark(number)))
    },
    publishInvoice: ({ webId, number, url }) =>
      write({ webId, text: `${invoiceMark(number)}${url}`, forCustomer: true }),
  }
}

const NO_PAPERS: Papers = { invoices: [], memos: [] }

/** Reads one order; Refused as unreadable, naming the first field that is wrong, never its content. */
export function readMagentoOrder(
  raw: unknown,
  { site, papers = NO_PAPERS, units = new Map() }: { site: string; papers?: Papers; units?: WeightUnits },
): WebOrder {
  const parsed = mgOrder.safeParse(raw)
  if (parsed.success) return webOrderOf(parsed.data, { site, papers, units })
  const field = parsed.error.issues[0]?.path.join('.') || 'commande'
  throw new Refused('unreadable-order', `le champ « ${field} » est illisible`)
}

/** One order of a page: what is wrong with it never stops the others; without a date of its own it keeps the page's `since`. */
function readAlone(
  { raw, papers }: ChangedOrder,
  { since, site, units }: { since: string; site: string; units: WeightUnits },
): ReadOrder {
  try {
    const order = readMagentoOrder(raw, { site, papers, units })
    return { webId: order.webId, modifiedAt: order.modifiedAt, order }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const named = mgOrder.pick({ entity_id: true, updated_at: true }).safeParse(raw).data
    const { code, remedy } = error
    return {
      webId: named ? String(named.entity_id) : '?',
      modifiedAt: named?.updated_at ?? since,
      refusal: { code, remedy },
    }
  }
}
