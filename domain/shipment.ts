/** Where a parcel stands, in the words of no carrier. */
export type TrackingStatus =
  | 'announced'
  | 'taken'
  | 'in-transit'
  | 'out-for-delivery'
  | 'at-pickup-point'
  | 'delivered'
  | 'incident'
  | 'returning'
  | 'returned'

/** What operators and customers read for each status. */
export const TRACKING_LABELS: Record<TrackingStatus, string> = {
  announced: 'Annoncé',
  taken: 'Pris en charge',
  'in-transit': 'En transit',
  'out-for-delivery': 'En cours de livraison',
  'at-pickup-point': 'Disponible au point de retrait',
  delivered: 'Livré',
  incident: 'Incident',
  returning: 'Retour en cours',
  returned: "Retourné à l'expéditeur",
}

const FINAL: readonly TrackingStatus[] = ['delivered', 'returned']

/** True when nothing more is expected of the parcel: we stop asking its carrier. */
export const isFinal = (status: TrackingStatus): boolean => FINAL.includes(status)

/** True when a newly read status replaces the known one: a delivered parcel is never overwritten. */
export const replaces = (known: TrackingStatus, read: TrackingStatus): boolean => known !== read && !isFinal(known)

/** One parcel as the branch packed it: grams and millimetres. */
export interface Parcel {
  rank: number
  weight: number
  length: number | null
  width: number | null
  height: number | null
  lines: ParcelLine[]
}

/** What is in a parcel: SKU, how many, and its name where the order tells it. */
export interface ParcelLine {
  reference: string
  quantity: number
  name?: string
}

/** What leaves together: the ERP's delivery note with its parcels. */
export interface DeliveryNote {
  number: string
  carrier: string
  service: string
  pickupPoint: string | null
  parcels: Parcel[]
  /** True when a part of the order is still to come. */
  backOrder: boolean
}

/** How labels are printed; a size in centimetres for paper, dots per inch for label printers. */
export type LabelFormat = 'pdf-10x15' | 'pdf-a4' | 'zpl-203' | 'zpl-300' | 'dpl-203' | 'dpl-300'

/** A parcel as its carrier knows it; `pieceNumber` tells the parcels of one shipment apart where they share a number (DHL). */
export interface TrackedParcel {
  trackingNumber: string
  pieceNumber: string | null
}

/** One thing a carrier saw of a parcel. */
export interface TrackingEvent extends TrackedParcel {
  status: TrackingStatus
  label: string
  /** ISO moment. */
  at: string
}

/**
 * Our name of a parcel towards carriers: unique, at most 30 letters, digits and hyphens; it is printed and searchable.
 * `generation` counts the labels given up before; a parcel that comes back has an R before its rank.
 */
export function parcelReference(o: {
  site: string
  webId: string
  deliveryNote: string
  rank: number
  generation?: number
  isReturn?: boolean
}): string {
  const note = o.deliveryNote.replace(/[^A-Za-z0-9]/g, '').slice(-8)
  const tail = `-${note}-${o.isReturn ? 'R' : ''}${o.rank}${o.generation ? `-${o.generation}` : ''}`
  return `${o.site}-${o.webId}`.replace(/[^A-Za-z0-9-]/g, '').slice(0, 30 - tail.length) + tail
}

/** How far a shipment has come when a person acts on it. */
export type ShipmentMoment = 'before-label' | 'between-parcels' | 'announcing' | 'shipped'

/** What a person may do with a shipment. */
export type ShipmentAct = 'void' | 'add-parcel' | 'change-service' | 'cancel' | 'return-label'

/** What comes of an act; 'refused' changes nothing. */
export type ActOutcome = 'refused' | 'label-remade' | 'parcel-added' | 'service-changed' | 'cancelled' | 'label-made'

/**
 * Every act at every moment. A label is given up only while its number is ours alone: once the first number was announced, the
 * ERP, the shop and the customer know it, and what has left comes back by a return label. A cancel gives up the labels bought so far.
 */
export const ACT_OUTCOMES: Record<ShipmentAct, Record<ShipmentMoment, ActOutcome>> = {
  void: { 'before-label': 'refused', 'between-parcels': 'label-remade', announcing: 'refused', shipped: 'refused' },
  'add-parcel': {
    'before-label': 'parcel-added',
    'between-parcels': 'parcel-added',
    announcing: 'refused',
    shipped: 'refused',
  },
  'change-service': {
    'before-label': 'service-changed',
    'between-parcels': 'service-changed',
    announcing: 'refused',
    shipped: 'refused',
  },
  cancel: {
    'before-label': 'cancelled',
    'between-parcels': 'cancelled',
    announcing: 'cancelled',
    shipped: 'refused',
  },
  'return-label': {
    'before-label': 'refused',
    'between-parcels': 'refused',
    announcing: 'refused',
    shipped: 'label-made',
  },
}

/** True when the act has an outcome at this moment. */
export const mayAct = (act: ShipmentAct, moment: ShipmentMoment): boolean => ACT_OUTCOMES[act][moment] !== 'refused'
