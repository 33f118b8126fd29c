import type { Coupon, Product, Rate, Sold } from './recipe.ts'

/** The tax rates of the shop; 21 % is one that no French ERP has. */
export const RATES = {
  standard: { id: 1, code: 'FR-TVA 20 %-1', label: 'TVA 20 %', basisPoints: 2000, taxClass: '' },
  reduced: { id: 2, code: 'FR-TVA 5,5 %-1', label: 'TVA 5,5 %', basisPoints: 550, taxClass: 'taux-reduit' },
  belgian: { id: 9, code: 'BE-TVA 21 %-1', label: 'TVA 21 %', basisPoints: 2100, taxClass: '' },
} as const satisfies Record<string, Rate>

const noImage = { id: '', src: '' }

interface Article {
  product: Product
  /** Millionths of a euro, in a shop whose prices are net, and in one whose prices include tax. */
  net: number
  gross: number
  rate: Rate
}

const article = (
  id: number,
  sku: string,
  name: string,
  o: { net: number; gross: number; rate: Rate; ean?: string },
): Article => ({
  product: { id, sku, name, ean: o.ean ?? '', image: noImage },
  net: o.net,
  gross: o.gross,
  rate: o.rate,
})

const { standard, reduced } = RATES

/** What the shop sells, by SKU; INCONNU-9 is a product that the ERP never heard of. */
export const ARTICLES = {
  'ERP-1001': article(12, 'ERP-1001', 'Perceuse 18 V - modèle "Pro" <b>', {
    net: 12_345_678,
    gross: 14_900_000,
    rate: standard,
    ean: '3760123456790',
  }),
  'LIV-0001': article(17, 'LIV-0001', 'Livre « ERP pour tous »', { net: 18_957_346, gross: 18_957_346, rate: reduced }),
  'SAV-001': article(41, 'SAV-001', "Savon d'Alep &amp; laurier", { net: 6_583_300, gross: 7_900_000, rate: standard }),
  'HUI-002': article(42, 'HUI-002', "Huile d'olive", { net: 13_744_100, gross: 14_500_000, rate: reduced }),
  'INCONNU-9': article(99, 'INCONNU-9', 'Tournevis cruciforme', { net: 4_158_333, gross: 4_990_000, rate: standard }),
} as const satisfies Record<string, Article>

/** A SKU of the shop. */
export type Sku = keyof typeof ARTICLES

/** One line of the shop at its usual price, in a shop whose prices are net (default) or gross. */
export function sell(
  sku: Sku,
  quantity: number,
  o: { isGross?: boolean; price?: number; imageId?: string } = {},
): Sold {
  const { product, net, gross, rate } = ARTICLES[sku]
  const src = 'https://shop.example.test/wp-content/uploads/2026/11/perceuse.jpg'
  const image = o.imageId ? { id: o.imageId, src } : product.image
  return { product: { ...product, image }, quantity, price: o.price ?? (o.isGross ? gross : net), rate }
}

/** The coupons of the shop, by code. */
export const COUPONS = {
  dix: { id: 19, code: 'dix', type: 'percent', amount: 10 },
  bon5: { id: 20, code: 'bon5', type: 'fixed_cart', amount: 5 },
  port0: { id: 21, code: 'port0', type: 'fixed_cart', amount: 0, isFreeShipping: true },
} as const satisfies Record<string, Coupon>
