import type { Rate, Rule, Sold } from './recipe.ts'

/** The tax rates of the shop; 21 % is one that no French ERP has. */
export const RATES = {
  standard: { code: 'FR TVA 20 %', title: 'TVA 20 %', basisPoints: 2000 },
  reduced: { code: 'FR TVA 5.5 %', title: 'TVA 5.5 %', basisPoints: 550 },
  belgian: { code: 'BE TVA 21 %', title: 'TVA 21 %', basisPoints: 2100 },
} as const satisfies Record<string, Rate>

interface Article {
  productId: number
  sku: string
  name: string
  /** Cents, in a shop whose prices are net, and in one whose prices include tax. */
  net: number
  gross: number
  weight: number
  rate: Rate
}

const { standard, reduced } = RATES

/** What the shop sells, by SKU; INCONNU-9 is a product that the ERP never heard of. */
export const ARTICLES = {
  'ERP-1001': {
    productId: 20,
    sku: 'ERP-1001',
    name: 'Perceuse 18 V - modèle "Pro" <b>',
    net: 1235,
    gross: 1490,
    weight: 1000,
    rate: standard,
  },
  'LIV-0001': {
    productId: 21,
    sku: 'LIV-0001',
    name: 'Livre « ERP pour tous »',
    net: 1896,
    gross: 2000,
    weight: 400,
    rate: reduced,
  },
  'SAV-001': {
    productId: 41,
    sku: 'SAV-001',
    name: "Savon d'Alep & laurier",
    net: 658,
    gross: 790,
    weight: 200,
    rate: standard,
  },
  'HUI-002': {
    productId: 42,
    sku: 'HUI-002',
    name: "Huile d'olive",
    net: 1374,
    gross: 1450,
    weight: 1100,
    rate: reduced,
  },
  'INCONNU-9': {
    productId: 99,
    sku: 'INCONNU-9',
    name: 'Tournevis cruciforme',
    net: 416,
    gross: 499,
    weight: 80,
    rate: standard,
  },
} as const satisfies Record<string, Article>

/** A SKU of the shop. */
export type Sku = keyof typeof ARTICLES

/** One line of the shop at its usual price, in a shop whose prices are net (default) or gross. */
export function sell(sku: Sku, quantity: number, o: { isGross?: boolean } = {}): Sold {
  const { net, gross, ...article } = ARTICLES[sku]
  return { ...article, price: o.isGross ? gross : net, quantity, kind: 'simple', children: [] }
}

/** A soap whose size was chosen: the parent carries the price and the SKU of the child that was chosen. */
export function sellSized(quantity: number): Sold {
  const child = { ...sell('SAV-001', 1), productId: 441, name: "Savon d'Alep & laurier-100 g", price: 0, rate: null }
  return { ...sell('SAV-001', quantity), productId: 440, kind: 'configurable', children: [child] }
}

/** A box of a drill and a book; the price is the sum of what is inside. */
export function sellBox(quantity: number): Sold {
  const children = [sell('ERP-1001', 1), sell('LIV-0001', 2)]
  return {
    productId: 500,
    sku: 'COFFRET-ERP-1001-LIV-0001',
    name: 'Coffret « premier chantier »',
    price: 0,
    weight: 1800,
    quantity,
    rate: null,
    kind: 'bundle-split',
    children,
  }
}

/** A box of oils at one price of its own; what is inside costs nothing. */
export function sellFixedBox(quantity: number): Sold {
  const inside = { price: 0, rate: null, quantity: 1, kind: 'simple' as const, children: [] }
  const children = [
    { ...inside, productId: 511, sku: 'HUI-MINI-VERTE', name: 'Huile verte 10 cl', weight: 150 },
    { ...inside, productId: 512, sku: 'HUI-MINI-DOUCE', name: 'Huile douce 10 cl', weight: 150 },
  ]
  return { ...sell('HUI-002', quantity), productId: 510, name: 'Coffret huiles', kind: 'bundle', children }
}

/** The cart rules of the shop, by code. */
export const RULES = {
  DIX: { id: '3', code: 'DIX', label: 'Remise 10 %', percent: 10, fixed: 0 },
  BON5: { id: '4', code: 'BON5', label: 'Bon de 5 €', percent: 0, fixed: 500 },
  PORT0: { id: '5', code: 'PORT0', label: 'Port offert', percent: 0, fixed: 0 },
} as const satisfies Record<string, Rule>
