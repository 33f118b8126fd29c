/** A tax rate of the shop; `basisPoints`: 2000 is 20 %. */
export interface Rate {
  basisPoints: number
  /** Id of the tax, null without tax. */
  taxId: number | null
  /** Id of the tax rule group. */
  group: number
}

/** The tax rates of the shop; 21 % is one that no French ERP has. */
export const RATES = {
  standard: { basisPoints: 2000, taxId: 1, group: 1 },
  reduced: { basisPoints: 550, taxId: 3, group: 3 },
  belgian: { basisPoints: 2100, taxId: 6, group: 5 },
  none: { basisPoints: 0, taxId: null, group: 0 },
} as const satisfies Record<string, Rate>

/** A product of the shop; `net` and `weight` in millionths (of a euro, of a kilogram). */
export interface Article {
  id: number
  sku: string
  name: string
  ean: string
  net: number
  weight: number
  rate: Rate
}

const { standard, reduced } = RATES
const drill = 'Perceuse 18 V - modèle "Pro"'
const book = 'Livre « ERP pour tous »'

/** What the shop sells, by SKU; their prices with tax are whole cents. INCONNU-9 is a product that the ERP never heard of. */
export const ARTICLES = {
  'ERP-1001': {
    id: 22,
    sku: 'ERP-1001',
    name: drill,
    ean: '3760123456790',
    net: 12_416_667,
    weight: 1_250_000,
    rate: standard,
  },
  'LIV-0001': { id: 21, sku: 'LIV-0001', name: book, ean: '', net: 18_957_346, weight: 400_000, rate: reduced },
  'SAV-001': {
    id: 41,
    sku: 'SAV-001',
    name: "Savon d'Alep & laurier",
    ean: '',
    net: 6_583_333,
    weight: 200_000,
    rate: standard,
  },
  'HUI-002': {
    id: 42,
    sku: 'HUI-002',
    name: "Huile d'olive",
    ean: '',
    net: 13_744_076,
    weight: 950_000,
    rate: reduced,
  },
  'INCONNU-9': {
    id: 99,
    sku: 'INCONNU-9',
    name: 'Tournevis cruciforme',
    ean: '',
    net: 4_158_333,
    weight: 150_000,
    rate: standard,
  },
} as const satisfies Record<string, Article>

/** A SKU of the shop. */
export type Sku = keyof typeof ARTICLES

/** One line to price; `net` is the unit price after the catalogue's own reduction, in millionths. */
export interface Sold {
  article: Article
  quantity: number
  net: number
  /** Reduction already inside `net`, in percent. */
  percent: number
  rate: Rate
}

/** One line of the shop at its usual price, or at another one. */
export function sell(sku: Sku, quantity: number, o: { net?: number; percent?: number } = {}): Sold {
  const article = ARTICLES[sku]
  return { article, quantity, net: o.net ?? article.net, percent: o.percent ?? 0, rate: article.rate }
}
