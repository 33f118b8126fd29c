import type { Sent } from './body.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import type { Call } from './read.ts'
import { Crash } from './replies.ts'
import { findRow, rowsWith, type Shop, touch } from './shop.ts'
import { applyState, moveState } from './states.ts'

/** A state or an order that does not exist kills the program before anything is written. */
export function checkBefore(shop: Shop, resource: string, sent: Sent): void {
  const number = (name: string) => Number(sent.fields.get(name))
  if (resource === 'order_histories') {
    if (!findRow(shop, 'orders', number('id_order'))) throw new Crash()
    if (!findRow(shop, 'order_states', number('id_order_state'))) throw new Crash()
  }
  if (resource === 'orders' && sent.fields.has('current_state')) {
    if (!findRow(shop, 'order_states', number('current_state'))) throw new Crash()
  }
}

/** What a write does beside its own row, and what is counted of it. */
export function applyEffects(call: Call, o: { row: Row; sent: Sent }): void {
  const effect = Object.hasOwn(EFFECTS, call.resource) ? EFFECTS[call.resource] : undefined
  effect?.({ ...o, call, shop: call.shop })
}

interface Written {
  shop: Shop
  call: Call
  row: Row
  sent: Sent
}

const EFFECTS: Record<string, (written: Written) => void> = {
  order_histories: addHistory,
  orders: changeOrder,
  order_carriers: changeCarrier,
  order_payments: addPayment,
  messages: ({ shop, call, row }) => countNote(shop, call, { order: textOf(row, 'id_order'), row }),
  customer_messages: ({ shop, call, row }) => {
    const thread = findRow(shop, 'customer_threads', Number(row.id_customer_thread))
    countNote(shop, call, { order: thread ? textOf(thread, 'id_order') : '0', row })
  },
}

function addHistory({ shop, call, row }: Written): void {
  const order = findRow(shop, 'orders', Number(row.id_order))
  if (!order) throw new Crash()
  const state = Number(row.id_order_state)
  shop.ledger.count('order-status', `${order.id}:${state}`)
  countPayment(shop, order, applyState(shop, order, state))
  mail(call, order, state)
}

function mail(call: Call, order: Row, state: number): void {
  const row = findRow(call.shop, 'order_states', state)
  if (call.query.get('sendemail') !== '1' || row?.send_email !== '1') return
  call.shop.store.data.mails.push({ order: order.id, template: textOf(row, 'template') })
  call.shop.store.save()
}

function changeOrder({ shop, row, sent }: Written): void {
  const state = sent.fields.get('current_state')
  if (state !== undefined) {
    shop.ledger.count('order-status', `${row.id}:${Number(state)}`)
    countPayment(shop, row, moveState(shop, row, Number(state)))
  }
  const number = sent.fields.get('shipping_number')
  const [carrier] = rowsWith(shop, 'order_carriers', 'id_order', row.id)
  row.shipping_number = ''
  if (number === undefined || !carrier) return
  carrier.tracking_number = number
  if (number !== '') shop.ledger.count('order-tracking', `${row.id}:${number}`)
  shop.store.save()
}

/** A tracking number does not move the order's `date_upd`. */
function changeCarrier({ shop, call, row, sent }: Written): void {
  const number = sent.fields.get('tracking_number')
  if (!number) return
  shop.ledger.count('order-tracking', `${textOf(row, 'id_order')}:${number}`)
  if (call.query.get('sendemail') !== '1') return
  shop.store.data.mails.push({ order: Number(row.id_order), template: 'in_transit' })
  shop.store.save()
}

/** A payment by the web service touches neither `total_paid_real` nor `date_upd`. */
function addPayment({ shop, row }: Written): void {
  const [order] = rowsWith(shop, 'orders', 'reference', textOf(row, 'order_reference'))
  shop.ledger.count('order-payment', order ? String(order.id) : textOf(row, 'order_reference'))
}

function countPayment(shop: Shop, order: Row, isPaid: boolean): void {
  if (isPaid) shop.ledger.count('order-payment', String(order.id))
  touch(shop, order)
}

function countNote(shop: Shop, call: Call, o: { order: string; row: Row }): void {
  if (call.method === 'POST') shop.ledger.count('order-note', `${o.order}:${textOf(o.row, 'message')}`)
}
