import { readRules } from '../db/mappings.ts'
import { readSnapshot } from '../db/orders.ts'
import { type ParcelRow, parcelOf, readParcel, readShipment } from '../db/shipments.ts'
import type { Contact, PickupPoint } from '../domain/address.ts'
import { type CustomsDeclaration, needsCustoms } from '../domain/customs.ts'
import { parisDay } from '../domain/days.ts'
import { customsLinesOf, namedLines, worthOf } from '../domain/goods.ts'
import type { Cents } from '../domain/money.ts'
import type { OrderRef, WebOrder } from '../domain/order.ts'
import { type DeliveryNote, type Parcel, parcelReference } from '../domain/shipment.ts'
import type { SiteRules } from '../domain/site.ts'
import type { LabelRequest } from './carriers/carrier.ts'
import type { Deps } from './deps.ts'

/** Which parcels of a delivery note to label: those of one generation travel in one purchase. */
export interface LabelStep {
  order: OrderRef
  deliveryNote: string
  ranks: number[]
  generation: number
  carrier: string
  /** Empty: the carrier's own choice, which only a return has. */
  service: string | null
  isReturn?: boolean
}

type Needs = Pick<Deps, 'db' | 'siteOf' | 'insureFrom' | 'sender'>

/** Gathers all that a carrier must know to sell the labels of some parcels; Refused names what is missing. */
export async function labelRequest(deps: Needs, step: LabelStep): Promise<LabelRequest> {
  const { order, carrier, isReturn = false } = step
  const [web, note] = await Promise.all([readSnapshot(deps.db, order), readShipment(deps.db, step.deliveryNote)])
  const rules = await readRules(deps.db, order.site, deps.siteOf(order.site).rules)
  const sold = { web, items: rules.items }
  const parcels = step.ranks.map((rank) => {
    const parcel = parcelOf(note, rank)
    const reference = parcelReference({ ...order, ...step, rank, isReturn })
    return { ...parcel, lines: namedLines(parcel.lines, sold), reference }
  })
  const value = worthOf(parcels, sold)
  const outward = isReturn ? await readParcel(deps.db, step.deliveryNote, step.ranks[0] as number) : null
  const insureFrom = deps.insureFrom(carrier)
  const shipOn = parisDay(new Date())
  return {
    reference: parcels[0]?.reference ?? '',
    service: step.service ?? note.service,
    direction: isReturn ? 'return' : 'outward',
    recipient: recipientOf(web),
    pickupPoint: isReturn ? null : pickupPointOf(web, note),
    parcels,
    value,
    currency: web.currency,
    insured: insureFrom !== null && value >= insureFrom ? value : null,
    customs: customsOf({ web, note, rules, parcels, sender: deps.sender, outward, shipOn }),
    shipOn,
  }
}

/** Whom the parcels go to, and how a carrier reaches them. */
export const recipientOf = ({ shipping, customer }: WebOrder): Contact => ({
  ...shipping,
  phone: shipping.phone ?? customer.phone,
  email: customer.email,
})

/** The branch may have chosen another point in Codial than the customer did on the shop. */
function pickupPointOf({ pickupPoint }: WebOrder, note: DeliveryNote): PickupPoint | null {
  if (!note.pickupPoint) return null
  return pickupPoint?.id === note.pickupPoint ? pickupPoint : { id: note.pickupPoint, network: null, name: null }
}

interface Declared {
  web: WebOrder
  note: DeliveryNote
  rules: SiteRules
  parcels: Parcel[]
  sender: Contact
  /** The parcel that comes back, as it left. */
  outward: ParcelRow | null
  shipOn: string
}

function customsOf({ web, note, rules, parcels, sender, outward, shipOn }: Declared): CustomsDeclaration | null {
  if (!needsCustoms(sender, web.shipping)) return null
  const shipping = paidShipping(web)
  return {
    reason: outward ? 'return' : 'sale',
    invoice: { number: note.number, date: outward ? parisDay(outward.labelled_at) : shipOn },
    ...(outward ? { outwardParcel: outward.tracking_number } : {}),
    currency: web.currency,
    lines: customsLinesOf(parcels, { web, items: rules.items, goods: rules.customs }),
    shipping: Math.round((shipping * parcels.length) / note.parcels.length),
  }
}

/** What the customer paid for the transport, without VAT; free where a coupon offered it. */
const paidShipping = ({ lines }: WebOrder): Cents =>
  lines
    .filter(({ kind }) => kind === 'shipping')
    .reduce((sum, { gross, discount, vat, discountVat }) => sum + gross - discount - (vat - discountVat), 0)

/** How the effects of a delivery note's purchases begin: "label:BL26-000045:1", the next generation "label:BL26-000045:1:1". */
export const purchasesOf = (deliveryNote: string): string => `label:${deliveryNote}:`
