import type { Dice } from '../woocommerce/dice.ts'
import { RATES, RULES, type Sku, sell, sellBox, sellFixedBox, sellSized } from './catalogue.ts'
import type { Rate, Recipe, Sold } from './recipe.ts'

/** A way to pay, with what its module writes into `payment_additional_info`. */
export interface Method {
  code: string
  title: string
  /** The service moves the money while the customer orders: an invoice and a transaction come at once. */
  isImmediate: boolean
  information: string[]
}

/** A kind of order that the shop can receive. */
export interface Template {
  /** Share of the orders placed without naming a template. */
  weight: number
  /** Why the connector should park the order for a person; null when it must travel. */
  expectedParked: string | null
  country: 'FR' | 'BE'
  isGuest: boolean
  method: Method
  /** Without dice: always the same order. */
  recipe: (dice: Dice | null) => Recipe
}

const card: Method = {
  code: 'stripe_payments',
  title: 'Carte bancaire',
  isImmediate: true,
  information: ['pm_1', 'Carte bancaire'],
}
const transfer: Method = {
  code: 'banktransfer',
  title: 'Virement bancaire',
  isImmediate: false,
  information: ['Virement bancaire', 'IBAN FR76 ...'],
}
const paypal: Method = {
  code: 'paypal_express',
  title: 'PayPal',
  isImmediate: true,
  information: ['PAYER1', 'verified'],
}
const cash: Method = {
  code: 'cashondelivery',
  title: 'Paiement à la livraison',
  isImmediate: false,
  information: ['Paiement à la livraison'],
}
const alma: Method = { code: 'alma', title: 'Alma - Paiement en 3 fois', isImmediate: true, information: ['3'] }

const vary = (dice: Dice | null, usual: number, low = 1, high = 4) => dice?.int(low, high) ?? usual

function extras(dice: Dice | null, skus: Sku[], isGross = false): Sold[] {
  if (!dice) return []
  return skus.filter(() => dice.chance(0.35)).map((sku) => sell(sku, dice.int(1, 6), { isGross }))
}

const colissimo = (dice: Dice | null) => ({
  method: 'flatrate_flatrate',
  description: 'Colissimo - Domicile',
  net: dice?.pick([590, 700, 890]) ?? 700,
})

const usual = (dice: Dice | null, lines: Sold[]): Recipe => ({
  pricesIncludeTax: false,
  lines,
  rule: null,
  shipping: colissimo(dice),
  shippingRate: RATES.standard,
  hiddenGiftCard: 0,
})

const withRate = (recipe: Recipe, rate: Rate | null): Recipe => ({
  ...recipe,
  lines: recipe.lines.map((line) => ({ ...line, rate })),
  shippingRate: rate,
})

const bookAndDrill = (dice: Dice | null): Recipe => {
  const lines = [sell('ERP-1001', vary(dice, 3)), sell('LIV-0001', vary(dice, 2))]
  return usual(dice, [...lines, ...extras(dice, ['SAV-001', 'HUI-002'])])
}

const oneDrill = (dice: Dice | null): Recipe =>
  usual(dice, [sell('ERP-1001', vary(dice, 1)), ...extras(dice, ['SAV-001'])])

const withCoupon = (dice: Dice | null): Recipe => ({
  ...bookAndDrill(dice),
  rule: dice?.pick([RULES.DIX, RULES.BON5]) ?? RULES.DIX,
})

const freeShipping = (dice: Dice | null): Recipe => ({
  ...oneDrill(dice),
  rule: RULES.PORT0,
  shipping: { method: 'freeshipping_freeshipping', description: 'Livraison gratuite - Colissimo', net: 0 },
})

const pricesIncludeTax = (dice: Dice | null): Recipe => {
  const lines = [
    sell('ERP-1001', vary(dice, 3), { isGross: true }),
    sell('LIV-0001', vary(dice, 1), { isGross: true }),
    ...extras(dice, ['SAV-001', 'HUI-002'], true),
  ]
  return { ...usual(dice, lines), pricesIncludeTax: true, rule: dice?.pick([RULES.DIX, RULES.BON5]) ?? RULES.DIX }
}

const sized = (dice: Dice | null): Recipe =>
  usual(dice, [sellSized(vary(dice, 2)), ...extras(dice, ['ERP-1001', 'LIV-0001'])])

const boxes = (dice: Dice | null): Recipe => {
  const box = dice?.chance(0.3) ? sellFixedBox(dice.int(1, 3)) : sellBox(vary(dice, 1))
  return usual(dice, [box, ...extras(dice, ['SAV-001'])])
}

const withGiftCard = (dice: Dice | null): Recipe => ({ ...bookAndDrill(dice), hiddenGiftCard: 1000 })

const withUnknownItem = (dice: Dice | null): Recipe => {
  const recipe = bookAndDrill(dice)
  return { ...recipe, lines: [...recipe.lines, sell('INCONNU-9', vary(dice, 1))] }
}

const withUnknownCarrier = (dice: Dice | null): Recipe => ({
  ...bookAndDrill(dice),
  shipping: { method: 'mondialrelay_pickup', description: 'Mondial Relay - Point relais', net: 450 },
})

const paidCard = { expectedParked: null, country: 'FR', isGuest: false, method: card, recipe: bookAndDrill } as const

/** Every kind of order, by name; about one placed order in twelve is a wrong one. */
export const TEMPLATES: Record<string, Template> = {
  'paid-card': { ...paidCard, weight: 32 },
  'coupons-fee-bank-transfer': { ...paidCard, weight: 16, method: transfer, recipe: withCoupon },
  'guest-no-tax': {
    ...paidCard,
    weight: 8,
    country: 'BE',
    isGuest: true,
    method: paypal,
    recipe: (dice) => withRate(oneDrill(dice), null),
  },
  'free-shipping': { ...paidCard, weight: 10, method: cash, recipe: freeShipping },
  'prices-include-tax': { ...paidCard, weight: 16, recipe: pricesIncludeTax },
  configurable: { ...paidCard, weight: 16, method: paypal, recipe: sized },
  bundle: { ...paidCard, weight: 12, recipe: boxes },
  'gift-card': { ...paidCard, weight: 1, expectedParked: 'totals-mismatch', recipe: withGiftCard },
  'totals-mismatch': { ...paidCard, weight: 1, expectedParked: 'totals-mismatch', recipe: withGiftCard },
  'unknown-payment-method': { ...paidCard, weight: 2, expectedParked: 'unknown-payment-method', method: alma },
  'unknown-item': { ...paidCard, weight: 2, expectedParked: 'unknown-item', recipe: withUnknownItem },
  'unknown-vat-rate': {
    ...paidCard,
    weight: 2,
    expectedParked: 'unknown-vat-rate',
    country: 'BE',
    recipe: (dice) => withRate(bookAndDrill(dice), RATES.belgian),
  },
  'unknown-carrier': { ...paidCard, weight: 2, expectedParked: 'unknown-carrier', recipe: withUnknownCarrier },
}
