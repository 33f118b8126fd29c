import { readFileSync } from 'node:fs'
import { templateNamed } from '../order-templates.ts'
import { gmtOf } from './clock.ts'
import { type Dice, openDice } from './dice.ts'
import type { Meta, Order } from './model.ts'
import { amountOf, centsOf } from './money.ts'
import { inventNote, inventPerson, PICKUP_POINTS } from './people.ts'
import { priceOrder } from './pricing.ts'
import type { Numbers } from './recipe.ts'
import { type RecordName, TEMPLATES, type Template } from './templates.ts'

const records = new Map<RecordName, string>()

function readRecord(name: RecordName): Order {
  let text = records.get(name)
  if (text === undefined) {
    text = readFileSync(new URL(`../../data/woocommerce/${name}.json`, import.meta.url), 'utf8')
    records.set(name, text)
  }
  return JSON.parse(text) as Order
}

/** Makes a new order out of a template; seed 0 keeps the recorded people and amounts. */
export function buildOrder(o: { template: string; seed: number; id: number; numbers: Numbers; now: Date }): Order {
  const { template: name } = o
  const template = templateNamed(TEMPLATES, name)
  const dice = openDice(`${name}:${o.seed}`)
  const order = { ...readRecord(template.record), ...identity(o.id, dice, o.numbers.meta) }
  stampDates(order, gmtOf(o.now))
  renumberMeta(order.meta_data, o.numbers)
  if (o.seed === 0 && name === template.record) return renumberLines(order, o.numbers)
  Object.assign(order, priceOrder(template.recipe(o.seed === 0 ? null : dice), o.numbers))
  if (template.hiddenGiftCard) order.total = amountOf(centsOf(order.total) - template.hiddenGiftCard)
  if (order.status !== 'pending') markStockReduced(order, o.numbers)
  Object.assign(order, template.payment)
  if (o.seed !== 0) changePerson({ order, template, dice, numbers: o.numbers })
  if (template.hasPickupPoint) sendToPickupPoint(order, dice, o.numbers)
  return order
}

function identity(id: number, dice: Dice, salt: () => number) {
  const key = openDice(`key:${id}:${dice.int(0, 1_000_000)}:${salt()}`).word(13)
  return { id, number: String(id), order_key: `wc_order_${key}` }
}

function stampDates(order: Order, now: string): void {
  order.date_created_gmt = now
  order.date_modified_gmt = now
  if (order.date_paid_gmt !== null) order.date_paid_gmt = now
}

function renumberMeta(meta: Meta[], numbers: Numbers): void {
  for (const entry of meta) entry.id = numbers.meta()
}

function renumberLines(order: Order, numbers: Numbers): Order {
  for (const line of [
    ...order.line_items,
    ...order.shipping_lines,
    ...order.fee_lines,
    ...order.tax_lines,
    ...order.coupon_lines,
  ]) {
    line.id = numbers.item()
    renumberMeta(line.meta_data, numbers)
  }
  return order
}

function markStockReduced(order: Order, numbers: Numbers): void {
  for (const line of order.line_items) {
    const value = String(line.quantity)
    line.meta_data.push({
      id: numbers.meta(),
      key: '_reduced_stock',
      value,
      display_key: '_reduced_stock',
      display_value: value,
    })
  }
}

function addMeta(order: Order, numbers: Numbers, entries: Record<string, string>): void {
  for (const [key, value] of Object.entries(entries)) order.meta_data.push({ id: numbers.meta(), key, value })
}

function changePerson(o: { order: Order; template: Template; dice: Dice; numbers: Numbers }): void {
  const { order, dice } = o
  const person = inventPerson(dice, o.template.country)
  const isGuest = order.customer_id === 0 || dice.chance(0.3)
  order.billing = person.billing
  order.shipping = order.shipping.last_name === '' ? order.shipping : person.shipping
  order.customer_id = isGuest ? 0 : dice.int(3, 400)
  order.customer_note = inventNote(dice)
  order.created_via = 'checkout'
  order.customer_ip_address = `192.0.2.${dice.int(1, 254)}`
  order.meta_data = order.meta_data.filter((meta) => meta.key !== '_billing_vat')
  if (person.vatNumber) addMeta(order, o.numbers, { _billing_vat: person.vatNumber })
  if (order.transaction_id === '') return
  order.transaction_id =
    order.payment_method === 'paypal' ? `PAYID-${dice.word(20).toUpperCase()}` : `ch_${dice.word(24)}`
}

/** A pickup point as the official Colissimo plug-in writes it: three meta keys, and the delivery address is the point's. */
function sendToPickupPoint(order: Order, dice: Dice, numbers: Numbers): void {
  const { id, label, address_1, postcode, city } = dice.pick(PICKUP_POINTS)
  order.shipping = { ...order.shipping, company: label, address_1, address_2: '', postcode, city, country: 'FR' }
  for (const line of order.shipping_lines) line.method_title = 'Colissimo - Point de retrait'
  const meta = {
    _lpc_meta_pickUpLocationId: id,
    _lpc_meta_pickUpProductCode: 'HD',
    _lpc_meta_pickUpLocationLabel: label,
  }
  addMeta(order, numbers, meta)
}
