import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import { type MagentoSandbox, startMagento, type Version } from '../../sandbox/shops/magento/server.ts'

interface Item {
  item_id: number
  qty_invoiced: number
  qty_shipped: number
}
interface Order {
  state: string
  status?: string
  updated_at: string
  items: Item[]
}

/** A shop for each test of a file, which opens it; its clock is set by hand. */
export function useDesk() {
  const desk = {} as { shop: MagentoSandbox; clock: Date }
  afterEach(() => desk.shop.close())
  const open = async (version: Version = '2.4.8', file?: string) => {
    desk.clock = new Date('2026-11-24T10:00:00Z')
    const login = { token: 'known' }
    const now = () => desk.clock
    desk.shop = await startMagento({ login, bearerAllowed: true, version, now, ...(file ? { file } : {}) })
  }
  const call = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const headers = { Authorization: 'Bearer known', 'Content-Type': 'application/json', ...more }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const reply = await fetch(`${desk.shop.url}/rest/default/V1${path}`, init)
    return { status: reply.status, body: (await reply.json()) as unknown }
  }
  const orderOf = async (id: string) => (await call('GET', `/orders/${id}`)).body as Order
  const refusal = async (path: string, body: unknown) => {
    const reply = await call('POST', path, body)
    assert.equal(reply.status, 400)
    return (reply.body as { message: string }).message
  }
  const later = (minutes: number) => {
    desk.clock = new Date(desk.clock.getTime() + minutes * 60_000)
  }
  const place = (template: string) => desk.shop.placeOrder({ template, seed: 0 }).id
  return { desk, open, call, orderOf, refusal, later, place }
}

/** A comment that the customer can read. */
export const note = { comment: 'Bonjour', is_customer_notified: 0, is_visible_on_front: 1 }
/** A track without its number. */
export const track = { title: 'Colissimo', carrier_code: 'custom' }
