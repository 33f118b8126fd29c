import { type Capability, capabilityOf, OVERSEAS, type Side, sideOf } from './countries.ts'
import { isTaxedApart } from './postcodes.ts'
import type { CheckRequest } from './schema.ts'

/** Products that end at a pickup point; the last five are old codes of one kind of point each. */
export const PICKUP_PRODUCTS = ['HD', 'BPR', 'A2P', 'CMT', 'PCS', 'BDP']
/** Products with which a customer sends a parcel back to the shop. */
export const RETURNS = ['CORE', 'CORI', 'CORF']

const FRANCE = ['FR', 'MC']
const OLD_POINTS: Record<string, (to: string) => boolean> = {
  HD: () => true,
  BPR: (to) => FRANCE.includes(to),
  A2P: (to) => FRANCE.includes(to),
  CMT: (to) => !FRANCE.includes(to),
  PCS: (to) => !FRANCE.includes(to),
  BDP: (to) => to === 'BE',
}

/** Which side each product may leave from; returns leave from wherever the customer lives. */
const SIDES: Record<string, Side[]> = {
  ...Object.fromEntries(PICKUP_PRODUCTS.map((product) => [product, ['mainland']])),
  DOM: ['mainland'],
  DOS: ['mainland', 'overseas'],
  COM: ['mainland', 'overseas'],
  CDS: ['mainland', 'overseas'],
  ECO: ['mainland'],
  COL: ['overseas'],
  COLD: ['overseas'],
  COLI: ['overseas'],
  COLR: ['mainland'],
  'J+1': ['mainland'],
  ACCI: ['mainland'],
}

/** From where to where: two countries, ISO. */
export interface Lane {
  from: string
  to: string
}

/** Whether the carrier has such a product. */
export const isProduct = (code: string): boolean => code in SIDES || RETURNS.includes(code)

/** The way a request goes; without a sender it leaves from the account's own address, on the mainland. */
export const laneOf = ({ letter }: Pick<CheckRequest, 'letter'>): Lane => ({
  from: letter.sender?.address?.countryCode ?? 'FR',
  to: letter.addressee.address.countryCode ?? '',
})

/** Whether a product may leave from a country, wherever it goes. */
export const mayLeave = (product: string, from: string): boolean => (SIDES[product] ?? []).includes(sideOf(from))

/** The products that the carrier takes from one country to another, without the returns. */
export function productsOn({ from, to }: Lane): string[] {
  const row = capabilityOf(from, to)
  if (!row) return []
  const home = homeProducts(row, { from, to })
  const points = row.pr ? PICKUP_PRODUCTS.filter((product) => OLD_POINTS[product]?.(to)) : []
  const economy = sideOf(from) === 'mainland' && OVERSEAS.includes(to) ? ['ECO'] : []
  const local = from === 'FR' && to === 'FR' ? ['COLR', 'J+1', 'ACCI'] : []
  return [...home, ...points, ...economy, ...local]
}

/** A row that says `true` is between two places overseas: COL and COLD inside one of them, COM and CDS between two. */
function homeProducts({ domiciless, domicileas }: Capability, { from, to }: Lane): string[] {
  const between = from === to ? { domiciless: 'COLD', domicileas: 'COL' } : { domiciless: 'COM', domicileas: 'CDS' }
  return [
    domiciless === true ? between.domiciless : domiciless,
    domicileas === true ? between.domicileas : domicileas,
  ].filter((code) => typeof code === 'string')
}

/** The return product from a customer's country to the shop's; null when the carrier takes none back. */
export function returnProductOn({ from: customer, to: shop }: Lane): string | null {
  const code = capabilityOf(shop, customer)?.return
  if (code === true) return customer === shop ? 'CORE' : 'CORI'
  return code || null
}

/** Whether a parcel crosses a customs border: as in the carrier's table, never inside one place overseas, and for what the Union taxes apart. */
export function needsCustoms({ letter }: Pick<CheckRequest, 'letter'>): boolean {
  const { from, to } = laneOf({ letter })
  const isReturn = RETURNS.includes(letter.service.productCode ?? '')
  const [shop, other] = isReturn ? [to, from] : [from, to]
  const place = isReturn ? letter.sender?.address : letter.addressee.address
  if (shop === other) return false
  return (capabilityOf(shop, other)?.cn23 ?? false) || isTaxedApart(other, place?.zipCode ?? '')
}
