import { chooseTemplate, templateNamed } from '../order-templates.ts'
import type { PlacedOrder } from '../shop-sandbox.ts'
import { type Dice, openDice } from '../woocommerce/dice.ts'
import { inventNote } from '../woocommerce/people.ts'
import { addBuyer, type Buyer } from './customers.ts'
import { addDetails, addVouchers, totalsOf } from './goods.ts'
import type { Row } from './model.ts'
import { textOf } from './model.ts'
import { microOf, textOfCents, textOfMicro } from './money.ts'
import { type Priced, priceOrder, type Recipe } from './pricing.ts'
import { insertRow, nextNumber, type Shop, timeOf } from './shop.ts'
import { addPaymentRow, moveState } from './states.ts'
import { TEMPLATES, type Template } from './templates.ts'

/** A customer orders; without a template, one is chosen by weight; without a seed, the next one is taken. */
export function placeOrder(shop: Shop, o: { template?: string; seed?: number } = {}): PlacedOrder {
  const seed = o.seed ?? nextNumber(shop, 'seed')
  const name = o.template ?? chooseTemplate(TEMPLATES, openDice(`choice:${seed}`))
  const template = templateNamed(TEMPLATES, name)
  const dice = openDice(`${name}:${seed}`)
  const recipe = template.recipe(seed === 0 ? null : dice)
  const { country, isGuest = false, hasPickupPoint = false } = template
  const buyer = addBuyer(shop, dice, { country, isGuest, hasPickupPoint })
  const cart = nextNumber(shop, 'cart')
  const placing = { template, buyer, cart, reference: referenceOf(cart, dice) }
  const orders = partsOf(recipe, template).map((part) => addOrder(shop, part, placing))
  const [first] = orders
  if (!first) throw new RangeError('an order without goods')
  addNote(shop, first, inventNote(dice))
  if (template.payment.isPaid) pay(shop, orders, { template, dice })
  for (const order of orders) moveState(shop, order, template.payment.state, '1')
  return {
    id: String(first.id),
    number: textOf(first, 'reference'),
    template: name,
    expectedParked: template.expectedParked,
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Nine letters that no other cart has: the last ones count. */
function referenceOf(cart: number, dice: Dice): string {
  const letter = (number: number) => LETTERS[number % 26] ?? 'A'
  const chance = Array.from({ length: 5 }, () => letter(dice.int(0, 25)))
  const counted = [17_576, 676, 26, 1].map((power) => letter(Math.floor(cart / power)))
  return [...chance, ...counted].join('')
}

/** The whole order, or one part for each line; each parcel has its own shipping. */
const partsOf = (recipe: Recipe, { isSplit }: Template): Recipe[] =>
  isSplit ? recipe.lines.map((line) => ({ ...recipe, lines: [line] })) : [recipe]

interface Placing {
  template: Template
  buyer: Buyer
  cart: number
  reference: string
}

function addOrder(shop: Shop, recipe: Recipe, placing: Placing): Row {
  const { template } = placing
  const priced = priceOrder(recipe)
  const hidden = template.hiddenGiftCard ?? 0
  const order = insertRow(shop, 'orders', {
    ...headOf(shop, recipe, placing),
    ...totalsOf({ ...priced, paid: { net: priced.paid.net - hidden, gross: priced.paid.gross - hidden } }),
    total_paid_real: '0.000000',
    carrier_tax_rate: (recipe.rate.basisPoints / 100).toFixed(3),
    round_mode: '2',
    round_type: '2',
    conversion_rate: '1.000000',
    reference: placing.reference,
  })
  addDetails(shop, order, { lines: recipe.lines, priced })
  addVouchers(shop, order, { vouchers: recipe.vouchers, priced })
  addCarrier(shop, order, { recipe, priced })
  return order
}

function headOf(shop: Shop, recipe: Recipe, { buyer, cart, template }: Placing) {
  const now = timeOf(shop)
  return {
    id_address_delivery: String(buyer.delivery.id),
    id_address_invoice: String(buyer.invoice.id),
    id_cart: String(cart),
    id_currency: '1',
    id_lang: '1',
    id_customer: String(buyer.customer.id),
    id_carrier: String(template.carrier),
    current_state: '0',
    module: template.payment.module,
    invoice_number: '0',
    invoice_date: '0000-00-00 00:00:00',
    delivery_number: '0',
    delivery_date: '0000-00-00 00:00:00',
    valid: '0',
    date_add: now,
    date_upd: now,
    shipping_number: '',
    note: '',
    id_shop_group: '1',
    id_shop: '1',
    secure_key: textOf(buyer.customer, 'secure_key'),
    payment: template.payment.label,
    recyclable: '0',
    gift: recipe.wrapping > 0 ? '1' : '0',
    gift_message: recipe.wrapping > 0 ? 'Joyeux anniversaire !' : '',
    mobile_theme: '0',
  }
}

function addCarrier(shop: Shop, order: Row, { recipe, priced }: { recipe: Recipe; priced: Priced }): void {
  const weight = recipe.lines.reduce((total, line) => total + line.article.weight * line.quantity, 0)
  insertRow(shop, 'order_carriers', {
    id_order: String(order.id),
    id_carrier: textOf(order, 'id_carrier'),
    id_order_invoice: '0',
    weight: textOfMicro(weight),
    shipping_cost_tax_excl: textOfCents(priced.shipping.net),
    shipping_cost_tax_incl: textOfCents(priced.shipping.gross),
    tracking_number: '',
    date_add: timeOf(shop),
  })
}

/** What the customer wrote with the order: the shop keeps it as a private message. */
function addNote(shop: Shop, order: Row, message: string): void {
  if (message === '') return
  insertRow(shop, 'messages', {
    id_cart: textOf(order, 'id_cart'),
    id_order: String(order.id),
    id_customer: textOf(order, 'id_customer'),
    id_employee: '0',
    message,
    private: '1',
    date_add: timeOf(shop),
  })
}

/** One payment for all the orders of the cart, linked by their reference. */
function pay(shop: Shop, orders: Row[], o: { template: Template; dice: Dice }): void {
  const [first] = orders
  const total = orders.reduce((sum, order) => sum + microOf(textOf(order, 'total_paid_tax_incl')), 0)
  for (const order of orders) order.total_paid_real = textOf(order, 'total_paid_tax_incl')
  if (!first || total === 0) return
  const transaction = o.template.payment.module === 'paypal' ? 'PAYID-' : 'TX-'
  const method = o.template.payment.label
  addPaymentRow(shop, first, {
    amount: textOfMicro(total),
    method,
    transaction: `${transaction}${o.dice.word(12).toUpperCase()}`,
  })
}
