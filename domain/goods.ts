import type { CustomsLine } from './customs.ts'
import { Refused } from './failures.ts'
import type { Cents } from './money.ts'
import type { WebOrder, WebOrderLine } from './order.ts'
import type { Parcel, ParcelLine } from './shipment.ts'

/** What customs must know of an item, as operators keep it per site; `*` stands for every item without a row. */
export interface CustomsGoods {
  hsCode: string
  /** ISO 3166 alpha-2. */
  origin: string
  description: string
}

/** Reads "33072000/FR/Savon d'Alep"; null when it is no such thing. */
export function customsGoodsOf(text: string): CustomsGoods | null {
  const [, hsCode, origin, description] = /^(\d{6}|\d{8}|\d{10})\/([A-Z]{2})\/(.{3,64})$/.exec(text.trim()) ?? []
  return hsCode && origin && description ? { hsCode, origin, description } : null
}

interface Sold {
  web: WebOrder
  /** The shop's code -> the ERP's reference, where they differ. */
  items: Record<string, string>
}

/** The lines of a parcel with the names under which they were sold. */
export const namedLines = (lines: ParcelLine[], sold: Sold): ParcelLine[] =>
  lines.map((line) => {
    const name = soldLines(line.reference, sold)[0]?.name
    return name ? { ...line, name } : line
  })

/** Worth of the goods in some parcels, VAT included, as they were paid; goods that the order does not know count for nothing. */
export function worthOf(parcels: Parcel[], sold: Sold): Cents {
  const worth = parcels.flatMap(({ lines }) => lines).map((line) => unitsOf(line, sold, paidGross))
  return Math.round(worth.reduce((sum, one) => sum + one, 0))
}

const paidGross = (line: WebOrderLine): Cents => line.gross - line.discount
const paidNet = (line: WebOrderLine): Cents => paidGross(line) - (line.vat - line.discountVat)

/** What so many pieces of a reference cost: all the lines that sold it count, free ones too. */
function unitsOf({ reference, quantity }: ParcelLine, sold: Sold, amount: (line: WebOrderLine) => Cents): number {
  const lines = soldLines(reference, sold)
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  return pieces > 0 ? (lines.reduce((sum, line) => sum + amount(line), 0) / pieces) * quantity : 0
}

const soldLines = (reference: string, { web, items }: Sold): WebOrderLine[] =>
  web.lines.filter(({ kind, code, name }) => kind === 'item' && (items[code] ?? items[name] ?? code) === reference)

/** What the customs are told of the goods in some parcels; Refused names the item whose row is missing. */
export function customsLinesOf(parcels: Parcel[], sold: Sold & { goods: Record<string, CustomsGoods> }): CustomsLine[] {
  return parcels.flatMap((parcel) => {
    const pieces = parcel.lines.reduce((sum, { quantity }) => sum + quantity, 0)
    if (pieces === 0) throw new Refused('customs-incomplete', `le colis ${parcel.rank} n'a pas de contenu dans Codial`)
    // Net weights are not told by the ERP: the parcel's weight less a tenth of packing, shared by its pieces.
    const unitWeight = Math.max(1, Math.floor((parcel.weight * 0.9) / pieces))
    return parcel.lines.map((line) => customsLine(line, unitWeight, sold))
  })
}

function customsLine(
  line: ParcelLine,
  unitWeight: number,
  sold: Sold & { goods: Record<string, CustomsGoods> },
): CustomsLine {
  const known = sold.goods[line.reference] ?? sold.goods['*']
  if (!known) throw new Refused('customs-incomplete', `article « ${line.reference} »`)
  const unitValue = Math.max(1, Math.round(unitsOf({ ...line, quantity: 1 }, sold, paidNet))) // a gift is worth a cent
  return { ...known, ...line, unitValue, unitWeight }
}
