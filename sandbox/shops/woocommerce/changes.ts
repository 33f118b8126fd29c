import type { Address, Order } from './model.ts'
import { notInEnum, notOfType } from './parameters.ts'
import { type BadParameter, invalidParameters, Refusal } from './replies.ts'
import { moveStatus, payOrder, type Shop, setMeta, touch } from './shop.ts'

/** What a PUT or a batch changes on an order, checked. */
export interface Changes {
  status?: string
  isPaid: boolean
  meta: { key: string; value: unknown }[]
  texts: Partial<Pick<Order, 'transaction_id' | 'customer_note' | 'payment_method' | 'payment_method_title'>>
  billing: Partial<Address>
  shipping: Partial<Address>
}

const STATUSES = [
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
]
const TEXTS = ['transaction_id', 'customer_note', 'payment_method', 'payment_method_title'] as const
const NOT_HERE = [
  'line_items',
  'shipping_lines',
  'fee_lines',
  'coupon_lines',
  'customer_id',
  'currency',
  'parent_id',
  'created_via',
]
const PARTS = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
  'email',
  'phone',
] as const

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Checks the body of an order change; unknown members are ignored, those the sandbox does not model are refused aloud. */
export function readChanges(body: Record<string, unknown>): Changes {
  const missing = NOT_HERE.find((name) => body[name] !== undefined)
  if (missing) throw new Refusal(501, 'sandbox_not_modelled', `The sandbox does not change ${missing} of an order.`)
  const bad: BadParameter[] = []
  const changes: Changes = {
    isPaid: readPaid(body.set_paid, bad),
    meta: readMeta(body.meta_data, bad),
    texts: {},
    billing: {},
    shipping: {},
  }
  if (body.status !== undefined) {
    if (typeof body.status !== 'string' || !STATUSES.includes(body.status)) bad.push(notInEnum('status', STATUSES))
    else changes.status = body.status
  }
  for (const name of TEXTS) {
    const value = body[name]
    if (typeof value === 'string') changes.texts[name] = value
    else if (value !== undefined) bad.push(notOfType(name, 'string'))
  }
  for (const name of ['billing', 'shipping'] as const) changes[name] = readAddress(name, body[name], bad)
  if (bad.length) throw invalidParameters(bad)
  return changes
}

function readPaid(value: unknown, bad: BadParameter[]): boolean {
  if (value === undefined || value === false || value === 'false' || value === 0) return false
  if (value !== true && value !== 'true' && value !== 1) bad.push(notOfType('set_paid', 'boolean'))
  return true
}

function readMeta(value: unknown, bad: BadParameter[]): Changes['meta'] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    bad.push(notOfType('meta_data', 'array'))
    return []
  }
  return value.flatMap((entry: unknown, index) => {
    if (!isObject(entry)) bad.push(notOfType('meta_data', 'object', `meta_data[${index}]`))
    else if (typeof entry.key !== 'string') bad.push(notOfType('meta_data', 'string', `meta_data[${index}][key]`))
    else return [{ key: entry.key, value: entry.value ?? null }]
    return []
  })
}

function readAddress(name: string, value: unknown, bad: BadParameter[]): Partial<Address> {
  if (value === undefined) return {}
  if (!isObject(value)) {
    bad.push(notOfType(name, 'object'))
    return {}
  }
  const read: Partial<Address> = {}
  for (const part of PARTS) {
    const text = value[part]
    if (typeof text === 'string') read[part] = text
    else if (text !== undefined) bad.push(notOfType(name, 'string', `${name}[${part}]`))
  }
  return read
}

/** Changes an order and counts each effect asked for, the same again too. */
export function applyChanges(shop: Shop, order: Order, changes: Changes): void {
  if (applyMeta(shop, order, changes.meta)) touch(shop, order)
  const before = JSON.stringify(order)
  Object.assign(order, changes.texts)
  Object.assign(order.billing, changes.billing)
  Object.assign(order.shipping, changes.shipping)
  if (JSON.stringify(order) !== before) touch(shop, order)
  if (changes.status !== undefined) {
    shop.ledger.count('order-status', `${order.id}:${changes.status}`)
    moveStatus(shop, order, changes.status)
  }
  if (changes.isPaid) payOrder(shop, order, changes.texts.transaction_id)
}

function applyMeta(shop: Shop, order: Order, meta: Changes['meta']): boolean {
  let isChanged = false
  for (const { key, value } of meta) {
    shop.ledger.count('order-meta', `${order.id}:${key}:${typeof value === 'string' ? value : JSON.stringify(value)}`)
    if (setMeta(shop, order, { key, value })) isChanged = true
  }
  return isChanged
}
