/** A tax rate of the shop; `basisPoints`: 2000 is 20 %. */
export interface Rate {
  id: number
  code: string
  label: string
  basisPoints: number
  taxClass: string
}

/** A product as the shop sells it; `price` in millionths of a euro, in the sense of the shop (net or gross). */
export interface Product {
  id: number
  sku: string
  name: string
  ean: string
  image: { id: string; src: string }
}

/** One line to price. */
export interface Sold {
  product: Product
  quantity: number
  price: number
  rate: Rate | null
}

/** A coupon: `percent` in percent, `fixed_cart` in euros, both of the shop's price sense. */
export interface Coupon {
  id: number
  code: string
  type: 'percent' | 'fixed_cart'
  amount: number
  isFreeShipping?: boolean
}

/** What an order is made of, before arithmetic; fee and shipping `net` in cents. */
export interface Recipe {
  pricesIncludeTax: boolean
  lines: Sold[]
  coupons: Coupon[]
  fees: { name: string; net: number; taxStatus: 'taxable' | 'none' }[]
  shipping: { methodId: string; title: string; net: number } | null
  /** Rate of shipping and fees; null in a country without tax. */
  standardRate: Rate | null
}

/** Gives the next numbers of order items and of meta rows. */
export interface Numbers {
  item(): number
  meta(): number
}
