import { Refused } from '../../../domain/failures.ts'
import type { WebOrder } from '../../../domain/order.ts'
import { readAs } from '../../wire/http.ts'
import type { ReadOrder, Shop } from '../shop.ts'
import { checkConnection } from './check.ts'
import { openClient } from './client.ts'
import type { Access } from './login.ts'
import {
  DEFAULT_META,
  holdsInvoice,
  invoiceMeta,
  isSameText,
  type MetaKeys,
  namesTracking,
  trackingNote,
  webOrderOf,
} from './mapping.ts'
import { wcMeta, wcNotes, wcOrder, wcOrderName, wcStatus, wcWritten } from './wire.ts'

/** One WooCommerce shop: its address, its REST key, and the meta keys of its plug-ins where they differ from the usual ones. */
export interface WooCommerceSettings extends Access {
  pickupMeta?: MetaKeys['pickup']
  customerMeta?: Pick<MetaKeys, 'vatNumber' | 'siren'>
}

/** Opens a WooCommerce shop (7 and later, wc/v3) behind the port of shops. */
export function openWooCommerce(settings: WooCommerceSettings): Shop {
  const client = openClient(settings)
  const { who } = client
  const keys = { ...DEFAULT_META, ...settings.customerMeta, pickup: settings.pickupMeta ?? DEFAULT_META.pickup }
  const read = (raw: unknown) => readWcOrder(raw, { site: settings.site, keys })

  return {
    abilities: { invoice: 'link', severalParcels: true },
    checkConnection: () => checkConnection(client),
    async readChangedOrders({ since, page }) {
      const { orders, next } = await client.listOrders({ since, page: Number(page ?? '1') })
      return { orders: orders.map((raw) => readAlone(raw, since, read)), next: next === null ? null : String(next) }
    },
    async readOrder(webId) {
      return read(await client.getOrder(webId))
    },
    async readStatus(webId) {
      return readAs(wcStatus, await client.getOrder(webId, { _fields: 'status' }), who).status
    },
    async pushStatus({ webId, status }) {
      readAs(wcStatus, await client.putOrder(webId, { status }), who)
    },
    async showsTracking({ webId, trackingNumber }) {
      const notes = readAs(wcNotes, await client.listNotes(webId, { type: 'customer' }), who)
      return notes.some(({ note }) => namesTracking(note, trackingNumber))
    },
    async pushTracking({ webId, tracking }) {
      const note = { note: trackingNote(tracking), customer_note: true }
      readAs(wcWritten, await client.postNote(webId, note), who)
    },
    async showsComment({ webId, text }) {
      const notes = readAs(wcNotes, await client.listNotes(webId), who)
      return notes.some(({ note }) => isSameText(note, text))
    },
    async pushComment({ webId, text, forCustomer }) {
      readAs(wcWritten, await client.postNote(webId, { note: text, customer_note: forCustomer }), who)
    },
    async showsInvoice({ webId, number }) {
      const { meta_data } = readAs(wcMeta, await client.getOrder(webId, { _fields: 'meta_data' }), who)
      return holdsInvoice(meta_data, number)
    },
    async publishInvoice({ webId, number, url }) {
      readAs(wcWritten, await client.putOrder(webId, { meta_data: invoiceMeta({ number, url }) }), who)
    },
  }
}

/** Reads one order; Refused as unreadable, naming the first field that is wrong, never its content. */
export function readWcOrder(raw: unknown, o: { site: string; keys: MetaKeys }): WebOrder {
  const parsed = wcOrder.safeParse(raw)
  if (parsed.success) return webOrderOf(parsed.data, o)
  const field = parsed.error.issues[0]?.path.join('.') || 'commande'
  throw new Refused('unreadable-order', `le champ « ${field} » est illisible`)
}

/** One order of a page: what is wrong with it never stops the others; without a date of its own it keeps the page's `since`. */
function readAlone(raw: unknown, since: string, read: (raw: unknown) => WebOrder): ReadOrder {
  try {
    const order = read(raw)
    return { webId: order.webId, modifiedAt: order.modifiedAt, order }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const name = wcOrderName.safeParse(raw)
    const { code, remedy } = error
    return { webId: name.data?.id ?? '?', modifiedAt: name.data?.date_modified_gmt ?? since, refusal: { code, remedy } }
  }
}
