import { serveSandbox } from '../../kit.ts'
import type { PlacedOrder, ShopSandbox } from '../shop-sandbox.ts'
import { openApi } from './api.ts'
import { type Permissions, permissionsOf } from './auth.ts'
import { openHand } from './hand.ts'
import { addOneItem, changeAddress } from './merchant.ts'
import type { Version } from './model.ts'
import { openPage } from './page.ts'
import { placeOrder } from './placing.ts'
import { refundOrder } from './refunds.ts'
import { openShop, orderNamed } from './shop.ts'
import { markPaid, moveState } from './states.ts'
import { showOrder, showOrders } from './view.ts'

/** A running PrestaShop, and what only PrestaShop tells. */
export interface PrestaShopSandbox extends ShopSandbox {
  platform: 'prestashop'
  /** Mails the shop sent because the web service asked for them, oldest first. */
  mails(): { order: number; template: string }[]
  /** Switches the web service on or off: off, every request with a key answers 503. */
  switchWebService(isOpen: boolean): void
}

/** Starts a PrestaShop on 127.0.0.1; its state is kept in `file`, or forgotten. */
export async function startPrestaShop(o: {
  port?: number
  /** 32 characters. */
  key: string
  file?: string
  now?: () => Date
  /** Time zone of the shop; default Europe/Paris. */
  timezone?: string
  /** Default 8.2.1. */
  version?: Version
  /** Languages of the shop; with two, translated fields of the JSON output are lists. Default 1. */
  languages?: 1 | 2
  /** Methods by resource; default everything that this shop has. */
  permissions?: Permissions
}): Promise<PrestaShopSandbox> {
  const { file, now, timezone: zone = 'Europe/Paris', version = '8.2.1', languages = 1 } = o
  const shop = openShop({ zone, version, languages, ...(file ? { file } : {}), ...(now ? { now } : {}) })
  const app = openApi({ shop, key: o.key, permissions: permissionsOf(o.permissions) })
  app.route('/', openPage(shop))
  const hand = openHand(shop)
  const server = await serveSandbox({ app, port: o.port ?? 0, ledger: shop.ledger, onClose: hand.stopHand })
  const found = (id: string) => orderNamed(shop, id)
  return {
    ...server,
    ...hand,
    platform: 'prestashop',
    placeOrder: (choice): PlacedOrder => placeOrder(shop, choice),
    orders: () => showOrders(shop),
    order: (id) => showOrder(shop, found(id)),
    markPaid: (id) => void markPaid(shop, found(id)),
    cancel: (id) => void moveState(shop, found(id), 6, '1'),
    refund: (id, cents) => void refundOrder(shop, found(id), cents),
    moveStatus: (id, status) => void moveState(shop, found(id), Number(status), '1'),
    changeAddress: (id) => changeAddress(shop, found(id)),
    changeLines: (id) => addOneItem(shop, found(id)),
    mails: () => structuredClone(shop.store.data.mails),
    switchWebService: (isOpen) => {
      shop.isOpen = isOpen
    },
  }
}
