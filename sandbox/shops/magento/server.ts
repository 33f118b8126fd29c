import { serveSandbox } from '../../kit.ts'
import type { ShopSandbox } from '../shop-sandbox.ts'
import { openApi } from './api.ts'
import { addDocumentRoutes } from './document-routes.ts'
import { addOneMore, changeAddress } from './edits.ts'
import { type Login, openGate } from './gate.ts'
import { cancelByMerchant, isUnpaid, moveByHand, orderNamed, payOrder, refundOrder } from './merchant.ts'
import { addOrderRoutes } from './order-routes.ts'
import { openPage } from './page.ts'
import { placeOrder } from './placing.ts'
import { addReadingRoutes } from './reading.ts'
import { openShop, type Shop } from './shop.ts'
import { showToPeople } from './shown.ts'
import { addSystemRoutes } from './system.ts'
import type { Version } from './versions.ts'

export type { Version } from './versions.ts'

/** A running Magento shop, and what customers and the merchant do in it. */
export interface MagentoSandbox extends ShopSandbox {
  platform: 'magento'
  version: Version
}

/** Starts a Magento 2 Open Source shop on 127.0.0.1; its state is kept in `file`, or forgotten. */
export async function startMagento(o: {
  port?: number
  login: Login
  /** Lets the access token alone in as Bearer; off since 2.4.4 as in the program, on before. */
  bearerAllowed?: boolean
  file?: string
  now?: () => Date
  version?: Version
  /** Resources the client may use (`Magento_Sales::ship`...); default all. */
  rights?: readonly string[]
  /** The largest page that the merchant allows; default none. */
  maxPageSize?: number
}): Promise<MagentoSandbox> {
  const { login, bearerAllowed, rights, maxPageSize, file, now, version = '2.4.8' } = o
  const shop = openShop({ version, ...(file ? { file } : {}), ...(now ? { now } : {}) })
  const settings = { ...(bearerAllowed === undefined ? {} : { bearerAllowed }), ...(rights ? { rights } : {}) }
  const gate = openGate({ login, version, now: shop.now, ...settings })
  const { api, open } = openApi({ shop, gate, ...(maxPageSize === undefined ? {} : { maxPageSize }) })
  addReadingRoutes(api)
  addDocumentRoutes(api)
  addOrderRoutes(api)
  addSystemRoutes(api)
  const app = open()
  app.route('/', openPage(shop))
  const hand = openHand(shop)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: shop.ledger, onClose: hand.stopHand })
  return { ...server, ...hand, ...peopleOf(shop), platform: 'magento', version }
}

function peopleOf(shop: Shop) {
  const named = (id: string) => orderNamed(shop, id)
  return {
    placeOrder: (choice?: { template?: string; seed?: number }) => placeOrder(shop, choice),
    orders: () => shop.store.data.orders.map((order) => showToPeople(shop, order)),
    order: (id: string) => showToPeople(shop, named(id)),
    markPaid: (id: string) => payOrder(shop, named(id)),
    cancel: (id: string) => cancelByMerchant(shop, named(id)),
    refund: (id: string, cents?: number) => refundOrder(shop, named(id), cents),
    moveStatus: (id: string, status: string) => moveByHand(shop, named(id), status),
    changeAddress: (id: string) => changeAddress(shop, named(id)),
    changeLines: (id: string) => addOneMore(shop, named(id)),
  }
}

/** What happens by itself: at each beat, orders that were already unpaid at the beat before get paid. */
function openHand(shop: Shop): { startHand(paceMs: number): void; stopHand(): void } {
  let timer: NodeJS.Timeout | undefined
  let waiting = new Set<number>()
  const beat = () => {
    const unpaid = shop.store.data.orders.filter(isUnpaid)
    for (const order of unpaid.filter(({ row }) => waiting.has(row.entity_id))) payOrder(shop, order)
    waiting = new Set(unpaid.map(({ row }) => row.entity_id))
  }
  const stopHand = () => clearInterval(timer)
  const startHand = (paceMs: number) => {
    stopHand()
    timer = setInterval(beat, paceMs).unref()
  }
  return { startHand, stopHand }
}
