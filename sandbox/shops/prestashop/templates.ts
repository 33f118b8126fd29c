import type { Dice } from '../woocommerce/dice.ts'
import { CARRIER_IDS } from './carriers.ts'
import { RATES, type Rate, type Sku, type Sold, sell } from './catalogue.ts'
import { priceOrder, type Recipe, roundingOf, type Voucher } from './pricing.ts'

/** Why the connector should park the order for a person. */
export type ParkedReason =
  | 'unknown-payment-method'
  | 'unknown-item'
  | 'unknown-vat-rate'
  | 'unknown-carrier'
  | 'totals-mismatch'

/** How an order is paid: the module, its label, and the state in which the order begins. */
export interface Payment {
  module: string
  label: string
  state: number
  isPaid: boolean
}

/** A kind of order that the shop can receive. */
export interface Template {
  /** Share of the orders placed without naming a template. */
  weight: number
  expectedParked: ParkedReason | null
  country: 'FR' | 'BE'
  /** Without dice: always the same goods. */
  recipe: (dice: Dice | null) => Recipe
  payment: Payment
  carrier: number
  isGuest?: boolean
  /** Cents taken off the total without any field that says why. */
  hiddenGiftCard?: number
  hasPickupPoint?: boolean
  /** Each line becomes an order of its own, under one reference and one cart. */
  isSplit?: boolean
}

const CARD: Payment = { module: 'stripe_official', label: 'Carte bancaire', state: 2, isPaid: true }
const PAYPAL: Payment = { module: 'paypal', label: 'PayPal', state: 2, isPaid: true }
const WIRE: Payment = { module: 'ps_wirepayment', label: 'Virement bancaire', state: 10, isPaid: false }
const ALMA: Payment = { module: 'alma', label: 'Alma - Paiement en 3 fois', state: 2, isPaid: true }

const TEN: Voucher = { id: 1, name: 'Remise 10 %', kind: 'percent', amount: 10 }
const FIVE: Voucher = { id: 2, name: 'Bon de 5 € TTC', kind: 'amount', amount: 500 }
const NO_SHIPPING: Voucher = { id: 3, name: 'Port offert', kind: 'shipping', amount: 0 }
const GIFT_CARD: Voucher = { id: 4, name: 'Carte cadeau 20 €', kind: 'amount', amount: 2000 }

const vary = (dice: Dice | null, usual: number, low = 1, high = 4) => dice?.int(low, high) ?? usual

function extras(dice: Dice | null, skus: Sku[]): Sold[] {
  if (!dice) return []
  return skus.filter(() => dice.chance(0.35)).map((sku) => sell(sku, dice.int(1, 6)))
}

const recipeOf = (dice: Dice | null, lines: Sold[], more: Partial<Recipe> = {}): Recipe => ({
  lines,
  vouchers: [],
  shipping: dice?.pick([590, 700, 890]) ?? 700,
  wrapping: 0,
  rate: RATES.standard,
  ...more,
})

const bookAndDrill = (dice: Dice | null, more: Partial<Recipe> = {}): Recipe => {
  const usual = [sell('ERP-1001', vary(dice, 3)), sell('LIV-0001', vary(dice, 2))]
  return recipeOf(dice, [...usual, ...extras(dice, ['SAV-001', 'HUI-002'])], more)
}

const oneDrill = (dice: Dice | null, more: Partial<Recipe> = {}): Recipe =>
  recipeOf(dice, [sell('ERP-1001', vary(dice, 1)), ...extras(dice, ['SAV-001'])], more)

const atRate = (recipe: Recipe, rate: Rate): Recipe => ({
  ...recipe,
  lines: recipe.lines.map((line) => ({ ...line, rate })),
  rate,
})

const withUnknownItem = (dice: Dice | null): Recipe => {
  const recipe = bookAndDrill(dice)
  return { ...recipe, lines: [...recipe.lines, sell('INCONNU-9', vary(dice, 1))] }
}

/** Quantities for which rounded lines and the total are one cent apart, as in the recorded orders 6 and 7. */
function roundingCase(dice: Dice | null): Recipe {
  for (;;) {
    const drill = sell('ERP-1001', vary(dice, 3, 1, 5), { net: 12_345_678 })
    const soap = sell('SAV-001', vary(dice, 1, 1, 5), { net: 6_586_667, percent: 20 })
    const recipe = recipeOf(dice, [drill, sell('LIV-0001', vary(dice, 1)), soap, ...extras(dice, ['HUI-002'])])
    if (Math.abs(roundingOf(priceOrder(recipe))) === 1) return recipe
  }
}

const paidCard: Template = {
  weight: 30,
  expectedParked: null,
  country: 'FR',
  recipe: bookAndDrill,
  payment: CARD,
  carrier: CARRIER_IDS.colissimo,
}
const couponsAndWrapping = (dice: Dice | null) => bookAndDrill(dice, { vouchers: [TEN, FIVE], wrapping: 350 })
const wrong = (expectedParked: ParkedReason, more: Partial<Template>): Template => ({
  ...paidCard,
  weight: 2,
  expectedParked,
  ...more,
})

/** Every kind of order, by name; about one placed order in twelve is a wrong one. */
export const TEMPLATES: Record<string, Template> = {
  'paid-card': paidCard,
  'coupons-fee-bank-transfer': { ...paidCard, weight: 14, payment: WIRE, recipe: couponsAndWrapping },
  'gift-card': { ...paidCard, weight: 8, recipe: (dice) => oneDrill(dice, { vouchers: [GIFT_CARD] }) },
  'guest-no-tax': {
    ...paidCard,
    weight: 8,
    country: 'BE',
    payment: PAYPAL,
    isGuest: true,
    recipe: (dice) => atRate(oneDrill(dice), RATES.none),
  },
  'free-shipping': {
    ...paidCard,
    weight: 10,
    payment: PAYPAL,
    recipe: (dice) => oneDrill(dice, { vouchers: [NO_SHIPPING] }),
  },
  'prices-include-tax': { ...paidCard, weight: 15, recipe: roundingCase },
  'pickup-point': { ...paidCard, weight: 25, carrier: CARRIER_IDS.pickup, hasPickupPoint: true },
  'split-order': { ...paidCard, weight: 0, isSplit: true },
  'totals-mismatch': wrong('totals-mismatch', { recipe: (dice) => bookAndDrill(dice), hiddenGiftCard: 1000 }),
  'unknown-payment-method': wrong('unknown-payment-method', { payment: ALMA }),
  'unknown-item': wrong('unknown-item', { recipe: withUnknownItem }),
  'unknown-vat-rate': wrong('unknown-vat-rate', {
    country: 'BE',
    recipe: (dice) => atRate(bookAndDrill(dice), RATES.belgian),
  }),
  'unknown-carrier': wrong('unknown-carrier', { carrier: CARRIER_IDS.unmapped }),
}
