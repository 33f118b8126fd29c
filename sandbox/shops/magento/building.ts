import { templateNamed } from '../order-templates.ts'
import { type Dice, openDice } from '../woocommerce/dice.ts'
import { sum } from '../woocommerce/money.ts'
import type { Address, Counter, Item, Order, Payment } from './model.ts'
import { type Customer, inventCustomer, JEANNE, PAUL } from './people.ts'
import { type PricedLine, type PricedOrder, priceOrder } from './pricing.ts'
import type { Recipe } from './recipe.ts'
import { TEMPLATES, type Template } from './templates.ts'

/** Gives the next number of a table. */
export type Next = (counter: Counter) => number

/** The customer number that Magento prints: nine digits, of the store. */
export const incrementOf = (id: number): string => String(id).padStart(9, '0')

interface Building {
  id: number
  now: string
  next: Next
  dice: Dice
  template: Template
  recipe: Recipe
  priced: PricedOrder
  customer: Customer
}

/** Makes a new order out of a template, not paid yet; seed 0 is always the same order of the same people. */
export function buildOrder(o: { template: string; seed: number; id: number; now: string; next: Next }): Order {
  const template = templateNamed(TEMPLATES, o.template)
  const dice = openDice(`${o.template}:${o.seed}`)
  const recipe = template.recipe(o.seed === 0 ? null : dice)
  const customer = o.seed === 0 ? (template.country === 'BE' ? PAUL : JEANNE) : inventCustomer(dice, template)
  const building = { ...o, dice, template, recipe, priced: priceOrder(recipe), customer }
  const { lines, amounts, shippingTax } = building.priced
  const shipping = addressOf(building, 'shipping')
  const billing = addressOf(building, 'billing')
  return {
    row: { ...rowOf(building), billing_address_id: billing.entity_id },
    amounts,
    items: lines.flatMap((line) => itemsOf(building, line)),
    billing,
    shipping,
    shippingMethod: recipe.shipping.method,
    shippingTax,
    payment: paymentOf(building),
    histories: [],
    paymentInfo: [{ key: 'method_title', value: template.method.title }],
  }
}

function rowOf({ id, now, dice, recipe, priced, customer }: Building): Omit<Order['row'], 'billing_address_id'> {
  const isGuest = customer.id === null
  const { rule } = recipe
  return {
    entity_id: id,
    increment_id: incrementOf(id),
    state: 'new',
    status: 'pending',
    created_at: now,
    updated_at: now,
    hold_before_state: null,
    hold_before_status: null,
    customer_id: customer.id,
    customer_is_guest: isGuest ? 1 : 0,
    customer_group_id: isGuest ? 0 : 1,
    customer_email: customer.billing.email,
    customer_firstname: customer.billing.firstname,
    customer_lastname: customer.billing.lastname,
    customer_note: customer.note,
    customer_taxvat: customer.vat,
    coupon_code: rule?.code ?? null,
    discount_description: rule?.label ?? null,
    applied_rule_ids: rule?.id ?? null,
    protect_code: openDice(`protect:${id}`).word(12),
    quote_id: 300 + id,
    remote_ip: `192.0.2.${dice.int(1, 254)}`,
    shipping_description: recipe.shipping.description,
    total_item_count: priced.lines.length,
    total_qty_ordered: sum(priced.lines.map((line) => line.quantity)),
  }
}

const addressOf = ({ id, next, customer }: Building, kind: 'billing' | 'shipping'): Address => ({
  ...customer[kind],
  entity_id: next('address'),
  address_type: kind,
  parent_id: id,
})

function itemsOf(building: Building, line: PricedLine, parent?: Item): Item[] {
  const { id, now, next, recipe } = building
  const { kind, sku, name, productId } = line.sold
  const itemId = next('item')
  const item: Item = {
    row: {
      item_id: itemId,
      order_id: id,
      parent_item_id: parent?.row.item_id ?? null,
      product_id: productId,
      product_type: kind === 'bundle-split' ? 'bundle' : kind,
      sku,
      name,
      quote_item_id: 700 + itemId,
      applied_rule_ids: recipe.rule?.id ?? null,
      qty_ordered: line.quantity,
      qty_invoiced: 0,
      qty_shipped: 0,
      qty_refunded: 0,
      qty_canceled: 0,
      created_at: now,
      updated_at: now,
    },
    amounts: line.amounts,
    product_option: optionOf(line),
    tax: line.tax,
    isSplit: kind === 'bundle-split',
  }
  return [item, ...line.children.flatMap((child) => itemsOf(building, child, item))]
}

/** What the customer chose in the product, as far as the shop tells. */
function optionOf({ sold }: PricedLine): unknown {
  if (sold.kind === 'configurable') {
    return { extension_attributes: { configurable_item_options: [{ option_id: '141', option_value: 166 }] } }
  }
  if (sold.kind === 'simple') return null
  const bundle_options = sold.children.map((child, index) => ({
    option_id: index + 1,
    option_qty: child.quantity,
    option_selections: [child.productId],
  }))
  return { extension_attributes: { bundle_options } }
}

function paymentOf({ id, template, priced }: Building): Payment {
  const { code, information } = template.method
  const { grand_total, shipping_amount } = priced.amounts
  return {
    row: {
      entity_id: id,
      parent_id: id,
      method: code,
      additional_information: [...information],
      last_trans_id: null,
      cc_trans_id: null,
    },
    amounts: { amount_ordered: grand_total, shipping_amount },
  }
}
