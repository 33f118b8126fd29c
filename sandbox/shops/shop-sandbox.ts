import type { SandboxServer } from '../kit.ts'

/** An order as placed: `expectedParked` is the failure code with which the connector must park it, null when it must travel. */
export interface PlacedOrder {
  id: string
  number: string
  template: string
  expectedParked: string | null
}

/** An order as its customer and the merchant see it, in the words of no platform; amounts in cents, VAT included. */
export interface ShownOrder {
  id: string
  number: string
  /** The platform's own word or id. */
  status: string
  total: number
  paid: boolean
  /** Tracking numbers shown to the customer, in order. */
  tracking: string[]
  /** Comments shown to the customer, tracking notes included. */
  comments: string[]
  /** Number of the invoice shown in the customer's account, with its link or file name; null: none. */
  invoice: string | null
  refunds: { id: string; amount: number }[]
}

/** What customers and the merchant do in a sandbox shop of any platform, for the demo and for the battery of adapters. */
export interface ShopSandbox extends SandboxServer {
  platform: 'woocommerce' | 'prestashop' | 'magento'
  /** A customer orders; without a template one is drawn by weight (about 1 in 12 is a wrong one), without a seed the next one is taken. */
  placeOrder(o?: { template?: string; seed?: number }): PlacedOrder
  /** Oldest first. */
  orders(): ShownOrder[]
  order(id: string): ShownOrder
  markPaid(id: string): void
  cancel(id: string): void
  /** Gives money back: all of it, or some cents. */
  refund(id: string, cents?: number): void
  /** The merchant moves the status by hand. */
  moveStatus(id: string, status: string): void
  /** The customer's delivery address is changed. */
  changeAddress(id: string): void
  /** One more of the first item: lines and totals change. */
  changeLines(id: string): void
  /** From now on, orders that wait for money get paid at the second beat after they came. */
  startHand(paceMs: number): void
  stopHand(): void
}
