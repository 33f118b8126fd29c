import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { type Block, layOut, type SiteIdentity } from './layout.ts'
import { dayInFull, destinationBlock } from './words.ts'

/** A parcel as its customer follows it: number `rank` of the `count` of its delivery. */
export interface ShippedParcel {
  rank: number
  count: number
  carrier: string
  trackingNumber: string
  trackingUrl: string
}

/** What the letter says; `contents` and `expectedDeliveryOn` (an ISO day) when they are known. */
export interface Shipped {
  order: WebOrder
  site: SiteIdentity
  parcels: ShippedParcel[]
  toPickupPoint?: boolean
  contents?: { name: string; quantity: number }[]
  expectedDeliveryOn?: string
}

/** "Your parcel has left": its carrier, its number and the full link that follows it. */
export function shippedLetter({ order, site, parcels, contents = [], expectedDeliveryOn, ...o }: Shipped): Letter {
  const { toPickupPoint = order.pickupPoint !== null } = o
  const [first] = parcels
  const one = parcels.length === 1 ? first : undefined
  const carrier = first ? named(first.carrier) : ''
  return layOut({
    subjects: [
      one
        ? `Commande ${order.number} expédiée : suivi ${one.trackingNumber}`
        : `Commande ${order.number} expédiée : ${parcels.length} colis`,
      `Commande ${order.number} expédiée`,
    ],
    preheader: expectedDeliveryOn
      ? `${carrier}, livraison prévue le ${dayInFull(expectedDeliveryOn)}.`
      : `${carrier}, suivi ${parcels.map((parcel) => parcel.trackingNumber).join(', ')}.`,
    blocks: [
      ...parcels.flatMap((parcel) => parcelBlocks(parcel, parcel === one)),
      ...contentBlocks(contents),
      destinationBlock(order, { toPickupPoint }),
    ],
    order,
    site,
  })
}

function parcelBlocks({ rank, count, carrier, trackingNumber, trackingUrl }: ShippedParcel, alone: boolean): Block[] {
  const which = count > 1 ? ` ${rank} sur ${count}` : ''
  const link: Block = {
    kind: 'link',
    label: alone ? 'Suivre le colis' : `Suivre le colis ${rank}`,
    url: trackingUrl,
    main: true,
  }
  return [
    { kind: 'text', text: `Votre colis${which} est parti avec ${named(carrier)}.` },
    link,
    { kind: 'text', text: `Si le lien ne s’ouvre pas, le numéro est ${trackingNumber}.` },
  ]
}

function contentBlocks(contents: NonNullable<Shipped['contents']>): Block[] {
  if (contents.length === 0) return []
  return [{ kind: 'lines', title: 'Contenu', lines: contents.map(({ name, quantity }) => `${quantity} × ${name}`) }]
}

/** The ERP's code as customers write it: "COLISSIMO" is Colissimo, "DHL" stays. */
function named(carrier: string): string {
  return /^[A-Z]{4,}$/.test(carrier) ? carrier.charAt(0) + carrier.slice(1).toLowerCase() : carrier
}
