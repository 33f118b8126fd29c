import { type SandboxServer, serveSandbox } from '../../kit.ts'
import { openApi } from './api.ts'
import type { ApiKey } from './auth.ts'
import { addNoteRoutes } from './notes.ts'
import { addOrderRoutes } from './orders.ts'
import { openPage } from './page.ts'
import { addRefundRoutes } from './refunds.ts'
import { findOrder, isUnpaid, moveStatus, nextTransfer, openShop, payOrder, placeOrder, type Shop } from './shop.ts'
import { addSystemRoutes } from './system.ts'
import type { PlacedOrder } from './variations.ts'
import { type ShownOrder, showOrderNamed, showOrders } from './view.ts'

export type { PlacedOrder } from './variations.ts'
export type { ShownOrder } from './view.ts'

/** A running WooCommerce shop, and what customers and the merchant do in it. */
export interface WooCommerceSandbox extends SandboxServer {
  /** A customer orders; without a template one is drawn by weight, without a seed the next one is taken. */
  placeOrder(o?: { template?: string; seed?: number }): PlacedOrder
  /** As the API shows them, oldest first. */
  orders(): ShownOrder[]
  order(id: number): ShownOrder
  markPaid(id: number, transactionId?: string): void
  cancel(id: number): void
  /** From now on, orders that wait for money get paid at the second beat after they came. */
  startHand(paceMs: number): void
  stopHand(): void
}

/** Starts a WooCommerce 10.4 shop on 127.0.0.1; its state is kept in `file`, or forgotten. */
export async function startWooCommerce(o: {
  port?: number
  key: string
  secret: string
  /** What the key may do; default everything. */
  permissions?: ApiKey['permissions']
  file?: string
  now?: () => Date
  timezone?: string
}): Promise<WooCommerceSandbox> {
  const { file, now, timezone = 'Europe/Paris' } = o
  const shop = openShop({ zone: timezone, ...(file ? { file } : {}), ...(now ? { now } : {}) })
  const apiKey = { key: o.key, secret: o.secret, permissions: o.permissions ?? 'read_write' }
  const app = openApi({ shop, apiKey })
  addOrderRoutes(app)
  addNoteRoutes(app)
  addRefundRoutes(app)
  addSystemRoutes(app)
  app.route('/', openPage(shop))
  const hand = openHand(shop)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: shop.ledger, onClose: hand.stopHand })
  const seen = { shop, home: server.url }
  return {
    ...server,
    ...hand,
    placeOrder: (choice) => placeOrder(shop, choice),
    orders: () => showOrders(seen),
    order: (id) => showOrderNamed(seen, id),
    markPaid: (id, transactionId) => payOrder(shop, orderNamed(shop, id), transactionId),
    cancel: (id) => moveStatus(shop, orderNamed(shop, id), 'cancelled'),
  }
}

function orderNamed(shop: Shop, id: number) {
  const order = findOrder(shop, id)
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
