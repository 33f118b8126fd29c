import { chooseTemplate, templateNamed } from '../order-templates.ts'
import type { PlacedOrder } from '../shop-sandbox.ts'
import { openDice } from '../woocommerce/dice.ts'
import { buildOrder } from './building.ts'
import { captureOnline } from './invoicing.ts'
import { type Shop, timeIn } from './shop.ts'
import { TEMPLATES } from './templates.ts'

/** A customer orders; without a template, one is chosen by weight; without a seed, the next one is taken. */
export function placeOrder(shop: Shop, o: { template?: string; seed?: number } = {}): PlacedOrder {
  const dice = openDice(`choice:${o.seed ?? shop.store.data.next.seed}`)
  const name = o.template ?? chooseTemplate(TEMPLATES, dice)
  const { method, expectedParked } = templateNamed(TEMPLATES, name)
  const seed = o.seed ?? shop.next('seed')
  const id = shop.next('order')
  const order = buildOrder({ template: name, seed, id, now: timeIn(shop), next: shop.next })
  shop.store.data.orders.push(order)
  if (method.isImmediate) captureOnline(shop, order, `ch_${openDice(`txn:${name}:${seed}:${id}`).word(16)}`)
  shop.store.save()
  return { id: String(id), number: order.row.increment_id, template: name, expectedParked }
}
