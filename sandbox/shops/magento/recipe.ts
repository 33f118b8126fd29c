/** A tax rate of the shop; `basisPoints`: 2000 is 20 %. */
export interface Rate {
  code: string
  title: string
  basisPoints: number
}

/** One line to price; `price` in cents in the shop's price sense, `weight` in grams. */
export interface Sold {
  productId: number
  sku: string
  name: string
  price: number
  weight: number
  quantity: number
  rate: Rate | null
  /** `bundle`: the price is on the parent; `bundle-split`: on the children, whose sums the parent repeats. */
  kind: 'simple' | 'configurable' | 'bundle' | 'bundle-split'
  /** What hides under the line; quantities are for one parent. */
  children: Sold[]
}

/** A cart rule: `percent` in percent, `fixed` in cents, of the shop's price sense. */
export interface Rule {
  id: string
  code: string
  label: string
  percent: number
  fixed: number
}

/** What an order is made of, before arithmetic; shipping `net` in cents. */
export interface Recipe {
  pricesIncludeTax: boolean
  lines: Sold[]
  rule: Rule | null
  shipping: { method: string; description: string; net: number }
  shippingRate: Rate | null
  /** Cents that a module takes off the total without a member that says so. */
  hiddenGiftCard: number
}
