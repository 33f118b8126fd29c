import { serveSandbox } from '../../kit.ts'
import type { ShopSandbox } from '../shop-sandbox.ts'
import { type Host, openApi } from './api.ts'
import type { ApiKey } from './auth.ts'
import { type DeliveryTroubles, openDeliveries } from './deliveries.ts'
import { addOneOfFirst, changeAddress } from './editing.ts'
import { addNoteRoutes } from './notes.ts'
import { addOrderRoutes } from './orders.ts'
import { openPage } from './page.ts'
import { addRefundRoutes, refundByHand } from './refunds.ts'
import { findOrder, isUnpaid, moveStatus, nextTransfer, openShop, payOrder, placeOrder, type Shop } from './shop.ts'
import { shownOrder } from './shown.ts'
import { addSystemRoutes } from './system.ts'
import { type ApiOrder, showOrder } from './view.ts'
import { addWebhookRoutes } from './webhooks.ts'

/** A running WooCommerce shop, and what customers and the merchant do in it. */
export interface WooCommerceSandbox extends ShopSandbox {
  platform: 'woocommerce'
  /** The order as the API shows it. */
  apiOrder(id: string): ApiOrder
  /** Without a transaction id, the order keeps the one it has. */
  markPaid(id: string, transactionId?: string): void
  /** What goes wrong with the next deliveries of webhooks. */
  deliveryTroubles: DeliveryTroubles
  /** Resolves when every delivery that waited was sent, or given up. */
  flushDeliveries(): Promise<void>
}

/** Starts a WooCommerce 10.4 shop on 127.0.0.1; its state is kept in `file`, or forgotten. */
export async function startWooCommerce(
  o: {
    port?: number
    key: string
    secret: string
    /** What the key may do; default everything. */
    permissions?: ApiKey['permissions']
    file?: string
    now?: () => Date
    timezone?: string
  } & Host,
): Promise<WooCommerceSandbox> {
  const { file, now, timezone = 'Europe/Paris' } = o
  const shop = openShop({ zone: timezone, ...(file ? { file } : {}), ...(now ? { now } : {}) })
  const apiKey = { key: o.key, secret: o.secret, permissions: o.permissions ?? 'read_write' }
  let home = ''
  const deliveries = openDeliveries(shop, () => home)
  const app = openApi({ ...o, shop, apiKey })
  addOrderRoutes(app)
  addNoteRoutes(app)
  addRefundRoutes(app)
  addSystemRoutes(app)
  addWebhookRoutes(app, deliveries)
  app.route('/', openPage(shop))
  const hand = openHand(shop)
  const onClose = () => {
    hand.stopHand()
    deliveries.stop()
  }
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: shop.ledger, onClose })
  home = server.url
  return {
    platform: 'woocommerce',
    ...server,
    ...hand,
    ...actsOf(shop),
    apiOrder: (id) => showOrder({ shop, home }, orderNamed(shop, id)),
    deliveryTroubles: deliveries.troubles,
    flushDeliveries: deliveries.flush,
  }
}

function actsOf(shop: Shop) {
  const named = (id: string) => orderNamed(shop, id)
  return {
    placeOrder: (choice?: { template?: string; seed?: number }) => placeOrder(shop, choice),
    orders: () => shop.store.data.orders.map((order) => shownOrder(shop, order)),
    order: (id: string) => shownOrder(shop, named(id)),
    markPaid: (id: string, transactionId?: string) => payOrder(shop, named(id), transactionId),
    cancel: (id: string) => moveStatus(shop, named(id), 'cancelled'),
    refund: (id: string, cents?: number) => refundByHand(shop, named(id), cents),
    moveStatus: (id: string, status: string) => moveStatus(shop, named(id), status),
    changeAddress: (id: string) => changeAddress(shop, named(id)),
    changeLines: (id: string) => addOneOfFirst(shop, named(id)),
  }
}

/** An unknown number is a mistake of the caller. */
function orderNamed(shop: Shop, id: string) {
  const order = findOrder(shop, Number(id))
  if (!order) throw new RangeError(`no order ${id}`)
  return order
}

/** What happens by itself: at each beat, orders that were already unpaid at the beat before get paid. */
function openHand(shop: Shop): { startHand(paceMs: number): void; stopHand(): void } {
  let timer: NodeJS.Timeout | undefined
  let waiting = new Set<number>()
  const beat = () => {
    const unpaid = shop.store.data.orders.filter(isUnpaid)
    for (const order of unpaid.filter(({ id }) => waiting.has(id))) payOrder(shop, order, nextTransfer(shop))
    waiting = new Set(unpaid.map(({ id }) => id))
  }
  const stopHand = () => clearInterval(timer)
  const startHand = (paceMs: number) => {
    stopHand()
    timer = setInterval(beat, paceMs).unref()
  }
  return { startHand, stopHand }
}
