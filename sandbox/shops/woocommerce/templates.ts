import { COUPONS, RATES, type Sku, sell } from './catalogue.ts'
import type { Dice } from './dice.ts'
import type { Recipe, Sold } from './recipe.ts'

/** Why the connector should park the order for a person. */
export type ParkedReason =
  | 'unknown-payment-method'
  | 'unknown-item'
  | 'unknown-vat-rate'
  | 'unknown-carrier'
  | 'totals-mismatch'

/** A recorded order, a file of `sandbox/data/woocommerce`. */
export type RecordName =
  | 'paid-card'
  | 'coupons-fee-bank-transfer'
  | 'gift-card-as-fee'
  | 'guest-no-tax'
  | 'free-shipping'
  | 'prices-include-tax'
  | 'gift-card-hidden'

/** A kind of order that the shop can receive. */
export interface Template {
  record: RecordName
  /** Share of the orders placed without naming a template. */
  weight: number
  expectedParked: ParkedReason | null
  country: 'FR' | 'BE'
  /** Without dice: exactly what the recorded order holds (with the template's twist). */
  recipe: (dice: Dice | null) => Recipe
  payment?: { payment_method: string; payment_method_title: string }
  /** Cents taken off the total without any member that says why. */
  hiddenGiftCard?: number
  hasPickupPoint?: boolean
}

const vary = (dice: Dice | null, recorded: number, low = 1, high = 4) => dice?.int(low, high) ?? recorded

function extras(dice: Dice | null, skus: Sku[], isGross = false): Sold[] {
  if (!dice) return []
  return skus.filter(() => dice.chance(0.35)).map((sku) => sell(sku, dice.int(1, 6), { isGross }))
}

const colissimo = (dice: Dice | null) => ({
  methodId: 'flat_rate',
  title: 'Colissimo',
  net: dice?.pick([590, 700, 890]) ?? 700,
})
const base = { pricesIncludeTax: false, coupons: [], fees: [], standardRate: RATES.standard }
const wrapping = { name: 'Emballage cadeau', net: 350, taxStatus: 'taxable' } as const

const bookAndDrill = (dice: Dice | null): Recipe => ({
  ...base,
  lines: [sell('ERP-1001', vary(dice, 3)), sell('LIV-0001', vary(dice, 2)), ...extras(dice, ['SAV-001', 'HUI-002'])],
  shipping: colissimo(dice),
})

const withRate = (recipe: Recipe, rate: Recipe['standardRate']): Recipe => ({
  ...recipe,
  lines: recipe.lines.map((line) => ({ ...line, rate })),
  standardRate: rate,
})

const oneDrill = (dice: Dice | null): Recipe => ({
  ...base,
  lines: [sell('ERP-1001', vary(dice, 1)), ...extras(dice, ['SAV-001'])],
  shipping: colissimo(dice),
})

const withCoupons = (dice: Dice | null): Recipe => ({
  ...bookAndDrill(dice),
  coupons: [COUPONS.dix, COUPONS.bon5],
  fees: [wrapping],
})

const giftCardAsFee = (dice: Dice | null): Recipe => ({
  ...base,
  lines: [sell('ERP-1001', vary(dice, 2, 2)), ...extras(dice, ['SAV-001'])],
  fees: [{ name: 'Carte cadeau GIFT-20EUR', net: -2000, taxStatus: 'none' }],
  shipping: colissimo(dice),
})

const freeShipping = (dice: Dice | null): Recipe => ({
  ...oneDrill(dice),
  coupons: [COUPONS.port0],
  shipping: { methodId: 'free_shipping', title: 'Livraison gratuite', net: 0 },
})

const pricesIncludeTax = (dice: Dice | null): Recipe => ({
  ...base,
  pricesIncludeTax: true,
  lines: [
    sell('ERP-1001', vary(dice, 3), { isGross: true, imageId: '32' }),
    sell('LIV-0001', vary(dice, 1), { isGross: true }),
    ...extras(dice, ['SAV-001', 'HUI-002'], true),
  ],
  coupons: [COUPONS.dix, COUPONS.bon5],
  fees: [wrapping],
  shipping: colissimo(dice),
})

const drillsOnly = (dice: Dice | null): Recipe => ({
  ...base,
  lines: [sell('ERP-1001', vary(dice, 2), { price: 14_900_000, imageId: '32' })],
  shipping: null,
})

const withUnknownItem = (dice: Dice | null): Recipe => {
  const recipe = bookAndDrill(dice)
  return { ...recipe, lines: [...recipe.lines, sell('INCONNU-9', vary(dice, 1))] }
}

const withUnknownCarrier = (dice: Dice | null): Recipe => ({
  ...bookAndDrill(dice),
  shipping: { methodId: 'mondial_relay', title: 'Mondial Relay', net: 450 },
})

const alma = { payment_method: 'alma_3x', payment_method_title: 'Alma - Paiement en 3 fois' }
const paidCard = { record: 'paid-card', expectedParked: null, country: 'FR', recipe: bookAndDrill } as const
const hidden = {
  record: 'gift-card-hidden',
  expectedParked: 'totals-mismatch',
  country: 'FR',
  recipe: drillsOnly,
  hiddenGiftCard: 1000,
} as const

/** Every kind of order, by name; about one placed order in twelve is a wrong one. */
export const TEMPLATES: Record<string, Template> = {
  'paid-card': { ...paidCard, weight: 30 },
  'coupons-fee-bank-transfer': { ...paidCard, record: 'coupons-fee-bank-transfer', weight: 14, recipe: withCoupons },
  'gift-card-as-fee': { ...paidCard, record: 'gift-card-as-fee', weight: 8, recipe: giftCardAsFee },
  'guest-no-tax': {
    ...paidCard,
    record: 'guest-no-tax',
    weight: 8,
    country: 'BE',
    recipe: (dice) => withRate(oneDrill(dice), null),
  },
  'free-shipping': { ...paidCard, record: 'free-shipping', weight: 10, recipe: freeShipping },
  'prices-include-tax': { ...paidCard, record: 'prices-include-tax', weight: 15, recipe: pricesIncludeTax },
  'pickup-point': { ...paidCard, weight: 25, hasPickupPoint: true },
  'gift-card-hidden': { ...hidden, weight: 1 },
  'totals-mismatch': { ...hidden, weight: 1 },
  'unknown-payment-method': { ...paidCard, weight: 2, expectedParked: 'unknown-payment-method', payment: alma },
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
